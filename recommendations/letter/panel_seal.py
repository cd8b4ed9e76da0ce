"""What the letter's panel showed: the applicant's address and the deliveries. The forms of the panel send it back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from office.seals import TOO_OLD, Shown
from office.texts import with_full_stop
from recommendations.models import Dispatch, Letter


@dataclass(frozen=True)
class ShownPanel(Shown):
    """What the panel showed of one letter."""

    letter: int = 0
    state: str = ""
    email: str = ""
    deliveries: list[int] = field(default_factory=list)


def shown_panel(letter: Letter) -> ShownPanel:
    """Return what the panel shows."""
    deliveries = sorted(dispatch.pk for dispatch in letter.dispatches.all())
    return ShownPanel(letter.pk, state_words(letter), letter.submission.applicant.email, deliveries)


def state_words(letter: Letter) -> str:
    """Return what the letter is worth now, as staff read it."""
    return "Sedang diganti" if letter.is_being_corrected else letter.get_status_display()


def changes_of_panel(shown: ShownPanel, letter: Letter, *, to: str = "") -> list[str]:
    """Return a sentence for each delivery that the panel did not show, and for another address. Empty without changes.

    The applicant's address matters only when the mail goes `to` the address that the panel suggested.
    """
    if shown.letter != letter.pk:
        return [f"{TOO_OLD} Baca lagi surat dan pengirimannya di bawah."]
    new = letter.dispatches.exclude(pk__in=shown.deliveries).select_related("requested_by")
    if shown.state != state_words(letter):
        return [f"Keadaan surat kini “{state_words(letter)}”. Baca lagi surat di bawah."]
    return [*_address_change(shown.email, letter.submission.applicant.email, to), *map(_words, new)]


def _address_change(shown: str, now: str, to: str) -> Iterator[str]:
    if to == shown != now:
        address = now or "kosong"
        yield f"Belum dikirim: alamat e-mail pemohon kini {address}, bukan lagi {shown}. Periksa, lalu kirim lagi."


def _words(new: Dispatch) -> str:
    what = with_full_stop(f"Ada pengiriman baru sejak halaman ini dibuka: {new}, oleh {new.requested_by}")
    return f"{what} Bila masih perlu, ulangi."
