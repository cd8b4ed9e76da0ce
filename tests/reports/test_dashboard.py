"""The dashboards of an officer and of the Kepala."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.actions.handling import answer, close_complaint
from complaints.models import Complaint
from ratings.models import FollowUp
from recommendations.letter.actions.replacing import want_replacement
from recommendations.promise.alerts import alert
from reports.overview import greeting
from tests import factories
from tests.pages import page
from tests.reports.conftest import WITA, handed, issued, recorded, returned, verified

DASHBOARD = reverse("reports:dashboard")


@pytest.fixture
def desk(at, agencies, petugas, dewi, kepala):
    """Set up Thursday 31 December 2026, 09.00. Dewi has one submission, late with a reason; Rina has the others."""
    made = {}
    days = {"explained": "11-13", "silent": "11-16", "today": "11-17", "soon": "11-19"}
    for name, day in days.items():  # due on 29/12, 30/12, 31/12, 6/1
        at(f"{day} 09:00")
        made[name] = recorded(dewi if name == "explained" else petugas, agencies.health)
    made["explained"].rounds.update(late_reason="Menunggu walidata.")
    at("12-01 09:00")
    made |= {name: recorded(petugas, agencies.social) for name in ("waiting", "answered", "head")}
    at("12-03 09:00")
    returned(made["waiting"], petugas)
    returned(made["answered"], petugas)
    made["answered"].rounds.filter(number=1).update(answered_at=timezone.now())
    verified(made["head"], petugas)
    at("12-31 09:00")
    return made


def values(answer) -> dict:
    return {tile.name: (tile.value, tile.note) for tile in answer.context["tiles"]}


def names(section, desk) -> list[str]:
    called = {submission.pk: name for name, submission in desk.items()}
    return [called[row["submission"].pk] for row in section.rows]


def test_an_officer_sees_their_own_submissions_by_days_left_and_those_that_wait(desk, petugas, client_of):
    answer = client_of(petugas).get(DASHBOARD)

    said = answer.context
    assert names(said["urgent"], desk) == ["silent", "today", "soon", "head", "answered", "waiting"]
    assert [row["due"].say for row in said["urgent"].rows][:4] == [
        "Terlambat 1 hari kerja",
        "Hari ini",
        "Segera",
        "Setengah waktu",
    ]
    assert (names(said["answers_in"], desk), names(said["with_head"], desk)) == (["answered"], ["head"])
    assert values(answer) == {
        "Milik saya": (6, "belum selesai"),
        "Terlambat": (1, "1 tanpa sebab tertulis"),
        "Dalam 5 hari kerja": (2, "1 jatuh tempo hari ini"),
        "Menunggu pemohon": (2, "1 sudah dijawab"),
        "Menunggu Kepala": (1, "1 perlu terbit, 0 perlu tanda tangan"),
        "Pengaduan saya": (0, "0 lewat jatuh tempo"),
    }
    page = answer.content.decode()
    assert "Sebab belum ditulis" in page
    assert "Jawaban masuk" in page
    assert "Beban petugas" not in page


def test_the_kepala_sees_all_late_submissions_their_reasons_and_each_officer_s_load(
    desk, kepala, petugas, client_of, at
):
    at("12-17 09:00")
    issued(desk["head"], kepala)
    handed(desk["head"], petugas)
    at("12-31 09:00")

    answer = client_of(kepala).get(DASHBOARD)

    page = " ".join(answer.content.decode().split())
    assert names(answer.context["urgent"], desk) == ["explained", "silent", "today", "soon"]
    assert "Sebab: Menunggu walidata." in page
    assert "<b>Sebab belum ditulis</b>" in page
    found = [(load.name, load.open, load.near, load.late, load.age) for load in answer.context["loads"]]
    # working days up to 31/12, a Thursday, without 24 and 25/12: since 16, 17 and 19/11 31, 30, 28; since 1/12 20 each.
    # Rina's, including the one sent but not closed: 20, 20, 20, 28, 30, 31; the median is between 20 and 28
    assert found == [("Rina Contoh", 6, 2, 1, 24.0), ("Dewi Contoh", 1, 0, 1, 32.0)]
    assert values(answer) == {
        "Menunggu Anda": (0, "0 perlu terbit, 0 perlu tanda tangan"),
        "Terlambat": (2, "1 tanpa sebab tertulis"),
        "Dalam 5 hari kerja": (2, "1 jatuh tempo hari ini"),
        "Permohonan terbuka": (7, "2 menunggu pemohon, 1 sudah dijawab"),
        "Janji layanan ditepati": (
            "100,0 %",
            "3 dari 3 putaran, Triwulan IV 2026; 2 lewat jatuh tempo belum ada hasil",
        ),
        "Hasil ditunggu": (0, "0 lewat tanggal rilis, 0 tanpa tanggal"),
        "Kunjungan hari ini": (0, "0 selesai dilayani"),
        "Menunggu sekarang": (0, "antrian kosong"),
        "Kunjungan bulan ini": ("0", "November 2026: 0"),
        "IKM": ("–", "Responden belum cukup: 0 dari paling sedikit 5."),
        "Pengaduan terbuka": (0, "0 lewat jatuh tempo"),
        "Tindak lanjut SKM": (0, "0 lewat jatuh tempo"),
    }


def test_what_waits_for_the_kepala_is_counted_until_it_is_signed(desk, petugas, kepala, agencies, client_of):
    issued(desk["head"], kepala)  # and not signed
    wrong = recorded(petugas, agencies.social)
    verified(wrong, petugas)
    issued(wrong, kepala)
    want_replacement(wrong.letter, reason="Judul keliru.", by=kepala)

    for person, tile in ((petugas, "Menunggu Kepala"), (kepala, "Menunggu Anda")):
        answer = client_of(person).get(DASHBOARD)
        assert values(answer)[tile] == (2, "1 perlu terbit, 1 perlu tanda tangan")
        tab = client_of(person).get(reverse("recommendations:submission_list"), {"lingkup": "kepala"})
        assert tab.context["page"].paginator.count == 2
    waiting = client_of(petugas).get(DASHBOARD).context["with_head"].rows
    assert {row["submission"].pk for row in waiting} == {desk["head"].pk, wrong.pk}


def test_every_figure_links_to_a_list_of_the_same_length(desk, petugas, kepala, client_of):
    checked = 0
    for person in (petugas, kepala):
        client = client_of(person)
        for tile in client.get(DASHBOARD).context["tiles"]:
            answer = client.get(tile.url)

            assert answer.status_code == 200, tile
            if tile.url.startswith(reverse("recommendations:submission_list")):
                assert answer.context["page"].paginator.count == tile.value, tile
                checked += 1
    assert checked == 8


def test_today_s_alerts_are_said_in_the_alert_s_own_words(desk, petugas, kepala, client_of):
    assert "Hari ini tidak ada e-mail peringatan" in client_of(kepala).get(DASHBOARD).content.decode()
    alert(timezone.localdate())

    own, all_of_them = (client_of(person).get(DASHBOARD).context["alerts"] for person in (petugas, kepala))

    address = {name: reverse("recommendations:deadline", args=[submission.pk]) for name, submission in desk.items()}
    assert [(one.url, one.words, one.kind) for one in own] == [
        (address["silent"], "Terlambat", "late"),
        (address["today"], "Jatuh tempo hari ini", "warn"),
        (address["soon"], "Sisa 2 hari kerja atau kurang", "warn"),
        (address["head"], "Setengah waktu sudah lewat", "ok"),
    ]
    assert [one.url for one in all_of_them] == [address["explained"], *(one.url for one in own)]


def test_an_officer_sees_their_own_complaints_and_those_that_are_due(desk, petugas, dewi, kepala, client_of, at):
    at("12-21 09:00")
    late, soon, later = (factories.assigned_complaint(petugas, by=kepala, text="Rahasia saya.") for _ in range(3))
    other, closed = (factories.assigned_complaint(officer, by=kepala) for officer in (dewi, petugas))
    close_complaint(answer(closed, text="Ya.", by=petugas), outcome="done", note="Selesai.", by=petugas)
    dues = {late: "2026-12-30", soon: "2027-01-04", later: "2027-01-05", other: "2026-12-31", closed: "2026-12-30"}
    for complaint, day in dues.items():
        Complaint.objects.filter(pk=complaint.pk).update(responded_at=timezone.now(), due_on=day)
    at("12-31 09:00")
    alert(timezone.localdate())

    mine, all_of_them = (client_of(person).get(DASHBOARD) for person in (petugas, kepala))

    assert values(mine)["Pengaduan saya"] == (3, "1 lewat jatuh tempo")
    named = [(one.name, one.words) for one in mine.context["alerts"] if one.name.startswith("Pengaduan")]
    # the next working day after Thursday 31 December is Monday 4 January
    assert named == [
        (f"Pengaduan {late.short_code}", "Terlambat"),
        (f"Pengaduan {soon.short_code}", "Sisa 2 hari kerja atau kurang"),
    ]
    assert "paling lambat 30/12/2026" in mine.content.decode()
    assert mine.context["alerts"][-1].words == "Setengah waktu sudah lewat"
    assert "Pengaduan saya" not in values(all_of_them)
    assert f"Pengaduan {other.short_code}" in {one.name for one in all_of_them.context["alerts"]}
    assert f'href="{reverse("complaints:complaint_detail", args=[late.key])}"' in mine.content.decode()
    assert "Rahasia saya." not in mine.content.decode()


def test_the_kepala_reads_what_is_late_of_each_kind(at, petugas, kepala, client_of):
    at("12-21 09:00")
    complaint = factories.assigned_complaint(petugas, by=kepala)
    measure = {"period": "2026-T3", "action": "Tambah satu loket.", "responsible": petugas}
    FollowUp.objects.create(aspect="waktu", due_on="2026-12-30", **measure)
    FollowUp.objects.create(aspect="sarana", due_on="2027-01-04", **measure)
    at("12-31 09:00")
    Complaint.objects.filter(pk=complaint.pk).update(responded_at=timezone.now(), due_on="2026-12-30")

    head, mine = (client_of(person).get(DASHBOARD) for person in (kepala, petugas))

    assert [(line.name, line.words) for line in head.context["lateness"]] == [
        ("Permohonan", "tidak ada yang terlambat"),
        ("Pengaduan", "1 terlambat"),
        ("Tindak lanjut SKM", "1 terlambat"),
    ]
    assert "Tidak ada permohonan yang terlambat" in head.content.decode()
    assert mine.context["lateness"] == []
    for person in (head, mine):
        assert [(one.name, one.words, str(one.due_on)) for one in person.context["alerts"]] == [
            (f"Pengaduan {complaint.short_code}", "Terlambat", "2026-12-30"),
            ("Tindak lanjut Waktu, Triwulan III 2026", "Terlambat", "2026-12-30"),
            ("Tindak lanjut Sarana dan prasarana, Triwulan III 2026", "Sisa 2 hari kerja atau kurang", "2027-01-04"),
        ]


def test_the_tile_of_ones_own_complaints_leads_to_them(desk, petugas, dewi, kepala, client_of):
    for officer in (petugas, petugas, dewi):
        factories.assigned_complaint(officer, by=kepala)
    client = client_of(petugas)
    tile = next(one for one in client.get(DASHBOARD).context["tiles"] if one.name == "Pengaduan saya")

    listed = client.get(tile.url)

    assert tile.value == listed.context["page"].paginator.count == 2


def test_it_needs_the_same_queries_for_many_submissions(desk, petugas, kepala, agencies, client_of):
    def queries(person) -> int:
        client = client_of(person)
        client.get(DASHBOARD)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(DASHBOARD).status_code == 200
        return len(asked)

    before = [queries(petugas), queries(kepala)]
    for _ in range(3):
        verified(recorded(petugas, agencies.health), petugas)
        recorded(factories.UserFactory(), agencies.health).rounds.update(due_on="2026-12-30")

    assert [queries(petugas), queries(kepala)] == before
    assert max(before) <= 45


def test_an_empty_office_says_so(office, petugas, kepala, client_of):
    for person in (petugas, kepala):
        page = client_of(person).get(DASHBOARD).content.decode()

        assert "Tidak ada" in page
    assert "–" in page  # no share without promises


def test_the_admin_has_no_dashboard_and_no_link_to_it(office, admin_user, client_of):
    assert client_of(admin_user).get(DASHBOARD).status_code == 403
    assert DASHBOARD not in page(client_of(admin_user), reverse("office:account"), "Akun Anda")


def test_each_role_has_its_first_page_and_a_link_to_the_dashboard(office, petugas, kepala, client_of):
    for person, first in ((petugas, "guestbook:counter_list"), (kepala, "recommendations:letter_queue")):
        client = client_of(person)

        assert client.get(reverse("office:home")).url == reverse(first)
        assert f'href="{DASHBOARD}"' in client.get(reverse(first)).content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "pagi"), (10, "pagi"), (11, "siang"), (15, "sore"), (18, "malam"), (23, "malam")]
)
def test_the_greeting_is_that_of_the_hour(hour, words):
    assert greeting(datetime(2026, 11, 23, hour, tzinfo=WITA)) == f"Selamat {words}"
