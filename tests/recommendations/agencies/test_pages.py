import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.agencies.actions.emails import confirm_otherwise
from recommendations.agencies.actions.merging import merge_agency
from recommendations.models import Agency, Applicant
from tests.factories import AgencyFactory, ApplicantFactory, SubmissionFactory

LIST = reverse("recommendations:agency_list")
SCRIPT = "<script>alert(1)</script> Dinas"


def at(name: str, *rows) -> str:
    return reverse(f"recommendations:{name}", args=[row.pk for row in rows])


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cari": "disbudporapar"}, 1),
        ({"cari": "kepemudaan dan olahraga"}, 1),
        ({"cari": "SUNGAI BILU"}, 1),
        ({"cari": "tidak ada"}, 0),
        ({"cari": "\u200b"}, 25),
        ({"jenis": "kecamatan"}, 5),
        ({"jenis": "kecamatan' --"}, 25),
        ({"lingkup": "lama"}, 0),
        ({"lingkup": "periksa", "jenis": "kecamatan"}, 5),
        ({"lingkup": "x", "page": "99999"}, 21),
    ],
)
def test_the_list_is_searched_by_every_name_and_narrowed(petugas, client_of, asked, found):
    answer = client_of(petugas).get(LIST, asked)

    assert len(answer.context["page"]) == found


def test_the_list_counts_contacts_and_submissions(petugas, client_of):
    agency = AgencyFactory(name="Dinas Contoh")
    people = ApplicantFactory.create_batch(2, agency=agency)
    SubmissionFactory.create_batch(3, applicant=people[0])
    SubmissionFactory(applicant=people[1])

    row = client_of(petugas).get(LIST, {"cari": "dinas contoh"}).context["page"][0]

    assert (row.applicant_count, row.submission_count) == (2, 4)


def test_the_list_asks_the_database_equally_often_for_many_rows(petugas, client_of):
    client = client_of(petugas)
    few = queries(client, f"{LIST}?cari=kecamatan")

    SubmissionFactory.create_batch(5)

    assert queries(client, f"{LIST}?cari=dinas") == few


def test_the_page_of_an_agency_asks_equally_often_for_many_people(petugas, client_of):
    client, agency = client_of(petugas), AgencyFactory()
    SubmissionFactory(applicant__agency=agency)
    few = queries(client, at("agency_detail", agency))

    for applicant in ApplicantFactory.create_batch(4, agency=agency):
        SubmissionFactory.create_batch(2, applicant=applicant)

    assert queries(client, at("agency_detail", agency)) == few


def test_the_admin_sees_the_agency_but_no_contacts_or_submissions(admin_user, petugas, client_of):
    applicant = ApplicantFactory(name="Sari Rahasia")
    confirm_otherwise(applicant, reason="Membalas di loket", by=petugas)
    SubmissionFactory(applicant=applicant, title="Survei Rahasia")

    page = client_of(admin_user).get(at("agency_detail", applicant.agency)).content.decode()

    assert "Rahasia" not in page
    assert applicant.email not in page
    assert "1 kontak dan 1 permohonan" in page


def test_the_officer_sees_people_without_the_buttons_of_the_admin(petugas, client_of):
    applicant = ApplicantFactory()

    page = client_of(petugas).get(at("agency_detail", applicant.agency)).content.decode()

    assert applicant.email in page
    assert "Gabungkan" not in page


def test_the_admin_records_renames_and_adds_a_name(admin_user, client_of):
    client = client_of(admin_user)
    facts = {
        "name": "Dinas Contoh",
        "short": "DC",
        "kind": "dinas",
        "code": "",
        "place": "Banjarmasin",
        "is_active": "on",
    }
    client.post(reverse("recommendations:agency_add"), facts)
    agency = Agency.objects.get(name="Dinas Contoh")

    client.post(at("agency_edit", agency), facts | {"name": "Dinas Contoh Baru"})
    client.post(at("add_alias", agency), {"name": "DCB"})
    page = client.get(at("agency_detail", agency)).content.decode()

    assert "Dinas Contoh Baru" in page
    assert [alias.name for alias in agency.aliases.all()] == ["DC", "DCB", "Dinas Contoh"]
    assert "Dinas Contoh menjadi Dinas Contoh Baru" in page


def test_the_admin_sees_whom_a_letter_addresses_and_changes_it(admin_user, client_of):
    client = client_of(admin_user)
    agency = AgencyFactory(name="Kelurahan Contoh", kind="kelurahan")
    facts = {
        "name": agency.name,
        "short": "",
        "kind": "kelurahan",
        "code": "",
        "place": "Banjarmasin",
        "is_active": "on",
    }
    suggested = client.get(at("agency_edit", agency)).content.decode()
    before = client.get(at("agency_detail", agency)).content.decode()

    client.post(at("agency_edit", agency), facts | {"addressed_to": "Pj. Lurah Contoh"})
    after = client.get(at("agency_detail", agency)).content.decode()

    assert 'placeholder="Lurah Contoh"' in suggested
    assert "Yth. Lurah Contoh" in before
    assert "Yth. Pj. Lurah Contoh" in after
    assert "kepada siapa surat ditujukan" in after


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Tulis nama resmi instansi."),
        ("...", "Tulis namanya dengan huruf."),
        ("x" * 201, "Paling panjang 200 huruf"),
        ("dinas pendidikan kota  BANJARMASIN", "sudah menjadi nama Dinas Pendidikan Kota Banjarmasin"),
        ("Disdik", "sudah menjadi nama Dinas Pendidikan Kota Banjarmasin"),
    ],
)
def test_a_refused_name_is_explained_in_the_form(admin_user, client_of, name, words):
    facts = {"name": name, "short": "", "kind": "dinas", "place": "Banjarmasin"}

    answer = client_of(admin_user).post(reverse("recommendations:agency_add"), facts)

    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_a_script_in_a_name_is_only_text(admin_user, client_of):
    agency = AgencyFactory(name=SCRIPT, short="<b>x</b>")
    client = client_of(admin_user)

    for address in (
        at("agency_detail", agency),
        f"{LIST}?cari=script",
        at("agency_edit", agency),
        at("merge_choose", agency),
    ):
        page = client.get(address).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_a_merge_is_previewed_confirmed_and_shown_on_the_page(admin_user, client_of):
    old, new = AgencyFactory(name="Dinas Lama Contoh"), AgencyFactory(name="Dinas Baru Contoh")
    SubmissionFactory(applicant__agency=old)
    client = client_of(admin_user)

    chosen = client.get(at("merge_choose", old), {"cari": "baru contoh"}).content.decode()
    preview = client.get(at("merge_agency", old, new))
    assert at("merge_agency", old, new) in chosen
    assert preview.context["moving"].submissions == 1
    assert Agency.objects.get(pk=old.pk).merged_into is None

    seal = re.search(r'name="shown" value="([^"]+)"', preview.content.decode())[1]
    done = client.post(at("merge_agency", old, new), {"shown": seal}, follow=True).content.decode()

    assert "Dinas Lama Contoh digabung ke dalam Dinas Baru Contoh" in done
    assert "Sudah digabung ke dalam" in client.get(at("agency_detail", old)).content.decode()
    assert client.get(at("agency_edit", old)).status_code == 404


def test_a_second_admin_sees_that_the_agency_has_been_merged(admin_user, client_of):
    old, new = AgencyFactory(), AgencyFactory()
    merge_agency(old, into=new, by=admin_user)

    for address in (at("merge_agency", old, new), at("merge_agency", new, old), at("merge_agency", new, new)):
        page = client_of(admin_user).post(address, follow=True).content.decode()
        assert "sudah digabung ke dalam" in page or "dirinya sendiri" in page

    assert Agency.objects.current().filter(pk=new.pk).exists()


def contact(**changes) -> dict:
    return {
        "name": "Budi Contoh",
        "position": "Staf",
        "phone": "0812-3456-7890",
        "email": "budi@contoh.example",
        "romantik_username": "budi",
        "romantik_assisted_on": "",
        "is_active": "on",
    } | changes


def test_an_officer_adds_corrects_and_retires_a_contact(petugas, client_of):
    agency, client = AgencyFactory(), client_of(petugas)
    client.post(at("contact_add", agency), contact())
    account = Applicant.objects.get()

    client.post(at("contact_edit", account), contact(position="Kepala Seksi", is_active=""))

    account.refresh_from_db()
    assert (account.position, account.is_active, account.phone) == ("Kepala Seksi", False, "+6281234567890")
    choices = client.get(reverse("recommendations:account_choices"), {"agency_name": agency.name})
    assert not choices.context["accounts"]["found"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "budi@contoh.example\nBcc: lain@contoh.example"}, "Belum lengkap, contoh"),
        ({"email": "ani@contoh.example"}, "sudah dipakai akun Ani Contoh"),
        ({"name": "x" * 201}, "200"),
        ({"name": "\u200b"}, "Tulis nama yang dapat dihubungi."),
    ],
)
def test_a_refused_contact_is_explained_in_the_form(petugas, client_of, changes, words):
    agency = AgencyFactory()
    ApplicantFactory(agency=agency, name="Ani Contoh", email="ani@contoh.example")

    answer = client_of(petugas).post(at("contact_add", agency), contact(**changes))

    assert words in answer.content.decode()
    assert agency.applicants.count() == 1


def test_an_officer_notes_that_an_agency_is_a_government_body(petugas, client_of):
    agency = AgencyFactory(is_government=False)

    client_of(petugas).post(at("note_government", agency), {"is_government": "on"})

    assert Agency.objects.get(pk=agency.pk).is_government
