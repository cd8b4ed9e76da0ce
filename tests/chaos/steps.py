"""The acts of the ten steps as people do them on the pages, and where the database shows each of them."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from guestbook.models import Visit, VisitEvent
from office.models import Mail
from pst_desk.examples import FS3, ahead_of, paper_pdf, read_form
from ratings.models import Rating
from ratings.skm import ASPECTS
from recommendations.instruments import instrument
from recommendations.instruments.structure import Kind
from recommendations.instruments.values import as_typed
from recommendations.models import (
    Applicant,
    Dispatch,
    DuplicateCheck,
    EmailCode,
    Letter,
    Remark,
    Slip,
    Submission,
    SubmissionEvent,
)
from tests.chaos.mail import MailServer
from tests.chaos.people import Fields, Person, typed_in


@dataclass
class Walk:
    """One visitor's way through the ten steps."""

    number: int
    visitor: Person
    officer: Person
    head: Person
    mails: MailServer
    form_token: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def email(self) -> str:
        return f"budi{self.number}@contoh.example"

    @property
    def visit(self) -> Visit:
        return Visit.objects.get(form_token=self.form_token)

    @property
    def submission(self) -> Submission:
        return Submission.objects.get(visit__form_token=self.form_token)

    @property
    def letter(self) -> Letter:
        return Letter.objects.get(submission__visit__form_token=self.form_token)


@dataclass(frozen=True)
class Act:
    """One act: its page, how it is sent, and the rows that show it: all of them or none."""

    step: int
    name: str
    who: str
    page: Callable[[Walk], str]
    address: Callable[[Walk], str]
    fields: Callable[[Walk, str], Fields]
    shows: Callable[[Walk], list[bool]]
    file: Callable[[Walk], tuple[str, bytes] | None] = lambda walk: None
    before: Callable[[Walk], bool] = lambda walk: True
    is_struck: bool = True

    def ready(self, walk: Walk) -> Callable[..., int]:
        """Return the function that opens the page, fills it in, sends it, and returns the status, or LOST.

        Addresses are read from the database here, because a fault may stop the database before the press.
        """
        person, page_address, address, file = (
            getattr(walk, self.who),
            self.page(walk),
            self.address(walk),
            self.file(walk),
        )

        def press(halfway: Callable | None = None) -> int:
            status, page = person.open(page_address)
            if status != 200 or not address:
                return status
            return person.send(address, self.fields(walk, page), file=file, halfway=halfway)[0]

        return press


def acts() -> list[Act]:
    """Return the acts of the ten steps in their order. Step 1, coming, saves nothing: the kiosk must answer."""
    coming = Act(1, "come to the kiosk", "visitor", lambda w: "/kios/", lambda w: "", _nothing, lambda w: [])
    return [coming, *_arriving(), *_opening(), *_recording(), *_examining(), *_ending()]


def _events(walk: Walk, move: str, count: int = 1) -> bool:
    return SubmissionEvent.objects.filter(submission=walk.submission, move=move).count() >= count


def _visit_events(walk: Walk, move: str) -> bool:
    return VisitEvent.objects.filter(visit__form_token=walk.form_token, move=move).exists()


def _code_mails(walk: Walk) -> QuerySet[Mail]:
    return Mail.objects.filter(key__startswith=f"code:{walk.submission.applicant_id}:")


def _nothing(walk: Walk, page: str) -> Fields:
    return []


def _shown(walk: Walk, page: str) -> Fields:
    return typed_in(page, "shown")


def _arriving() -> list[Act]:
    who = [("name", "Budi Contoh"), ("agency", "Dinas Contoh"), ("position", "Staf"), ("phone", "0812 0000 0103")]
    kiosk = "/kios/layanan/R/"
    return [
        Act(
            2, "draw a number", "visitor", lambda w: kiosk, lambda w: kiosk,
            lambda w, page: [*who, ("email", w.email), *typed_in(page, "opened", "day"), ("form_token", w.form_token)],
            lambda w: [Visit.objects.filter(form_token=w.form_token).exists(), _visit_events(w, "check_in")],
        ),
        Act(
            2, "ask for the ticket by mail", "visitor",
            lambda w: f"/kios/tiket/{w.visit.token}/", lambda w: f"/kios/tiket/{w.visit.token}/kirim/", _nothing,
            lambda w: [Mail.objects.filter(key=f"ticket:{w.visit.pk}").exists()],
        ),
        Act(
            3, "call", "officer", lambda w: "/loket/1/", lambda w: "/loket/1/panggil-berikutnya/", _nothing,
            lambda w: [w.visit.status != "waiting", _visit_events(w, "call")],
        ),
        Act(
            3, "serve", "officer", lambda w: "/loket/1/", lambda w: f"/loket/1/{w.visit.pk}/mulai/", _nothing,
            lambda w: [w.visit.status not in ("waiting", "called"), _visit_events(w, "start")],
        ),
    ]  # fmt: skip


def _opening() -> list[Act]:
    agency = str(read_form(FS3)["values"][instrument("FS3").agency_item])
    new = [("agency_name", agency), ("name", "Budi Contoh"), ("position", "Staf"), ("phone", "0812 0000 0103")]
    new += [("romantik_username", "budi.contoh"), ("instrument_code", "FS3")]

    def place(walk: Walk) -> str:
        return f"/permohonan/baru/?kunjungan={walk.visit.pk}"

    def account(walk: Walk) -> Applicant:
        return walk.submission.applicant

    def code(walk: Walk) -> str:
        sent = EmailCode.objects.filter(applicant=account(walk)).select_related("mail").last()
        text = walk.mails.texts.get(sent.mail.message_id, "") if sent and sent.mail else ""
        found = re.search(r"\b[0-9]{6}\b", text.partition("\n\n")[2] or text.partition("\r\n\r\n")[2])
        return found[0] if found else ""

    return [
        Act(
            4, "open the submission", "officer", place, place,
            lambda w, page: [*new, ("email", w.email), *typed_in(page, "form_token")],
            lambda w: [
                Submission.objects.filter(visit=w.visit).exists(),
                SubmissionEvent.objects.filter(submission__visit=w.visit, move="open").exists(),
            ],
        ),
        Act(
            4, "mail a code", "officer",
            lambda w: f"/permohonan/{w.submission.pk}/", lambda w: f"/kontak/{account(w).pk}/kode/", _nothing,
            lambda w: [EmailCode.objects.filter(applicant=account(w)).exists(), _code_mails(w).exists()],
        ),
        Act(
            4, "confirm the e-mail", "officer",
            lambda w: f"/permohonan/{w.submission.pk}/", lambda w: f"/kontak/{account(w).pk}/kode/cocok/",
            lambda w, page: [("code", code(w))], lambda w: [account(w).has_working_email],
            before=lambda w: bool(code(w)),
        ),
    ]  # fmt: skip


def _recording() -> list[Act]:
    form = ahead_of(timezone.localdate(), read_form(FS3))
    items = [(block, item) for block in instrument("FS3").blocks for item in block.items if form["values"].get(item.id)]
    saves = [
        _saving(block.id, item, form["values"][item.id], number == 0) for number, (block, item) in enumerate(items)
    ]
    papers = [_attaching(kind) for kind in form["attachments"]]

    def place(walk: Walk) -> str:
        return f"/permohonan/{walk.submission.pk}/lampiran/"

    today = timezone.localdate().strftime("%d/%m/%Y")
    facts = [("cover_number", "400/1/CONTOH"), ("cover_date", today), ("cover_signatory", "Kepala Dinas Contoh")]
    cover = Act(
        5, "write the surat pengantar", "officer", place, place, lambda w, page: facts,
        lambda w: [bool(w.submission.cover_number), bool(w.submission.cover_date)],
    )  # fmt: skip
    return [*saves, cover, *papers, _completing(5, 1)]


def _saving(block: str, item: Any, value: Any, is_struck: bool) -> Act:
    return Act(
        5, "save an answer", "officer",
        lambda w: f"/permohonan/{w.submission.pk}/rekam/{block}/" if is_struck else "/akun/",
        lambda w: f"/permohonan/{w.submission.pk}/isian/{item.id}/",
        lambda w, page: _typed(item, value),
        lambda w: [item.id in w.submission.rounds.latest("number").answers],
        is_struck=is_struck,
    )  # fmt: skip


def _typed(item: Any, value: Any) -> Fields:
    typed = as_typed(item, value)
    if item.kind is Kind.TABLE:
        return [(f"{item.id}-{n}-{column}", words) for n, row in enumerate(typed) for column, words in row.items()]
    if isinstance(typed, dict):
        return [(f"{item.id}-{end}", words) for end, words in typed.items()]
    return [(item.id, str(one)) for one in (typed if isinstance(typed, list) else [typed])]


def _attaching(kind: str) -> Act:
    def place(walk: Walk) -> str:
        return f"/permohonan/{walk.submission.pk}/lampiran/"

    return Act(
        5, "attach a paper", "officer", place, place, lambda w, page: [("kind", kind), ("description", "Berkas")],
        lambda w: [w.submission.attachments.filter(kind=kind).exists()],
        file=lambda w: (f"{kind}.pdf", paper_pdf(f"{kind} {w.number}")),
    )  # fmt: skip


def _completing(step: int, number: int) -> Act:
    return Act(
        step, f"declare round {number} complete", "officer",
        lambda w: f"/permohonan/{w.submission.pk}/lampiran/",
        lambda w: f"/permohonan/{w.submission.pk}/terekam-lengkap/",
        _nothing,
        lambda w: [w.submission.rounds.recorded().count() >= number, _events(w, "record", number)],
    )  # fmt: skip


def _examining() -> list[Act]:
    title = instrument("FS3").title_item

    def place(walk: Walk) -> str:
        return f"/permohonan/{walk.submission.pk}/periksa/"

    def remark(name: str, kind: str) -> Act:
        return Act(
            6, name, "officer", place, lambda w: f"/permohonan/{w.submission.pk}/catatan/",
            lambda w, page: [("item", title), ("kind", kind), ("text", "Mohon judul dikonfirmasi.")],
            lambda w: [Remark.objects.filter(round__submission=w.submission, kind=kind).exists()],
        )  # fmt: skip

    return [
        remark("write a remark", Remark.Kind.CORRECTION),
        Act(
            6, "return the form", "officer", place, lambda w: f"/permohonan/{w.submission.pk}/kembalikan/", _shown,
            lambda w: [
                _events(w, "return"), Slip.objects.filter(round__submission=w.submission).exists(),
                w.submission.rounds.count() >= 2,
            ],
        ),
        _completing_after_slip(),
        remark("write advice", Remark.Kind.ADVICE),
        Act(
            6, "find no duplicate", "officer", lambda w: f"{place(w)}?banding=1",
            lambda w: f"/permohonan/{w.submission.pk}/bukan-duplikasi/",
            lambda w, page: [*typed_in(page, "seen"), ("reason", "Kegiatan rekaan untuk uji.")],
            lambda w: [DuplicateCheck.objects.filter(round__submission=w.submission).exists()],
        ),
        Act(
            6, "verify", "officer", place, lambda w: f"/permohonan/{w.submission.pk}/verifikasi/", _shown,
            lambda w: [w.submission.status not in ("checking", "returned"), _events(w, "verify")],
        ),
    ]  # fmt: skip


def _completing_after_slip() -> Act:
    act = _completing(6, 2)
    return Act(
        **{
            **vars(act),
            "before": lambda w: (
                Slip.objects.filter(round__submission=w.submission)
                .exclude(mail=None)
                .exclude(mail__status__in=Mail.UNDER_WAY)
                .exists()
            ),
        }
    )


def _ending() -> list[Act]:
    def place(walk: Walk) -> str:
        return f"/permohonan/{walk.submission.pk}/"

    def letter(walk: Walk) -> str:
        return f"/terbitkan/{walk.submission.pk}/"

    return [
        Act(
            7, "issue the letter", "head", letter, letter,
            lambda w, page: typed_in(page, "number", "identity_number", "shown"),
            lambda w: [Letter.objects.filter(submission=w.submission).exists(), _events(w, "issue")],
        ),
        Act(
            7, "take in the scan", "officer", place, lambda w: f"/surat/{w.letter.pk}/pindaian/", _nothing,
            lambda w: [w.letter.copies.exists(), _events(w, "scan")],
            file=lambda w: ("pindaian.pdf", paper_pdf(f"Pindaian {w.number}")),
            before=lambda w: w.letter.is_drawn,
        ),
        Act(
            7, "sign by the scan", "officer", lambda w: f"/pindaian/{w.letter.copies.get().pk}/",
            lambda w: f"/pindaian/{w.letter.copies.get().pk}/cocok/", lambda w, page: [("compared", "on")],
            lambda w: [w.letter.copies.accepted().exists(), w.letter.status == "valid", _events(w, "sign")],
            before=lambda w: w.letter.copies.exclude(pages=None).exists(),  # the officer has seen its pages
        ),
        Act(
            8, "hand the letter over", "officer", place, lambda w: f"/permohonan/{w.submission.pk}/serahkan/",
            lambda w, page: [("to", "Budi Contoh"), *typed_in(page, "form_token", "shown")],
            lambda w: [
                Dispatch.objects.filter(letter=w.letter).exclude(channel=Dispatch.Channel.EMAIL).exists(),
                SubmissionEvent.objects.filter(submission=w.submission, move="deliver", by__isnull=False).exists(),
            ],
            before=lambda w: Dispatch.objects.filter(letter=w.letter).exclude(noted="").exists(),
        ),
        Act(
            9, "finish the service", "officer", lambda w: "/loket/1/", lambda w: f"/loket/1/{w.visit.pk}/selesai/",
            _nothing, lambda w: [w.visit.status == "served", _visit_events(w, "finish")],
        ),
        Act(
            9, "rate", "visitor", lambda w: f"/nilai/{w.visit.token}/pertanyaan/",
            lambda w: f"/nilai/{w.visit.token}/pertanyaan/",
            lambda w, page: [*((aspect.key, "4") for aspect in ASPECTS), ("has_complaint", "tidak")],
            lambda w: [bool(w.visit.rated_at), Rating.objects.filter(visit=w.visit).exists(), _visit_events(w, "rate")],
        ),
        Act(
            10, "close the submission", "officer", place, lambda w: f"/permohonan/{w.submission.pk}/tutup/", _nothing,
            lambda w: [w.submission.status == "closed", _events(w, "close")],
        ),
    ]  # fmt: skip
