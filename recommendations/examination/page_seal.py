"""What the examiner's page showed of a round. The page sends it back, signed, when the examiner decides.

So no round is returned or verified with remarks, opinions or files that the examiner has not read, and no slip goes to
an address that the page did not name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from office.models import Office
from office.seals import TOO_OLD, Shown, fingerprint_of
from recommendations.models import Remark, Round, Submission
from recommendations.workflow import Move

NOT_READ_YET = "-"
"""The value of `first_reader` while a first reader is awaited."""


@dataclass(frozen=True)
class ShownRound(Shown):
    """What the page showed. `remarks` has the fingerprint of each remark of all rounds, by `key_of`."""

    number: int = 0
    remarks: dict[str, str] = field(default_factory=dict)
    opinions: list[int] = field(default_factory=list)
    file_count: int = 0
    first_reader: str = ""  # "" when the office has one reader
    email: str = ""

    def after_saving(self, key: str, now: "ShownRound") -> Self:
        """Return what the page shows after the examiner saved the remark `key` there: all else is as it was read."""
        if self.number != now.number:
            return self
        saved = {key: now.remarks[key]} if key in now.remarks else {}
        others = {name: mark for name, mark in self.remarks.items() if name != key}
        return replace(self, remarks=others | saved, first_reader=now.first_reader)


def key_of(number: int, item_id: str) -> str:
    """Return the key of the remark on an item in the round with that number."""
    return f"{number}:{item_id}"


def shown_round(submission: Submission, rounds: Sequence[Round], office: Office, *, file_count: int) -> ShownRound:
    """Return what a page shows of the last of `rounds` (the recorded ones in their order) and of `file_count` files."""
    remarks = _by_key(rounds)
    return ShownRound(
        number=rounds[-1].number,
        remarks={key: fingerprint_of([one.kind, one.text, one.state, one.answer]) for key, one in remarks.items()},
        opinions=[opinion.pk for opinion in submission.opinions.all()],
        file_count=file_count,
        first_reader=_first_reader(rounds[-1], office),
        email=submission.applicant.email,
    )


def _by_key(rounds: Sequence[Round]) -> dict[str, Remark]:
    return {key_of(one.number, remark.item): remark for one in rounds for remark in one.remarks.all()}


def _first_reader(examined: Round, office: Office) -> str:
    if not office.two_readers:
        return ""
    return examined.first_reader.name if examined.first_reader else NOT_READ_YET


def changes_of_round(
    shown: ShownRound, submission: Submission, rounds: Sequence[Round], *, office: Office, move: Move
) -> list[str]:
    """Return a sentence for each thing that is not any more as it was shown, if it matters for `move`.

    The address of the mail matters when the form is returned, whose turn it is when the form is verified. Empty when
    nothing has changed.
    """
    now = shown_round(submission, rounds, office, file_count=submission.attachments.count())
    if not shown.number:
        return [f"{TOO_OLD} Baca lagi formulir dan catatan di bawah."]
    if shown.number != now.number:
        return [f"Kini putaran {now.number} yang diperiksa, bukan lagi putaran {shown.number}."]
    turn = _email_change if move is Move.RETURN else _reader_change
    return [*_remark_changes(shown, now, submission, _by_key(rounds)), *_paper_changes(shown, now), *turn(shown, now)]


def _remark_changes(
    shown: ShownRound, now: ShownRound, submission: Submission, remarks: dict[str, Remark]
) -> Iterator[str]:
    for key in sorted(shown.remarks.keys() | now.remarks.keys()):
        if shown.remarks.get(key) != now.remarks.get(key):
            rincian = submission.instrument.rincian_of(key.partition(":")[2])
            yield _words(rincian.reference or rincian.label, remarks.get(key), is_new=key not in shown.remarks)


def _words(place: str, remark: Remark | None, *, is_new: bool) -> str:
    if remark is None:
        return f"Catatan pada {place} dicabut."
    kind, state = remark.get_kind_display().lower(), remark.get_state_display().lower()
    if is_new:
        return f"Catatan baru pada {place}, {kind}, dari {remark.by}: {remark.text}"
    return f"Catatan pada {place} berubah: kini {kind}, {state}: {remark.text}"


def _paper_changes(shown: ShownRound, now: ShownRound) -> Iterator[str]:
    if shown.opinions != now.opinions:
        yield f"Pendapat walidata berubah: kini {len(now.opinions)}. Baca sebelum memutuskan."
    if shown.file_count != now.file_count:
        yield f"Lampiran berubah: kini {now.file_count} berkas."


def _email_change(shown: ShownRound, now: ShownRound) -> Iterator[str]:
    if shown.email != now.email:
        yield f"Alamat e-mail pemohon kini {now.email or 'kosong'}, bukan lagi {shown.email or 'kosong'}."


def _reader_change(shown: ShownRound, now: ShownRound) -> Iterator[str]:
    if shown.first_reader == now.first_reader:
        return
    if not now.first_reader:
        yield "Kantor kini memakai satu pemeriksa: verifikasi langsung meneruskan kepada Kepala."
    elif now.first_reader == NOT_READ_YET:
        yield "Formulir ini kini menunggu pemeriksa pertama, lalu pemeriksa kedua."
    else:
        yield f"Pemeriksa pertama kini {now.first_reader}: verifikasi berikutnya meneruskan kepada Kepala."
