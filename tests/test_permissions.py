"""Access to every address of the desk: without a sign-in, and as petugas, Kepala and admin, with real rows."""

import copy
import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from complaints.actions.talking import give_file
from guestbook import announcements
from guestbook.actions import call, finish, start
from guestbook.periods import period_of
from office.models import Service, SignIn
from pst_desk.examples import paper_pdf
from ratings.models import FollowUp, FollowUpFile, PaperBatch
from recommendations.attachments.actions.phone import open_link
from recommendations.attachments.actions.storing import kept as stored
from recommendations.attachments.actions.storing import sha256_of, storing
from recommendations.attachments.previews import draw_previews
from recommendations.examination.actions.examining import write_remark
from recommendations.examination.actions.opinions import note_opinion
from recommendations.letter.actions.receipts import keep_receipt
from recommendations.letter.actions.sending import hand_over
from recommendations.letter.downloads import offered_link
from recommendations.models import AgencyAlias, Attachment, DeliveryReceipt, Dispatch, Opinion
from recommendations.signing.actions.scans import take_scan
from recommendations.uploads import JPEG, PDF
from reports.actions import make_link
from tests.factories import (
    VisitFactory,
    assigned_complaint,
    healthy_office,
    issued_submission,
    mailed_code,
    paper,
    ready_submission,
    recorded_submission,
    returned_submission,
    signed_submission,
    verified_submission,
)
from tests.limits import forget_counts
from tests.recommendations.uploads import samples
from tests.test_architecture import PUBLIC, addresses

NOBODY, PETUGAS, KEPALA, ADMIN = "nobody", "petugas", "kepala", "admin"
EVERYONE = {NOBODY, PETUGAS, KEPALA, ADMIN}
STAFF = {PETUGAS, KEPALA, ADMIN}
OFFICERS, READERS, HEAD, ADMINS = {PETUGAS}, {PETUGAS, KEPALA}, {KEPALA}, {ADMIN}
VISITORS = {NOBODY}
"""Without a sign-in only: a browser in which a colleague is signed in cannot rate."""

CONVERSATIONS = [
    f"complaints:{name}" for name in ("follow", "conversation", "write_reply", "rate_complaint", "close_conversation")
]
"""Pages behind a complaint's code: no browser in which a colleague is signed in opens them."""
ABOUT_OWN_COMPLAINT = [f"complaints:{name}" for name in ("answer", "ask_reporter", "plan", "close_complaint")]
ABOUT_PLANS = [
    "ratings:follow_up_list",
    "ratings:open_follow_ups",
    *(f"ratings:{name}" for name in ("follow_up_detail", "write_follow_up", "finish_follow_up", "reopen_follow_up")),
    "ratings:follow_up_file",
]
ABOUT_OWN_MEASURE = [f"ratings:{name}" for name in ("follow_up_detail", "finish_follow_up", "follow_up_file")]
ABOUT_PAPERS = [f"ratings:{name}" for name in ("paper_list", "import_paper", "paper_batch", "take_back_paper")]
WHO_MAY = {
    "logout": STAFF,
    "office:home": STAFF,
    "office:account": STAFF,
    "office:account_events": HEAD | ADMINS,
    "office:end_pause": ADMINS,
    "office:session_list": STAFF,
    "office:second_factor": STAFF,
    "office:lock": STAFF,
    "office:unlock": STAFF,
    "office:prove": STAFF,
    "office:stay_awake": STAFF,
    "office:begin_second_factor": STAFF,
    "office:remove_second_factor": STAFF,
    "office:reset_second_factor": ADMINS,
    "office:end_session": OFFICERS,  # the officer's own: a colleague's session is nowhere
    "office:end_other_sessions": STAFF,
    "office:password_change": STAFF,
    "office:calendar_now": STAFF,
    "office:calendar_year": STAFF,
    "office:calendar_csv": STAFF,
    "office:calendar_ics": STAFF,
    "guestbook:counter_list": OFFICERS,
    "guestbook:console": OFFICERS,
    "guestbook:queue": OFFICERS,
    "guestbook:call_next": OFFICERS,
    "guestbook:call": OFFICERS,
    "guestbook:waiting_visit": OFFICERS,
    "guestbook:transfer": OFFICERS,
    "guestbook:late_entry": OFFICERS,
    "guestbook:recall": OFFICERS,
    "guestbook:start": OFFICERS,
    "guestbook:finish": OFFICERS,
    "guestbook:miss": OFFICERS,
    "guestbook:requeue": OFFICERS,
    "guestbook:leave": OFFICERS,
    "guestbook:write_note": OFFICERS,
    "guestbook:classify": OFFICERS,
    "guestbook:visit_list": READERS,
    "guestbook:visit_detail": READERS,
    "guestbook:correct_visit": OFFICERS,
    "guestbook:recap": READERS,
    "guestbook:recap_xlsx": READERS,
    "guestbook:recap_pdf": READERS,
    "recommendations:submission_list": READERS,
    "recommendations:submission_open": OFFICERS,
    "recommendations:submission_detail": READERS,
    "recommendations:submission_cancel": OFFICERS,
    "recommendations:assign_submission": READERS,
    "recommendations:record": OFFICERS,
    "recommendations:record_block": OFFICERS,
    "recommendations:save_item": OFFICERS,
    "recommendations:keep_recording": OFFICERS,
    "recommendations:unlock_item": OFFICERS,
    "recommendations:copy_answers": OFFICERS,
    "recommendations:round_compare": READERS,
    "recommendations:record_complete": OFFICERS,
    "recommendations:finding_decide": OFFICERS,
    "recommendations:receipt": READERS,
    "recommendations:attachments": OFFICERS,
    "recommendations:attachment_download": READERS,
    "recommendations:attachment_remove": OFFICERS,
    "recommendations:attachment_files": OFFICERS,
    "recommendations:attachment_rekind": OFFICERS,
    "recommendations:attachment_first": READERS,
    "recommendations:attachment_preview": READERS,
    "recommendations:attachment_page": READERS,
    "recommendations:draw_attachment_again": READERS,
    "recommendations:phone_open": OFFICERS,
    "recommendations:phone_close": OFFICERS,
    "recommendations:examine": OFFICERS,
    "recommendations:write_remark": OFFICERS,
    "recommendations:accept_remark": OFFICERS,
    "recommendations:unaccept_remark": OFFICERS,
    "recommendations:return_submission": OFFICERS,
    "recommendations:verify_submission": OFFICERS,
    "recommendations:round_detail": READERS,
    "recommendations:deadline": READERS,
    "recommendations:explain_late": READERS,
    "recommendations:move_due_date": HEAD,
    "recommendations:calendar_change": ADMINS,
    "recommendations:calendar_apply": ADMINS,
    "recommendations:opinion_add": OFFICERS,
    "recommendations:opinion_download": READERS,
    "recommendations:opinion_preview": READERS,
    "recommendations:opinion_page": READERS,
    "recommendations:draw_opinion_again": READERS,
    "recommendations:opinion_remove": OFFICERS,
    "recommendations:similar": READERS,
    "recommendations:confirm_no_duplicate": OFFICERS,
    "recommendations:name_duplicate": OFFICERS,
    "recommendations:letter_queue": HEAD,
    "recommendations:letter_issue": HEAD,
    "recommendations:issue_letters": HEAD,
    "recommendations:letter_send_back": HEAD,
    "recommendations:draft_page": HEAD,
    "recommendations:draft_pdf": HEAD,
    "recommendations:number_register": READERS,
    "recommendations:number_register_xlsx": READERS,
    "recommendations:void_numbers": OFFICERS,
    "recommendations:reserve_numbers": OFFICERS,
    "recommendations:letter_style": ADMINS,
    "recommendations:letter_style_preview": ADMINS,
    "recommendations:letter_pdf": READERS,
    "recommendations:signed_pdf": READERS,
    "recommendations:letter_page": READERS,
    "recommendations:sign_letters": HEAD,
    "recommendations:sign_again": HEAD,
    "recommendations:sign_by_scan": READERS,
    "recommendations:sign_by_file": READERS,
    "recommendations:scan_check": READERS,
    "recommendations:scan_accept": READERS,
    "recommendations:scan_reject": READERS,
    "recommendations:draw_copy_again": READERS,
    "recommendations:copy_page": READERS,
    "recommendations:copy_download": READERS,
    "recommendations:draw_letter_again": READERS,
    "recommendations:correct_answer": OFFICERS,
    **dict.fromkeys(("recommendations:replace_letter", "recommendations:keep_letter"), HEAD),
    "recommendations:revoke_letter": HEAD,
    "recommendations:result_list": READERS,
    "recommendations:result_notes": READERS,
    "recommendations:note_asked": OFFICERS,
    "recommendations:note_received": OFFICERS,
    "recommendations:renew_download": OFFICERS,
    "recommendations:send_whatsapp": OFFICERS,
    "recommendations:note_answer": OFFICERS,
    "recommendations:receipt_form": OFFICERS,
    "recommendations:delivery_receipt": OFFICERS,
    "recommendations:receipt_picture": OFFICERS,
    "recommendations:receipt_download": OFFICERS,
    "recommendations:send_letter": OFFICERS,
    "recommendations:repeat_mail": OFFICERS,
    "recommendations:mail_arrived": OFFICERS,
    "recommendations:mail_bounced": OFFICERS,
    "recommendations:hand_over": OFFICERS,
    "recommendations:close_submission": OFFICERS,
    "recommendations:slip_open": READERS,
    "recommendations:draw_slip_again": READERS,
    "recommendations:slip_hand_over": OFFICERS,
    "recommendations:slip_mail": OFFICERS,
    "recommendations:slip_mail_arrived": OFFICERS,
    "recommendations:slip_mail_bounced": OFFICERS,
    "recommendations:form_export": OFFICERS,
    "recommendations:form_import": OFFICERS,
    "recommendations:form_import_save": OFFICERS,
    "recommendations:romantik_form": OFFICERS,
    "recommendations:romantik_json": OFFICERS,
    "recommendations:romantik_xlsx": OFFICERS,
    "recommendations:agency_list": STAFF,
    "recommendations:agency_detail": STAFF,
    "recommendations:agency_add": ADMINS,
    "recommendations:agency_edit": ADMINS,
    "recommendations:note_government": OFFICERS,
    "recommendations:add_alias": ADMINS,
    "recommendations:remove_alias": ADMINS,
    "recommendations:merge_choose": ADMINS,
    "recommendations:merge_agency": ADMINS,
    "recommendations:contact_add": OFFICERS,
    "recommendations:contact_edit": OFFICERS,
    "recommendations:send_code": OFFICERS,
    "recommendations:confirm_code": OFFICERS,
    "recommendations:confirm_otherwise": OFFICERS,
    "recommendations:email_state": OFFICERS,
    "recommendations:account_choices": OFFICERS,
    "recommendations:link_visit": OFFICERS,
    "ratings:rating_list": HEAD,
    "ratings:own_totals": OFFICERS,
    "complaints:complaint_list": READERS,
    "complaints:complaint_add": READERS,
    "complaints:complaint_receipt": READERS,
    "complaints:complaint_recap": HEAD,
    "complaints:complaint_recap_xlsx": HEAD,
    "complaints:complaint_file": READERS,
    "complaints:complaint_detail": READERS,
    "complaints:assign_complaint": HEAD,
    **dict.fromkeys(ABOUT_OWN_COMPLAINT, READERS),
    "ratings:skm_report": HEAD,
    "ratings:skm_freeze": HEAD,
    "ratings:skm_pdf": HEAD,
    "ratings:skm_xlsx": HEAD,
    "ratings:skm_poster": HEAD,
    "reports:packet": HEAD,
    "reports:packet_zip": HEAD,
    **dict.fromkeys(ABOUT_PLANS, HEAD),
    **dict.fromkeys(ABOUT_OWN_MEASURE, READERS),
    **dict.fromkeys(ABOUT_PAPERS, HEAD | ADMINS),
    "reports:dashboard": READERS,
    "reports:day_recap": READERS,
    "reports:recap": READERS,
    "reports:recap_xlsx": READERS,
    "reports:recap_pdf": READERS,
    "reports:feed_link": READERS,
    "reports:make_feed_link": READERS,
    "reports:revoke_feed_link": READERS,
    "reports:health_detail": HEAD | ADMINS,
    "reports:standard_edit": ADMINS,
    "reports:standard_reviewed": ADMINS,
    **dict.fromkeys(PUBLIC, EVERYONE),
    **dict.fromkeys(CONVERSATIONS, VISITORS),
    "ratings:rate": VISITORS,
    "ratings:rate_questions": VISITORS,
    "ratings:rate_thanks": VISITORS,
}
ABOUT_AGENCIES = [
    f"recommendations:{name}"
    for name in (
        *("agency_detail", "agency_edit", "note_government", "add_alias"),
        *("merge_choose", "merge_agency", "contact_add"),
    )
]
ABOUT_APPLICANTS = [
    f"recommendations:{name}"
    for name in ("contact_edit", "send_code", "confirm_code", "confirm_otherwise", "email_state")
]
ABOUT_MAILS = [f"recommendations:{name}" for name in ("repeat_mail", "mail_arrived", "mail_bounced", "note_answer")]
ABOUT_SCANS = [
    f"recommendations:{name}"
    for name in ("scan_check", "scan_accept", "scan_reject", "draw_copy_again", "copy_page", "copy_download")
]
ABOUT_DOWNLOADS = ["recommendations:download_page", "recommendations:fetch_letter"]
ABOUT_SLIPS = [
    f"recommendations:{name}"
    for name in (
        "slip_open",
        "draw_slip_again",
        "slip_hand_over",
        "slip_mail",
        "slip_mail_arrived",
        "slip_mail_bounced",
    )
]
ADDRESSES = {name: pattern for name, pattern in addresses() if not name.startswith("admin:")}
ADMIN_PAGES = {name: pattern for name, pattern in addresses() if name.startswith("admin:")}
REFUSED = {403, 404, 405}


def app_of(name: str) -> str:
    return name.rpartition(":")[0]


def test_the_table_names_every_address_and_no_other():
    assert set(WHO_MAY) - {"admin:login"} == set(ADDRESSES)


@pytest.fixture
def people(petugas, kepala, admin_user, client_of: Callable) -> dict[str, Client]:
    signed_in = {PETUGAS: client_of(petugas), KEPALA: client_of(kepala), ADMIN: client_of(admin_user)}
    return {NOBODY: Client(), **signed_in}


@pytest.fixture
def rows(petugas, kepala, counter) -> SimpleNamespace:
    """Make one row of each kind, in a state in which its pages can be opened."""
    announcements.make("nada")
    issued = issued_submission(petugas, kepala)
    letter = issued.letter
    pdf = paper_pdf("surat")
    letter.pdf.save(f"{letter.token}.pdf", ContentFile(pdf), save=False)
    letter.sha256, letter.drawn_at = hashlib.sha256(pdf).hexdigest(), timezone.now()
    letter.save()
    served = finish(start(call(VisitFactory(), counter, by=petugas), by=petugas), by=petugas)
    called = call(VisitFactory(), counter, by=petugas)
    healthy_office()
    complaint = assigned_complaint(petugas, by=kepala)
    handed = receipt_of(signed_submission(petugas, kepala), petugas)
    recorded = recorded_submission(petugas)
    _, mail_link = mailed_code(recorded.applicant, by=petugas)
    return SimpleNamespace(
        agency=recorded.applicant.agency,
        alias=AgencyAlias.objects.create(agency=recorded.applicant.agency, name="Nama lain contoh"),
        applicant=recorded.applicant,
        mail_link=mail_link,
        other_agency=issued.applicant.agency,
        attachment=drawn(recorded.attachments.first()),
        called=called,
        complaint=complaint,
        complaint_file=give_file(complaint, file=paper("bukti.pdf"), content_type=PDF),
        counter=counter,
        dispatch=Dispatch.objects.create(
            letter=letter, channel=Dispatch.Channel.EMAIL, to="budi@contoh.example", requested_by=petugas
        ),
        download=offered_link(letter),
        follow_up=(follow_up := FollowUp.objects.create(period="2026-10", aspect="waktu", responsible=petugas)),
        proof=proof_file(follow_up, kepala),
        paper_batch=paper_batch(kepala),
        handed=handed,
        other_letter=handed.dispatch.letter,
        issued=issued,
        letter=letter,
        link=open_link(ready_submission(petugas), by=petugas),
        opinion=drawn(opinion_on(recorded, petugas)),
        recorded=recorded,
        remark=write_remark(recorded, item_id="tujuan_survei", kind="advice", text="Mohon dicek.", by=petugas),
        scan=drawn(take_scan(letter, file=paper("pindaian.pdf"), by=petugas)),
        secret=make_link(by=kepala),
        served=served,
        sign_in=SignIn.objects.create(user=petugas, session_key="k" * 32, words="Firefox di Windows"),
        slip=returned_submission(petugas).rounds.first().slip,
        verified=verified_submission(petugas),
        visit=VisitFactory(),
    )


def receipt_of(submission, by) -> DeliveryReceipt:
    """Hand the letter over, and keep a photo of its receipt."""
    dispatch = hand_over(submission, to="Budi Contoh", form_token=uuid.uuid4(), by=by)
    photo = ContentFile(samples.photo(), name="tanda-terima.jpg")
    return keep_receipt(dispatch, kind=DeliveryReceipt.Kind.SCAN, file=photo, content_type=JPEG, by=by)


def paper_batch(by) -> PaperBatch:
    """Return an import of paper answers."""
    facts = {"day": timezone.localdate(), "service": Service.objects.get(prefix="R"), "rows": 1, "by": by}
    return PaperBatch.objects.create(file_name="kertas.csv", sha256="0" * 64, **facts)


def proof_file(follow_up: FollowUp, by) -> FollowUpFile:
    """Keep a file as a former proof of a measure of the follow-up plan."""
    pdf = paper("bukti.pdf")
    with storing(pdf) as path:
        file = FollowUpFile.objects.create(content_type=PDF, sha256=sha256_of(pdf), **stored(pdf, path))
        follow_up.events.create(kind="finish", by=by, file=file)
        return file


def drawn(kept: Attachment | Opinion) -> Attachment | Opinion:
    """Draw the pages of the file, as the worker does."""
    draw_previews(kept)
    return kept


def opinion_on(submission, by) -> Opinion:
    """Add the walidata's opinion, with its file."""
    facts = {"source": "Diskominfotik", "given_on": timezone.localdate(), "text": "Layak.", "content_type": PDF}
    return note_opinion(submission, **facts, file=paper("pendapat.pdf"), by=by)


def arguments(name: str, rows: SimpleNamespace) -> dict:
    """Return values for the angle brackets of the address."""
    wanted = ADDRESSES[name].pattern.converters
    item = rows.recorded.instrument.title_item
    known = {
        "number": rows.counter.number,
        "pk": row_behind(name, rows).pk,
        "key": rows.complaint.key,
        "token": token_behind(name, rows),
        "prefix": "R",
        "block_id": rows.recorded.instrument.blocks[1].id,
        "item_id": item,
        "n": 1,
        "year": 2026,
        "piece": "nada",
        "form": rows.recorded.instrument.slug,
        "into": rows.other_agency.pk,
        "remark_pk": rows.remark.pk,
        "period": period_of("2026-11"),
        "secret": rows.secret,
    }
    return {word: known[word] for word in wanted}


def row_behind(name: str, rows: SimpleNamespace):
    special = {
        "guestbook:call": rows.visit,
        "guestbook:waiting_visit": rows.visit,
        "recommendations:attachment_download": rows.attachment,
        "recommendations:attachment_remove": rows.attachment,
        "recommendations:attachment_rekind": rows.attachment,
        "recommendations:attachment_preview": rows.attachment,
        "recommendations:attachment_page": rows.attachment,
        "recommendations:draw_attachment_again": rows.attachment,
        "recommendations:opinion_download": rows.opinion,
        "recommendations:opinion_preview": rows.opinion,
        "recommendations:opinion_page": rows.opinion,
        "recommendations:draw_opinion_again": rows.opinion,
        "recommendations:opinion_remove": rows.opinion,
        "recommendations:letter_issue": rows.verified,
        "recommendations:letter_send_back": rows.verified,
        "recommendations:draft_page": rows.verified,
        "recommendations:draft_pdf": rows.verified,
        "recommendations:letter_pdf": rows.letter,
        "recommendations:signed_pdf": rows.letter,
        "recommendations:letter_page": rows.letter,
        "recommendations:sign_again": rows.letter,
        "recommendations:renew_download": rows.letter,
        "recommendations:send_whatsapp": rows.other_letter,
        "recommendations:receipt_form": rows.other_letter,
        "recommendations:delivery_receipt": rows.handed.dispatch,
        "recommendations:receipt_picture": rows.handed,
        "recommendations:receipt_download": rows.handed,
        "recommendations:sign_by_scan": rows.letter,
        "recommendations:sign_by_file": rows.letter,
        **dict.fromkeys(ABOUT_SCANS, rows.scan),
        "recommendations:draw_letter_again": rows.letter,
        "recommendations:correct_answer": rows.issued,
        "recommendations:replace_letter": rows.letter,
        "recommendations:keep_letter": rows.letter,
        "recommendations:revoke_letter": rows.letter,
        "recommendations:send_letter": rows.issued,
        **dict.fromkeys(ABOUT_MAILS, rows.dispatch),
        "recommendations:hand_over": rows.issued,
        "recommendations:close_submission": rows.issued,
        **dict.fromkeys(ABOUT_SLIPS, rows.slip),
        **dict.fromkeys(ABOUT_AGENCIES, rows.agency),
        "recommendations:remove_alias": rows.alias,
        **dict.fromkeys(ABOUT_APPLICANTS, rows.applicant),
    }
    if name.startswith("complaints:"):
        return rows.complaint
    if name in {"office:end_pause", "office:reset_second_factor"}:
        return rows.sign_in.user
    if name == "office:end_session":
        return rows.sign_in
    if name in ABOUT_PAPERS:
        return rows.paper_batch
    if name in ABOUT_PLANS:
        return rows.proof if name == "ratings:follow_up_file" else rows.follow_up
    return special.get(name) or (rows.called if name.startswith("guestbook:") else rows.recorded)


def token_behind(name: str, rows: SimpleNamespace) -> str:
    if name == "check_letter":
        return rows.letter.token
    if name in ABOUT_DOWNLOADS:
        return rows.download.token
    if name.startswith("recommendations:track"):
        return rows.slip.round.submission.token
    if name.startswith("recommendations:phone_"):
        return rows.link.token
    if name == "recommendations:confirm_email":
        return rows.mail_link
    return rows.served.token if name.startswith("ratings:") else rows.visit.token


@pytest.mark.parametrize("app", sorted({app_of(name) for name in ADDRESSES}))
def test_a_page_opens_only_for_the_roles_in_the_table(app, people, rows):
    found = {}
    for name in sorted(name for name in ADDRESSES if app_of(name) == app):
        with undone():
            found[name] = list(what_is_wrong(name, people, rows))

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@contextmanager
def undone() -> Iterator[None]:
    """Undo all changes of the block and clear the cache, so that every address finds the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    forget_counts()


def what_is_wrong(name: str, people: dict[str, Client], rows: SimpleNamespace) -> Iterator[str]:
    """Yield every role for which the address differs from the table. Roles without access are tried first."""
    address = reverse(name, kwargs=arguments(name, rows))
    may = WHO_MAY[name]
    for role in sorted(EVERYONE - may) + sorted(may):
        browser = browser_of(people[role])
        answers = [browser.get(address), browser.post(address)]
        for answer in answers:
            b"".join(answer)  # reading a download to its end closes its file
        is_as_told = is_open if role in may else is_at_the_login if role == NOBODY else is_refused
        if not is_as_told(answers):
            yield f"{role}: {[answer.status_code for answer in answers]}"


def browser_of(person: Client) -> Client:
    """Return a new browser with the person signed in."""
    browser = Client()
    browser.cookies = copy.copy(person.cookies)
    return browser


def is_open(answers: list[HttpResponse]) -> bool:
    statuses = {answer.status_code for answer in answers}
    return bool(statuses - REFUSED) and max(statuses) < 500 and not is_at_the_login(answers)


def is_refused(answers: list[HttpResponse]) -> bool:
    return {answer.status_code for answer in answers} <= REFUSED


def is_at_the_login(answers: list[HttpResponse]) -> bool:
    return all(is_login(answer) for answer in answers)


def is_login(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith((reverse("login"), reverse("admin:login")))


@pytest.mark.ignore_template_errors  # Django's own pages use undefined variables
@pytest.mark.parametrize("name", sorted(set(ADMIN_PAGES) - {"admin:login", "admin:logout"}))
def test_the_office_pages_are_the_admins_alone(name, people, kepala):
    try:
        address = reverse(name, kwargs=dict.fromkeys(ADMIN_PAGES[name].pattern.converters, "1"))
    except NoReverseMatch:
        address = "/kantor/no-such-page/"  # the last pattern, which matches every other address

    for role in (NOBODY, PETUGAS, KEPALA):
        answer = people[role].get(address)

        assert is_login(answer) or answer.status_code in REFUSED, f"{role} opens {address}: {answer.status_code}"


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("name", sorted(name for name in ADMIN_PAGES if name.endswith("_changelist")))
def test_the_admin_reads_every_list_of_the_office(name, people, kepala):
    answer = people[ADMIN].get(reverse(name))

    assert answer.status_code == 200
