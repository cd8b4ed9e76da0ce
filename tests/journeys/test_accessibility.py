"""axe-core finds no serious or critical problem on any main page, empty and full, in its intended screen size."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from guestbook import actions as reception
from guestbook.models import Visit
from office import device_actions
from office.account_actions import note_password, save_head
from office.models import Counter, Device, Head, User
from ratings.actions import rate
from ratings.skm import ASPECTS
from recommendations.attachments.actions.attaching import attach
from recommendations.attachments.actions.phone import open_link
from recommendations.attachments.previews import draw_previews
from recommendations.attachments.tasks import draw_attachment
from recommendations.examination.actions.examining import return_to_applicant, write_remark
from recommendations.examination.actions.opinions import note_opinion
from recommendations.letter.pdf import draw
from recommendations.models import Letter, Remark, Submission, UploadLink
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.actions.unlocking import unlock_item
from recommendations.signing.actions.scans import take_scan
from recommendations.uploads import PDF
from tests import factories
from tests.recommendations.uploads import samples

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
AXE = Axe()
GRAVE = {"serious", "critical"}
KIOSK_SCREENS = [(1080, 1920), (1366, 768)]
PHONE, BOARD, TABLET = (390, 844), (1920, 1080), (1024, 768)


def complaints(page: Page, name: str, *args) -> list[str]:
    """Return the serious problems on the page called `name`: rule, place, and how to repair it."""
    page.goto("about:blank")  # a console that reloads itself would cancel the next navigation
    answer = page.goto(reverse(name, args=args))
    assert answer.ok, f"{page.url} answers {answer.status}"
    return complaints_now(page)


def complaints_now(page: Page) -> list[str]:
    """Return the serious problems of `page` as it is now. A caller that has clicked waits for the new page first.

    The debugger loads axe, so that the page's security policy stays in force."""
    page.wait_for_load_state()
    return [
        f"{page.url} {violation['id']}: {' '.join(map(str, node['target']))}. {node['failureSummary']}"
        for violation in AXE.run(page).response["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def served(visit: Visit, by: User) -> Visit:
    """Call `visit` to counter 1 and serve it. Return it."""
    reception.call(visit, Counter.objects.get(number=1), by=by)
    reception.start(visit, by=by)
    return reception.finish(visit, by=by)


def hall(by: User) -> dict[str, Visit]:
    """Make visits: one served, one at the counter, one missed, and two waiting, one of them with priority."""
    rows = {"served": served(factories.VisitFactory(), by)}
    rows["missed"] = factories.VisitFactory()
    reception.call(rows["missed"], Counter.objects.get(number=2), by=by)
    reception.miss(rows["missed"], by=by)
    rows["called"] = factories.VisitFactory()
    reception.call(rows["called"], Counter.objects.get(number=1), by=by)
    rows["waiting"] = factories.VisitFactory()
    rows["hurried"] = factories.VisitFactory(priority=Visit.Priority.ELDERLY)
    return rows


def test_axe_finds_serious_problems(office, new_page):
    page = new_page()
    page.goto(reverse("login"))

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button>')")

    assert [line for line in complaints_now(page) if "button-name" in line]


@pytest.mark.parametrize("screen", KIOSK_SCREENS, ids=["portrait", "landscape"])
def test_no_serious_problem_at_the_kiosk(office, petugas, new_page, screen):
    visit, kiosk = factories.VisitFactory(), new_page(*screen)

    found = complaints(kiosk, "guestbook:kiosk") + complaints(kiosk, "guestbook:kiosk_service")
    found += complaints(kiosk, "guestbook:kiosk_identity", "R") + complaints(kiosk, "guestbook:kiosk_identity", "K")
    found += complaints(kiosk, "guestbook:kiosk_ticket", visit.token)
    kiosk.get_by_role("button", name="Kirim ke e-mail saya").click()
    kiosk.get_by_text("Tiket sedang dikirim").wait_for()
    found += complaints_now(kiosk)

    assert found == []


def test_no_serious_problem_in_a_kiosk_form_that_was_sent_empty(office, new_page):
    kiosk = new_page(1080, 1920)
    complaints(kiosk, "guestbook:kiosk_identity", "R")

    kiosk.locator("form").first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    kiosk.get_by_text("Isi nama lengkap Anda.").wait_for()
    found = complaints_now(kiosk)

    assert found == []


def test_no_serious_problem_on_the_board(office, petugas, new_page, sounds):
    board = new_page(*BOARD)

    found = complaints(board, "guestbook:board")
    hall(petugas)
    found += complaints(board, "guestbook:board")

    assert found == []


def test_no_serious_problem_on_the_visitors_phone(office, petugas, new_page):
    phone, visits = new_page(*PHONE), hall(petugas)

    found = [line for visit in visits.values() for line in complaints(phone, "guestbook:ticket", visit.token)]
    found += complaints(phone, "ratings:rate", visits["served"].token)
    found += complaints(phone, "ratings:rate_questions", visits["served"].token)

    assert found == []


def test_no_serious_problem_on_the_rating_tablet(office, petugas, new_page):
    device = Device.objects.create(kind="tablet", name="di loket 1", counter=Counter.objects.get(number=1))
    tablet = new_page(*TABLET)
    tablet.goto(reverse("office:pair_device"))
    tablet.get_by_label("Kode pemasangan").fill(device_actions.make_code(device, by=None))
    tablet.get_by_role("button", name="Pasangkan").click()

    found = complaints(tablet, "ratings:tablet")
    visit = served(factories.VisitFactory(), petugas)
    found += complaints(tablet, "ratings:tablet") + complaints(tablet, "ratings:rate", visit.token)
    found += complaints(tablet, "ratings:rate_questions", visit.token)
    tablet.evaluate("document.querySelector('[data-away]').hidden = false")
    found += complaints_now(tablet)
    rate(visit, answers={aspect.key: 4 for aspect in ASPECTS}, remark="", complaint="")
    found += complaints(tablet, "ratings:rate", visit.token) + complaints(tablet, "ratings:rate_thanks", visit.token)

    assert found == []


def test_no_serious_problem_on_the_sign_in_page(office, new_page):
    page = new_page()

    assert complaints(page, "login") == []


@pytest.mark.parametrize("screen", [(1366, 768), PHONE], ids=["desk", "phone"])
def test_no_serious_problem_on_the_events_of_accounts(office, kepala, petugas, admin_user, page_of, screen):
    page = page_of(kepala, *screen)
    found = complaints(page, "office:account_events")

    save_head(Head(user=petugas, capacity="Plh.", since_on=timezone.localdate()), by=admin_user)
    note_password(kepala, by=admin_user)
    device_actions.make_code(Device.objects.create(kind="kiosk", name="dekat pintu masuk"), by=admin_user)
    found += complaints(page, "office:account_events")

    assert page.get_by_role("rowheader").count() == 3
    assert found == []


@pytest.mark.parametrize("screen", [(1440, 900), (768, 1024)], ids=["desk", "tablet"])
def test_no_serious_problem_at_the_counter(office, petugas, page_of, screen):
    desk = page_of(petugas, *screen)

    found = complaints(desk, "guestbook:console", 1)
    visits = hall(petugas)
    found += complaints(desk, "guestbook:console", 1) + complaints(desk, "guestbook:console", 2)
    found += complaints(desk, "guestbook:counter_list") + complaints(desk, "guestbook:late_entry", 1)
    found += complaints(desk, "guestbook:waiting_visit", 1, visits["waiting"].pk)
    found += complaints(desk, "office:account")

    assert found == []


def test_no_serious_problem_where_a_form_is_recorded(office, petugas, page_of):
    desk, draft = page_of(petugas), factories.ready_submission(petugas)

    found = complaints(desk, "recommendations:submission_list") + complaints(desk, "recommendations:submission_open")
    for block in draft.instrument.blocks:
        found += complaints(desk, "recommendations:record_block", draft.pk, block.id)
    found += complaints(desk, "recommendations:attachments", draft.pk)
    link = open_link(draft, by=petugas)
    found += complaints(desk, "recommendations:attachments", draft.pk)
    for draws in (lambda pk: None, draw_attachment):  # while the pages are drawn, and then
        draws(draft.attachments.first().pk)
        found += complaints(desk, "recommendations:attachment_preview", draft.attachments.first().pk)
    found += complaints(desk, "recommendations:submission_detail", draft.pk)

    send(draft, samples.photo(), link)
    found += complaints(page_of(petugas, *PHONE), "recommendations:attachments", draft.pk)
    found += complaints(page_of(petugas, *PHONE), "recommendations:phone_upload", link.token)

    assert found == []


def send(submission: Submission, photo: bytes, link: UploadLink) -> None:
    """Send a photo from the telephone."""
    file = ContentFile(photo, name="foto.jpg")
    attach(submission, kind="lain", file=file, content_type="image/jpeg", link=link, by=link.made_by)


def test_no_serious_problem_where_a_form_is_examined(office, petugas, page_of):
    desk, recorded = page_of(petugas), factories.recorded_submission(petugas)
    remark_on(recorded, petugas)

    found = complaints(desk, "recommendations:receipt", recorded.pk)
    found += complaints(desk, "recommendations:examine", recorded.pk)
    found += complaints(desk, "recommendations:opinion_add", recorded.pk)
    facts = {"source": "Diskominfotik", "given_on": timezone.localdate(), "text": "Layak.", "content_type": PDF}
    opinion = note_opinion(recorded, **facts, file=factories.paper("pendapat.pdf"), by=petugas)
    found += complaints(desk, "recommendations:opinion_preview", opinion.pk)
    recorded.rounds.update(due_on=timezone.localdate() - timedelta(days=1), starts_on=date(2026, 1, 5))
    found += complaints(desk, "recommendations:examine", recorded.pk)
    desk.locator("#pendapat summary").click()
    desk.locator("#decide [data-confirm]").click()
    found += complaints_now(desk)
    found += complaints(desk, "recommendations:deadline", recorded.pk)
    found += complaints(desk, "recommendations:round_detail", recorded.pk, 1)
    found += complaints(desk, "recommendations:round_compare", recorded.pk)
    found += complaints(desk, "recommendations:submission_detail", recorded.pk)
    found += complaints(desk, "recommendations:submission_list")

    assert found == []


def test_no_serious_problem_where_two_record_a_returned_form(office, petugas, page_of):
    returned = factories.recorded_submission(petugas)
    remark_on(returned, petugas)
    return_to_applicant(returned, by=petugas)
    fresh = factories.SubmissionFactory(applicant=returned.applicant)
    colleague = factories.UserFactory(name="Budi Contoh")
    unlock_item(returned, item_id="pj_nama", reason="diganti", by=colleague)
    save_answers(returned, {"pj_nama": "Ani Contoh"}, by=colleague)
    desk = page_of(petugas)

    found = [
        line
        for block in returned.instrument.blocks
        for line in complaints(desk, "recommendations:record_block", returned.pk, block.id)
    ]
    found += complaints(desk, "recommendations:unlock_item", returned.pk)
    found += complaints(desk, "recommendations:round_compare", returned.pk)
    desk.goto(reverse("recommendations:copy_answers", args=[fresh.pk]) + f"?dari={returned.pk}")
    found += complaints_now(desk)

    assert found == []


def test_no_serious_problem_in_a_conflict(office, petugas, page_of, problems):
    draft, desk = factories.SubmissionFactory(), page_of(petugas)
    desk.goto(reverse("recommendations:record_block", args=[draft.pk, "blok_4"]))
    desk.wait_for_load_state("networkidle")  # earlier saves of others are on the page now; a later save is a conflict
    save_answers(draft, {"tujuan_survei": "Punya Budi"}, by=factories.UserFactory(name="Budi Contoh"))

    desk.locator("[name='tujuan_survei']").fill("Punya Rina")
    desk.locator(".conflict").wait_for()
    found = complaints_now(desk)

    assert found == []
    problems.clear()  # a browser logs every answer 409 as an error


def remark_on(submission: Submission, by: User) -> None:
    """Write a correction on the survey's purpose."""
    write_remark(
        submission, item_id="tujuan_survei", kind=Remark.Kind.CORRECTION, text="Mohon indikator disebut.", by=by
    )


def test_no_serious_problem_on_the_kepalas_phone(office, petugas, kepala, page_of):
    phone, verified = page_of(kepala, *PHONE), factories.verified_submission(petugas)

    served(factories.VisitFactory(), petugas)

    found = complaints(phone, "recommendations:letter_queue") + complaints(phone, "ratings:rating_list")
    found += complaints(phone, "recommendations:letter_issue", verified.pk)

    assert found == []


def test_no_serious_problem_after_the_letter_is_issued(office, petugas, kepala, page_of, new_page):
    issued = factories.issued_submission(petugas, kepala)
    draw(issued.letter.pk)

    desk = page_of(petugas)
    found = complaints(desk, "recommendations:submission_detail", issued.pk)
    scan = take_scan(Letter.objects.get(), file=factories.paper("pindaian.pdf"), by=petugas)
    draw_previews(scan)
    found += complaints(desk, "recommendations:scan_check", scan.pk)
    found += complaints(new_page(*PHONE), "check_letter", issued.letter.token)

    assert found == []
