"""Finding similar activities in the database, on SQLite by FTS5 and on PostgreSQL by pg_trgm."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.archive.similar import COMPARED, activity_named, similar_activities
from recommendations.models import ActivityIndex, ActivityPosting, ActivityWord
from recommendations.recording.actions.saving import save_answers
from recommendations.submissions.actions.opening import cancel
from tests.factories import issued_submission

pytestmark = pytest.mark.django_db


def found(title: str, **facts) -> list[str]:
    return [one.title for one in similar_activities(title, facts.pop("variables", []), "", **facts)]


def test_submissions_and_archived_activities_are_found_together_the_most_alike_first(asked_for, archived):
    asked_for("Survei Harga Ikan Sungai")
    archived("Survei Harga Ikan Kota Banjarmasin")
    archived("Survei Minat Baca")

    assert found("Survei Harga Ikan") == ["Survei Harga Ikan Kota Banjarmasin", "Survei Harga Ikan Sungai"]


@pytest.mark.parametrize("typed", ["Survei Hrga Ikan Sunagi", "survey HARGA IKANN sungai", "Harga-Ikan/Sungai"])
def test_a_misspelt_title_is_found(asked_for, typed):
    asked_for("Survei Harga Ikan Sungai")

    assert found(typed) == ["Survei Harga Ikan Sungai"]


def test_a_found_submission_shows_its_current_facts(asked_for):
    submission = asked_for("Survei Harga Ikan", agency="Dinas Perikanan")
    submission.applicant.agency.name = "Dinas Perikanan dan Ketahanan Pangan"
    submission.applicant.agency.save()

    one = similar_activities("Survei Harga Ikan", [], "dinas perikanan dan ketahanan pangan")[0]

    assert (one.agency, one.number, one.year) == (
        "Dinas Perikanan dan Ketahanan Pangan",
        submission.register,
        submission.year,
    )
    assert (one.state, one.alike, one.is_very_alike) == ("Perekaman", "Judul sama, instansi yang sama", True)


def test_an_issued_submission_shows_its_identity_number(petugas, kepala):
    submission = issued_submission(petugas, kepala)

    one = similar_activities(submission.title, [], "")[0]

    assert (one.number, one.state) == (submission.letter.identity_number, "Menunggu tanda tangan")


def test_an_archived_activity_shows_agency_year_and_number_as_written(archived):
    archived(
        "Survei Harga Ikan", agency_name="Dinas Lama", year=2016, identity_number="V-16.6371.001", variables="Umur"
    )

    one = similar_activities("Survei Harga Ikan", ["umur", "harga"], "DINAS LAMA")[0]

    assert (one.agency, one.year, one.number, one.state) == ("Dinas Lama", 2016, "V-16.6371.001", "Arsip")
    assert one.alike == "Judul sama, instansi yang sama, 1 dari 2 variabel sama"
    assert one.submission is None


def test_variables_decide_between_equal_titles(asked_for):
    other = asked_for("Survei Kepuasan Masyarakat Terminal", variables=["Umur"])
    same = asked_for("Survei Kepuasan Masyarakat Pelabuhan", variables=["Biaya", "Prosedur", "Sarana"])

    keys = [
        one.submission
        for one in similar_activities("Survei Kepuasan Masyarakat", ["Biaya", "PROSEDUR ", "Sarana"], "", limit=2)
    ]

    assert keys == [same.pk, other.pk]


def test_a_submission_does_not_find_itself(asked_for):
    submission = asked_for("Survei Harga Ikan")

    assert found("Survei Harga Ikan", exclude=submission) == []


def test_a_cancelled_submission_is_marked_and_needs_no_decision(asked_for, petugas):
    cancel(asked_for("Survei Harga Ikan"), reason="Ditarik", by=petugas)

    one = similar_activities("Survei Harga Ikan", [], "")[0]

    assert (one.is_cancelled, one.state, one.is_very_alike) == (True, "Dibatalkan", False)


def test_cancelled_submissions_do_not_push_out_a_running_one(asked_for, petugas):
    twin = asked_for("Survei Harga Ikan Tahun 2026")
    for _ in range(6):
        cancel(asked_for("Survei Harga Ikan"), reason="Ditarik", by=petugas)

    first = similar_activities("Survei Harga Ikan", [], "")[0]

    assert (first.submission, first.is_very_alike) == (twin.pk, True)


def test_the_same_title_is_not_lost_among_many_that_say_more(archived):
    same = archived("Survei Harga Ikan", year=2001)
    for number in range(COMPARED + 5):
        archived(f"Survei Harga Ikan dan Daging Kelurahan {number}", identity_number=f"V-{number}")

    first = similar_activities("Survei Harga Ikan", [], "")[0]

    assert (first.title, first.year) == (same.title, 2001)


def test_a_changed_title_is_found_by_its_new_words_only(asked_for, petugas):
    submission = asked_for("Survei Harga Ikan")
    save_answers(submission, {"judul_survei": "Survei Minat Baca"}, by=petugas)

    assert found("Survei Harga Ikan") == []
    assert found("Minat Baca") == ["Survei Minat Baca"]

    save_answers(submission, {"judul_survei": ""}, by=petugas)

    assert found("Minat Baca") == []


def test_saving_other_answers_does_not_touch_the_index(asked_for, petugas):
    submission = asked_for("Survei Harga Ikan")

    with CaptureQueriesContext(connection) as asked:
        save_answers(submission, {"tujuan_survei": "Mengetahui harga."}, by=petugas)

    assert asked.captured_queries
    assert not any("activity" in query["sql"] for query in asked.captured_queries)


def test_a_deleted_archived_activity_is_not_found(archived):
    archived("Survei Harga Ikan").delete()

    assert found("Survei Harga Ikan") == []
    assert ActivityPosting.objects.count() == ActivityIndex.objects.count() == 0


def test_an_activity_without_stored_words_is_not_found(archived):
    archived("Survei Harga Ikan")
    ActivityWord.objects.all().delete()

    assert found("Survei Harga Ikan") == []


def test_the_search_returns_at_most_the_limit(archived):
    for year in range(2010, 2020):
        archived("Survei Harga Ikan", year=year)

    years = [one.year for one in similar_activities("Survei Harga Ikan", [], "", limit=3)]

    assert years == [2019, 2018, 2017]


UGLY = [
    "",
    " ",
    "a",
    "\0",
    "\ud800",
    "😀😀😀",
    "'; DROP TABLE recommendations_activityword; --",
    "% _ \\ * - \" ' ( ) : ^ + ~",
    'harga AND NOT NEAR(ikan, 2) OR "ikan" * ^word:ikan {a b}: -ikan',
    "<script>alert(1)</script>",
    "harga %s %(ikan)s %%",
    "ﷺ" * 500,
    "漢字" * 5_000,
    "x" * 10_000,
    "harga ikan " * 1_000,
    " ".join(f"kata{number}x" for number in range(1_500)),
]


@pytest.mark.parametrize("title", UGLY, ids=lambda title: title[:12].encode("unicode_escape").decode())
def test_no_title_breaks_the_search_or_the_saving(asked_for, archived, title, petugas):
    archived("Survei Harga Ikan")
    submission = asked_for("Survei")

    save_answers(submission, {"judul_survei": title, "variabel": [{"nama": title}]}, by=petugas)

    assert len(similar_activities(title, [title], title, exclude=submission)) <= 1


def test_operators_are_words_like_others(archived):
    archived("Survei Harga Ikan")

    assert found('"Harga" AND Ikan* NOT NEAR(-%_') == ["Survei Harga Ikan"]


def test_malformed_variables_are_not_indexed(asked_for, petugas):
    submission = asked_for("Survei Harga Ikan")
    submission.rounds.update(answers={"judul_survei": "Survei Harga Ikan", "variabel": ["x", 3, None]})

    save_answers(submission, {"judul_survei": "Survei Harga Ikan"}, by=petugas)

    assert ActivityIndex.objects.get().variables == ""


def test_a_search_asks_as_much_of_a_large_archive_as_of_a_small_one(archived, django_assert_max_num_queries):
    for number in range(30):
        archived(f"Survei Harga Ikan {number}", identity_number=f"V-{number}")

    with django_assert_max_num_queries(5):
        similar_activities("Survei Harga Ikan Kepuasan Masyarakat Terminal", [], "")


def test_an_activity_is_named_by_key_register_or_identity_number(asked_for, archived):
    submission = asked_for("Survei Harga Ikan")
    old = archived("Survei Minat Baca", identity_number="V-16.6371.001")

    assert activity_named(f"permohonan-{submission.pk}").submission == submission
    assert activity_named(submission.register).submission == submission
    assert activity_named(f"arsip-{old.pk}").archived == old
    assert activity_named("V-16.6371.001").archived == old


@pytest.mark.parametrize("name", ["", "0", "999/2026", "arsip-", "arsip-x", "permohonan-٣", "1/2/3", "9" * 50, "V-\0"])
def test_an_unknown_name_finds_no_activity(archived, name):
    activity = archived("Survei Minat Baca", identity_number="V-19.6371.001")

    assert activity_named(name) is None
    assert activity_named("V-19.6371.001").archived == activity
