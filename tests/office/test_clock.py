"""One clock: it does not run back, and nothing is closed for a time that cannot have passed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guestbook import actions
from guestbook.models import TicketCounter, Visit
from guestbook.workflow import Status
from office import clock
from office.clock import ClockRanAhead, ClockWentBack, Machine, is_supported
from office.models import ClockMark
from tests.factories import VisitFactory

MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""09.00 WITA on a Monday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STARTED = Machine("start-1", uptime=10_000)


@pytest.fixture
def at(time_machine, monkeypatch) -> Callable[..., None]:
    """Return `at`, which sets the clock, and says which start of the computer runs for how many seconds."""

    def moved(moment: datetime, *, boot: str = STARTED.boot, uptime: float = STARTED.uptime) -> None:
        time_machine.move_to(moment, tick=False)
        monkeypatch.setattr(clock, "machine", lambda: Machine(boot, uptime))

    return moved


@pytest.fixture
def seen(office, at) -> ClockMark:
    """Return the mark of a desk whose clock has been seen at 09.00."""
    at(MORNING)
    clock.trust()
    return ClockMark.objects.get()


@pytest.fixture
def acted(django_capture_on_commit_callbacks) -> Callable[[], datetime]:
    """Return `acted`, which asks for the time as an act does, and commits."""

    def now() -> datetime:
        with django_capture_on_commit_callbacks(execute=True):
            return clock.now()

    return now


@pytest.mark.parametrize("back", [timedelta(minutes=6), DAY, 2000 * DAY])
def test_a_clock_that_runs_back_is_refused_and_the_words_name_both_times(seen, at, back):
    at(MORNING - back)

    with pytest.raises(
        ClockWentBack, match=r"mundur: kini .*, padahal sudah pernah 23 November 2026 pukul 09\.00 WITA"
    ):
        clock.now()


@pytest.mark.parametrize("step", [timedelta(seconds=-2), timedelta(seconds=2), timedelta(minutes=-4)])
def test_a_small_step_of_network_time_is_not_seen(seen, at, step):
    at(MORNING + step)

    assert clock.now() == MORNING + step
    assert clock.look() == ""


def test_the_mark_moves_on_once_a_minute_after_the_commit(seen, at, acted):
    marks = []
    for seconds in (30, 60, 90):
        at(MORNING + timedelta(seconds=seconds), uptime=STARTED.uptime + seconds)
        acted()
        marks.append((ClockMark.objects.get().seen_at - MORNING).seconds)

    assert marks == [0, 60, 60]


def test_the_first_act_of_a_new_desk_makes_the_mark(office, at, acted):
    at(MORNING)

    acted()

    assert ClockMark.objects.get().seen_at == MORNING


def test_an_act_asks_the_clock_with_one_query(seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        clock.now()


@pytest.mark.parametrize(
    ("gap", "boot", "passed", "is_right"),
    [
        (DAY, "start-1", DAY, True),
        (DAY, "start-1", HOUR, False),  # set ahead by hand
        (14 * DAY, "start-1", 14 * DAY, True),  # a long holiday; the computer ran
        (14 * DAY, "start-2", HOUR, True),  # a long holiday; the computer was off
        (31 * DAY, "start-2", HOUR, True),
        (400 * DAY, "start-2", HOUR, False),
        (14 * DAY, "", timedelta(), True),  # a system that does not say when it was started
        (400 * DAY, "", timedelta(), False),
        (timedelta(seconds=2), "start-1", timedelta(), True),
    ],
)
def test_a_jump_is_believed_only_when_that_time_can_have_passed(gap, boot, passed, is_right):
    mark = ClockMark(seen_at=MORNING, boot=STARTED.boot if boot else "", uptime=STARTED.uptime)
    uptime = STARTED.uptime + passed.total_seconds() if boot == STARTED.boot else passed.total_seconds()

    assert is_supported(mark, MORNING + gap, Machine(boot, uptime)) == is_right


def test_after_a_jump_acts_go_on_and_the_right_clock_is_not_refused_later(seen, at, acted):
    at(MORNING + DAY, uptime=STARTED.uptime + 60)
    ahead = acted()
    at(MORNING + HOUR, uptime=STARTED.uptime + 3600)

    assert ahead == MORNING + DAY
    assert acted() == MORNING + HOUR


def test_the_clock_of_a_computer_that_has_just_been_started_is_not_marked(seen, at, acted):
    at(MORNING + 8 * HOUR, boot="start-2", uptime=60)  # its own clock is fast by hours; network time corrects it
    acted()
    at(MORNING + HOUR, boot="start-2", uptime=90)

    assert acted() == MORNING + HOUR


def test_the_worker_logs_a_wrong_clock_and_says_what_is_wrong(seen, at, caplog):
    at(MORNING + DAY, uptime=STARTED.uptime + 60)

    words = clock.look()

    assert "meloncat dari 23 November 2026 pukul 09.00 WITA ke 24 November 2026" in words
    assert words in caplog.text


def test_a_clock_set_ahead_closes_no_visit_and_the_command_fails(seen, at):
    visit = VisitFactory()
    at(MORNING + DAY, uptime=STARTED.uptime + 60)

    with pytest.raises(CommandError, match=r"jalankan: manage\.py trust_clock"):
        call_command("close_day")

    assert Visit.objects.get(pk=visit.pk).status == Status.WAITING


@pytest.mark.parametrize("days", [1, 3, 14, 31])
def test_a_holiday_with_the_computer_off_closes_the_last_day(seen, at, days):
    visit = VisitFactory()
    at(MORNING + days * DAY, boot="start-2", uptime=600)

    call_command("close_day", stdout=StringIO())

    assert Visit.objects.get(pk=visit.pk).status == Status.UNCLOSED


def test_nothing_is_refused_when_no_visit_is_open(seen, at):
    at(MORNING + 400 * DAY, boot="start-2")
    said = StringIO()

    call_command("close_day", stdout=said)

    assert said.getvalue().startswith("0 kunjungan")


def test_a_clock_set_ahead_alerts_and_reminds_no_one(seen, at):
    at(MORNING + 200 * DAY, uptime=STARTED.uptime + 60)

    with pytest.raises(CommandError, match="Tidak ada yang ditutup atau diingatkan"):
        call_command("alert_due")


def test_the_admin_can_believe_a_clock_that_was_set_right(seen, at):
    visit = VisitFactory()
    at(MORNING + 400 * DAY, boot="start-2")
    with pytest.raises(ClockRanAhead):
        clock.must_be_supported(MORNING + 400 * DAY)
    said = StringIO()

    call_command("trust_clock", stdout=said)
    call_command("close_day", stdout=StringIO())

    assert "Jam komputer dipercaya: Selasa, 28 Desember 2027, 09.00 WITA." in said.getvalue()
    assert Visit.objects.get(pk=visit.pk).status == Status.UNCLOSED


def test_a_clock_set_back_hands_out_no_number_and_the_kiosk_says_so_in_its_own_words(seen, at, client):
    at(datetime(2020, 1, 2, 1, tzinfo=UTC))
    form = client.get("/kios/layanan/K/").context["form"]

    answer = client.post("/kios/layanan/K/", {"name": "Budi Contoh", "form_token": form["form_token"].value()})

    assert answer.status_code == 503
    assert "Nomor belum dapat diambil, karena jam di mesin ini keliru." in answer.content.decode()
    assert 'value="Budi Contoh"' in answer.content.decode()
    assert not Visit.objects.exists()
    assert not TicketCounter.objects.exists()


def test_a_clock_set_back_calls_no_one_and_changes_no_visit(seen, at, counter, petugas):
    visit = actions.call(VisitFactory(), counter, by=petugas)
    at(MORNING - DAY)

    for act in (actions.start, actions.miss, actions.leave):
        with pytest.raises(ClockWentBack):
            act(visit, by=petugas)

    assert Visit.objects.get(pk=visit.pk).status == Status.CALLED


def test_a_call_to_an_empty_hall_says_that_the_clock_is_wrong(seen, at, counter, petugas, client_of):
    at(MORNING - DAY)

    page = client_of(petugas).post("/loket/1/panggil-berikutnya/", follow=True).content.decode()

    assert "Jam komputer kantor mundur" in page
    assert "Tidak ada yang disimpan." in page
