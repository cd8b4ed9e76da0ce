"""The report of a closed period is frozen with its answers. The page names later ratings; they change nothing."""

import hashlib
import io
import json
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError
from openpyxl import load_workbook

from guestbook.models import Visit
from guestbook.periods import period_of
from guestbook.workflow import Status
from office.heads import NotTheHead
from office.models import Service
from ratings import report_actions
from ratings.models import FrozenReport, Rating
from ratings.report_actions import AlreadyFrozen, PeriodNotOver, StillRated, TooFewRespondents, freeze_report
from ratings.skm_readings import read_remarks, remarks_of
from recommendations.models import RatingLink
from tests.factories import RatingFactory, SubmissionFactory, VisitFactory, skm_answers
from tests.pages import page, pdf_pages

NOVEMBER = period_of("2026-11")
ADDRESS = "/penilaian/laporan/"
SHOWN = f"{ADDRESS}?periode=2026-11"
LANDMARK = "Laporan Survei Kepuasan Masyarakat"


@pytest.fixture
def after(office):
    """Move to 3 December 2026."""
    with time_machine.travel(datetime(2026, 12, 3, 4, 0, tzinfo=UTC), tick=False):
        yield


def rated(value: int, **facts) -> Rating:
    visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED)
    return RatingFactory(visit=visit, answers=skm_answers(value), **facts)


@pytest.fixture
def five(after) -> None:
    """Make five ratings of November: 4, 4, 4, 3, 3. The index is 90.00."""
    for value in (4, 3, 4, 3, 4):
        rated(value, remark="Cepat")


def digest_on(desk) -> str:
    """Return the digest that the confirmation sends along."""
    return desk.get(SHOWN).context["freezing"].digest


def test_the_confirmation_names_what_is_frozen(five, client_of, kepala):
    asked = page(client_of(kepala), f"{SHOWN}&konfirmasi=bekukan", LANDMARK)

    assert "Bekukan laporan November 2026?" in asked
    assert (
        "IKM 90,00, mutu A, dari 5 responden. Angka, jawaban, dan saran disimpan tetap. Ini tidak dapat diurungkan."
        in asked
    )
    before = asked.partition('<dialog class="confirm is-')[0]
    assert f'action="{ADDRESS}bekukan/"' not in before


def test_other_answers_than_those_of_the_confirmation_are_not_frozen(five, client_of, kepala):
    desk = client_of(kepala)
    digest = digest_on(desk)
    rated(1)

    for shown in (digest, ""):
        answer = desk.post(f"{ADDRESS}bekukan/", {"periode": "2026-11", "shown": shown}, follow=True)
        assert "Jawaban berubah setelah halaman ini dibuka." in answer.content.decode()

    assert not FrozenReport.objects.exists()


def test_the_confirmation_of_the_kepala_freezes_the_report(five, client_of, kepala):
    desk = client_of(kepala)
    assert "Bekukan laporan November 2026" in page(desk, SHOWN, LANDMARK)

    answer = desk.post(f"{ADDRESS}bekukan/", {"periode": "2026-11", "shown": digest_on(desk)}, follow=True)

    frozen = FrozenReport.objects.get()
    rows = [[3] * 9] * 2 + [[4] * 9] * 3
    assert (frozen.period, frozen.frozen_by, frozen.frozen_at) == (
        "2026-11",
        kepala,
        datetime(2026, 12, 3, 4, 0, tzinfo=UTC),
    )
    assert (frozen.figures["ikm"], frozen.figures["n"], frozen.answers) == ("90.00", 5, rows)
    assert frozen.digest == hashlib.sha256(json.dumps(rows).replace(" ", "").encode()).hexdigest()
    text = answer.content.decode()
    assert "Laporan SKM November 2026 dibekukan." in text
    assert frozen.digest in text
    assert "Bekukan laporan" not in text


def test_a_later_rating_is_told_and_changes_no_figure(five, client_of, kepala, tmp_path):
    freeze_report(NOVEMBER, by=kepala)
    with time_machine.travel(datetime(2026, 12, 4, 4, 0, tzinfo=UTC), tick=False):
        rated(1, remark="Datang terlambat")
    desk = client_of(kepala)

    shown = page(desk, SHOWN, LANDMARK)
    paper = " ".join(pdf_pages(desk.post(f"{ADDRESS}unduh/pdf/", {"periode": "2026-11"}).content))
    book = load_workbook(BytesIO(desk.post(f"{ADDRESS}unduh/xlsx/", {"periode": "2026-11"}).content))
    out = io.StringIO()
    call_command("skm_report", "--from", "2026-11", "--to", "2026-11", "--json", stdout=out)

    assert "1 penilaian masuk sesudah laporan dibekukan dan tidak dihitung di sini." in shown
    assert "90,00" in shown
    assert "Datang terlambat" not in shown + paper
    assert "90,00" in paper
    assert "SHA-256" in paper
    assert book["Jawaban"].max_row == 4 + 5
    assert (json.loads(out.getvalue())["ikm"], json.loads(out.getvalue())["n"]) == ("90.00", 5)


def test_the_trend_has_the_frozen_index_of_a_quarter(after, client_of, kepala):
    for _ in range(5):
        visit = VisitFactory(day=date(2026, 8, 3), status=Status.SERVED)
        RatingFactory(visit=visit, answers=skm_answers(3))
    freeze_report(period_of("2026-T3"), by=kepala)
    Rating.objects.update(answers=skm_answers(4))

    shown = " ".join(page(client_of(kepala), f"{ADDRESS}?periode=2026-T4", LANDMARK).split())
    frozen = page(client_of(kepala), f"{ADDRESS}?periode=2026-T3", LANDMARK)

    assert '<th scope="row">Triwulan III 2026</th> <td class="n">5</td> <td class="n">75,00</td>' in shown
    assert "Penilaian periode ini berubah sesudah laporan dibekukan. Angka di sini tetap." in frozen


def test_frozen_answers_that_were_changed_are_told_on_page_and_papers(five, client_of, kepala):
    row = freeze_report(NOVEMBER, by=kepala)
    desk, told = client_of(kepala), "tidak lagi cocok dengan SHA-256-nya"
    before = [read_file(desk, kind) for kind in ("pdf", "poster", "xlsx")]
    FrozenReport.objects.filter(pk=row.pk).update(answers=[[4] * 9] * 5)

    after = [read_file(desk, kind) for kind in ("pdf", "poster", "xlsx")]

    assert told in page(desk, SHOWN, LANDMARK)
    assert [told in text for text in before] == [False] * 3
    assert [told in text for text in after] == [True] * 3


def read_file(desk, kind: str) -> str:
    """Return the words of a file of the report."""
    content = desk.post(f"{ADDRESS}unduh/{kind}/", {"periode": "2026-11"}).content
    if kind != "xlsx":
        return " ".join(pdf_pages(content))
    cells = (cell for row in load_workbook(io.BytesIO(content))["Ringkasan"].iter_rows() for cell in row)
    return " ".join(str(cell.value) for cell in cells)


def test_a_later_rating_is_not_on_the_poster(five, client_of, kepala):
    freeze_report(NOVEMBER, by=kepala)
    rated(1)
    desk = client_of(kepala)

    assert "1 penilaian masuk sesudah laporan dibekukan" in read_file(desk, "pdf")
    poster = read_file(desk, "poster")
    assert "90,00" in poster
    assert "sesudah laporan dibekukan" not in poster


@pytest.mark.parametrize("status", ["waiting", "called", "serving"])
def test_a_visit_that_was_not_closed_can_be_rated_yet(five, kepala, counter, status):
    VisitFactory(day=date(2026, 11, 30), status=status, counter=counter, officer=kepala)

    with pytest.raises(StillRated, match="7 Desember 2026"):
        freeze_report(NOVEMBER, by=kepala)
    Visit.objects.filter(status=status).update(status="unclosed")

    assert freeze_report(NOVEMBER, by=kepala).period == "2026-11"


def test_the_page_of_a_report_shows_a_bounded_number_of_remarks(five, client_of, kepala):
    for _ in range(25):
        rated(4, remark="Cepat")
    desk = client_of(kepala)

    first, second = (page(desk, f"{SHOWN}&page={number}", LANDMARK) for number in (1, 2))

    assert [one.count("<td>Cepat</td>") for one in (first, second)] == [25, 5]
    assert "Halaman 1 dari 2" in first


def test_nothing_later_is_told_of_a_report_that_is_as_it_was(five, client_of, kepala):
    freeze_report(NOVEMBER, by=kepala)

    shown = page(client_of(kepala), SHOWN, LANDMARK)

    assert "; SHA-256 jawaban" in shown
    assert "sesudah laporan dibekukan" not in shown


@pytest.mark.parametrize(
    ("code", "refusal"),
    [("2026-12", PeriodNotOver), ("2026-T4", PeriodNotOver), ("2027", PeriodNotOver), ("2026-10", TooFewRespondents)],
)
def test_a_period_that_runs_or_has_too_few_respondents_is_not_frozen(five, kepala, code, refusal):
    with pytest.raises(refusal):
        freeze_report(period_of(code), by=kepala)

    assert not FrozenReport.objects.exists()


def test_a_report_is_frozen_once(five, kepala):
    freeze_report(NOVEMBER, by=kepala)
    rated(1)

    with pytest.raises(AlreadyFrozen):
        freeze_report(NOVEMBER, by=kepala)

    assert FrozenReport.objects.get().figures["ikm"] == "90.00"


def test_a_fault_of_the_plan_is_not_called_a_frozen_report(five, kepala, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError("a constraint of the plan")

    monkeypatch.setattr(report_actions, "open_follow_ups", fail)

    with pytest.raises(IntegrityError, match="of the plan"):
        freeze_report(NOVEMBER, by=kepala)
    assert not FrozenReport.objects.exists()


def test_only_who_heads_the_office_today_freezes(five, petugas, kepala):
    with pytest.raises(NotTheHead):
        freeze_report(NOVEMBER, by=petugas)

    assert not FrozenReport.objects.exists()


def test_the_page_says_why_it_does_not_freeze(after, client_of, kepala):
    answer = client_of(kepala).post(f"{ADDRESS}bekukan/", {"periode": "2026-T4"}, follow=True)

    assert (
        "Triwulan IV 2026 belum berakhir. Bekukan laporannya setelah Kamis, 31 Desember 2026."
        in answer.content.decode()
    )


def test_a_period_that_can_still_be_rated_is_not_frozen_before_its_last_day(five, client_of, kepala):
    VisitFactory(day=date(2026, 11, 27), status=Status.SERVED)
    desk = client_of(kepala)

    shown = page(desk, SHOWN, LANDMARK)
    with pytest.raises(StillRated, match="4 Desember 2026"):
        freeze_report(NOVEMBER, by=kepala)
    with time_machine.travel(datetime(2026, 12, 5, 4, 0, tzinfo=UTC), tick=False):
        freeze_report(NOVEMBER, by=kepala)

    assert "masih dapat dinilai sampai Jumat, 4 Desember 2026" in shown
    assert "Bekukan laporan November 2026" not in shown
    assert FrozenReport.objects.count() == 1


def test_a_delivered_letter_keeps_its_period_open_for_thirty_days(five, kepala):
    RatingLink.objects.create(submission=SubmissionFactory(), delivered_on=date(2026, 11, 20))

    with pytest.raises(StillRated, match="20 Desember 2026"):
        freeze_report(NOVEMBER, by=kepala)
    RatingLink.objects.update(rated_at=datetime(2026, 12, 1, tzinfo=UTC))

    assert freeze_report(NOVEMBER, by=kepala).period == "2026-11"


def test_a_correction_of_a_visit_moves_no_remark_of_a_frozen_report(five, client_of, kepala):
    freeze_report(NOVEMBER, by=kepala)
    before = remarks_of(NOVEMBER, FrozenReport.objects.get())
    library = Service.objects.get(prefix="P")
    Visit.objects.update(service=library)
    Rating.objects.update(remark="Lain")
    desk = client_of(kepala)

    shown = page(desk, SHOWN, LANDMARK)
    paper = " ".join(pdf_pages(desk.post(f"{ADDRESS}unduh/pdf/", {"periode": "2026-11"}).content))

    assert len(before) == 5
    assert remarks_of(NOVEMBER, FrozenReport.objects.get()) == before
    assert library.name not in shown + paper
    assert shown.count("<td>Cepat</td>") == 5
    assert "Cepat" in paper


def test_a_report_frozen_before_its_remarks_were_reads_them_as_they_are(five, kepala):
    freeze_report(NOVEMBER, by=kepala)
    FrozenReport.objects.update(remarks=None)
    Rating.objects.update(remark="Lain")

    assert {one.text for one in remarks_of(NOVEMBER, FrozenReport.objects.get())} == {"Lain"}


@pytest.mark.parametrize(("also", "when"), [(3, []), (4, ["02/11/2026"])])
def test_a_remark_is_in_the_report_only_when_five_rated_its_service(after, also, when):
    rated(4, remark="Cepat")
    for _ in range(also):
        rated(4)

    assert [one.when for one in read_remarks(NOVEMBER)] == when


def test_a_span_is_not_longer_than_the_report(after, kepala):
    for day in (date(2026, 8, 3), date(2026, 9, 2)):
        for _ in range(3):
            RatingFactory(visit=VisitFactory(day=day, status=Status.SERVED), remark="Cepat")
    quarter = period_of("2026-T3")

    freeze_report(quarter, by=kepala)

    assert read_remarks(period_of("2026-09")) == []
    assert [one.when for one in remarks_of(quarter, FrozenReport.objects.get())] == ["Triwulan III 2026"] * 6


def test_a_report_frozen_under_the_older_rule_keeps_its_remarks(five, kepala):
    freeze_report(NOVEMBER, by=kepala)
    older = [["2026-11-02", "Konsultasi", "Cepat", False], ["2026-11-01", "Perpustakaan", "Buku", True]]
    FrozenReport.objects.update(remarks=older)

    shown = remarks_of(NOVEMBER, FrozenReport.objects.get())

    assert [(one.when, one.text) for one in shown] == [("02/11/2026", "Cepat"), ("November 2026", "Buku")]
