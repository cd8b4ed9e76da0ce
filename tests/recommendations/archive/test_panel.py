"""The panel of similar activities beside the recording and the examination."""

import pytest
from django.urls import reverse

from recommendations.archive.actions.duplicates import confirm_no_duplicate
from recommendations.examination.actions.examining import verify
from recommendations.models import DuplicateCheck
from recommendations.submissions.actions.opening import cancel
from tests.factories import recorded_submission
from tests.pages import seal_of


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


def url(name: str, submission, *more) -> str:
    return reverse(f"recommendations:{name}", args=[submission.pk, *more])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_recording_has_a_panel_that_fetches_itself_and_a_link_without_script(desk, asked_for):
    submission = asked_for("Survei Harga Ikan")

    page = words(desk.get(url("record_block", submission, "sampul")))

    assert f'hx-get="{url("similar", submission)}"' in page
    assert 'hx-trigger="load, similar-changed from:body delay:500ms"' in page
    assert f'<a href="{url("similar", submission)}">Lihat kegiatan serupa di arsip</a>' in page


@pytest.mark.parametrize(
    ("item", "told"),
    [("judul_survei", True), ("variabel", True), ("instansi_penyelenggara", True), ("uji_coba", False)],
)
def test_saving_an_item_used_by_the_search_refreshes_the_panel(desk, asked_for, item, told):
    submission = asked_for("Survei Harga Ikan")

    answer = desk.post(url("save_item", submission, item), {item: "1"})

    assert answer.status_code == 200
    assert (answer.headers.get("HX-Trigger") == "similar-changed") is told


def test_each_similar_activity_is_listed_with_agency_year_number_and_likeness(desk, asked_for, archived, petugas):
    archived("Survei Harga Ikan Sungai", agency_name="Dinas Lama", year=2016, identity_number="V-16.6371.001")
    cancelled = cancel(asked_for("Survei Harga Ikan Laut", agency="Dinas Laut"), reason="x", by=petugas)
    submission = asked_for("Survei Harga Ikan")

    page = words(desk.get(url("similar", submission)))

    assert "Survei Harga Ikan Sungai" in page
    assert 'Dinas Lama, 2016, <span class="nowrap">V-16.6371.001</span>. Arsip.' in page
    assert "Judul mirip." in page
    assert f'<a href="{url("submission_detail", cancelled)}">Survei Harga Ikan Laut</a>' in page
    assert "<b>Dibatalkan</b>" in page


def test_the_agency_is_the_one_typed(desk, asked_for, archived):
    archived("Survei Harga Ikan", agency_name="Dinas Perikanan")
    submission = asked_for("Survei Harga Ikan")
    desk.post(url("save_item", submission, "instansi_penyelenggara"), {"instansi_penyelenggara": "DINAS PERIKANAN"})

    assert "Judul sama, instansi yang sama." in words(desk.get(url("similar", submission)))


def test_an_empty_result_has_its_own_message(desk, asked_for):
    assert "tampaknya yang pertama di arsip" in words(desk.get(url("similar", asked_for("Survei Harga Ikan"))))
    assert "Isi judul kegiatan" in words(desk.get(url("similar", asked_for(""))))


def test_words_of_others_are_escaped(desk, asked_for):
    asked_for("Survei <script>alert(1)</script> Harga", agency="<img src=x>")
    submission = asked_for("Survei script alert Harga")

    page = words(desk.get(url("similar", submission)))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_page_asks_as_much_of_a_large_archive_as_of_a_small_one(
    desk, asked_for, archived, django_assert_max_num_queries
):
    submission = asked_for("Survei Harga Ikan")
    for number in range(30):
        archived(f"Survei Harga Ikan {number}", identity_number=f"V-{number}")

    with django_assert_max_num_queries(14):
        page = words(desk.get(url("similar", submission)))

    assert "Survei Harga Ikan 2" in page


def test_a_user_without_the_permission_to_see_submissions_is_refused(client_of, admin_user, examined):
    assert client_of(admin_user).get(url("similar", examined)).status_code == 403


def test_the_kepala_reads_but_does_not_decide(client_of, kepala, examined, twin):
    page = words(client_of(kepala).get(url("similar", examined)))

    assert twin.applicant.agency.name in page
    assert "Bukan duplikasi" not in page


def test_an_undecided_similar_activity_disables_verifying_on_the_page(desk, examined, twin):
    page = words(desk.get(url("examine", examined), {"banding": "1"}))

    assert "Putuskan sebelum verifikasi" in page
    assert "<b>1 kegiatan sangat serupa</b>" in page
    assert "Bandingkan dahulu" in page
    assert 'data-confirm="#verifikasi"' not in page


def test_verifying_undecided_is_refused_with_words(desk, examined, twin):
    shown = {"shown": seal_of(desk.get(url("examine", examined)).content.decode())}

    assert "Putuskan dahulu" in words(desk.post(url("verify_submission", examined), shown, follow=True))


def test_confirming_enables_verifying(desk, examined, twin):
    seen = {"seen": f"permohonan-{twin.pk}", "reason": "Wilayah lain."}

    page = words(desk.post(url("confirm_no_duplicate", examined), seen, follow=True))

    assert "<b>Bukan duplikasi.</b> Wilayah lain." in page
    assert 'data-confirm="#verifikasi"' in page


def test_a_similar_activity_that_came_in_while_the_page_was_open_is_shown_before_deciding(desk, examined, petugas):
    recorded_submission(petugas)

    page = words(desk.post(url("confirm_no_duplicate", examined), {"seen": ""}, follow=True))

    assert "Putuskan dahulu" in page
    assert not DuplicateCheck.objects.exists()


def test_naming_a_duplicate_from_the_list_disables_verifying(desk, examined, twin):
    typed = {"other": f"permohonan-{twin.pk}", "named": "", "reason": "Kegiatan yang sama."}

    page = words(desk.post(url("name_duplicate", examined), typed, follow=True))

    assert f"<b>Duplikasi: {twin}.</b> Kegiatan yang sama." in page
    assert 'data-confirm="#verifikasi"' not in page
    assert DuplicateCheck.objects.get().submission == twin


@pytest.mark.parametrize("chosen", ["lain", ""])
def test_a_duplicate_outside_the_list_is_named_by_its_number(desk, examined, archived, chosen):
    activity = archived("Survei Harga Ikan", identity_number="V-16.6371.001")

    desk.post(url("name_duplicate", examined), {"other": chosen, "named": " V-16.6371.001 ", "reason": "Sama."})

    assert DuplicateCheck.objects.get().archived == activity


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"other": "lain", "named": " ", "reason": "Sama."}, "Pilih kegiatan dari daftar, atau tulis nomornya."),
        ({"named": "Sensus", "reason": " "}, "Tulis mengapa kegiatan ini duplikasi."),
        ({"named": "Sensus", "reason": "x" * 401}, "400"),
        ({"named": "x" * 201, "reason": "Sama."}, "200"),
        ({}, "Pilih kegiatan dari daftar"),
    ],
)
def test_an_incomplete_decision_is_explained_and_keeps_the_typed_words(desk, examined, twin, typed, told):
    answer = desk.post(url("name_duplicate", examined), typed)

    assert told in words(answer)
    assert str(typed.get("named", "")).strip() in words(answer)
    assert not DuplicateCheck.objects.exists()


def test_its_own_number_is_refused_with_words(desk, examined):
    typed = {"named": examined.register, "reason": "Sama."}

    assert "milik permohonan ini sendiri" in words(desk.post(url("name_duplicate", examined), typed, follow=True))


def test_a_double_click_is_one_decision(desk, examined, twin):
    for _ in range(2):
        desk.post(url("confirm_no_duplicate", examined), {"seen": f"permohonan-{twin.pk}"})

    assert DuplicateCheck.objects.count() == 1


def test_after_another_officer_verified_the_page_says_that_deciding_is_not_possible(desk, examined, petugas):
    verify(examined, by=petugas)

    page = words(desk.post(url("confirm_no_duplicate", examined), {"seen": ""}, follow=True))

    assert "“Pemeriksaan duplikasi” tidak dapat dilakukan sekarang" in page


def test_after_verification_the_page_shows_the_findings_of_that_time(desk, examined, twin, petugas, archived):
    confirm_no_duplicate(examined, reason="Wilayah lain.", by=petugas)
    verify(examined, by=petugas)
    agency = twin.applicant.agency.name
    cancel(twin, reason="x", by=petugas)
    archived(examined.title, agency_name="Dinas Baru")

    page = words(desk.get(url("examine", examined)))

    assert f"{agency}, {twin.year}" in page
    assert "Dibatalkan" not in page
    assert "Dinas Baru" not in page
    assert "Wilayah lain." in page


@pytest.mark.parametrize("name", ["confirm_no_duplicate", "name_duplicate"])
def test_only_an_examiner_decides_and_only_by_post(name, desk, client_of, kepala, examined):
    assert client_of(kepala).post(url(name, examined)).status_code == 403
    assert desk.get(url(name, examined)).status_code == 405
