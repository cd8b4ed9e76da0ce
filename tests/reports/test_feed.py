"""The calendar feed, read as a calendar program does, and its access rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from office.models import User
from recommendations.models import Submission
from recommendations.promise.actions.moving import move_due_date
from reports.actions import make_link, revoke_link
from reports.feed import working_days_before
from reports.models import FeedLink
from tests.pages import page
from tests.reports.conftest import recorded, returned

PAGE, MAKE, REVOKE = (reverse(f"reports:{name}") for name in ("feed_link", "make_feed_link", "revoke_feed_link"))
LONG = "Survei Kebutuhan, Kepuasan; dan Harapan Pengguna Data \\ Statistik – Kota Banjarmasin " * 4


def feed(secret: str) -> str:
    return reverse("reports:feed", args=[secret])


def read(secret: str) -> dict[str, dict]:
    """Return the events of the feed by the register number in their summary."""
    answer = Client().get(feed(secret))
    assert answer.status_code == 200, answer
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["SUMMARY"]).split()[2].rstrip(":"): event for event in events}


@pytest.fixture
def friday(at, petugas, agencies) -> Submission:
    """Return a submission recorded on Friday 20 November 2026, due on Thursday 7 January 2027."""
    at("11-20 14:05")
    return recorded(petugas, agencies.health)


def test_a_running_promise_is_an_all_day_event_with_a_link_and_an_alarm(friday, petugas):
    Submission.objects.update(title="Survei Gizi")

    event = read(make_link(by=petugas))[friday.register]

    running = friday.rounds.get()
    assert event["SUMMARY"] == f"Jatuh tempo {friday.register}: Survei Gizi"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 7), date(2027, 1, 8))
    assert event["UID"] == f"janji-{running.pk}@6371.pst-desk"
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (0, datetime(2026, 11, 20, 6, 5, tzinfo=UTC))
    assert event["URL"] == f"http://testserver{reverse('recommendations:deadline', args=[friday.pk])}"
    assert "Dinas Kesehatan Contoh, FS3, putaran 1" in event["DESCRIPTION"]
    # two working days before 7 January, over the day off on the 5th: Monday the 4th, 08.00 WITA
    assert event.walk("VALARM")[0]["TRIGGER"].dt == datetime(2027, 1, 4, 0, 0, tzinfo=UTC)


def test_the_feed_contains_no_data_of_the_applicant(friday, petugas, client_of):
    content = page(Client(), feed(make_link(by=petugas)), f"Jatuh tempo {friday.register}")
    desk = page(client_of(petugas), reverse("recommendations:submission_detail", args=[friday.pk]), friday.register)

    applicant = friday.applicant
    for words in (applicant.name, applicant.email):
        assert words not in content
        assert words in desk
    assert applicant.phone not in content


def test_a_moved_due_date_keeps_the_event_and_raises_its_sequence(friday, petugas, kepala, at):
    secret = make_link(by=petugas)
    before = read(secret)[friday.register]
    at("12-01 09:00")
    move_due_date(friday.rounds.get(), due_on=date(2027, 1, 15), reason="Menunggu walidata.", by=kepala)

    after = read(secret)[friday.register]

    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert after["DTSTART"].dt == date(2027, 1, 15)


def test_a_promise_that_ended_is_gone_and_the_next_round_is_another_event(friday, petugas, at):
    secret = make_link(by=petugas)
    at("11-24 09:00")
    assert set(read(secret)) == {friday.register}

    returned(friday, petugas)

    assert read(secret) == {}


def test_an_officer_reads_their_own_and_the_kepala_all(friday, petugas, dewi, kepala, agencies):
    hers = recorded(dewi, agencies.social)

    assert set(read(make_link(by=petugas))) == {friday.register}
    assert set(read(make_link(by=dewi))) == {hers.register}
    assert set(read(make_link(by=kepala))) == {friday.register, hers.register}


def test_a_submission_taken_over_moves_to_the_other_calendar(friday, petugas, dewi):
    Submission.objects.filter(pk=friday.pk).update(officer=dewi)

    assert read(make_link(by=petugas)) == {}
    assert set(read(make_link(by=dewi))) == {friday.register}


def test_commas_long_titles_and_provisional_dates_are_written_as_the_standard_says(friday, petugas):
    Submission.objects.update(title=LONG)
    friday.rounds.update(due_is_provisional=True)

    content = Client().get(feed(make_link(by=petugas))).content

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\\, Kepuasan\\; dan" in content.replace(b"\r\n ", b"")
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert event["SUMMARY"] == f"Jatuh tempo {friday.register} (sementara): {LONG}"


def test_the_feed_needs_the_same_queries_for_many_promises(
    friday, petugas, agencies, client, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    secret = make_link(by=petugas)
    with CaptureQueriesContext(connection) as few:
        assert client.get(feed(secret)).status_code == 200
    for _ in range(4):
        recorded(petugas, agencies.health)

    with django_assert_max_num_queries(len(few)):  # reading it again writes no row
        assert len(read(secret)) == 5


# access


def test_the_link_is_shown_once_and_only_its_digest_is_kept(petugas, client_of):
    desk = client_of(petugas)

    made = desk.post(MAKE)
    later = page(desk, PAGE, "Tautan kalender")

    address = made.context["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert "no-store" in made["Cache-Control"]
    assert address in made.content.decode()
    assert secret not in later
    assert len(secret) >= 43
    assert secret not in str(FeedLink.objects.values())
    assert read(secret) == {}


def test_a_new_link_invalidates_the_earlier_one(petugas):
    old, new = make_link(by=petugas), make_link(by=petugas)

    assert Client().get(feed(old)).status_code == 404
    assert Client().get(feed(new)).status_code == 200
    assert FeedLink.objects.count() == 1


def test_a_revoked_link_finds_nothing_until_another_is_made(petugas, client_of):
    secret, desk = make_link(by=petugas), client_of(petugas)

    desk.post(REVOKE)

    assert Client().get(feed(secret)).status_code == 404
    assert "Tautan dicabut" in desk.get(PAGE).content.decode()
    assert read(make_link(by=petugas)) == {}


@pytest.mark.parametrize("leaves", ["inactive", "without_role"])
def test_a_deactivated_user_reads_no_feed(petugas: User, leaves):
    secret = make_link(by=petugas)
    if leaves == "inactive":
        User.objects.filter(pk=petugas.pk).update(is_active=False)
    else:
        petugas.groups.clear()

    assert Client().get(feed(secret)).status_code == 404


@pytest.mark.parametrize("secret", ["x", "A" * 43, "-", "_" * 300])
def test_a_guess_finds_nothing(petugas, secret):
    make_link(by=petugas)

    assert Client().get(feed(secret)).status_code == 404


def test_the_feed_is_not_cached_and_only_answers_to_reading(petugas):
    secret = make_link(by=petugas)

    assert "no-store" in Client().get(feed(secret))["Cache-Control"]
    assert Client().post(feed(secret)).status_code == 405


def test_a_link_on_a_page_makes_and_revokes_nothing(petugas, client_of):
    desk, secret = client_of(petugas), make_link(by=petugas)

    assert [desk.get(address).status_code for address in (MAKE, REVOKE)] == [405, 405]
    assert read(secret) == {}
    assert revoke_link(by=petugas)
    assert not revoke_link(by=petugas)


def test_the_account_page_links_to_the_feed_only_for_roles_with_due_dates(petugas, admin_user, client_of):
    account: Callable[[User], str] = lambda user: client_of(user).get(reverse("office:account")).content.decode()  # noqa: E731 - said twice

    assert PAGE in account(petugas)
    assert PAGE not in account(admin_user)


@pytest.mark.parametrize(
    ("day", "before"), [(date(2027, 1, 7), date(2027, 1, 4)), (date(2026, 11, 23), date(2026, 11, 19))]
)
def test_working_days_are_counted_back_over_days_off(day, before):
    assert working_days_before(day, 2, {date(2027, 1, 5)}) == before
