"""A round is returned and verified only as the examiner's page showed it; otherwise the page says what has changed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import Office
from recommendations import uploads
from recommendations.examination.actions.examining import accept_remark, verify, write_remark
from recommendations.examination.actions.opinions import note_opinion
from recommendations.examination.page_seal import ShownRound
from recommendations.models import Applicant, Remark, Round
from recommendations.workflow import Status
from tests.factories import paper
from tests.pages import seal_of

NOT_DECIDED = "Belum diputuskan, karena ada yang berubah sejak halaman ini dibuka"
HTMX = {"HX-Request": "true"}


class Page:
    """The examiner's page of one submission, as one officer has it open."""

    def __init__(self, desk, submission):
        self.desk, self.submission = desk, submission
        self.read(desk.get(self.address("examine")))

    def address(self, name: str, *more: int) -> str:
        return reverse(f"recommendations:{name}", args=[self.submission.pk, *more])

    def press(self, name: str, **typed: str) -> str:
        """Confirm the decision, and return the page that follows."""
        return self.read(self.desk.post(self.address(name), {"shown": self.seal} | typed, follow=True))

    def save(self, item: str, text: str, kind: str = "correction") -> None:
        """Save a remark with htmx, which replaces the line and what the page shows."""
        typed = {"item": item, "kind": kind, "text": text, "shown": self.seal}
        self.read(self.desk.post(self.address("write_remark"), typed, headers=HTMX))

    def settle(self, name: str, remark: Remark) -> None:
        """Accept a remark, or open it again, with htmx."""
        self.read(self.desk.post(self.address(name, remark.pk), {"shown": self.seal}, headers=HTMX))

    def read(self, answer) -> str:
        text = answer.content.decode()
        if "seal" in answer.context and answer.context["can_decide"]:
            self.seal = seal_of(text)
        return " ".join(text.split())

    @property
    def status(self) -> str:
        self.submission.refresh_from_db()
        return self.submission.status


@pytest.fixture
def opened(client_of, petugas, examined) -> Page:
    return Page(client_of(petugas), examined)


@pytest.fixture
def to_return(client_of, petugas, examined) -> Page:
    """Return the page of a submission with a correction, on which "Kembalikan" is offered."""
    write(examined, "judul_survei", "Mohon judul diperbaiki.", by=petugas)
    return Page(client_of(petugas), examined)


def write(submission, item: str, text: str, *, by, kind: str = "correction") -> None:
    write_remark(submission, item_id=item, kind=kind, text=text, by=by)


@pytest.mark.parametrize(
    ("item", "text", "kind", "words"),
    [
        ("wilayah", "Mohon <dicek>.", "correction", "perbaikan, dari Dewi Contoh: Mohon &lt;dicek&gt;."),
        ("wilayah", "Mohon dicek.", "advice", "konfirmasi/saran, dari Dewi Contoh: Mohon dicek."),
        ("judul_survei", "Mohon judul diganti.", "correction", "kini perbaikan, terbuka: Mohon judul diganti."),
        ("tujuan_survei", "", "advice", "Catatan pada R.4.1 dicabut."),
    ],
)
def test_a_remark_of_a_colleague_is_read_before_the_form_is_returned(to_return, dewi, item, text, kind, words):
    if item == "wilayah":
        item = to_return.submission.instrument.items[20].id
    write(to_return.submission, item, text, kind=kind, by=dewi)

    shown = to_return.press("return_submission")
    status = to_return.status
    to_return.press("return_submission")

    assert NOT_DECIDED in shown
    assert words in shown
    assert (status, to_return.status) == (Status.CHECKING, Status.RETURNED)


def test_advice_of_a_colleague_is_read_before_the_form_is_verified(opened, dewi):
    write(opened.submission, "judul_survei", "Mohon dicek.", kind="advice", by=dewi)

    shown = opened.press("verify_submission")
    status = opened.status
    opened.press("verify_submission")

    assert NOT_DECIDED in shown
    assert "Catatan baru pada" in shown
    assert (status, opened.status) == (Status.CHECKING, Status.VERIFIED)


def test_a_remark_accepted_by_a_colleague_is_reported_too(opened, dewi):
    accept_remark(opened.submission, Remark.objects.get(), by=dewi)

    shown = opened.press("verify_submission")

    assert "Catatan pada R.4.1 berubah: kini konfirmasi/saran, diterima:" in shown
    assert opened.status == Status.CHECKING


def test_the_page_names_the_address_and_another_address_is_reported_before_returning(to_return):
    before = to_return.desk.get(to_return.address("examine")).content.decode()
    old = to_return.submission.applicant.email
    Applicant.objects.update(email="baru@contoh.example")

    shown = to_return.press("return_submission")
    to_return.press("return_submission")

    assert f"Catatan perbaikan dikirim ke <b>{old}</b>." in before
    assert f"Alamat e-mail pemohon kini baru@contoh.example, bukan lagi {old}." in shown
    assert "Catatan perbaikan dikirim ke <b>baru@contoh.example</b>." in shown
    assert to_return.status == Status.RETURNED


def test_another_address_does_not_matter_to_the_verification(opened):
    Applicant.objects.update(email="baru@contoh.example")

    opened.press("verify_submission")

    assert opened.status == Status.VERIFIED


def test_an_opinion_and_a_file_that_came_meanwhile_are_reported(opened, dewi):
    facts = {"source": "Diskominfotik", "given_on": timezone.localdate(), "text": "Layak.", "content_type": uploads.PDF}
    note_opinion(opened.submission, **facts, file=paper("pendapat.pdf"), by=dewi)

    shown = opened.press("verify_submission")
    status = opened.status
    opened.press("verify_submission")

    assert "Pendapat walidata berubah: kini 1. Baca sebelum memutuskan." in shown
    assert (status, opened.status) == (Status.CHECKING, Status.VERIFIED)


def test_a_first_reader_does_not_verify_as_the_second_by_the_same_press(opened, dewi, two_readers):
    page = Page(opened.desk, opened.submission)
    verify(opened.submission, by=dewi)

    shown = page.press("verify_submission")
    status = page.status
    page.press("verify_submission")

    assert "Pemeriksa pertama kini Dewi Contoh: verifikasi berikutnya meneruskan kepada Kepala." in shown
    assert (status, page.status) == (Status.CHECKING, Status.VERIFIED)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(True, False, "Kantor kini memakai satu pemeriksa"), (False, True, "kini menunggu pemeriksa pertama")],
)
def test_a_changed_rule_of_two_readers_is_reported(client_of, petugas, examined, before, after, words):
    Office.objects.update(two_readers=before)
    page = Page(client_of(petugas), examined)
    Office.objects.update(two_readers=after)

    assert words in page.press("verify_submission")
    assert page.status == Status.CHECKING


@pytest.mark.parametrize("sent", ["", "x", "\x00", "e30:1:2", "a" * 10_000])
@pytest.mark.parametrize("name", ["return_submission", "verify_submission"])
def test_a_page_that_does_not_say_what_it_showed_decides_nothing(to_return, name, sent):
    shown = to_return.press(name, shown=sent)

    assert NOT_DECIDED in shown
    assert "Halaman ini sudah terlalu lama terbuka." in shown
    assert to_return.status == Status.CHECKING


def test_a_page_of_the_first_round_decides_nothing_about_the_second(opened, again):
    page = Page(opened.desk, again)
    page.seal = opened.seal

    shown = page.press("verify_submission")

    assert "Kini putaran 2 yang diperiksa, bukan lagi putaran 1." in shown
    assert page.status == Status.CHECKING


def test_ones_own_remarks_saved_on_the_page_are_no_news(opened):
    opened.save("judul_survei", "Mohon judul diperbaiki.")
    opened.settle("accept_remark", Remark.objects.get(item="judul_survei"))
    opened.settle("unaccept_remark", Remark.objects.get(item="judul_survei"))
    opened.save("tujuan_survei", "")

    shown = opened.press("return_submission")

    assert "dikembalikan. Putaran 2 siap direkam." in shown


def test_saving_a_remark_does_not_hide_what_a_colleague_wrote_meanwhile(opened, dewi):
    write(opened.submission, "judul_survei", "Mohon judul diperbaiki.", by=dewi)
    opened.save("tujuan_survei", "Mohon tujuan dirinci.")

    shown = opened.press("return_submission")

    assert "dari Dewi Contoh: Mohon judul diperbaiki." in shown
    assert "Mohon tujuan dirinci.</p>" not in shown
    assert opened.status == Status.CHECKING


def test_the_typed_late_reason_stays_on_the_page_that_is_shown_again(opened, dewi):
    opened.submission.rounds.update(due_on="2026-01-05")
    write(opened.submission, "judul_survei", "Mohon dicek.", kind="advice", by=dewi)

    shown = opened.press("verify_submission", late_reason="Menunggu <rapat> pimpinan.")

    assert NOT_DECIDED in shown
    assert "Menunggu &lt;rapat&gt; pimpinan.</textarea>" in shown


def test_what_was_shown_of_a_round_comes_back_unchanged():
    shown = ShownRound(number=2, remarks={"1:judul_survei": "0a"}, opinions=[3], email="budi@contoh.example")

    assert ShownRound.unsealed(shown.sealed()) == shown
    assert ShownRound.unsealed("not signed") == ShownRound()


def test_rounds_without_answers_come_in_the_order_of_their_numbers(returned):
    Round.objects.get(submission=returned, number=1).save()  # on PostgreSQL the row moves behind the other

    assert returned.rounds.without_answers().ordered
    assert [one.number for one in returned.rounds.without_answers()] == [1, 2]
