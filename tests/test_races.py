"""The same act twice at the same moment, on real connections: no result is doubled or lost."""

import re
import threading
import uuid
from collections import Counter as Tally
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guestbook import actions as reception
from guestbook.corrections import visit_facts
from guestbook.models import CallPolicy, Visit, VisitCorrection, VisitEvent, Visitor
from guestbook.periods import period_around
from guestbook.workflow import Status as VisitStatus
from office import mailing
from office.account_actions import save_head
from office.models import Counter, Head, Mail, Office, User
from pst_desk import roles
from ratings.actions import rate, rate_quickly
from ratings.follow_up_actions import finish_follow_up, write_follow_up
from ratings.models import FollowUp, FrozenReport, PaperBatch, QuickRating, Rating
from ratings.paper_actions import import_paper_answers, take_back_paper_batch
from ratings.report_actions import freeze_report
from recommendations.examination.actions.examining import accept_remark, return_to_applicant, verify, write_remark
from recommendations.instruments.fingerprints import fingerprint
from recommendations.letter import delivery, pdf
from recommendations.letter.actions.issuing import issue_letter
from recommendations.letter.actions.replacing import want_replacement
from recommendations.letter.actions.revoking import revoke_letter
from recommendations.letter.actions.sending import send_by_email
from recommendations.letter.tasks import send_dispatch
from recommendations.models import Dispatch, Letter, RatingLink, Slip
from recommendations.recording.actions.completing import record_complete
from recommendations.recording.actions.conflicts import ChangedMeanwhile
from recommendations.recording.actions.saving import save_answers
from recommendations.recording.actions.unlocking import unlock_item
from recommendations.signing.actions.scans import take_scan
from recommendations.slip.actions import hand_over_slip
from recommendations.slip.mailing import note_told, owe_mail
from recommendations.slip.pdf import draw_slip_pdf
from recommendations.slip.reminders import remind_waiting
from recommendations.submissions.actions.assigning import assign
from recommendations.submissions.actions.opening import open_submission
from recommendations.tracking import actions
from tests import factories
from tests.bench import clients
from tests.ratings.test_rate import ANSWERS
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, LETTERS_OF_EACH = 10, 5


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run all `calls` at the same moment, each with its own connection. Return their results or exceptions."""
    outcomes: list[Any] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(place: int) -> None:
        gate.wait()
        try:
            outcomes[place] = calls[place]()
        except Exception as problem:  # noqa: BLE001 - the exception is the result
            outcomes[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def draw(service, token: uuid.UUID) -> Visit:
    return reception.check_in(service=service, visitor=Visitor(name="Budi Contoh"), form_token=token)


def test_a_double_tap_at_the_kiosk_draws_one_number(service_r):
    token = uuid.uuid4()

    outcomes = at_once(*[lambda: draw(service_r, token)] * 4)

    assert {visit.ticket for visit in outcomes} == {"R-001"}
    assert Visitor.objects.count() == 1


def test_many_visitors_at_once_draw_numbers_without_gap_or_duplicate(service_r):
    tokens = [uuid.uuid4() for _ in range(12)]

    outcomes = at_once(*[lambda token=token: draw(service_r, token) for token in tokens])

    assert sorted(visit.number for visit in outcomes) == list(range(1, 13))


def test_two_counters_never_call_the_same_visitor(office, service_r, petugas):
    factories.VisitFactory.create_batch(2, service=service_r)
    counters = list(Counter.objects.all())

    outcomes = at_once(*[lambda counter=counter: reception.call_next(counter, by=petugas) for counter in counters])

    assert {visit.ticket for visit in outcomes} == {"R-001", "R-002"}


def test_many_counters_call_a_mixed_queue_once_each_and_keep_the_ratio(office, service_r, petugas):
    """Each call is part of the history of the next, so the ratio holds even when all counters call at once."""
    CallPolicy.objects.update_or_create(pk=1, defaults={"ratio": 2, "cap": None})
    factories.VisitFactory.create_batch(4, service=service_r)
    factories.VisitFactory.create_batch(8, service=service_r, priority=Visit.Priority.ELDERLY)
    counters = [Counter.objects.create(number=number) for number in range(11, 17)]
    for counter in counters:
        counter.services.add(service_r)

    for _ in range(2):
        outcomes = at_once(*[lambda counter=counter: reception.call_next(counter, by=petugas) for counter in counters])
        for visit in outcomes:
            reception.miss(visit, by=petugas)

    calls = VisitEvent.objects.filter(move="call").order_by("at", "pk").select_related("visit")
    assert sorted(event.visit.ticket for event in calls) == [f"R-{number:03}" for number in range(1, 13)]
    assert [bool(event.visit.priority) for event in calls] == [True, True, False] * 4


def test_a_double_click_on_call_next_calls_one_visitor(office, service_r, counter, petugas):
    factories.VisitFactory.create_batch(3, service=service_r)

    outcomes = at_once(*[lambda: reception.call_next(counter, by=petugas)] * 3)

    assert [type(outcome) for outcome in outcomes].count(reception.CounterBusy) == 2
    assert Visit.objects.active().count() == 1


def test_two_officers_who_correct_one_visit_at_once_lose_nothing(office, petugas):
    """One correction is saved; the other officer sees it first."""
    visit = factories.VisitFactory()
    facts = {"shown": visit_facts(visit), "reason": "Salah ketik.", "by": petugas}
    corrected = [{"name": "Budi Satu"}, {"position": "Kepala Bidang"}, {"name": "Budi Dua"}]

    outcomes = at_once(*[lambda one=one: reception.correct_visit(visit, changes=one, **facts) for one in corrected])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MovedOn", "MovedOn", "list"]
    (kept,) = VisitCorrection.objects.all()
    assert getattr(Visitor.objects.get(), kept.field) == kept.new


def test_a_visit_that_is_called_while_it_is_corrected_keeps_both(office, counter, petugas):
    visit = factories.VisitFactory()

    outcomes = at_once(
        lambda: reception.call_next(counter, by=petugas),
        lambda: reception.correct_visit(visit, changes={"name": "Budi Satu"}, reason="Salah ketik.", by=petugas),
    )

    visit = Visit.objects.select_related("visitor").get()
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert (visit.status, visit.visitor.name) == ("called", "Budi Satu")


def test_a_double_click_opens_one_submission(office, petugas):
    applicant, token = factories.ApplicantFactory(), uuid.uuid4()
    facts = {"applicant": applicant, "instrument_code": "FS3", "form_token": token, "visit": None, "by": petugas}

    outcomes = at_once(*[lambda: open_submission(**facts)] * 3)

    assert len({submission.pk for submission in outcomes}) == 1
    assert applicant.submissions.count() == 1


def test_submissions_opened_at_once_get_register_numbers_one_after_the_other(office, petugas):
    applicant = factories.ApplicantFactory()
    facts = {"applicant": applicant, "instrument_code": "FS3", "visit": None, "by": petugas}

    outcomes = at_once(*[lambda: open_submission(form_token=uuid.uuid4(), **facts)] * 5)

    assert sorted(submission.number for submission in outcomes) == [1, 2, 3, 4, 5]


def test_two_officers_who_answer_different_items_both_keep_their_answer(office, petugas):
    submission = factories.SubmissionFactory()

    at_once(
        lambda: save_answers(submission, {"pj_nama": "Budi Contoh"}, by=petugas),
        lambda: save_answers(submission, {"pj_jabatan": "Sekretaris"}, by=petugas),
    )

    answers = submission.rounds.get().answers
    assert (answers["pj_nama"], answers["pj_jabatan"]) == ("Budi Contoh", "Sekretaris")


def test_two_officers_who_answer_the_same_item_at_once_lose_nothing(office, petugas):
    """One answer is saved; the other officer sees both answers and can decide."""
    submission = factories.SubmissionFactory()
    shown = {"tujuan_survei": fingerprint(submission.instrument.item("tujuan_survei"), None)}
    texts = [f"Tujuan ke-{number}" for number in range(6)]

    outcomes = at_once(
        *[
            lambda text=text: save_answers(submission, {"tujuan_survei": text}, shown=shown, by=petugas)
            for text in texts
        ]
    )

    told = [outcome for outcome in outcomes if isinstance(outcome, ChangedMeanwhile)]
    stored = submission.rounds.get().answers["tujuan_survei"]
    assert len(told) == len(texts) - 1
    assert {stored, *(one.conflicts[0].mine for one in told)} == set(texts)
    assert {one.conflicts[0].theirs for one in told} == {stored}


def test_two_officers_who_type_in_turn_on_their_own_pages_never_lose_a_word(office, petugas):
    """Two pages save one item many times. A refused page saves again with the answer it was shown; no save is lost."""
    submission = factories.SubmissionFactory()
    item, most = submission.instrument.item("tujuan_survei"), 8

    def type_words(who: str) -> None:
        for number in range(most):
            assert any(saved(f"{who}{number}") for _ in range(most + 1)), "refused more often than the other one saved"

    def saved(word: str) -> bool:
        text = submission.rounds.get().answers.get(item.id) or ""
        try:
            save_answers(submission, {item.id: f"{text} {word}"}, shown={item.id: fingerprint(item, text)}, by=petugas)
        except ChangedMeanwhile:
            return False
        return True

    outcomes = at_once(lambda: type_words("a"), lambda: type_words("b"))

    assert outcomes == [None, None]
    words = submission.rounds.get().answers[item.id].split()
    assert sorted(words) == sorted(f"{who}{number}" for who in "ab" for number in range(most))


def test_an_item_is_opened_once_by_two_officers_at_once(office, petugas):
    submission = factories.recorded_submission(petugas)
    write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon.", by=petugas)
    return_to_applicant(submission, by=petugas)

    at_once(*[lambda: unlock_item(submission, item_id="pj_nama", reason="diganti", by=petugas)] * 3)

    assert submission.rounds.last().unlocks.count() == 1
    assert submission.events.filter(move="unlock").count() == 1


def told_of(submission, *moves: str) -> list[str]:
    """Return the events with these moves, in order."""
    return list(submission.events.filter(move__in=moves).values_list("move", flat=True))


def test_two_examiners_who_verify_and_return_at_the_same_second_decide_once(office, petugas):
    """One examiner returns the form while the other verifies it. One act wins; the other is refused with a message."""
    submission, other = factories.recorded_submission(petugas), colleague()
    remark = {"item_id": "tujuan_survei", "kind": "correction", "text": "Mohon dirinci."}

    def write_and_return() -> Any:
        write_remark(submission, **remark, by=other)
        return return_to_applicant(submission, by=other)

    outcomes = at_once(lambda: verify(submission, by=petugas), write_and_return)

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(one).__name__ for one in refused] in (["NotBeingChecked"], ["MoveNotAllowed"], ["CorrectionsOpen"])
    assert all(str(one) for one in refused)
    assert len(told_of(submission, "verify", "return")) == 1
    submission.refresh_from_db()
    assert (submission.status == "returned") is (submission.rounds.count() == 2)


def test_accepting_and_returning_at_the_same_second_never_returns_a_form_without_open_corrections(office, petugas):
    submission, other = factories.recorded_submission(petugas), colleague()
    remark = write_remark(submission, item_id="tujuan_survei", kind="correction", text="Mohon dirinci.", by=petugas)

    outcomes = at_once(
        lambda: accept_remark(submission, remark, by=other),
        lambda: return_to_applicant(submission, by=petugas),
    )

    refused = [type(outcome).__name__ for outcome in outcomes if isinstance(outcome, Exception)]
    remark.refresh_from_db()
    assert refused == (["NothingToCorrect"] if remark.state == "accepted" else ["NotBeingChecked"])
    assert len(told_of(submission, "return")) == (remark.state != "accepted")


def test_two_examiners_who_verify_at_the_same_second_are_the_two_readers(office, petugas):
    Office.objects.update(two_readers=True)
    submission, other = factories.recorded_submission(petugas), colleague()

    outcomes = at_once(*[lambda by=by: verify(submission, by=by) for by in (petugas, other)])

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert told_of(submission, "read", "verify") == ["read", "verify"]
    assert set(submission.events.filter(move__in=["read", "verify"]).values_list("by", flat=True)) == {
        petugas.pk,
        other.pk,
    }


def test_of_two_who_take_over_at_once_the_second_learns_who_was_first(office, petugas):
    submission, others = factories.recorded_submission(petugas), [colleague(), colleague()]

    outcomes = at_once(
        *[lambda to=to: assign(submission, to=to, reason="Cuti.", seen=petugas.pk, by=to) for to in others]
    )

    submission.refresh_from_db()
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert type(refused).__name__ == "TakenMeanwhile"
    assert str(submission.officer) in str(refused)
    assert len(told_of(submission, "assign")) == 1


def colleague() -> User:
    """Return another active officer."""
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=roles.PETUGAS))
    return user


def test_a_double_click_declares_the_form_complete_once(office, petugas):
    submission = factories.ready_submission(petugas)

    outcomes = at_once(*[lambda: record_complete(submission, by=petugas)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MoveNotAllowed", "Round"]
    assert submission.events.filter(move="record").count() == 1


def test_a_double_click_issues_one_letter(petugas, kepala):
    submission = factories.verified_submission(petugas)
    year = timezone.localdate().year
    numbers = {"number": f"B-001/63710/HM.310/{year}", "identity_number": f"V-{year % 100}.6371.001"}

    outcomes = at_once(*[lambda: issue_letter(submission, **numbers, by=kepala)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Letter", "MoveNotAllowed"]
    assert Letter.objects.count() == 1


def test_two_letters_never_get_the_same_number_in_two_spellings(petugas, kepala):
    submissions = [factories.verified_submission(petugas) for _ in range(2)]
    year = timezone.localdate().year % 100

    outcomes = at_once(
        *[
            lambda submission=submission, place=place: issue_letter(
                submission,
                number=f"B-{7:0{place}}/63710/HM.310/20{year}",
                identity_number=f"V-{year}.6371.00{place}",
                by=kepala,
            )
            for place, submission in enumerate(submissions, start=1)
        ]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Letter", "NumberTaken"]


def test_two_admins_at_once_enter_one_head(office, admin_user):
    Head.objects.all().delete()
    rows = [Head(user=factories.UserFactory(), since_on=timezone.localdate()) for _ in range(2)]

    outcomes = at_once(*[partial(save_head, row, by=admin_user) for row in rows])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "ValidationError"]
    assert Head.objects.count() == 1


@pytest.mark.ignore_template_errors  # Django's own templates
def test_two_admins_at_once_see_on_the_page_that_the_other_was_first(admin_user, client_of):
    Head.objects.all().delete()
    typed = {"capacity": "", "since_on": timezone.localdate().isoformat(), "until_on": ""}
    presses = [
        partial(client_of(admin_user).post, reverse("admin:office_head_add"), typed | {"user": person.pk})
        for person in factories.UserFactory.create_batch(2)
    ]

    answers = at_once(*presses)

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert "sudah tercatat pada sebagian tanggal ini" in max(answers, key=lambda one: len(one.content)).content.decode()
    assert Head.objects.count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one process write at a time")
def test_letters_issued_by_several_processes_have_numbers_without_gap_or_duplicate(client_of, petugas, kepala):
    for _ in range(PROCESSES * LETTERS_OF_EACH):
        factories.verified_submission(petugas)
    head, address = client_of(kepala), reverse("recommendations:issue_letters")
    offers = head.get(address).context["offers"]
    shown = {f"shown-{offer.submission.pk}": offer.shown for offer in offers}

    def press(place: int) -> None:
        chosen = [offer.submission.pk for offer in offers[place::PROCESSES]]
        head.post(address, shown | {"submissions": chosen})

    clients.at_once(PROCESSES, press)

    rows = Letter.objects.values_list("number", "identity_number")
    running = [(int(re.search(r"B-(\d+)", number)[1]), int(identity[-3:])) for number, identity in rows]
    expected = list(range(1, PROCESSES * LETTERS_OF_EACH + 1))
    assert [sorted(column) for column in zip(*running, strict=True)] == [expected, expected]


def test_two_workers_draw_one_letter_and_keep_one_file(petugas, kepala):
    letter = factories.issued_submission(petugas, kepala).letter

    at_once(*[lambda: pdf.draw(letter.pk)] * 2)

    letter.refresh_from_db()
    assert letter.submission.events.filter(move="draw").count() == 1
    assert letter.is_drawn


def test_a_slip_handed_over_while_its_mail_leaves_tells_the_applicant_once(office, petugas, mailbox):
    """The act that is saved first counts; the other does not change it."""
    slip = Slip.objects.get(round__submission=factories.returned_submission(petugas))
    draw_slip_pdf(slip.pk)
    owe_mail(slip.pk)
    mailing.deliver(Slip.objects.get().mail_id)

    outcomes = at_once(lambda: hand_over_slip(slip, to="Sari Contoh", by=petugas), note_told, note_told)

    slip = Slip.objects.select_related("round__submission", "mail").get()
    assert [problem for problem in outcomes if isinstance(problem, Exception)] == []
    assert slip.round.told_at in (slip.handed_over_at, slip.mail.sent_at)
    told = slip.round.submission.events.filter(move="tell").order_by("pk").values_list("note", flat=True)
    assert sum("e-mail" in note for note in told) == (slip.round.told_at == slip.mail.sent_at)
    assert sum("diserahkan" in note for note in told) == 1
    assert slip.round.submission.due_on is None


def test_two_workers_draw_and_mail_one_slip(office, petugas, mailbox):
    slip = Slip.objects.get(round__submission=factories.returned_submission(petugas))

    at_once(*[lambda: draw_slip_pdf(slip.pk)] * 2)
    mails = at_once(*[lambda: owe_mail(slip.pk)] * 2)

    assert Mail.objects.filter(key=f"slip:{slip.pk}").count() == 1
    assert [problem for problem in mails if isinstance(problem, Exception)] == []


def test_two_telephones_that_answer_at_once_lose_nothing(office, petugas):
    submission = factories.returned_submission(petugas)
    remark = submission.rounds.first().remarks.first()

    outcomes = at_once(
        *[
            lambda text=text: actions.save_replies(
                submission, {remark.pk: actions.Typed(text, actions.answer_mark(""))}
            )
            for text in ("Satu.", "Dua.")
        ]
    )

    (refused,) = [one[remark.pk] for one in outcomes if one]
    remark.refresh_from_db()
    assert {remark.answer, refused.typed} == {"Satu.", "Dua."}
    assert refused.theirs == remark.answer


def test_two_clocks_remind_an_applicant_once(office, petugas):
    submission = factories.returned_submission(petugas)
    submission.rounds.filter(number=1).update(told_at=timezone.now() - timedelta(days=200))

    at_once(*[lambda: remind_waiting(timezone.localdate())] * 3)

    assert submission.events.filter(move="remind").count() == 1
    assert Mail.objects.filter(key__startswith="remind:").count() == 1


def test_two_workers_never_send_the_same_mail(petugas, kepala, mailbox):
    letter = factories.signed_submission(petugas, kepala).letter
    dispatch = Dispatch.objects.get(letter=letter)

    outcomes = at_once(*[lambda: send_dispatch(dispatch.pk)] * 3)

    assert [problem for problem in outcomes if isinstance(problem, Exception)] == []
    assert len(mailbox.messages) == 1
    assert letter.submission.events.filter(move="deliver").count() == 1


def test_two_officers_who_send_a_letter_at_once_ask_for_one_mail(petugas, kepala, mailbox):
    submission = factories.signed_submission(petugas, kepala)
    submission.letter.dispatches.all().delete()

    outcomes = at_once(
        *[
            lambda to=to: send_by_email(submission, to=to, form_token=uuid.uuid4(), by=petugas)
            for to in ("satu@contoh.example", "dua@contoh.example")
        ]
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Dispatch", "MailUnderWay"]
    assert submission.letter.dispatches.count() == 1


def test_two_heads_who_revoke_a_letter_at_once_revoke_it_once(petugas, kepala):
    letter = factories.signed_submission(petugas, kepala).letter

    outcomes = at_once(*[lambda: revoke_letter(letter, reason="Kegiatan batal.", by=kepala)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Letter", "LetterMoveNotAllowed"]
    assert letter.submission.events.filter(move="revoke").count() == 1


def test_a_letter_that_is_revoked_while_its_mail_is_written_is_not_mailed(petugas, kepala, monkeypatch):
    submission = factories.signed_submission(petugas, kepala)
    dispatch = submission.letter.dispatches.get()
    is_written, is_revoked = threading.Event(), threading.Event()
    put_mail = delivery.put_mail

    def slow(**facts):
        is_written.set()
        is_revoked.wait(2)  # the revocation has to wait for this transaction
        return put_mail(**facts)

    def revoke():
        is_written.wait(20)
        revoke_letter(submission.letter, reason="Kegiatan batal.", by=kepala)
        is_revoked.set()

    monkeypatch.setattr(delivery, "put_mail", slow)
    at_once(lambda: delivery.owe_letter_mail(dispatch.pk), revoke)

    letter_mail = Mail.objects.get(key=f"letter:{dispatch.pk}")
    assert (letter_mail.status, letter_mail.body) == (Mail.Status.FAILED, "")


def test_two_heads_who_issue_the_replacing_letter_at_once_issue_one(petugas, kepala):
    submission = factories.signed_submission(petugas, kepala)
    want_replacement(submission.letter, reason="Judul keliru.", by=kepala)

    outcomes = at_once(*[lambda: factories.issue(submission, by=kepala)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Letter", "MoveNotAllowed"]
    assert sorted(submission.letters.values_list("status", flat=True)) == ["issued", "replaced"]


def test_a_letter_is_signed_or_revoked_when_both_are_pressed_at_once(petugas, kepala):
    """The first one decides: a scan that waits stops the revocation, and a revoked letter takes no scan."""
    submission = factories.issued_submission(petugas, kepala)
    pdf.draw(submission.letter.pk)
    letter = submission.letter

    outcomes = at_once(
        lambda: take_scan(letter, file=factories.paper("pindaian.pdf"), by=petugas),
        lambda: revoke_letter(letter, reason="Kegiatan batal.", by=kepala),
    )

    names = sorted(type(outcome).__name__ for outcome in outcomes)
    assert names in (["Letter", "MoveNotAllowed"], ["SignedCopy", "SigningUnderWay"])


def paper_import(service, by, *, day, sha256="a" * 64) -> PaperBatch:
    facts = {"file_name": "kertas.csv", "sha256": sha256, "day": day, "service": service}
    return import_paper_answers([factories.skm_answers(4)] * 6, **facts, by=by)


def test_one_file_of_paper_answers_that_is_imported_twice_at_once_counts_once(service_r, kepala):
    day = timezone.localdate()

    outcomes = at_once(*[lambda: paper_import(service_r, kepala, day=day)] * 3)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PaperBatch", "PaperFileTwice", "PaperFileTwice"]
    assert Rating.objects.count() == 6


def test_sixty_visits_rated_by_eight_at_once_and_each_twice_are_kept_once(service_r):
    visits = factories.VisitFactory.create_batch(60, status=VisitStatus.SERVED)
    pages = [reverse("ratings:rate_questions", args=[visit.token]) for visit in visits]

    def send(place: int) -> list[tuple[int, bool]]:
        """Rate every fourth visit, so that each visit is rated by two of the eight. Return status, and if refused."""
        answers = [Client().post(page, ANSWERS) for page in pages[place % 4 :: 4]]
        return [(answer.status_code, "Kunjungan ini sudah dinilai." in answer.content.decode()) for answer in answers]

    outcomes = at_once(*[partial(send, place) for place in range(8)])

    assert Tally(one for outcome in outcomes for one in outcome) == {(302, False): 60, (409, True): 60}
    assert set(Rating.objects.values_list("visit", flat=True)) == {visit.pk for visit in visits}
    assert Rating.objects.count() == 60


def test_a_letter_that_is_rated_twice_at_once_is_rated_once(office):
    link = RatingLink.objects.create(submission=factories.SubmissionFactory(), delivered_on=timezone.localdate())
    facts = {"answers": factories.skm_answers(4), "remark": "", "complaint": ""}

    outcomes = at_once(*[lambda: rate(RatingLink.objects.get(pk=link.pk), **facts)] * 3)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyRated", "AlreadyRated", "NoneType"]
    assert Rating.objects.count() == 1


def test_two_faces_touched_at_once_are_one_quick_rating(service_r):
    visit = factories.VisitFactory(status=VisitStatus.SERVED)

    outcomes = at_once(*[partial(rate_quickly, visit, face=face) for face in (1, 4, None)])

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    (kept,) = QuickRating.objects.all()
    touched = {outcome.face for outcome in outcomes} - {None}
    assert kept.face in touched
    assert len(touched) == 1  # a visitor is shown the face that is stored; the first one stays


def test_one_report_that_is_frozen_twice_at_once_is_frozen_once(service_r, kepala):
    month = period_around(timezone.localdate(), 1).former
    paper_import(service_r, kepala, day=month.first)

    outcomes = at_once(*[lambda: freeze_report(month, by=kepala)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyFrozen", "FrozenReport"]
    assert FrozenReport.objects.count() == 1


def test_a_batch_that_is_taken_back_while_its_report_is_frozen_is_in_it_or_gone(service_r, kepala):
    """The first one decides: the report without the batch has no respondents, so it is not frozen."""
    month = period_around(timezone.localdate(), 1).former
    batch = paper_import(service_r, kepala, day=month.first)

    outcomes = at_once(
        lambda: freeze_report(month, by=kepala),
        lambda: take_back_paper_batch(batch, reason="Kertas keliru.", by=kepala),
    )

    names = [type(outcome).__name__ for outcome in outcomes]
    assert names in (["FrozenReport", "InFrozenPeriod"], ["TooFewRespondents", "PaperBatch"])
    assert Rating.objects.count() == sum(len(row.answers) for row in FrozenReport.objects.all())


def test_a_measure_that_is_finished_while_a_report_is_frozen_is_carried_on_before_it_is_finished(
    service_r, kepala, monkeypatch
):
    """The freezing has read the measure as unfinished. The finish waits, so that no plan opens that is finished."""
    quarter = period_around(timezone.localdate(), 3).former
    month = period_around(quarter.last, 1)
    paper_import(service_r, kepala, day=month.first)
    freeze_report(month, by=kepala)
    measure = FollowUp.objects.own().first()
    planned = {"action": "Tambah loket.", "responsible": kepala, "due_on": timezone.localdate(), "by": kepala}
    measure = write_follow_up(measure, shown=measure.mark, **planned)
    is_read, is_finished, create = threading.Event(), threading.Event(), FollowUp.objects.create

    def slow(**facts: Any) -> FollowUp:
        is_read.set()
        is_finished.wait(2)  # the finish has to wait for this transaction
        return create(**facts)

    def finish() -> None:
        is_read.wait(PATIENCE)
        done = {"proof": "Loket 3 dibuka.", "done_on": timezone.localdate()}
        finish_follow_up(measure, **done, shown=measure.mark, by=kepala)
        is_finished.set()

    monkeypatch.setattr(FollowUp.objects, "create", slow)
    outcomes = at_once(lambda: freeze_report(quarter, by=kepala), finish)

    assert [type(outcome).__name__ for outcome in outcomes] == ["FrozenReport", "NoneType"]
    kinds = measure.events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["open", "write", "carry", "finish"]


def test_paper_answers_that_come_while_a_report_is_frozen_are_in_it_or_refused(service_r, kepala):
    month = period_around(timezone.localdate(), 1).former
    paper_import(service_r, kepala, day=month.first)

    frozen, late = at_once(
        lambda: freeze_report(month, by=kepala),
        lambda: paper_import(service_r, kepala, day=month.last, sha256="b" * 64),
    )

    assert isinstance(frozen, FrozenReport)
    assert type(late).__name__ in {"PaperBatch", "InFrozenPeriod"}
    assert len(frozen.answers) == Rating.objects.count()
