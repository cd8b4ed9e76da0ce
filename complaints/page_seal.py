"""What the staff's page showed of a complaint. The page sends it back, signed, with each act.

So no complaint is answered or closed over a message that was not read, and no old page puts old facts back.
"""

from dataclasses import dataclass, field

from complaints.models import Complaint
from complaints.workflow import Move
from office.data_keys import keyed_digest
from office.seals import TOO_OLD, MovedOn, Shown

ASSIGNED_FACTS = {
    "assigned_to": "Yang menangani",
    "term": "Golongan",
    "element": "Unsur",
    "about": "Pegawai yang diadukan",
    "sp4n_number": "Nomor SP4N-LAPOR!",
}
"""The facts that assigning writes, with their labels."""
WRITING = "complaint-writing"
NEW_WORDS = "Pelapor mengirim pesan atau berkas sesudah halaman ini dibuka. Baca dulu di atas, lalu kirim lagi."
READ_AGAIN = f"{TOO_OLD} Baca lagi pengaduan ini, lalu kirim sekali lagi."


@dataclass(frozen=True)
class ShownComplaint(Shown):
    """Which was the last writing of the reporter, and the facts of assigning as their fields hold them.

    The seal is signed, not secret: the page's source has a digest of the time, not the minute of an anonymous reporter.
    """

    wrote: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ComplaintOpened(Shown):
    """The day on which the reporter's form was opened, as YYYY-MM-DD; "" when the page did not say it."""

    day: str = ""


def shown_complaint(complaint: Complaint) -> ShownComplaint:
    """Return what a page shows of the complaint."""
    facts = {name: str(complaint.serializable_value(name) or "") for name in ASSIGNED_FACTS}
    return ShownComplaint(keyed_digest(WRITING, complaint.wrote_at.isoformat()), facts)


def must_match_page(complaint: Complaint, move: Move, shown: ShownComplaint | None) -> None:
    """Raise MovedOn when the page showed something else of a locked complaint, and it matters for `move`.

    `shown` is None without a page. For assigning its facts matter, for any other act what the reporter wrote.
    """
    if shown is None:
        return
    if not shown.wrote:
        raise MovedOn([READ_AGAIN])
    now = shown_complaint(complaint)
    if move is Move.ASSIGN:
        changes = [_said(complaint, name) for name in ASSIGNED_FACTS if shown.facts.get(name) != now.facts[name]]
    else:
        changes = [NEW_WORDS] if shown.wrote != now.wrote else []
    if changes:
        raise MovedOn(changes)


def _said(complaint: Complaint, name: str) -> str:
    words = complaint.get_element_display() if name == "element" else getattr(complaint, name)
    return f"{ASSIGNED_FACTS[name]} kini “{words}”." if words else f"{ASSIGNED_FACTS[name]} kini kosong."
