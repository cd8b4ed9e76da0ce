"""The badge of a submission's status."""

from recommendations.workflow import Status

STATE_BADGES = {
    # status: kind and icon of its badge
    Status.RECORDING: ("plain", "edit"),
    Status.CHECKING: ("plain", "search"),
    Status.RETURNED: ("warn", "back"),
    Status.VERIFIED: ("act", "seal"),
    Status.ISSUED: ("act", "edit"),
    Status.SIGNED: ("act", "file"),
    Status.SENT: ("ok", "send"),
    Status.CLOSED: ("ok", "ok"),
    Status.CANCELLED: ("plain", "x"),
    Status.REVOKED: ("plain", "x"),
}
