"""Every name of the list finds its agency in any spelling; other names find none."""

import pytest
import yaml
from django.core.management import call_command

from office.models import Office
from recommendations.agencies.actions.agencies import AmbiguousName, agency_called
from recommendations.agency_names import kind_in, name_key, suggested_addressee
from recommendations.management.commands.load_agencies import OURS
from recommendations.models import Agency

LISTED = yaml.safe_load(OURS.read_text(encoding="utf-8"))
CITY = "Kota Banjarmasin"
NAMES = [
    # typed, official name
    *(
        (typed, f"{body['name']} {CITY}")
        for body in LISTED["kota"]
        for typed in filter(None, (body["name"], body.get("short"), *body.get("aliases", [])))
    ),
    *(
        (typed, body["name"])
        for body in LISTED["lain"]
        for typed in filter(None, (body["name"], body.get("short"), *body.get("aliases", [])))
    ),
    *((f"Kelurahan {name}", f"Kelurahan {name} {CITY}") for names in LISTED["kelurahan"].values() for name in names),
]
WAYS = {
    "as it is": str,
    "in capitals": str.upper,
    "with stray spaces": lambda name: f"  {name.replace(' ', '   ')} ",
    "without spaces": lambda name: name.replace(" ", ""),
    "with dots": lambda name: name.replace(" ", ". ") + ".",
    "with &": lambda name: name.replace(" dan ", " & "),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_name_short_form_and_alias_of_the_list_finds_its_body(office, way):
    found = {typed: [agency.name for agency in Agency.objects.named(WAYS[way](typed))] for typed, _ in NAMES}

    assert len(NAMES) > 140
    assert found == {typed: [official] for typed, official in NAMES}


@pytest.mark.parametrize("typed", ["Dinas Sosial Kota Banjarmasin", "Disdik kota banjarmasin", "Badan Keuangan Daerah"])
def test_the_city_may_be_added_or_left_out(office, typed):
    assert Agency.objects.named(typed).count() == 1


def test_the_city_of_another_office_may_be_left_out_of_a_name(office):
    Office.objects.update(city="Kabupaten Contoh")
    Agency.objects.create(name="Dinas Gizi Kabupaten Contoh")

    assert Agency.objects.named("dinas gizi").get().name == "Dinas Gizi Kabupaten Contoh"


def test_a_name_that_exists_in_two_places_must_be_typed_in_full(office, petugas):
    Agency.objects.create(name="Dinas Sosial Provinsi Kalimantan Selatan")

    with pytest.raises(AmbiguousName, match="Dinas Sosial Kota Banjarmasin; Dinas Sosial Provinsi"):
        agency_called("dinas sosial", by=petugas)

    assert agency_called("Dinas Sosial Kota Banjarmasin", by=petugas).needs_check


@pytest.mark.parametrize("typed", ["", " ", "...", "Dinas", "Kelurahan", "Kota Banjarmasin", "%", "_", "Dinas%"])
def test_a_name_without_a_distinctive_word_finds_no_agency(office, typed):
    assert not Agency.objects.named(typed).exists()
    assert Agency.objects.named("Disdik").exists()


def test_a_new_name_is_recorded_once_to_be_checked(office, petugas):
    first = agency_called("Bagian  Organisasi", by=petugas)
    again = agency_called("BAGIAN ORGANISASI", by=petugas)

    assert first == again
    assert (first.name, first.kind, first.is_government, first.needs_check) == (
        "Bagian Organisasi",
        "bagian",
        True,
        True,
    )
    assert first.events.get().by == petugas


def test_a_body_of_no_known_kind_is_not_taken_for_government(office, petugas):
    company = agency_called("PT Contoh Sejahtera", by=petugas)

    assert (company.kind, company.is_government) == ("lainnya", False)


def test_a_key_is_letters_and_digits_and_never_too_long():
    assert name_key(" Dr. H. Moch. Ansari-Saleh & Co ") == "drhmochansarisalehdanco"
    assert len(name_key("\ufdfa" * 200)) == 200
    assert kind_in("KELURAHAN Mawar") == "kelurahan"
    assert kind_in("") == "lainnya"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Dinas Sosial Kota Banjarmasin", "Kepala Dinas Sosial Kota Banjarmasin"),
        ("Bagian Hukum", "Kepala Bagian Hukum"),
        ("Kecamatan Banjarmasin Timur", "Camat Banjarmasin Timur"),
        ("kelurahan  Pekauman Kota Banjarmasin", "Lurah Pekauman Kota Banjarmasin"),
        ("Inspektorat Kota Banjarmasin", "Inspektur Kota Banjarmasin"),
        ("Sekretariat DPRD", "Sekretaris DPRD"),
        ("RSUD Sultan Suriansyah", "Direktur RSUD Sultan Suriansyah"),
        ("Rumah Sakit Contoh", "Direktur Rumah Sakit Contoh"),
        ("Universitas Contoh", "Rektor Universitas Contoh"),
        ("Perumda PALD Banjarmasin", "Direktur Perumda PALD Banjarmasin"),
        ("Ptolemeus Contoh", "Kepala Ptolemeus Contoh"),
        ("Kecamatan", "Camat"),
    ],
)
def test_the_name_of_a_body_suggests_whom_a_letter_addresses(name, head):
    assert suggested_addressee(name) == head


def test_no_listed_kecamatan_kelurahan_or_secretariat_has_a_kepala(office):
    call_command("load_agencies", verbosity=0)
    heads = {agency.name: agency.head for agency in Agency.objects.all()}
    wrong = {
        name: head
        for name, head in heads.items()
        if head.startswith("Kepala")
        and name.split()[0] in {"Kecamatan", "Kelurahan", "Sekretariat", "Inspektorat", "RSUD"}
    }

    assert len(heads) > 90
    assert wrong == {}
