import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.actions import receiving
from complaints.actions.handling import (
    IsAboutThem,
    MayNotHandle,
    NotYours,
    answer,
    ask_reporter,
    assign_complaint,
    close_complaint,
    plan,
)
from complaints.actions.receiving import NamesAnAnonymous, receive
from complaints.actions.talking import (
    MOST_FILES,
    HandlingRated,
    TooManyComplaintFiles,
    WhyNotSatisfied,
    give_file,
    rate_handling,
    reply,
)
from complaints.models import Complaint, ComplaintEvent, ComplaintTerm
from complaints.reporter import Reporter
from complaints.workflow import Move, MoveNotAllowed, Status
from office.clock import PlanInThePast
from office.heads import NotTheHead
from office.models import DayOff, Head, Mail, User
from recommendations.uploads import PDF
from tests.factories import UserFactory, VisitFactory, assigned_complaint, new_complaint, paper

FRIDAY = datetime(2026, 11, 27, 10, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def other(petugas, django_user_model) -> User:
    """Return a second officer."""
    user = UserFactory(username="dewi", name="Dewi Contoh")
    user.groups.set(petugas.groups.all())
    return user


@pytest.fixture
def answered(petugas, kepala) -> Complaint:
    reporter = Reporter(name="Budi Contoh")
    return answer(assigned_complaint(petugas, by=kepala, reporter=reporter), text="Mohon maaf.", by=petugas)


@pytest.fixture
def closed(answered, petugas) -> Complaint:
    return close_complaint(answered, outcome="done", note="Loket ditambah.", by=petugas)


def test_a_complaint_promises_its_first_response_in_three_working_days(kepala):
    with time_machine.travel(FRIDAY, tick=False):
        complaint = new_complaint()

    assert (complaint.status, complaint.first_due_on, complaint.due_on) == (Status.RECEIVED, date(2026, 12, 2), None)
    assert [event.words for event in complaint.events.all()] == ["Pengaduan diterima"]


def test_a_day_off_of_the_office_counts_in_no_term(kepala):
    DayOff.objects.create(day=date(2026, 11, 30), name="Libur contoh")

    with time_machine.travel(FRIDAY, tick=False):
        complaint = new_complaint()

    assert complaint.first_due_on == date(2026, 12, 3)


def test_the_head_of_the_office_gets_a_mail_without_the_text(kepala):
    complaint = new_complaint(text="Petugas tidur.", reporter=Reporter(name="Budi Contoh"))

    mail = Mail.objects.get(to=kepala.email)
    assert complaint.short_code in mail.subject + mail.body
    for secret in ("Petugas tidur.", "Budi Contoh", complaint.shown_code, complaint.code):
        assert secret not in mail.subject + mail.body


def test_one_form_makes_one_complaint(kepala):
    token = uuid.uuid4()

    first, second = (new_complaint(form_token=token) for _ in range(2))

    assert first == second
    assert Complaint.objects.count() == 1


def test_a_form_that_arrives_twice_at_once_makes_one_complaint(kepala, monkeypatch):
    token = uuid.uuid4()
    first = new_complaint(form_token=token)
    answers = iter([None, first])
    monkeypatch.setattr(receiving, "_with_token", lambda form_token, text: next(answers))

    assert new_complaint(form_token=token) == first
    assert Complaint.objects.count() == 1


def test_an_anonymous_complaint_stores_no_visit(kepala):
    with pytest.raises(NamesAnAnonymous):
        new_complaint(visit=VisitFactory())

    assert Complaint.objects.count() == 0


@pytest.mark.parametrize("name", ["reporter_name", "reporter_phone", "reporter_email"])
def test_the_database_keeps_an_anonymous_complaint_without_names(kepala, name):
    complaint = new_complaint()

    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(**{name: "budi@contoh.example"})


def test_anonymous_and_confidential_are_two_facts(kepala):
    secret = new_complaint(reporter=Reporter(name="Budi Contoh", is_confidential=True))
    open_one = new_complaint()

    assert (secret.is_anonymous, secret.is_confidential) == (False, True)
    assert (open_one.is_anonymous, open_one.is_confidential) == (True, False)


def test_a_complaint_about_the_only_officer_goes_to_the_kepala(petugas, kepala):
    complaint = new_complaint(about=petugas)

    assert (complaint.status, complaint.assigned_to) == (Status.ASSIGNED, kepala)
    assert "tidak ada petugas lain" in complaint.events.last().note


def test_a_complaint_about_one_of_several_waits_for_the_kepala(petugas, other, kepala):
    complaint = new_complaint(about=petugas)

    assert (complaint.status, complaint.assigned_to) == (Status.RECEIVED, None)


def test_a_complaint_about_the_only_officer_waits_when_nobody_heads_the_office(petugas, kepala):
    Head.objects.all().delete()

    complaint = new_complaint(about=petugas)

    assert (complaint.status, complaint.assigned_to) == (Status.RECEIVED, None)


@pytest.mark.parametrize(("code", "due_on"), [("sederhana", date(2026, 12, 4)), ("tanpa-lapangan", date(2026, 12, 17))])
def test_the_class_sets_the_end_counted_from_the_receipt(petugas, kepala, code, due_on):
    DayOff.objects.all().delete()
    with time_machine.travel(FRIDAY, tick=False):
        complaint = new_complaint()
    with time_machine.travel(FRIDAY + timedelta(days=3), tick=False):
        term = ComplaintTerm.objects.get(code=code)
        complaint = assign_complaint(complaint, assigned_to=petugas, about=None, term=term, element="waktu", by=kepala)

    assert (complaint.status, complaint.due_on, complaint.element) == (Status.ASSIGNED, due_on, "waktu")
    assert Mail.objects.filter(to=petugas.email).count() == 1


def test_the_officer_complained_about_never_gets_it(petugas, other, kepala):
    term = ComplaintTerm.objects.get(code="sederhana")

    with pytest.raises(IsAboutThem):
        assign_complaint(new_complaint(), assigned_to=petugas, about=petugas, term=term, by=kepala)

    assert Complaint.objects.get().assigned_to is None


def test_the_database_refuses_the_officer_complained_about(petugas, other, kepala):
    complaint = new_complaint(about=petugas)

    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(assigned_to=petugas)


def test_only_who_handles_complaints_gets_one(admin_user, kepala):
    term = ComplaintTerm.objects.get(code="sederhana")

    with pytest.raises(MayNotHandle):
        assign_complaint(new_complaint(), assigned_to=admin_user, about=None, term=term, by=kepala)


def test_only_the_head_of_the_day_assigns(petugas, kepala):
    Head.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    term = ComplaintTerm.objects.get(code="sederhana")

    with pytest.raises(NotTheHead):
        assign_complaint(new_complaint(), assigned_to=petugas, about=None, term=term, by=kepala)


def test_the_first_response_keeps_its_time(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    first = answer(complaint, text="Kami periksa.", by=petugas).responded_at

    complaint = answer(complaint, text="Sudah.", by=petugas)

    assert complaint.status == Status.ANSWERED
    assert complaint.responded_at == first < complaint.answered_at
    assert [message.text for message in complaint.messages.all()] == ["Kami periksa.", "Sudah."]


def test_a_question_to_the_reporter_is_no_first_response(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    due = complaint.next_due_on

    asked = ask_reporter(complaint, text="Hari apa?", by=petugas)

    assert (asked.status, asked.responded_at, asked.answered_at) == (Status.ASSIGNED, None, None)
    assert (asked.messages.get().kind, asked.events.last().words) == ("ask", "Pelapor ditanya")
    assert asked.awaits_answer
    assert asked.next_due_on == due == asked.first_due_on
    with pytest.raises(MoveNotAllowed):
        close_complaint(asked, outcome="done", note="Selesai.", by=petugas)


def test_a_question_leaves_every_status_as_it_is(closed, petugas):
    with pytest.raises(MoveNotAllowed, match="Pelapor ditanya"):
        ask_reporter(closed, text="Hari apa?", by=petugas)
    reopened = rate_handling(closed, is_satisfied=False, text="Belum berubah.")
    assert ask_reporter(reopened, text="Hari apa?", by=petugas).status == Status.REOPENED

    answered = answer(reopened, text="Kami ulangi.", by=petugas)

    assert ask_reporter(answered, text="Jam berapa?", by=petugas).status == Status.ANSWERED


def test_a_plan_is_a_first_response(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    planned = plan(complaint, text="Tambah loket.", due_on=timezone.localdate(), by=petugas)

    assert (planned.status, planned.responded_at is None) == (Status.ANSWERED, False)


def test_a_question_and_an_answer_of_one_day_are_two_mails(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala, reporter=Reporter(email="budi@contoh.example"))

    ask_reporter(complaint, text="Hari apa?", by=petugas)
    answer(complaint, text="Ya.", by=petugas)

    subjects = set(Mail.objects.filter(to="budi@contoh.example").values_list("subject", flat=True))
    assert subjects == {"Pengaduan Anda: ada pertanyaan dari petugas", "Pengaduan Anda: ada tanggapan baru"}


def test_two_answers_of_one_day_are_two_mails(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala, reporter=Reporter(email="budi@contoh.example"))

    for text in ("Kami periksa.", "Sudah."):
        answer(complaint, text=text, by=petugas)

    assert Mail.objects.filter(to="budi@contoh.example").count() == 2


def test_an_officer_who_gets_a_complaint_back_on_one_day_gets_a_second_mail(petugas, other, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    for officer in (other, petugas, petugas):
        assign_complaint(complaint, assigned_to=officer, about=None, term=complaint.term, by=kepala)

    assert Mail.objects.filter(to=petugas.email, key__contains=":assigned:").count() == 2


def test_no_mail_about_a_complaint_says_the_word_twice_in_its_subject(closed, petugas, kepala):
    rate_handling(reply_and_reopen(closed, petugas), is_satisfied=False, text="Tetap.")

    subjects = list(Mail.objects.values_list("subject", flat=True))
    assert len(subjects) >= 6
    assert [one for one in subjects if one.lower().count("pengaduan") != 1 or one.endswith(".")] == []


def reply_and_reopen(closed: Complaint, petugas: User) -> Complaint:
    """Return the complaint closed a second time, after each act that is mailed to staff."""
    complaint = reply(rate_handling(closed, is_satisfied=False, text="Belum."), text="Masih.")
    answer(complaint, text="Kami ulangi.", by=petugas)
    return close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)


def test_nobody_else_answers(petugas, other, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    for act in (answer, ask_reporter):
        with pytest.raises(NotYours, match="Rina Contoh"):
            act(complaint, text="Saya saja.", by=other)
    with pytest.raises(NotYours):
        close_complaint(complaint, outcome="done", note="Selesai.", by=other)


def test_an_unassigned_complaint_is_not_answered(petugas, kepala):
    with pytest.raises(NotYours, match="belum siapa pun"):
        answer(new_complaint(), text="Ya.", by=petugas)


def test_a_plan_has_a_day_that_is_not_over(petugas, kepala):
    complaint, today = assigned_complaint(petugas, by=kepala), timezone.localdate()

    with pytest.raises(PlanInThePast):
        plan(complaint, text="Tambah loket.", due_on=today - timedelta(days=1), by=petugas)
    plan(complaint, text="Tambah loket.", due_on=today, by=petugas)

    assert complaint.messages.get().due_on == today


def test_a_reporter_with_an_address_is_told_without_the_answer(petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala, reporter=Reporter(email="budi@contoh.example"))

    answer(complaint, text="Rahasia kami.", by=petugas)

    mail = Mail.objects.get(to="budi@contoh.example")
    assert "/pengaduan/ikuti/" in mail.body
    assert "Rahasia kami." not in mail.body
    assert complaint.code not in mail.body.replace("-", "")


def test_the_office_has_to_answer_after_each_message_of_the_reporter(answered):
    assert not answered.awaits_answer

    complaint = reply(answered, text="Masih panjang.")

    assert complaint.awaits_answer
    assert complaint.status == Status.ANSWERED
    assert list(Complaint.objects.awaiting_answer()) == [complaint]


def test_a_complaint_is_closed_only_after_an_answer(petugas, kepala):
    with pytest.raises(MoveNotAllowed):
        close_complaint(assigned_complaint(petugas, by=kepala), outcome="done", note="Selesai.", by=petugas)


def test_a_closed_complaint_takes_no_message_and_no_file(closed):
    with pytest.raises(MoveNotAllowed):
        reply(closed, text="Satu lagi.")
    with pytest.raises(MoveNotAllowed):
        give_file(closed, file=paper(), content_type=PDF)

    assert closed.files.count() == 0


def test_a_satisfied_reporter_ends_it(closed):
    complaint = rate_handling(closed, is_satisfied=True)

    assert (complaint.status, complaint.is_satisfied, complaint.reopened_at) == (Status.CLOSED, True, None)
    with pytest.raises(HandlingRated):
        rate_handling(complaint, is_satisfied=False, text="Tidak jadi.")


def test_an_unsatisfied_reporter_says_why(closed):
    with pytest.raises(WhyNotSatisfied):
        rate_handling(closed, is_satisfied=False)

    assert Complaint.objects.get().status == Status.CLOSED


def test_an_unsatisfied_reporter_reopens_it_exactly_once(closed, petugas, kepala):
    complaint = rate_handling(closed, is_satisfied=False, text="Belum berubah.")
    assert (complaint.status, complaint.outcome, complaint.closed_at) == (Status.REOPENED, "", None)
    assert complaint.due_on == complaint.term.ends_on(timezone.localdate(), DayOff.objects.names().keys())
    assert Mail.objects.filter(key__contains=":reopened").count() == 2

    answer(complaint, text="Kami ulangi.", by=petugas)
    again = close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)
    last = rate_handling(again, is_satisfied=False, text="Tetap.")

    assert (last.status, last.is_satisfied) == (Status.CLOSED, False)
    assert last.events.filter(move=Move.REOPEN).count() == 1


def test_a_reopened_complaint_keeps_its_first_outcome_in_the_conversation(closed, petugas):
    complaint = rate_handling(closed, is_satisfied=False, text="Belum berubah.")
    answer(complaint, text="Kami ulangi.", by=petugas)
    close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)

    kept = [(message.kind, message.text, message.by) for message in complaint.messages.all()]
    assert kept == [
        ("answer", "Mohon maaf.", petugas),
        ("close", "Terbukti, sudah diperbaiki\nLoket ditambah.", petugas),
        ("reply", "Belum berubah.", None),
        ("answer", "Kami ulangi.", petugas),
    ]


def test_a_second_dissatisfaction_is_mailed_and_its_text_stays_in_the_conversation(closed, petugas, kepala):
    complaint = rate_handling(closed, is_satisfied=False, text="Belum berubah.")
    answer(complaint, text="Kami ulangi.", by=petugas)
    again = close_complaint(complaint, outcome="explained", note="Sudah.", by=petugas)

    last = rate_handling(again, is_satisfied=False, text="Tetap tidak berubah.")

    assert last.messages.last().text == "Tetap tidak berubah."
    mails = Mail.objects.filter(key__contains=":not-satisfied")
    assert {mail.to for mail in mails} == {petugas.email, kepala.email}
    assert not any("Tetap tidak" in mail.subject + mail.body for mail in mails)
    assert not last.awaits_answer


def test_the_database_keeps_one_reopening(closed):
    rate_handling(closed, is_satisfied=False, text="Belum.")

    with pytest.raises(IntegrityError), transaction.atomic():
        ComplaintEvent.objects.create(complaint=closed, move=Move.REOPEN)


def test_a_file_is_kept_once_byte_for_byte(kepala):
    complaint, file = new_complaint(reporter=Reporter(name="Budi Contoh")), paper("bukti.pdf")

    first, second = (give_file(complaint, file=file, content_type=PDF) for _ in range(2))

    assert first == second
    assert (first.name, first.content_type) == ("bukti.pdf", PDF)


def test_a_complaint_has_room_for_ten_files(kepala):
    complaint = new_complaint()
    for number in range(MOST_FILES):
        give_file(complaint, file=paper(words=f"Bukti {number}"), content_type=PDF)

    with pytest.raises(TooManyComplaintFiles):
        give_file(complaint, file=paper(words="Satu lagi"), content_type=PDF)

    assert complaint.files.count() == MOST_FILES


def test_a_confidential_complaint_is_seen_by_the_kepala_and_the_assigned_officer_alone(petugas, other, kepala):
    complaint = receive(
        text="Antrian.", channel="spoken", reporter=Reporter(name="Budi Contoh", is_confidential=True), by=other
    )
    term = ComplaintTerm.objects.get(code="sederhana")
    assign_complaint(complaint, assigned_to=petugas, about=None, term=term, by=kepala)

    assert [Complaint.objects.visible_to(user).count() for user in (kepala, petugas, other)] == [1, 1, 0]


def test_an_officer_sees_what_they_took_in_and_what_is_theirs_but_nothing_about_them(petugas, other, kepala):
    taken = new_complaint(channel="spoken", by=petugas)
    mine = assigned_complaint(petugas, by=kepala)
    about_them = new_complaint(channel="spoken", by=petugas)
    Complaint.objects.filter(pk=about_them.pk).update(about=petugas)  # as the Kepala writes later
    new_complaint()

    assert set(Complaint.objects.visible_to(petugas)) == {taken, mine}


def test_who_handles_no_complaints_sees_none(admin_user, kepala):
    new_complaint()

    assert Complaint.objects.visible_to(kepala).count() == 1
    assert Complaint.objects.visible_to(admin_user).count() == 0


def test_overdue_counts_the_first_response_and_then_the_end(petugas, kepala):
    complaint, today = assigned_complaint(petugas, by=kepala), timezone.localdate()
    late = max(complaint.first_due_on, complaint.due_on) + timedelta(days=1)

    assert list(Complaint.objects.overdue(today)) == []
    assert list(Complaint.objects.overdue(complaint.first_due_on + timedelta(days=1))) == [complaint]
    answer(complaint, text="Ya.", by=petugas)
    assert list(Complaint.objects.overdue(complaint.first_due_on + timedelta(days=1))) == []
    assert list(Complaint.objects.overdue(late)) == [complaint]


@pytest.mark.parametrize("typed", ["{}", "{:.4}", "{:.8}"])
def test_a_complaint_is_found_by_its_code_or_its_beginning(kepala, typed):
    complaint = new_complaint()
    new_complaint()

    assert list(Complaint.objects.coded(typed.format(complaint.code).lower())) == [complaint]
    assert list(Complaint.objects.coded(complaint.code[:3])) == []
