from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from office.models import Office
from recommendations.agencies.actions.agencies import change_agency
from recommendations.agencies.actions.merging import merge_agency
from recommendations.models import Agency, AgencyAlias, AgencyEvent


def load(*arguments) -> str:
    said = StringIO()
    call_command("load_agencies", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def listed(tmp_path):
    def write(text: str):
        file = tmp_path / "agencies.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_prepare_loads_the_agencies_of_the_city_each_with_an_event(office):
    dinkes = Agency.objects.get(name="Dinas Kesehatan Kota Banjarmasin")

    assert (dinkes.short, dinkes.kind, dinkes.code, dinkes.needs_check) == ("Dinkes", "dinas", "1.02.01", True)
    assert Agency.objects.filter(kind="kelurahan").count() == 52
    assert Agency.objects.filter(kind="kecamatan").count() == 5
    assert AgencyEvent.objects.filter(what="create").count() == Agency.objects.count()


def test_loading_again_adds_nothing(office):
    before = Agency.objects.count(), AgencyAlias.objects.count()

    said = load()

    assert said.startswith("0 instansi dan 0 nama lain ditambahkan")
    assert (Agency.objects.count(), AgencyAlias.objects.count()) == before


def test_a_name_that_was_edited_or_merged_stays_as_it_is(office, admin_user):
    dinkes, dinsos = (Agency.objects.named(short).get() for short in ("Dinkes", "Dinsos"))
    change_agency(dinkes, name="Dinas Kesehatan Masyarakat", short="Dinkesmas", by=admin_user)
    merge_agency(dinsos, into=dinkes, by=admin_user)
    before = Agency.objects.count()

    load()

    assert Agency.objects.count() == before
    assert Agency.objects.get(pk=dinkes.pk).name == "Dinas Kesehatan Masyarakat"


def test_another_office_loads_its_own_list_under_its_own_city(office, listed):
    Office.objects.update(city="Kabupaten Contoh", place="Contohrejo")
    file = listed(
        "kota:\n- {name: Dinas Gizi, short: DG, kind: dinas}\n"
        "lain:\n- {name: Koperasi Contoh, kind: lainnya, government: false}\n"
    )

    said = load(file)

    gizi = Agency.objects.named("dg").get()
    assert said.startswith("2 instansi dan 1 nama lain")
    assert (gizi.name, gizi.place) == ("Dinas Gizi Kabupaten Contoh", "Contohrejo")
    assert not Agency.objects.named("Koperasi Contoh").get().is_government


def test_a_name_that_belongs_to_another_agency_is_skipped_and_counted(office, listed):
    said = load(listed("kota:\n- {name: Dinas Baru, kind: dinas, aliases: [Disdik]}\n"))

    assert "1 nama dilewati" in said
    assert Agency.objects.named("Disdik").get().name == "Dinas Pendidikan Kota Banjarmasin"


@pytest.mark.parametrize(
    "text",
    [
        "- satu\n",
        "kota: 5\n",
        "kota:\n- {short: DG}\n",
        "kota:\n- {name: X, kind: perusahaan}\n",
        "\tx: [",
        "lain:\n- {name: '...', kind: dinas}\n",
    ],
)
def test_a_file_that_is_no_list_is_refused_with_a_message(office, listed, text):
    before = Agency.objects.count()

    with pytest.raises(CommandError, match="bukan daftar instansi"):
        load(listed(text))

    assert Agency.objects.count() == before


def test_a_missing_file_is_refused_with_a_message(office, tmp_path):
    with pytest.raises(CommandError, match="bukan daftar instansi"):
        load(tmp_path / "nowhere.yaml")
