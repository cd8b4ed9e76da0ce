"""The guestbook: visits are found, shown to the roles that may see them, and corrected with a reason."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from guestbook import actions
from guestbook.corrections import NotCorrectable, ShownVisit, visit_facts
from guestbook.export import HEADINGS
from guestbook.filters import days_links
from guestbook.models import ExportLog, Visit, VisitCorrection, Visitor
from guestbook.workflow import Status
from office.formats import plain_date, short_date
from office.models import Service
from recommendations.submissions.service_steps import service_steps
from recommendations.submissions.timeline import timeline
from tests.factories import ApplicantFactory, SubmissionFactory, VisitFactory, VisitorFactory

LIST = "/buku-tamu/"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


@pytest.fixture
def served(served: Visit) -> Visit:
    """Return the served visit with its visitor as they were before the test."""
    assert served.visitor
    return served


def names(desk, **filters) -> list[str]:
    """Return the visitors' names on the list with these filters, in its order."""
    answer = desk.get(LIST, filters)
    assert answer.status_code == 200
    return [row["visit"].visitor.name for row in answer.context["rows"]]


def came(name: str, **facts) -> Visit:
    of_visitor = {key: facts.pop(key) for key in ("phone", "email", "agency") if key in facts}
    return VisitFactory(visitor=VisitorFactory(name=name, **of_visitor), **facts)


# the list


@pytest.fixture
def three(office) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    came("Budi Contoh", phone="+6281234567890", email="budi@contoh.example", agency="Dinas Satu")
    came("Sari Percobaan", phone="+6281299990000", email="sari@contoh.example", agency="Dinas Dua", day=yesterday)
    came("Tono 100%", phone="", email="", agency="", service=Service.objects.get(prefix="K"), status=Status.LEFT)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("budi c", ["Budi Contoh"]),
        ("SARI@contoh", ["Sari Percobaan"]),
        ("0812-3456", ["Budi Contoh"]),
        ("+62 812 9999", ["Sari Percobaan"]),
        ("7890", ["Budi Contoh"]),
        ("K-001", ["Tono 100%"]),
        ("k1", ["Tono 100%"]),
        ("100%", ["Tono 100%"]),
        ("%", ["Tono 100%"]),
        ("_", []),
        ("'; drop table", []),
        ("tidak ada", []),
    ],
)
def test_a_visit_is_found_by_name_contact_or_ticket(three, desk, words, found):
    assert names(desk, cari=words) == found


def test_a_visit_is_found_by_day_service_state_and_agency(three, desk):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    assert names(desk, dari=today) == ["Tono 100%", "Budi Contoh"]
    assert names(desk, dari=yesterday, sampai=yesterday) == ["Sari Percobaan"]
    assert names(desk, layanan=Service.objects.get(prefix="K").pk) == ["Tono 100%"]
    assert names(desk, keadaan="left") == ["Tono 100%"]
    assert names(desk, instansi="dinas dua") == ["Sari Percobaan"]
    assert names(desk, instansi="dinas", dari=today) == ["Budi Contoh"]


def test_a_quick_filter_leads_to_its_days_and_is_marked(three, desk):
    today = short_date(timezone.localdate())

    plain = desk.get(LIST).content.decode()
    chosen = desk.get(LIST, {"dari": today, "sampai": today})

    assert f"?dari={quote(today, safe='')}&amp;sampai={quote(today, safe='')}" in plain
    assert len(chosen.context["rows"]) == 2
    assert f'value="{today}"' in chosen.content.decode()
    marked = sum(link.first == link.last for link in days_links(timezone.localdate()))  # two on the first of a month
    assert chosen.content.decode().count('aria-current="true"') == marked + plain.count('aria-current="true"')


def test_the_newest_visit_is_on_top_and_a_page_that_is_not_there_is_the_last(office, desk):
    start = timezone.now().replace(hour=3, minute=0)
    for minute in range(30):
        came(f"Budi Contoh {minute}", taken_at=start + timedelta(minutes=minute))

    assert names(desk)[0] == "Budi Contoh 29"
    assert names(desk, page="999999") == [f"Budi Contoh {minute}" for minute in range(4, -1, -1)]
    assert names(desk, page="x") == names(desk)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"dari": "2026-11-30", "sampai": "2026-11-01"}, "Tanggal akhir lebih awal daripada tanggal awal."),
        ({"dari": "kemarin"}, "Tanggal “kemarin” tidak terbaca. Tulis seperti 28/02/2027."),
        ({"cari": "x" * 5000}, "Paling panjang 200 huruf. Singkatkan; sekarang 5000 huruf."),
    ],
)
def test_a_filter_that_cannot_be_read_is_named_and_finds_nothing(three, desk, filters, words):
    answer = desk.get(LIST, filters)

    assert words in answer.content.decode()
    assert answer.context["rows"] == []


@pytest.mark.parametrize("typed", ["{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0:%d %m %Y}", "{0:%Y-%m-%d}", "{1}"])
def test_a_day_of_the_filter_is_typed_as_on_every_form(three, desk, typed):
    today = timezone.localdate()

    assert names(desk, dari=typed.format(today, plain_date(today))) == ["Tono 100%", "Budi Contoh"]


def test_a_choice_that_is_none_is_ignored(three, desk):
    assert len(names(desk, layanan="9" * 500, keadaan="robot")) == 3


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    office, desk, petugas, counter, django_assert_num_queries, django_assert_max_num_queries
):
    actions.call(VisitFactory(), counter, by=petugas)
    with django_assert_max_num_queries(12) as few:
        desk.get(LIST)

    VisitFactory.create_batch(20)

    with django_assert_num_queries(len(few)):
        desk.get(LIST)


def test_script_in_a_name_is_only_text_on_every_page(desk, petugas):
    visit = VisitFactory(visitor__name=SCRIPT[:200], visitor__agency=SCRIPT)
    actions.correct_visit(visit, changes={"name": f"{SCRIPT} dua"}, reason=SCRIPT, by=petugas)

    for page in (f"{LIST}?cari={SCRIPT}", f"{LIST}{visit.pk}/", f"{LIST}{visit.pk}/perbaiki/"):
        words = desk.get(page).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
        assert "<script>alert" not in words
        assert "<img src=x" not in words


# who may


def test_the_browser_stores_no_page_of_the_guestbook(desk, office):
    visit = VisitFactory()

    for page in (LIST, f"{LIST}{visit.pk}/", f"{LIST}{visit.pk}/perbaiki/"):
        assert "no-store" in desk.get(page)["Cache-Control"]


def test_the_kepala_reads_the_guestbook_but_does_not_correct_it(client_of, kepala, office):
    visit = VisitFactory(note="Hanya untuk petugas.")
    head = client_of(kepala)

    words = head.get(f"{LIST}{visit.pk}/").content.decode()

    assert visit.visitor.name in words
    assert "Hanya untuk petugas." not in words
    assert "perbaiki/" not in words
    assert head.post(f"{LIST}{visit.pk}/perbaiki/", {}).status_code == 403


def test_the_page_of_a_visit_shows_times_note_and_submission(desk, served):
    Visit.objects.filter(pk=served.pk).update(note="Menunggu surat pengantar.")
    submission = SubmissionFactory(visit=served)
    earlier = VisitFactory(day=served.day - timedelta(days=3), taken_at=served.taken_at - timedelta(days=3))

    words = desk.get(f"{LIST}{served.pk}/").content.decode()

    for part in (served.visitor.name, "Menunggu surat pengantar.", submission.register, "Mulai dilayani", "Loket 1"):
        assert part in words
    assert f'href="{LIST}{earlier.pk}/"' in words


# correcting


def typed(visit: Visit, **changes: str) -> dict[str, str]:
    """Return what the page of `visit` sends when the officer changes these fields."""
    visit = Visit.objects.select_related("visitor").get(pk=visit.pk)
    facts = visit_facts(visit)
    return facts | {"shown": ShownVisit(facts).sealed(), "reason": "Salah ketik di kios."} | changes


def correct(desk, visit: Visit, sent: dict[str, str]):
    return desk.post(reverse("guestbook:correct_visit", args=[visit.pk]), sent, follow=True)


def test_each_corrected_fact_is_in_the_history_with_old_value_new_value_and_reason(desk, petugas, served):
    sent = typed(served, name="Budi Contoh, S.Stat.", phone="0813-2222-3333", sex="male")

    answer = correct(desk, served, sent)

    visitor = Visitor.objects.get(pk=served.visitor_id)
    assert (visitor.name, visitor.phone, visitor.sex) == ("Budi Contoh, S.Stat.", "+6281322223333", "male")
    assert (visitor.classified_by, visitor.email) == (petugas, served.visitor.email)
    assert list(served.corrections.values_list("field", "old", "new", "reason", "by")) == [
        ("name", served.visitor.name, "Budi Contoh, S.Stat.", "Salah ketik di kios.", petugas.pk),
        ("phone", "+6281200000001", "+6281322223333", "Salah ketik di kios.", petugas.pk),
        ("sex", "", "Laki-laki", "Salah ketik di kios.", petugas.pk),
    ]
    words = answer.content.decode()
    assert "3 isian diperbaiki." in words
    assert "Semula “0812-0000-0001”, menjadi “0813-2222-3333”." in words
    assert "Semula kosong, menjadi “Laki-laki”." in words
    assert "Alasan: Salah ketik di kios." in words


def test_times_status_and_number_stay_when_service_and_priority_are_corrected(desk, served):
    before = Visit.objects.values("number", "prefix", "status", "taken_at", "called_at", "served_at").get(pk=served.pk)
    service = Service.objects.get(prefix="K")

    correct(desk, served, typed(served, service=str(service.pk), priority="elderly"))

    assert Visit.objects.values(*before).get(pk=served.pk) == before
    served.refresh_from_db()
    assert (served.service, served.priority) == (service, "elderly")
    assert [(one.old, one.new) for one in served.corrections.all()] == [
        ("Rekomendasi Kegiatan Statistik", service.name),
        ("Tidak", "lansia"),
    ]


def test_nothing_changed_writes_nothing(desk, served):
    before = Visitor.objects.values().get(pk=served.visitor_id)

    answer = correct(desk, served, typed(served))

    assert "Tidak ada isian yang berubah." in answer.content.decode()
    assert not VisitCorrection.objects.exists()
    assert Visitor.objects.values().get(pk=served.visitor_id) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " \u200b"}, "Tulis alasannya, contoh: nama salah ketik di kios."),
        ({"name": "\0"}, "Nama tidak boleh kosong."),
        ({"phone": "0812"}, "Nomor telepon belum lengkap"),
        ({"email": "budi@"}, "Belum lengkap, contoh: nama@instansi.go.id"),
        ({"sex": "robot"}, "robot"),
        ({"service": "99999"}, "99999"),
        ({"name": "x" * 201}, "Paling panjang 200 huruf."),
    ],
)
def test_a_correction_that_cannot_be_is_named_and_writes_nothing(desk, served, changes, words):
    answer = correct(desk, served, typed(served, **{"name": "Budi Baru", **changes}))

    assert words in answer.content.decode()
    assert not VisitCorrection.objects.exists()
    assert Visitor.objects.get(pk=served.visitor_id).name == served.visitor.name


def test_an_old_number_that_is_none_does_not_stop_another_correction(desk, served):
    Visitor.objects.filter(pk=served.visitor_id).update(phone="0812")

    correct(desk, served, typed(served, name="Budi Baru"))

    assert Visitor.objects.values_list("name", "phone").get(pk=served.visitor_id) == ("Budi Baru", "0812")


def test_a_page_that_is_not_up_to_date_is_shown_again_and_keeps_what_was_typed(desk, petugas, served):
    sent = typed(served, name="Budi Baru")
    actions.correct_visit(served, changes={"position": "Kepala Bidang"}, reason="Naik jabatan.", by=petugas)

    answer = correct(desk, served, sent)

    form = answer.context["form"]
    assert "Jabatan kini “Kepala Bidang”." in answer.content.decode()
    assert (form["name"].value(), form["position"].value()) == ("Budi Baru", "Kepala Bidang")
    assert Visitor.objects.get(pk=served.visitor_id).name == served.visitor.name

    again = typed(served, name="Budi Baru") | {"shown": form["shown"].value()}
    correct(desk, served, again)

    assert Visitor.objects.values_list("name", "position").get(pk=served.visitor_id) == ("Budi Baru", "Kepala Bidang")


@pytest.mark.parametrize("seal", ["", "bukan segel", "a:b:c", "\0"])
def test_a_page_that_does_not_say_what_it_showed_is_shown_again(desk, served, seal):
    answer = correct(desk, served, typed(served, name="Budi Baru", shown=seal))

    assert "Halaman ini sudah terlalu lama terbuka." in answer.content.decode()
    assert answer.context["form"]["name"].value() == "Budi Baru"
    assert not VisitCorrection.objects.exists()


def test_service_and_priority_wait_for_the_end_of_the_visit(desk, petugas, serving):
    words = desk.get(f"{LIST}{serving.pk}/perbaiki/").content.decode()
    with pytest.raises(NotCorrectable):
        actions.correct_visit(serving, changes={"priority": "elderly"}, reason="Lansia.", by=petugas)
    correct(desk, serving, typed(serving, name="Budi Baru", priority="elderly"))

    assert 'name="service"' not in words
    assert "Kunjungan ini belum selesai." in words
    serving.refresh_from_db()
    assert (serving.visitor.name, serving.priority) == ("Budi Baru", "")


def test_a_visit_with_a_submission_keeps_a_service_that_takes_submissions(desk, served):
    SubmissionFactory(visit=served)

    answer = correct(desk, served, typed(served, service=str(Service.objects.get(prefix="K").pk)))

    assert "Dari kunjungan ini sudah dibuka permohonan" in answer.content.decode()
    served.refresh_from_db()
    assert served.service.prefix == "R"


def test_what_a_submission_copied_from_the_visitor_does_not_change(petugas, served):
    applicant = ApplicantFactory(name=served.visitor.name, phone=served.visitor.phone)
    SubmissionFactory(visit=served, applicant=applicant)

    actions.correct_visit(served, changes={"name": "Budi Baru", "phone": ""}, reason="Keliru.", by=petugas)

    copied = (applicant.name, applicant.phone)
    applicant.refresh_from_db()
    assert (applicant.name, applicant.phone) == copied
    assert Visitor.objects.get(pk=served.visitor_id).name == "Budi Baru"


def test_a_visitor_of_several_visits_is_corrected_for_all_and_the_page_says_so(desk, petugas, served):
    other = VisitFactory(visitor=served.visitor)

    words = desk.get(f"{LIST}{served.pk}/perbaiki/").content.decode()
    actions.correct_visit(served, changes={"name": "Budi Baru", "priority": "elderly"}, reason="Keliru.", by=petugas)
    theirs = desk.get(f"{LIST}{other.pk}/").content.decode()

    assert "berlaku untuk 2 kunjungan" in words
    assert "Nama lengkap diperbaiki" in theirs
    assert "Didahulukan diperbaiki" not in theirs


def test_the_form_tells_that_a_recap_with_the_visit_was_downloaded(desk, petugas, served):
    page = f"{LIST}{served.pk}/perbaiki/"
    year = served.day.year
    ExportLog.objects.create(by=petugas, kind="pdf", period=str(year - 1), rows=1)
    before = desk.get(page).content.decode()
    ExportLog.objects.create(by=petugas, kind="pdf", period=str(year), rows=1)

    assert "sudah diunduh" not in before
    assert "Laporan SKM yang sudah dibekukan atau diunduh tidak ikut berubah." in before
    assert f"Rekap Tahun {year} sudah diunduh" in desk.get(page).content.decode()


def test_the_rail_leads_to_the_guestbook(desk, office):
    words = desk.get(LIST).content.decode()

    assert f'<a href="{LIST}"' in words
    assert "Belum ada kunjungan" in words


def test_no_page_of_the_staff_tells_whether_or_when_a_visitor_rated(desk, served, counter):
    submission = SubmissionFactory(visit=served)
    actions.mark_rated(served)
    assert Visit.objects.get(pk=served.pk).rated_at

    shown = desk.get(f"{LIST}{served.pk}/")
    console = desk.get(f"/loket/{counter.number}/")

    assert [step.words for step in shown.context["journey"]][-2:] == ["Mulai dilayani", "Selesai"]
    assert [event.words for event in shown.context["events"]] == ["Selesai", "Mulai dilayani", "Panggil"]
    assert "Dinilai" not in shown.content.decode()
    assert f"Penilaian {served}" in console.content.decode()  # the code stays as before the rating
    told = [one.words for one in timeline(submission)]
    assert f"{served.ticket}: Selesai" in told
    assert f"{served.ticket}: Dinilai" not in told
    assert "Penilaian" not in [step.name for step in service_steps(submission)]
    assert "Dinilai" not in HEADINGS
