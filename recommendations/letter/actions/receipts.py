"""Keep the receipt of a letter that was handed over."""

from django.core.files import File

from office import clock
from office.models import User
from office.refusals import Refused
from recommendations.attachments.actions.storing import kept, sha256_of, storing
from recommendations.models import DeliveryReceipt, Dispatch
from recommendations.moves import locked, note_event
from recommendations.workflow import Move


class NotHandedOver(Refused):
    """Raised when the letter was not handed over in this delivery, so it has no receipt."""

    def __init__(self) -> None:
        super().__init__("Tanda terima hanya untuk surat yang diserahkan.")


class TooManyReceipts(Refused):
    """Raised when the delivery has as many receipts as it may have."""

    def __init__(self) -> None:
        super().__init__(f"Penyerahan ini sudah mempunyai {DeliveryReceipt.MOST} tanda terima.")


def keep_receipt(
    dispatch: Dispatch, *, kind: DeliveryReceipt.Kind, file: "File[bytes]", content_type: str, by: User
) -> DeliveryReceipt:
    """Keep a checked file as receipt, and return it. The same file twice is one receipt.

    Raise NotHandedOver, TooManyReceipts, NotStored, ClockWentBack.
    """
    with storing(file) as path:
        submission = locked(dispatch.letter.submission)
        if dispatch.channel != Dispatch.Channel.PAPER:
            raise NotHandedOver
        sha256 = sha256_of(file)
        same = dispatch.receipts.filter(sha256=sha256).first()
        if same:
            return same
        if dispatch.receipts.count() >= DeliveryReceipt.MOST:
            raise TooManyReceipts
        receipt = DeliveryReceipt.objects.create(
            dispatch=dispatch,
            kind=kind,
            content_type=content_type,
            sha256=sha256,
            added_at=clock.now(),
            added_by=by,
            **kept(file, path),
        )
        note_event(submission, Move.RECEIPT, by=by, note=str(receipt), at=receipt.added_at)
        return receipt
