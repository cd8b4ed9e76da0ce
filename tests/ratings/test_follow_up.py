"""The follow-up plan: opened with the frozen report, written, finished with a proof, opened again with a reason."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pypdf import PdfReader

from guestbook.periods import period_of
from guestbook.workflow import Status
from office.clock import PlanInThePast
from office.models import Mail, User
from pst_desk.examples import paper_pdf
from ratings.follow_up_actions import (
    CannotOpenMeasure,
    FinishedByOthers,
    FollowUpFinished,
    FollowUpMovedOn,
    FollowUpRunsElsewhere,
    FollowUpUnfinished,
    PlanNotWritten,
    ProofMissing,
    WrongDayOfFinish,
    finish_follow_up,
    open_follow_ups,
    reopen_follow_up,
    write_follow_up,
)
from ratings.follow_up_readings import read_plan
from ratings.follow_up_sheets import plan_xlsx
from ratings.models import FollowUp, FollowUpFile, FrozenReport
from ratings.report_actions import freeze_report
from tests.factories import RatingFactory, VisitFactory, new_complaint, paper, skm_answers
from tests.pages import page, seal_of

LIST = "/penilaian/tindak-lanjut/"
REPORT = "/penilaian/laporan/?periode=2026-11"
TODAY = date(2026, 12, 3)
LOW = ["waktu", "prosedur", "sarana"]


@pytest.fixture
def after(office):
    """Move to 3 December 2026."""
    with time_machine.travel(datetime(2026, 12, 3, 4, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def rated(after) -> None:
    """Make five ratings of November: waktu is lowest, prosedur and sarana are equal."""
    for _ in range(5):
        visit = VisitFactory(day=date(2026, 11, 2), status=Status.SERVED)
        RatingFactory(visit=visit, answers=skm_answers(4, waktu=1, prosedur=2, sarana=2))


@pytest.fixture
def frozen(rated, kepala) -> FrozenReport:
    return freeze_report(period_of("2026-11"), by=kepala)


@pytest.fixture
def waktu(frozen) -> FollowUp:
    return FollowUp.objects.get(aspect="waktu")


def written(follow_up: FollowUp, by, **facts) -> FollowUp:
    usual = {"action": "Tambah loket.", "responsible": by, "due_on": date(2026, 12, 20), "shown": follow_up.mark}
    return write_follow_up(follow_up, **usual | facts, by=by)


def finished(follow_up: FollowUp, by, **facts) -> FollowUp:
    usual = {"proof": "Loket 3 dibuka.", "done_on": TODAY, "shown": follow_up.mark}
    return finish_follow_up(follow_up, **usual | facts, by=by)


# opened


def test_freezing_opens_a_row_for_each_of_the_three_lowest_in_the_order_of_the_report(frozen, kepala):
    rows = FollowUp.objects.of_period(period_of("2026-11"))

    assert [row.aspect for row in rows] == LOW == frozen.figures["lowest"]
    assert [(row.action, row.responsible, row.due_on, row.done_on) for row in rows] == [("", None, None, None)] * 3
    assert [(event.words, event.by) for row in rows for event in row.events.all()] == [
        ("Dibuka dari laporan yang dibekukan", kepala)
    ] * 3


def test_opening_again_doubles_nothing(frozen, kepala):
    FollowUp.objects.get(aspect="sarana").delete()

    plan = open_follow_ups(frozen, by=kepala)
    again = open_follow_ups(frozen, by=kepala)

    assert sorted(row.aspect for row in plan) == sorted(LOW)
    assert again == plan


def test_a_longer_period_carries_on_what_is_unfinished_and_opens_what_is_finished(frozen, waktu, kepala):
    finished(written(waktu, kepala), kepala)
    with time_machine.travel(datetime(2027, 1, 4, 4, 0, tzinfo=UTC), tick=False):
        freeze_report(period_of("2026-T4"), by=kepala)

    plan = FollowUp.objects.of_period(period_of("2026-T4"))
    prosedur = FollowUp.objects.get(aspect="prosedur", period="2026-11")

    assert {row.aspect: row.carried_from for row in plan} == {
        "waktu": None,
        "prosedur": prosedur,
        "sarana": FollowUp.objects.get(aspect="sarana", period="2026-11"),
    }
    assert FollowUp.objects.unfinished().count() == 3
    assert prosedur.events.last().note == "Triwulan IV 2026"


def test_a_carried_row_counts_in_both_plans_with_the_one_measure(frozen, kepala):
    with time_machine.travel(datetime(2027, 1, 4, 4, 0, tzinfo=UTC), tick=False):
        freeze_report(period_of("2026-T4"), by=kepala)
        prosedur = FollowUp.objects.get(aspect="prosedur", period="2026-11")
        row = written(prosedur, kepala, due_on=date(2027, 1, 20))
        finished(row, kepala, done_on=date(2027, 1, 4))

        month = read_plan(period_of("2026-11"), date(2027, 1, 4))
        quarter = read_plan(period_of("2026-T4"), date(2027, 1, 4))

    assert (month.figures.finished, month.figures.within[1], month.figures.within[3]) == (1, 0, 1)
    assert (quarter.figures.finished, quarter.figures.within[1]) == (1, 1)
    assert [one.state for one in quarter.rows] == ["Belum ditulis", "Selesai 04/01/2027", "Belum ditulis"]
    assert quarter.rows[1].from_period == "November 2026"


# written


def test_the_kepala_writes_what_is_done_by_whom_and_until_when(waktu, client_of, kepala, petugas):
    desk = client_of(kepala)
    address = f"{LIST}{waktu.pk}/"
    facts = {"action": "<b>Tambah</b> loket.", "responsible": petugas.pk, "due_on": "20/12/2026"}

    answer = desk.post(f"{address}tulis/", facts | {"shown": seal_of(page(desk, address, "Riwayat"))}, follow=True)

    waktu.refresh_from_db()
    assert (waktu.action, waktu.responsible, waktu.due_on) == ("<b>Tambah</b> loket.", petugas, date(2026, 12, 20))
    assert waktu.written_by == kepala
    assert waktu.events.last().note == "<b>Tambah</b> loket.\nRina Contoh, paling lambat 20/12/2026"
    assert "Rencana tersimpan." in answer.content.decode()
    assert "&lt;b&gt;Tambah" in answer.content.decode()


def test_a_page_that_is_older_than_the_plan_writes_nothing_and_keeps_what_was_typed(waktu, client_of, kepala):
    desk = client_of(kepala)
    address = f"{LIST}{waktu.pk}/"
    shown = seal_of(page(desk, address, "Riwayat"))
    written(waktu, kepala)

    typed = {"action": "Lain sekali.", "responsible": kepala.pk, "due_on": "21/12/2026"}
    answer = desk.post(f"{address}tulis/", typed | {"shown": shown})

    text = answer.content.decode()
    assert "Rencana ini berubah sejak halaman dibuka." in text
    assert "Lain sekali." in text
    assert "Tambah loket." in text
    waktu.refresh_from_db()
    assert waktu.action == "Tambah loket."
    desk.post(f"{address}tulis/", typed | {"shown": seal_of(text)})
    waktu.refresh_from_db()
    assert waktu.action == "Lain sekali."


def test_a_new_due_date_is_not_over_but_an_old_one_may_stay(waktu, kepala):
    with pytest.raises(PlanInThePast):
        written(waktu, kepala, due_on=date(2026, 12, 2))

    row = written(waktu, kepala, due_on=TODAY)
    with time_machine.travel(datetime(2026, 12, 9, 4, 0, tzinfo=UTC), tick=False):
        row = written(row, kepala, action="Tambah dua loket.", due_on=TODAY)

    assert (row.action, row.due_on) == ("Tambah dua loket.", TODAY)
    assert list(FollowUp.objects.overdue(TODAY)) == []
    assert list(FollowUp.objects.overdue(date(2026, 12, 4))) == [row]


# finished


def test_a_measure_is_finished_with_a_text_and_a_file(waktu, client_of, kepala):
    row = written(waktu, kepala)
    facts = {"proof": "Foto loket.", "done_on": "02/12/2026", "shown": row.mark, "file": paper("bukti.pdf")}
    desk = client_of(kepala)

    answer = desk.post(f"{LIST}{waktu.pk}/selesai/", facts, follow=True)

    waktu.refresh_from_db()
    assert (waktu.proof, waktu.done_on, waktu.proof_file.name) == ("Foto loket.", date(2026, 12, 2), "bukti.pdf")
    assert "Tindak lanjut selesai." in answer.content.decode()
    download = desk.get(f"{LIST}bukti/{waktu.proof_file.pk}/")
    assert b"".join(download) == paper_pdf("Surat pengantar contoh")
    assert "attachment" in download["Content-Disposition"]


def test_a_file_that_is_not_what_it_says_is_refused_with_its_reason(waktu, client_of, kepala):
    row = written(waktu, kepala)
    wrong = BytesIO(b"<script>alert(1)</script>")
    wrong.name = "bukti.pdf"
    facts = {"proof": "", "done_on": "02/12/2026", "shown": row.mark, "file": wrong}

    answer = client_of(kepala).post(f"{LIST}{waktu.pk}/selesai/", facts)

    assert "Tandai selesai" in answer.content.decode()
    assert 'id="error_' in answer.content.decode() or "invalid-feedback" in answer.content.decode()
    assert not FollowUpFile.objects.exists()
    waktu.refresh_from_db()
    assert waktu.done_on is None


def test_a_file_is_not_kept_when_the_act_is_refused(waktu, kepala):
    before = set(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else set()

    with pytest.raises(PlanNotWritten):
        finished(waktu, kepala, file=paper("bukti.pdf"), content_type="application/pdf")

    after = set(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else set()
    assert after == before
    assert not FollowUpFile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"proof": ""}, ProofMissing),
        ({"done_on": date(2026, 12, 4)}, WrongDayOfFinish),
        ({"done_on": date(2026, 11, 29)}, WrongDayOfFinish),
        ({"shown": "x"}, FollowUpMovedOn),
    ],
)
def test_what_does_not_prove_it_does_not_finish_it(waktu, kepala, facts, refusal):
    row = written(waktu, kepala)

    with pytest.raises(refusal):
        finished(row, kepala, **facts)

    waktu.refresh_from_db()
    assert waktu.done_on is None


def test_a_finished_measure_is_neither_written_nor_finished_again(waktu, kepala):
    row = finished(written(waktu, kepala), kepala, done_on=date(2026, 11, 30))

    for act in (written, finished):
        with pytest.raises(FollowUpFinished):
            act(row, kepala)

    assert row.events.count() == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"done_on": TODAY, "action": "", "proof": "Ada."},
        {"done_on": TODAY, "action": "Ada.", "proof": ""},
        {"done_on": None, "action": "Ada.", "proof": "Ada."},
    ],
)
def test_the_database_holds_that_what_is_done_has_action_and_proof(waktu, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=waktu.pk).update(**wrong)

    assert FollowUp.objects.get(pk=waktu.pk).done_on is None


# opened again


def test_a_wrong_proof_opens_the_measure_again_and_stays_in_the_history(waktu, client_of, kepala):
    row = finished(written(waktu, kepala), kepala, file=paper("bukti.pdf"), content_type="application/pdf")
    desk = client_of(kepala)

    desk.post(f"{LIST}{waktu.pk}/buka-lagi/", {"reason": "Fotonya loket lain.", "shown": row.mark})

    waktu.refresh_from_db()
    assert (waktu.done_on, waktu.proof, waktu.proof_file) == (None, "", None)
    shown = page(desk, f"{LIST}{waktu.pk}/", "Riwayat")
    assert "Fotonya loket lain." in shown
    assert "bukti.pdf" in shown


def test_only_what_is_finished_opens_again_and_not_beside_a_later_plan(waktu, kepala):
    with pytest.raises(FollowUpUnfinished):
        reopen_follow_up(waktu, reason="Keliru.", shown=waktu.mark, by=kepala)
    row = finished(written(waktu, kepala), kepala)
    with time_machine.travel(datetime(2027, 1, 4, 4, 0, tzinfo=UTC), tick=False):
        freeze_report(period_of("2026-T4"), by=kepala)

        with pytest.raises(FollowUpRunsElsewhere, match="Triwulan IV 2026"):
            reopen_follow_up(row, reason="Keliru.", shown=row.mark, by=kepala)


# pages and papers


def test_the_list_has_the_unfinished_first_and_marks_what_is_late(waktu, client_of, kepala):
    finished(written(waktu, kepala), kepala)
    written(FollowUp.objects.get(aspect="sarana"), kepala, action="Cat ruang.", due_on=TODAY)
    with time_machine.travel(datetime(2026, 12, 9, 4, 0, tzinfo=UTC), tick=False):
        shown = page(client_of(kepala), LIST, "2 belum selesai, 1 terlambat")

    places = [shown.index(f">{name}</a>") for name in ("Sarana dan prasarana", "Prosedur", "Waktu")]
    assert places == sorted(places)
    assert "Terlambat" in shown


def test_the_list_asks_as_many_queries_for_many_rows_as_for_few(waktu, client_of, kepala):
    desk = client_of(kepala)
    page(desk, LIST, "Tindak lanjut SKM")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(desk, LIST, "Tindak lanjut SKM")
    for month in range(1, 10):
        follow_up = FollowUp(period=f"2026-0{month}", aspect="waktu", action="Ada.", proof="Ada.")
        follow_up.responsible, follow_up.done_on = kepala, TODAY
        follow_up.save()
    with CaptureQueriesContext(connection) as many:
        page(desk, LIST, "Tindak lanjut SKM")

    assert len(many) == len(few)


def test_an_address_that_names_no_period_is_not_found(after, client_of, kepala):
    desk = client_of(kepala)

    assert desk.get(LIST, {"periode": "x"}).status_code == 404
    assert "Belum ada rencana" in page(desk, f"{LIST}?periode=2026-T4", "Triwulan IV 2026")


def test_the_report_shows_the_plan_with_shares_and_the_complaints_of_the_same_unsur(rated, client_of, kepala):
    with time_machine.travel(datetime(2026, 11, 20, 4, 0, tzinfo=UTC), tick=False):
        new_complaint(element="waktu")
        new_complaint(element="waktu")
        new_complaint()
    freeze_report(period_of("2026-11"), by=kepala)
    row = written(FollowUp.objects.get(aspect="waktu"), kepala, action="=1+1 Tambah loket.")
    finished(row, kepala)
    desk = client_of(kepala)

    shown = " ".join(page(desk, REPORT, "Rencana tindak lanjut").split())
    pdf = desk.post("/penilaian/laporan/unduh/pdf/", {"periode": "2026-11"}).content
    paper_words = " ".join(" ".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf)).pages)
    book = load_workbook(BytesIO(desk.post("/penilaian/laporan/unduh/xlsx/", {"periode": "2026-11"}).content))

    assert '<td class="n" data-label="NRR">1,00</td> <td class="n" data-label="Pengaduan">2</td>' in shown
    assert (
        '<th scope="row">Selesai dalam 1 bulan</th> <td class="n">1</td> <td class="n">3</td> <td class="n">33,3</td>'
        in shown
    )
    assert "Selesai dalam 1 bulan 1 3 33,3" in paper_words
    assert "Tambah loket." in paper_words
    row = [cell.value for cell in book["Tindak lanjut"][5]]
    assert row[:5] == ["Waktu", 1, 2, "'=1+1 Tambah loket.", str(kepala)]
    assert book["Tindak lanjut"]["D5"].data_type == "s"
    assert [cell.value for cell in book["Capaian tindak lanjut"][5]] == ["Selesai", 1, 3, 33.3]


def test_a_plan_is_a_workbook_of_its_own_also_without_rows(frozen):
    book = load_workbook(BytesIO(plan_xlsx(period_of("2026-11"))))
    empty = load_workbook(BytesIO(plan_xlsx(period_of("2025"))))

    assert [row[0].value for row in book["Tindak lanjut"].iter_rows(min_row=5)] == [
        "Waktu",
        "Prosedur",
        "Sarana dan prasarana",
    ]
    assert [cell.value for cell in empty["Tindak lanjut"][5]] == [None] * 9
    assert empty["Capaian tindak lanjut"]["D5"].value is None


def test_a_workbook_of_a_quarter_has_the_plans_of_its_months_too(frozen):
    book = load_workbook(BytesIO(plan_xlsx(period_of("2026-T4"))))

    assert [name for name in book.sheetnames if "Capaian" not in name] == ["Tindak lanjut", "Tindak lanjut 2026-11"]
    assert book["Tindak lanjut 2026-11"]["A5"].value == "Waktu"
    assert FollowUp.objects.within(period_of("2026-T4")).count() == 3
    assert not FollowUp.objects.within(period_of("2026-T3")).exists()


def test_a_report_that_was_frozen_before_there_were_plans_gets_one_by_a_button(frozen, client_of, kepala):
    FollowUp.objects.all().delete()
    desk = client_of(kepala)
    assert "Buka rencana tindak lanjut" in page(desk, REPORT, "Laporan Survei Kepuasan Masyarakat")

    desk.post(f"{LIST}buka/", {"periode": "2026-11"})

    assert FollowUp.objects.count() == 3


def test_a_finish_before_the_report_was_frozen_is_marked_and_counted(waktu, client_of, kepala):
    finished(written(waktu, kepala), kepala, done_on=date(2026, 12, 2))  # the report was frozen on the 3rd

    shown = " ".join(page(client_of(kepala), REPORT, "Rencana tindak lanjut").split())
    plan = read_plan(period_of("2026-11"), TODAY)

    assert '<span class="small soft">sebelum laporan dibekukan</span>' in shown
    assert '<th scope="row">Selesai sebelum laporan dibekukan</th> <td class="n">1</td> <td class="n">3</td>' in shown
    assert plan.rows[0].state == "Selesai 02/12/2026, sebelum laporan dibekukan"
    assert (plan.figures.early, plan.figures.within[1]) == (1, 1)


def test_the_first_month_of_a_plan_begins_when_its_report_is_frozen(waktu, kepala):
    written(waktu, kepala)
    with time_machine.travel(datetime(2027, 1, 3, 4, 0, tzinfo=UTC), tick=False):  # one month after the 3rd
        waktu.refresh_from_db()
        finished(waktu, kepala, done_on=date(2027, 1, 3))

    assert read_plan(period_of("2026-11"), date(2027, 1, 3)).figures.within[1] == 1
    FrozenReport.objects.update(frozen_at=datetime(2026, 12, 2, 4, 0, tzinfo=UTC))
    assert read_plan(period_of("2026-11"), date(2027, 1, 3)).figures.within == {1: 0, 3: 1, 6: 1, 9: 1, 12: 1}


def test_a_finish_on_the_day_when_the_report_was_frozen_has_no_mark(waktu, kepala):
    finished(written(waktu, kepala), kepala)

    plan = read_plan(period_of("2026-11"), TODAY)

    assert (plan.rows[0].state, plan.figures.early) == ("Selesai 03/12/2026", 0)


# the person responsible


def test_the_person_responsible_gets_one_mail_opens_the_measure_and_finishes_it(waktu, client_of, kepala, petugas):
    follow_up = written(waktu, kepala, responsible=petugas)
    written(follow_up, kepala, responsible=petugas, action="Tambah dua loket.")
    address = f"{LIST}{waktu.pk}/"

    mail = Mail.objects.get(to=petugas.email, key__startswith="follow-up:")
    shown = page(client_of(petugas), address, "Tambah dua loket.")
    assert address in mail.body
    assert "Tandai selesai" in shown
    assert "Simpan rencana" not in shown

    waktu.refresh_from_db()
    sent = {"proof": "Loket dibuka.", "done_on": "03/12/2026", "shown": waktu.mark}
    assert client_of(petugas).post(f"{address}selesai/", sent).status_code == 302
    waktu.refresh_from_db()
    assert (waktu.proof, waktu.done_on) == ("Loket dibuka.", TODAY)


def test_a_reader_who_is_not_responsible_finishes_nothing(waktu, client_of, kepala, petugas):
    follow_up = written(waktu, kepala)
    petugas.user_permissions.add(Permission.objects.get(codename="view_rating"))
    sent = {"proof": "Loket dibuka.", "done_on": "03/12/2026", "shown": follow_up.mark}

    shown = client_of(petugas).post(f"{LIST}{waktu.pk}/selesai/", sent).content.decode()

    assert "Tambah loket." in shown
    waktu.refresh_from_db()
    assert waktu.done_on is None
    with pytest.raises(FinishedByOthers):
        finished(waktu, User.objects.get(pk=petugas.pk))


def test_an_officer_sees_no_measure_of_somebody_else(waktu, client_of, kepala, petugas):
    written(waktu, kepala)

    assert client_of(petugas).get(f"{LIST}{waktu.pk}/").status_code == 404
    assert client_of(petugas).post(f"{LIST}{waktu.pk}/selesai/", {}).status_code == 404


def test_a_measure_is_on_the_dashboard_and_among_the_duties_of_the_person_responsible(
    waktu, client_of, kepala, petugas
):
    written(waktu, kepala, responsible=petugas, due_on=TODAY)

    assert f"{LIST}{waktu.pk}/" in page(client_of(petugas), "/ringkasan/", "Tindak lanjut SKM Anda")
    assert f"{LIST}{waktu.pk}/" in page(client_of(petugas), "/ringkasan/hari-ini/", "Tindak lanjut Waktu")


def test_only_a_person_who_can_open_the_measure_is_responsible(waktu, kepala, admin_user):
    with pytest.raises(CannotOpenMeasure):
        written(waktu, kepala, responsible=admin_user)
