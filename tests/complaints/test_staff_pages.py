import html
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.actions import talking
from complaints.actions.handling import answer, close_complaint
from complaints.actions.talking import give_file, reply
from complaints.models import Complaint, ComplaintTerm
from complaints.reporter import Reporter
from office.formats import long_date
from office.models import Head, User
from recommendations.uploads import PDF
from tests.complaints.acts import act
from tests.factories import UserFactory, assigned_complaint, new_complaint, paper
from tests.pages import page


@pytest.fixture
def desk(client_of, petugas):
    return client_of(petugas)


@pytest.fixture
def head(client_of, kepala):
    return client_of(kepala)


def entered(desk, **facts) -> None:
    form = desk.get("/aduan/catat/").context["form"]
    typed = {"channel": "whatsapp", "text": "Antrian panjang.", "form_token": str(form["form_token"].value())}
    desk.post("/aduan/catat/", typed | facts)


def test_an_officer_enters_a_complaint_and_shows_its_code_once(desk, petugas, kepala):
    entered(desk, reporter_name="Budi Contoh", sp4n_number="LAPOR-123")

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.received_by, complaint.sp4n_number) == ("whatsapp", petugas, "LAPOR-123")
    assert complaint.shown_code in page(desk, "/aduan/catat/tanda-terima/", "Tanda terima pengaduan")
    assert desk.get("/aduan/catat/tanda-terima/")["Location"] == "/aduan/"
    assert complaint.shown_code not in page(desk, f"/aduan/{complaint.key}/", complaint.short_code)


@pytest.mark.parametrize("channel", ["", "page", "kiosk", "rating", "surat"])
def test_an_officer_enters_only_channels_that_do_not_enter_themselves(desk, kepala, channel):
    entered(desk, channel=channel)
    assert Complaint.objects.count() == 0

    entered(desk, channel="spoken")
    assert Complaint.objects.get().channel == "spoken"


def test_a_confidential_complaint_that_an_officer_entered_is_closed_to_them(desk, kepala):
    entered(desk, is_confidential="on", reporter_name="Budi Contoh")

    complaint = Complaint.objects.get()
    assert complaint.shown_code in page(desk, "/aduan/catat/tanda-terima/", "Tanda terima pengaduan")
    assert desk.get(f"/aduan/{complaint.key}/").status_code == 404
    assert complaint.short_code not in page(desk, "/aduan/?saring=semua", "Pengaduan")


def test_an_officer_enters_no_complaint_about_themself(desk, petugas, kepala):
    form = desk.get("/aduan/catat/").context["form"]
    typed = {"channel": "box", "text": "Petugas tidur.", "form_token": str(form["form_token"].value())}

    answered = desk.post("/aduan/catat/", typed | {"about": petugas.pk})
    refused = answered.content.decode()
    assert answered.status_code == 422

    assert "Pengaduan tentang Anda tidak dapat Anda catat sendiri." in refused
    assert "Petugas tidur." in refused
    assert Complaint.objects.count() == 0


def test_the_kepala_assigns_and_the_officer_answers_and_closes(desk, head, petugas, kepala):
    complaint = new_complaint()
    term = ComplaintTerm.objects.get(code="sederhana")
    assert "1 belum ditugaskan" in page(head, "/aduan/", complaint.short_code)

    act(head, complaint, "tugaskan", assigned_to=petugas.pk, term=term.pk, element="waktu")
    act(desk, complaint, "tanya", text="Loket berapa?")
    due_on = f"{timezone.localdate() + timedelta(days=7):%d/%m/%Y}"
    act(desk, complaint, "rencana", text="Tambah loket.", due_on=due_on)
    act(desk, complaint, "tanggapi", text="Loket ditambah.")
    act(desk, complaint, "selesaikan", outcome="done", note="Dua loket dibuka.")

    complaint.refresh_from_db()
    assert (complaint.status, complaint.outcome, complaint.element) == ("closed", "done", "waktu")
    assert [message.kind for message in complaint.messages.all()] == ["ask", "plan", "answer"]
    assert "Dua loket dibuka." in page(desk, f"/aduan/{complaint.key}/", "Hasil: Terbukti, sudah diperbaiki")


def test_only_who_assigns_reads_how_many_are_unassigned(desk, head, petugas, kepala):
    entered(desk)
    short = Complaint.objects.get().short_code

    mine, heads = (page(reader, "/aduan/", short) for reader in (desk, head))

    assert "Tidak ada yang terlambat, 1 belum ditugaskan" in heads
    assert "Belum ditugaskan</a>" in heads
    assert "Tidak ada yang terlambat" in mine
    assert "elum ditugaskan" not in mine


def test_no_choice_of_the_acts_is_a_row_of_dashes(desk, head, kepala):
    complaint = new_complaint()

    shown = page(head, f"/aduan/{complaint.key}/", "Pilih pegawai") + page(desk, "/aduan/catat/", "Pilih saluran")

    assert "Pilih golongan" in shown
    assert "---------" not in shown


def test_the_number_of_those_that_wait_is_beside_the_link_on_the_pages_of_the_day(desk, head, petugas, kepala):
    assigned_complaint(petugas, by=kepala)
    new_complaint()

    for reader, address in ((desk, "/ringkasan/hari-ini/"), (head, "/rekap/"), (head, "/ringkasan/triwulan/2026/4/")):
        assert '1<span class="visually-hidden"> pengaduan menunggu Anda' in page(reader, address, "Aduan")


def test_a_refusal_is_shown_on_the_page(head, petugas, kepala):
    complaint, term = new_complaint(), ComplaintTerm.objects.get(code="sederhana")
    UserFactory(name="Dewi Contoh").groups.set(petugas.groups.all())

    wrong = {"assigned_to": petugas.pk, "about": petugas.pk, "term": term.pk}
    shown = act(head, complaint, "tugaskan", **wrong).content.decode()

    assert "Pengaduan ini tentang Rina Contoh" in shown
    assert Complaint.objects.get().assigned_to is None


def test_the_page_offers_only_the_acts_of_its_reader(desk, head, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    mine, heads = (page(reader, f"/aduan/{complaint.key}/", "Isi dan percakapan") for reader in (desk, head))

    assert "Kirim tanggapan" in mine
    assert 'id="tugaskan"' not in mine
    assert 'id="tugaskan"' in heads
    assert "Kirim tanggapan" not in heads
    assert "Selesaikan pengaduan" not in mine


def test_an_officer_opens_no_complaint_of_another(desk, kepala):
    complaint = new_complaint()

    answers = [desk.get(f"/aduan/{complaint.key}/"), desk.post(f"/aduan/{complaint.key}/tanggapi/", {"text": "Ya."})]

    assert [one.status_code for one in answers] == [404, 404]


def test_the_officer_complained_about_sees_nothing_of_it(desk, petugas, kepala):
    complaint = new_complaint(about=petugas)

    assert desk.get(f"/aduan/{complaint.key}/").status_code == 404
    assert complaint.short_code not in page(desk, "/aduan/?saring=semua", "Pengaduan")


@pytest.mark.parametrize(
    ("filters", "is_there"),
    [
        ("", True),
        ("?saring=saya", False),
        ("?saring=belum-ditugaskan", True),
        ("?saring=terlambat", False),
        ("?saring=semua", True),
        ("?saring=apa", True),
        ("?cari={:.4}", True),
        ("?cari={}", True),
        ("?cari=2", False),
    ],
)
def test_the_register_is_filtered_and_searched_by_code(head, kepala, filters, is_there):
    complaint = new_complaint()

    shown = page(head, f"/aduan/{filters.format(complaint.code)}", "Pengaduan")

    assert (complaint.short_code in shown) == is_there


def test_a_closed_complaint_stays_in_the_register_without_a_due_date(head, desk, petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    close_complaint(complaint, outcome="done", note="Selesai.", by=petugas)

    assert complaint.short_code in page(head, "/aduan/?saring=semua", "Pengaduan")
    assert complaint.short_code not in page(head, "/aduan/", "Pengaduan")
    assert "Hasil: Terbukti" in page(desk, f"/aduan/{complaint.key}/", complaint.short_code)


def test_the_kepala_handles_a_complaint_about_the_only_officer_to_its_end(head, petugas, kepala):
    complaint = new_complaint(about=petugas)

    act(head, complaint, "tanggapi", text="Kami tegur.")
    shown = page(head, "/aduan/", complaint.short_code)
    act(head, complaint, "selesaikan", outcome="done", note="Sudah ditegur.")

    assert "Ditanggapi" in shown
    assert Complaint.objects.get().status == "closed"


def test_an_officer_finds_no_code_of_another(desk, kepala):
    complaint = new_complaint()

    assert complaint.short_code not in page(desk, f"/aduan/?cari={complaint.code}", "Pengaduan")


def test_the_register_marks_what_is_late_and_what_waits(head, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    Complaint.objects.update(first_due_on=timezone.localdate() - timedelta(days=1))

    shown = page(head, "/aduan/?saring=terlambat", complaint.short_code)

    assert "Terlambat" in shown
    assert "Menunggu tanggapan" in shown
    assert "1 terlambat" in shown


def test_a_long_register_needs_no_more_queries(head, petugas, kepala):
    new_complaint()
    few = queries_of(head)
    for _ in range(27):
        assigned_complaint(petugas, by=kepala)

    assert queries_of(head) == few
    assert "Halaman 1 dari 2" in head.get("/aduan/").content.decode()


def queries_of(head) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert head.get("/aduan/").status_code == 200
    return len(queries)


def test_the_badge_counts_what_waits_for_its_reader(desk, head, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    new_complaint()

    assert desk.get("/aduan/").context["complaints_waiting"] == 1
    assert head.get("/aduan/").context["complaints_waiting"] == 1
    assert "pengaduan menunggu Anda" in page(head, "/ringkasan/", "Ringkasan")
    answer(complaint, text="Ya.", by=petugas)
    assert desk.get("/aduan/").context["complaints_waiting"] == 0
    reply(complaint, text="Belum.")
    assert desk.get("/aduan/").context["complaints_waiting"] == 1


def test_a_file_is_downloaded_unchanged_by_who_may_see_it(desk, petugas, kepala):
    mine, other = assigned_complaint(petugas, by=kepala), new_complaint()
    given, foreign = (give_file(one, file=paper("bukti.pdf"), content_type=PDF) for one in (mine, other))

    answered = desk.get(f"/aduan/{given.complaint.key}/berkas/1/")

    assert b"".join(answered).startswith(b"%PDF")
    assert answered["Content-Disposition"] == 'attachment; filename="berkas-1.pdf"'
    assert desk.get(f"/aduan/{foreign.complaint.key}/berkas/1/").status_code == 404


def test_a_lost_file_is_told_on_the_page(desk, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    given = give_file(complaint, file=paper("bukti.pdf"), content_type=PDF)
    default_storage.delete(given.file.name)

    shown = desk.get(f"/aduan/{given.complaint.key}/berkas/1/", follow=True).content.decode()

    assert "berkas-1.pdf tidak ada di penyimpanan kantor." in shown


def test_an_anonymous_complaint_shows_no_minute(head, kepala):
    anonymous, named = new_complaint(), new_complaint(reporter=Reporter(name="Budi Contoh"))
    minute = f"{timezone.localtime(anonymous.received_at):%H.%M} WITA"

    assert minute not in page(head, f"/aduan/{anonymous.key}/", "Isi dan percakapan")
    assert f"{timezone.localtime(named.received_at):%H.%M} WITA" in page(head, f"/aduan/{named.key}/", "Budi Contoh")


def test_the_admin_changes_a_term_but_makes_and_deletes_none(client_of, admin_user):
    admin = client_of(admin_user)
    term = ComplaintTerm.objects.get(code="sederhana")

    admin.post(
        f"/kantor/complaints/complaintterm/{term.pk}/change/", {"name": term.name, "days": 7, "unit": "calendar"}
    )

    term.refresh_from_db()
    assert (term.days, term.unit) == (7, "calendar")
    assert admin.get("/kantor/complaints/complaintterm/add/").status_code == 403
    assert admin.get(f"/kantor/complaints/complaintterm/{term.pk}/delete/").status_code == 403


def test_an_officer_enters_a_complaint_with_its_files(desk, petugas, kepala):
    entered(desk, channel="whatsapp", papers=[paper("foto.pdf")])

    complaint = Complaint.objects.get()
    given = complaint.events.last()
    assert complaint.files.get().name == "berkas-1.pdf"
    assert (given.words, given.note, given.who) == ("Pengaduan diterima", "berkas berkas-1.pdf", str(petugas))
    assert "berkas-1.pdf" in page(desk, f"/aduan/{complaint.key}/", complaint.short_code)


def test_a_file_that_is_not_what_it_says_is_refused_at_the_desk_too(desk, kepala):
    form = page(desk, "/aduan/catat/", "Catat pengaduan")
    lie = SimpleUploadedFile("foto.pdf", b"MZ not a pdf", content_type="application/pdf")
    typed = {"channel": "whatsapp", "text": "Antrian panjang.", "form_token": str(uuid.uuid4()), "papers": [lie]}

    refused = desk.post("/aduan/catat/", typed).content.decode()

    assert 'enctype="multipart/form-data"' in form
    assert "foto.pdf:" in refused
    assert "Antrian panjang." in refused
    assert Complaint.objects.count() == 0


def test_a_file_that_finds_no_room_is_named_on_the_receipt(desk, kepala, monkeypatch):
    monkeypatch.setattr(talking, "MOST_FILES", 0)

    entered(desk, channel="whatsapp", papers=[paper("foto.pdf")])

    shown = html.unescape(page(desk, "/aduan/catat/tanda-terima/", "Tanda terima pengaduan"))
    assert "Pengaduan tersimpan, tetapi berkas tidak:" in shown
    assert Complaint.objects.get().files.count() == 0


def test_the_receipt_says_what_happens_next_and_where(desk, office, kepala):
    entered(desk)

    shown = page(desk, "/aduan/catat/tanda-terima/", "Tanda terima pengaduan")

    complaint = Complaint.objects.get()
    assert long_date(complaint.first_due_on) in shown
    assert office.full_address("/pengaduan/ikuti/") in shown
    assert 'src="data:image/svg+xml' in shown
    assert 'data-copy-from="complaint-code"' in shown
    assert "data-print" in shown
    assert complaint.text not in shown


def opened_acts(shown: str) -> list[str]:
    """Return the ids of the acts whose form is open."""
    acts = re.findall(r'<details class="act-fold"\s+id="(\w+)"\s+name="act"\s*(open)?\s*>', shown)
    assert acts
    return [name for name, is_open in acts if is_open]


def test_every_act_is_closed_until_it_is_wanted(desk, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    assert opened_acts(page(desk, f"/aduan/{complaint.key}/", "Tindakan")) == []


def test_a_form_with_a_mistake_stays_open_with_what_was_typed(desk, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    refused = desk.post(f"/aduan/{complaint.key}/rencana/", {"text": "Tambah loket.", "due_on": "kapan-kapan"})
    shown = refused.content.decode()

    assert refused.status_code == 422
    assert opened_acts(shown) == ["rencana"]
    assert "Tambah loket." in shown
    assert complaint.messages.count() == 0


def test_a_refused_act_stays_open_with_its_reason(desk, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)

    shown = act(desk, complaint, "selesaikan", outcome="done", note="Dua loket.").content.decode()

    assert opened_acts(shown) == ["selesaikan"]
    assert "Dua loket." in shown
    assert "tidak dapat dilakukan sekarang" in shown


def test_an_officer_who_hands_a_complaint_on_comes_to_the_register(desk, petugas, kepala):
    complaint = new_complaint(about=kepala, reporter=Reporter(name="Budi Contoh"))
    other = UserFactory(name="Dewi Contoh")
    other.groups.set(petugas.groups.all())
    typed = {"assigned_to": other.pk, "term": ComplaintTerm.objects.get(code="sederhana").pk}

    answered = act(desk, complaint, "tugaskan", **typed)

    assert answered["Location"] == "/aduan/"
    assert "Pengaduan ditugaskan." in page(desk, "/aduan/", "Pengaduan")


def test_a_search_with_three_letters_says_why_it_finds_nothing(head, kepala):
    complaint = new_complaint()

    short, long = (page(head, f"/aduan/?cari={text}", "Pengaduan") for text in (complaint.code[:3], complaint.code[:4]))

    assert "Ketik sedikitnya 4 huruf atau angka pertama dari kode." in short
    assert "Ketik sedikitnya" not in long
    assert complaint.short_code in long


def test_who_does_not_head_the_office_today_gets_no_form_to_assign(client_of, head, petugas, kepala):
    complaint = new_complaint()
    assert 'id="tugaskan"' in page(head, f"/aduan/{complaint.key}/", "Isi dan percakapan")

    Head.objects.update(until_on=timezone.localdate() - timedelta(days=1))

    assert 'id="tugaskan"' not in page(head, f"/aduan/{complaint.key}/", "Isi dan percakapan")


def test_a_complaint_of_an_officer_who_left_waits_for_the_kepala(head, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    assert head.get("/aduan/").context["complaints_waiting"] == 0

    User.objects.filter(pk=petugas.pk).update(is_active=False)

    shown = page(head, "/aduan/?saring=belum-ditugaskan", complaint.short_code)
    assert "Tidak aktif lagi" in shown
    assert head.get("/aduan/").context["complaints_waiting"] == 1


@pytest.mark.parametrize(("name", "clocks"), [("", 0), ("Budi Contoh", 2)])
def test_only_a_receipt_with_a_name_has_its_clock_in_the_history(name, clocks, desk, petugas, kepala):
    entered(desk, reporter_name=name)
    complaint = Complaint.objects.get()

    shown = page(desk, f"/aduan/{complaint.key}/", "Riwayat")

    assert shown.count("WITA") == clocks


def test_an_end_that_is_sent_twice_is_one_and_the_second_time_no_refusal(desk, petugas, kepala):
    complaint = answer(assigned_complaint(petugas, by=kepala), text="Ya.", by=petugas)
    shown = desk.get(f"/aduan/{complaint.key}/").context
    token = str(shown["acts"]["close"]["form_token"].value())
    typed = {"shown": shown["shown"], "outcome": "done", "note": "Selesai.", "form_token": token}

    answers = [desk.post(f"/aduan/{complaint.key}/selesaikan/", typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert complaint.events.filter(move="close").count() == 1


@pytest.mark.parametrize(("name", "move"), [("tanggapi", "answer"), ("tanya", "ask"), ("rencana", "plan")])
def test_a_message_of_the_officer_that_is_sent_twice_is_one(name, move, desk, petugas, kepala):
    complaint = assigned_complaint(petugas, by=kepala)
    shown = desk.get(f"/aduan/{complaint.key}/")
    token = str(shown.context["acts"][move]["form_token"].value())
    due_on = {"due_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"} if move == "plan" else {}
    typed = {"shown": shown.context["shown"], "text": "Kami periksa.", "form_token": token} | due_on

    answers = [desk.post(f"/aduan/{complaint.key}/{name}/", typed) for _ in range(2)]

    assert f'value="{token}"' in shown.content.decode()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert complaint.messages.count() == complaint.events.filter(move=move).count() == 1
