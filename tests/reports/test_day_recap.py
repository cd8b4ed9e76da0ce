"""The recap of a day: what happened at the counters, and what is still to do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guestbook import actions
from guestbook.closing import close_days
from guestbook.models import Visit
from office.models import Counter, Service
from ratings.actions import rate
from reports import day_duties
from reports.day_duties import read_duties
from reports.day_recap import Ending, read_day
from reports.views import day_recap as day_recap_views
from tests import factories
from tests.factories import VisitFactory, assigned_complaint, new_complaint, skm_answers
from tests.pages import page

RECAP = reverse("reports:day_recap")
CLASSES = {
    "sex": "female",
    "age_class": "26_34",
    "education": "bachelor",
    "occupation": "civil",
    "agency_category": "local",
    "data_use": "government",
}
MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday(at, petugas) -> dict[str, Visit]:
    """Make Monday 23 November 2026: two served (one rated), one missed, one left, one at the counter, two waiting."""
    at("11-23 09:00")
    one, two = Counter.objects.order_by("number")[:2]
    made = {}
    for name in ("rated", "plain"):
        visit = actions.call(VisitFactory(), one, by=petugas)
        made[name] = actions.finish(actions.start(visit, by=petugas), by=petugas)
    rate(made["rated"], answers=skm_answers(4), remark="", complaint="")
    made["missed"] = actions.miss(actions.call(VisitFactory(), one, by=petugas), by=petugas)
    made["left"] = actions.leave(VisitFactory(service=Service.objects.get(prefix="K")), by=petugas)
    made["serving"] = actions.start(actions.call(VisitFactory(), two, by=petugas), by=petugas)
    made["waiting"] = VisitFactory()
    at("11-23 23:59")  # in UTC 15.59
    made["late"] = VisitFactory()
    VisitFactory(day=date(2026, 11, 22))
    return made


def endings(recap) -> dict[Ending, int]:
    return dict(zip(Ending, recap.whole.endings, strict=True))


def test_visits_are_counted_by_service_and_ending(monday):
    recap = read_day(MONDAY)

    k, r = (next(one for one in recap.services if one.name == Service.objects.get(prefix=p).name) for p in "KR")
    assert (k.visits, k.endings) == (1, [0, 0, 1, 0, 0])
    assert k.ended[2] == ("Batal", 1)
    assert (r.visits, r.endings) == (6, [2, 1, 0, 3, 0])
    assert (recap.whole.visits, recap.whole.endings) == (7, [2, 1, 1, 3, 0])
    assert recap.missed == [monday["missed"]]
    assert recap.left == [monday["left"]]
    assert recap.open == [monday["serving"], monday["waiting"], monday["late"]]
    assert recap.unclassified == [monday["rated"], monday["plain"], monday["serving"]]
    assert (recap.served, recap.unrated, recap.rate_until) == (2, 1, date(2026, 11, 30))


def test_after_the_night_s_closing_a_missed_visit_is_still_missed(monday, at):
    at("11-24 00:05")
    close_days(MONDAY, at=timezone.now())

    recap = read_day(MONDAY)

    assert recap.missed == [monday["missed"]]
    assert endings(recap) == {
        Ending.SERVED: 2,
        Ending.MISSED: 1,
        Ending.LEFT: 1,
        Ending.OPEN: 0,
        Ending.UNCLOSED: 3,
    }


def test_a_visitor_who_was_asked_is_not_asked_again_and_some_classes_are_partly(monday, petugas):
    actions.classify_visitor(monday["rated"].visitor, by=petugas, **dict.fromkeys(CLASSES, ""))
    actions.classify_visitor(monday["plain"].visitor, by=petugas, sex="male")
    actions.classify_visitor(monday["serving"].visitor, by=petugas, **CLASSES)

    recap = read_day(MONDAY)

    assert recap.unclassified == []
    assert recap.partly == [monday["plain"]]


def test_the_page_says_what_is_left_and_no_ticket_tells_whether_it_was_rated(monday, petugas, client_of):
    answer = client_of(petugas).get(RECAP)

    text = " ".join(answer.content.decode().split())
    assert answer.context["todo"] == {"terbuka": 3, "skd": 3, "aduan": 0, "tempo": 0}
    assert "1 dari 2 kunjungan selesai belum dinilai." in text
    assert "30 November 2026 lewat QR" in text
    assert text.count("data-classes") == 3
    assert not answer.context["is_done"]


def test_a_form_without_script_leads_back_to_its_day(monday, petugas, client_of):
    visit = monday["plain"]
    address = reverse("guestbook:classify", args=[visit.counter.number, visit.pk])

    answer = client_of(petugas).post(address, CLASSES | {"rekap": "1"})

    assert answer.url == f"{RECAP}?hari=2026-11-23"
    assert monday["plain"] not in read_day(MONDAY).unclassified


def test_the_kepala_sees_tickets_without_names_and_no_form(monday, kepala, client_of):
    text = page(client_of(kepala), RECAP, "Rekap hari ini")

    assert client_of(kepala).get(RECAP).context["todo"] == {"terbuka": 3, "skd": 3, "aduan": 0, "tempo": 0}
    assert monday["plain"].ticket in text
    assert monday["plain"].visitor.name not in text
    assert "data-classes" not in text


def test_the_admin_may_not_open_it(office, admin_user, client_of):
    assert client_of(admin_user).get(RECAP).status_code == 403


def test_an_empty_day_is_calm(at, petugas, client_of):
    at("11-23 16:00")

    for address in (RECAP, f"{RECAP}?hari=2026-11-22", f"{RECAP}?hari=2001-01-01"):
        answer = client_of(petugas).get(address)
        assert answer.context["is_done"]
        assert "Tidak ada kunjungan" in answer.content.decode()


def test_a_day_that_has_not_come_says_so(at, petugas, client_of):
    at("11-23 16:00")

    text = page(client_of(petugas), f"{RECAP}?hari=2026-11-24", "Hari ini belum tiba")

    assert "Kunjungan menurut layanan" not in text


@pytest.mark.parametrize("wrong", ["kemarin", "2026-02-30", "0001-01-01", "2026-11-23x", "9999-12-31", "20261123"])
def test_what_is_no_day_is_not_found(petugas, client_of, wrong):
    assert client_of(petugas).get(RECAP, {"hari": wrong}).status_code == 404


def test_due_until_the_next_working_day_over_a_weekend(at, petugas, dewi, agencies, kepala):
    at("11-02 09:00")
    mine, other = (factories.recorded_submission(by, applicant=agencies.health) for by in (petugas, dewi))
    late = factories.recorded_submission(petugas, applicant=agencies.health)
    late.rounds.update(due_on=date(2026, 11, 26))
    for one in (mine, other):
        one.rounds.update(due_on=date(2026, 11, 30))
    at("11-27 15:00")  # a Friday

    duties = read_duties(petugas, date(2026, 11, 27), [])

    assert duties.next_day == date(2026, 11, 30)
    assert [(item.on, item.name) for item in duties.due] == [
        (date(2026, 11, 26), late.register),
        (date(2026, 11, 30), mine.register),
    ]
    assert duties.due_now == 1
    assert len(read_duties(kepala, date(2026, 11, 27), []).due) == 3


def test_complaints_are_codes_and_only_those_that_the_officer_may_see(at, petugas, dewi, kepala, client_of):
    at("11-23 10:00")
    mine = assigned_complaint(petugas, by=kepala, text="Kursi contoh rusak.")
    about_me = new_complaint(about=petugas, text="Rina contoh terlambat.")

    officer = client_of(petugas).get(RECAP)
    head = client_of(kepala).get(RECAP)

    assert officer.context["complaints"] == [mine]
    assert officer.context["duties"].waiting == [mine]
    assert head.context["complaints"] == sorted([mine, about_me], key=lambda one: one.code)
    assert about_me in head.context["duties"].waiting
    for answer in (officer, head):
        assert mine.short_code in answer.content.decode()
        assert "contoh rusak" not in answer.content.decode()
        assert "contoh terlambat" not in answer.content.decode()
    assert about_me.short_code not in officer.content.decode()


def test_a_flood_of_complaints_is_counted_and_not_listed(at, petugas, kepala, client_of, monkeypatch):
    at("11-23 10:00")
    for module in (day_duties, day_recap_views):
        monkeypatch.setattr(module, "COMPLAINT_ROWS", 2)
    for _ in range(3):
        assigned_complaint(petugas, by=kepala)

    shown = client_of(petugas).get(RECAP)

    assert len(shown.context["complaints"]) == len(shown.context["duties"].waiting) == 2
    assert shown.content.decode().count("dan 1 lagi") == 2
    assert shown.context["todo"]["aduan"] == 3


def test_it_needs_the_same_queries_for_many_visits(monday, petugas, client_of):
    def queries() -> int:
        client = client_of(petugas)
        client.get(RECAP)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(RECAP).status_code == 200
        return len(asked)

    before = queries()
    counter = Counter.objects.order_by("number").first()
    for _ in range(5):
        actions.finish(actions.start(actions.call(VisitFactory(), counter, by=petugas), by=petugas), by=petugas)

    assert queries() == before
    assert before <= 20


def test_the_days_of_the_closing_are_reached_from_counter_and_dashboard(counter, petugas, client_of):
    for address in (reverse("guestbook:counter_list"), reverse("guestbook:console", args=[1]), "/ringkasan/"):
        assert f'href="{RECAP}"' in client_of(petugas).get(address).content.decode()
