"""Answers on paper: previewed, imported as shown, counted in the report, and taken back as a whole."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from guestbook.periods import period_of
from guestbook.workflow import Status
from office.models import Office, User
from pst_desk.roles import PETUGAS
from ratings.instruments import SKM_9
from ratings.models import PaperBatch, Rating
from ratings.paper_actions import (
    AnsweredLongAgo,
    AnsweredTomorrow,
    InFrozenPeriod,
    NoPaperAnswers,
    NotAnswersOfTheSkm,
    PaperBatchGone,
    PaperFileTwice,
    RatedThemselves,
    import_paper_answers,
    take_back_paper_batch,
)
from ratings.report_actions import freeze_report
from ratings.skm_report import read_skm_report
from tests.factories import RatingFactory, VisitFactory, skm_answers
from tests.pages import page, seal_of

ADDRESS = "/penilaian/kuesioner-kertas/"
DAY = date(2026, 11, 10)
HEAD = ",".join(SKM_9.keys)


@pytest.fixture(autouse=True)
def today(office):
    """Move to 3 December 2026."""
    with time_machine.travel(datetime(2026, 12, 3, 4, 0, tzinfo=UTC), tick=False):
        yield


def table(*values: int) -> str:
    return "\n".join([HEAD, *(",".join([str(value)] * 9) for value in values)])


def upload(content: str | bytes, name: str = "kertas.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")


def sent(desk, service, content, name="kertas.csv", day="10/11/2026"):
    return desk.post(ADDRESS, {"file": upload(content, name), "day": day, "service": service.pk})


def imported(service, by, *values, **facts) -> PaperBatch:
    usual = {"file_name": "kertas.csv", "sha256": "a" * 64, "day": DAY, "service": service}
    return import_paper_answers([skm_answers(value) for value in values], **usual | facts, by=by)


def test_a_file_is_previewed_and_then_imported_exactly_as_shown(service_r, client_of, admin_user):
    desk = client_of(admin_user)

    preview = sent(desk, service_r, f"nomor,{HEAD}\n1,{','.join('4' * 9)}\n2,{','.join('3' * 9)}\n").content.decode()

    assert "Pratinjau: 2 responden" in preview
    assert "Kolom yang tidak dihitung: nomor." in preview
    assert '<td class="n">7</td>' in preview
    assert not Rating.objects.exists()
    desk.post(f"{ADDRESS}impor/", {"shown": seal_of(preview)})
    batch = PaperBatch.objects.get()
    assert (batch.file_name, batch.day, batch.service, batch.rows, batch.by) == (
        "kertas.csv",
        DAY,
        service_r,
        2,
        admin_user,
    )
    found = sorted(Rating.objects.values_list("answers__waktu", "source", "officer"))
    assert found == [(3, "paper", None), (4, "paper", None)]
    assert "Diimpor" in page(desk, f"{ADDRESS}{batch.pk}/", "kertas.csv")


def test_a_preview_that_was_changed_imports_nothing(service_r, client_of, kepala):
    desk = client_of(kepala)
    shown = seal_of(sent(desk, service_r, table(4)).content.decode())

    for text in (shown[:-2] + "xx", "", "x"):
        answer = desk.post(f"{ADDRESS}impor/", {"shown": text}, follow=True)
        assert "Pilih berkasnya lagi." in answer.content.decode()

    assert not PaperBatch.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + table(4, 3).replace(",", ";"),
        table(4, 3).replace(HEAD, ",".join(reversed(SKM_9.keys))),
        table(4, 3).replace(",", ";").replace("4", "4,0"),
    ],
    ids=["BOM and semicolons", "other order", "decimal commas"],
)
def test_a_file_in_other_dress_is_previewed_alike(service_r, client_of, kepala, content):
    assert "Pratinjau: 2 responden" in sent(client_of(kepala), service_r, content).content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(4, 5), "“5” bukan jawaban"),
        (table(4).replace("4,4,4", "4,,4", 1), "belum diisi"),
        (HEAD, "tidak berisi jawaban"),
        ("", "Kolom persyaratan"),
        (b"PK\x03\x04\x80\x81", "tidak terbaca"),
        ("x" * (3 * 1024 * 1024), "lebih dari 1 MB"),
    ],
    ids=["five", "empty cell", "no rows", "empty", "no CSV", "3 MB"],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(service_r, client_of, kepala, content, words):
    answered = sent(client_of(kepala), service_r, content)
    text = answered.content.decode()

    assert answered.status_code == 422
    assert words in text
    assert "Pratinjau:" not in text


def test_a_script_in_the_name_of_a_file_stays_text(service_r, client_of, kepala):
    text = sent(client_of(kepala), service_r, table(4), name="<script>alert(1)<script>.csv").content.decode()

    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_the_same_file_twice_is_refused_with_when_and_by_whom(service_r, client_of, kepala):
    desk = client_of(kepala)
    desk.post(f"{ADDRESS}impor/", {"shown": seal_of(sent(desk, service_r, table(4)).content.decode())})

    text = sent(desk, service_r, table(4)).content.decode()

    assert "Jawaban yang sama sudah diimpor pada Kamis, 3 Desember 2026 oleh Siti Contoh" in text
    with pytest.raises(PaperFileTwice):
        imported(service_r, kepala, 4, sha256=PaperBatch.objects.get().sha256)


SAME = [
    "\ufeff" + table(4, 3),
    table(4, 3) + "\n",
    table(4, 3) + "\n\n , \n",
    table(4, 3).replace("\n", "\r\n"),
    table(4, 3).replace("4,", "4 ,").replace("3,", " 3,"),
    table(4, 3).replace(",", ";").replace("4", "4,0"),
    table(3, 4),
    table(4, 3).replace(HEAD, ",".join(reversed(SKM_9.keys)).upper()),
]


@pytest.mark.parametrize("content", SAME, ids=range(len(SAME)))
def test_the_same_answers_in_another_dress_are_not_imported_twice(service_r, client_of, kepala, content):
    desk = client_of(kepala)
    desk.post(f"{ADDRESS}impor/", {"shown": seal_of(sent(desk, service_r, table(4, 3)).content.decode())})

    refused = sent(desk, service_r, content, name="lain.csv", day="11/11/2026")

    assert refused.status_code == 422
    assert "Jawaban yang sama sudah diimpor" in refused.content.decode()


def test_equal_answers_of_other_papers_are_told_apart_by_their_numbers(service_r, client_of, kepala):
    desk = client_of(kepala)
    for number in (1, 2):
        numbered = table(4).replace(HEAD, f"{HEAD},nomor") + f",{number}"
        desk.post(f"{ADDRESS}impor/", {"shown": seal_of(sent(desk, service_r, numbered).content.decode())})

    assert Rating.objects.count() == 2


def test_what_may_not_be_imported(service_r, kepala, petugas):
    with pytest.raises(AnsweredTomorrow):
        imported(service_r, kepala, 4, day=date(2026, 12, 4))
    with pytest.raises(AnsweredLongAgo, match=r"02/12/2025 lebih dari.*sejak 03/12/2025"):
        imported(service_r, kepala, 4, day=date(2025, 12, 2))
    with pytest.raises(NoPaperAnswers):
        imported(service_r, kepala)
    with pytest.raises(NotAnswersOfTheSkm):
        imported(service_r, kepala, 5)
    with pytest.raises(RatedThemselves):
        imported(service_r, petugas, 4)

    assert not PaperBatch.objects.exists()


def test_papers_of_a_year_ago_are_imported_and_a_wrong_year_is_refused_on_the_page(service_r, client_of, kepala):
    desk = client_of(kepala)

    refused = sent(desk, service_r, table(4), day="10/11/2016").content.decode()

    assert "Tanggal 10/11/2016 lebih dari satu tahun yang lalu." in refused
    assert "Pratinjau:" not in refused
    assert imported(service_r, kepala, 4, day=date(2025, 12, 3)).rows == 1


def test_an_admin_who_also_serves_visitors_does_not_import(service_r, client_of, admin_user):
    admin_user.groups.add(Group.objects.get(name=PETUGAS))

    text = sent(client_of(admin_user), service_r, table(4)).content.decode()

    assert "Petugas yang melayani pengunjung tidak mengimpor penilaian." in text


def test_the_first_account_imports_because_it_was_not_made_an_officer(service_r, office):
    first = User.objects.create_superuser("pertama", "pertama@contoh.example", "kata-sandi-contoh", name="Agus Contoh")

    assert imported(service_r, first, 4).rows == 1


@pytest.mark.parametrize("code", ["2026-11", "2026-T3"])
def test_a_frozen_period_takes_no_papers_and_gives_none_back(service_r, kepala, code):
    period = period_of(code)
    batch = imported(service_r, kepala, *[4] * 5, day=period.first)
    freeze_report(period, by=kepala)

    with pytest.raises(InFrozenPeriod, match=period.words):
        imported(service_r, kepala, 4, day=period.last, sha256="b" * 64)
    with pytest.raises(InFrozenPeriod):
        take_back_paper_batch(batch, reason="Keliru.", by=kepala)

    assert Rating.objects.count() == 5


def test_the_page_of_a_batch_offers_no_taking_back_in_a_frozen_period_and_says_why(service_r, client_of, kepala):
    batch = imported(service_r, kepala, *[4] * 5)
    desk, address = client_of(kepala), f"{ADDRESS}{PaperBatch.objects.get().pk}/"
    before = page(desk, address, "kertas.csv")
    freeze_report(period_of("2026-11"), by=kepala)

    after = page(desk, address, "kertas.csv")
    refused = desk.post(f"{address}tarik/", {"reason": "Keliru."})
    answer = refused.content.decode()
    assert refused.status_code == 422

    assert "Tarik impor" in before
    assert "Tarik impor" not in after
    assert "Impor ini tidak dapat ditarik: laporan SKM November 2026 sudah dibekukan dengan jawabannya." in after
    assert "tidak dapat ditarik" in answer
    assert batch.ratings.count() == 5


def test_a_batch_is_taken_back_as_a_whole_and_its_file_may_come_again(service_r, client_of, kepala):
    batch = imported(service_r, kepala, 4, 3)
    desk = client_of(kepala)

    desk.post(f"{ADDRESS}{batch.pk}/tarik/", {"reason": "Hari keliru."})

    assert not Rating.objects.exists()
    shown = page(desk, f"{ADDRESS}{batch.pk}/", "Ditarik")
    assert "Hari keliru." in shown
    with pytest.raises(PaperBatchGone):
        take_back_paper_batch(batch, reason="Lagi.", by=kepala)
    assert imported(service_r, kepala, 4).rows == 1


def test_the_report_counts_papers_but_not_in_the_response_rate(service_r, client_of, kepala):
    for _ in range(4):
        visit = VisitFactory(day=DAY, status=Status.SERVED)
    RatingFactory(visit=visit, answers=skm_answers(4))
    imported(service_r, kepala, 3, 3, 3, 3)

    report = read_skm_report(period_of("2026-11"), Office.objects.current())

    # 4 + 4 x 3 = 16 of each unsur; 25 x 16 / 5 = 80.00
    assert (report.n, str(report.figures.ikm), report.response_rate, report.on_paper) == (5, "80.00", 0.25, 4)
    assert (report.services[service_r.name], report.classes["sex"][""]) == (5, 5)
    shown = " ".join(page(client_of(kepala), "/penilaian/laporan/?periode=2026-11", "November 2026").split())
    assert "tanpa 4 kuesioner kertas" in shown
    assert "termasuk 4 kertas; 1 dari 4 kunjungan selesai" in shown
    assert "kuesioner kertas</th>" in shown


def test_ten_thousand_answers_are_previewed_and_imported_at_once(service_r, client_of, kepala):
    desk = client_of(kepala)
    preview = sent(desk, service_r, table(*[4, 3] * 5_000)).content.decode()

    desk.post(f"{ADDRESS}impor/", {"shown": seal_of(preview)})

    assert "Pratinjau: 10.000 responden" in preview
    assert (Rating.objects.tally().n, Rating.objects.tally().sums["waktu"]) == (10_000, 35_000)


def test_the_database_holds_that_a_rating_is_about_one_thing(service_r, kepala):
    batch = imported(service_r, kepala, 4)
    visit = VisitFactory(day=DAY, status=Status.SERVED)

    for wrong in ({"visit": visit}, {"paper_batch": None}, {"source": "tablet"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.filter(paper_batch=batch).update(**wrong)

    assert batch.ratings.count() == 1


def test_a_batch_that_is_taken_back_moves_no_answer_of_a_visitor(service_r, kepala):
    for number in range(14):
        visit = VisitFactory(day=DAY, status=Status.SERVED)
        RatingFactory(visit=visit, answers=skm_answers(4 if number < 10 else 1))
        if number == 3:
            batch = imported(service_r, kepala, 2)
    before = Rating.objects.in_steps().tally()

    take_back_paper_batch(batch, reason="Keliru.", by=kepala)

    assert Rating.objects.in_steps().tally() == before
    assert (before.n, before.sums["waktu"]) == (10, 40)


def test_a_batch_of_five_counts_as_a_whole_and_leaves_as_a_whole(service_r, kepala):
    for _ in range(6):
        RatingFactory(visit=VisitFactory(day=DAY, status=Status.SERVED), answers=skm_answers(4))
    batch = imported(service_r, kepala, 1, 1, 1, 1, 1)
    assert (Rating.objects.in_steps().tally().n, Rating.objects.in_steps(waiting=5).tally().n) == (10, 5)

    take_back_paper_batch(batch, reason="Keliru.", by=kepala)

    assert Rating.objects.in_steps().tally().sums["waktu"] == 20
