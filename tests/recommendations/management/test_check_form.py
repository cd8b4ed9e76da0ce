"""`manage.py check_form`: what an examiner would find in a filled form, as lines or as JSON."""

import io
import json
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from office.models import Office
from recommendations.models import RuleSwitch

EXAMPLES = Path(__file__).parent.parent / "instruments" / "examples"
BAD = EXAMPLES / "fs3_03_survei_wisatawan_perlu_perbaikan.yaml"
CLEAN = EXAMPLES / "fs3_01_skm_disdukcapil.yaml"


def checked(file, **options) -> str:
    told = io.StringIO()
    call_command("check_form", str(file), stdout=told, **options)
    return told.getvalue()


@pytest.fixture
def changed(tmp_path):
    def with_values(**values):
        form = yaml.safe_load(CLEAN.read_text(encoding="utf-8"))
        form["values"] |= values
        file = tmp_path / "form.yaml"
        file.write_text(yaml.safe_dump(form, allow_unicode=True), encoding="utf-8")
        return file

    return with_values


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_an_example_has_the_findings_written_in_it(office, file):
    written = yaml.safe_load(file.read_text(encoding="utf-8"))["findings"]

    found = json.loads(checked(file, json=True))

    assert {tuple(sorted(one)) for one in found} <= {("item", "level", "message", "rule")}
    assert sorted((one["rule"], one["item"], one["level"]) for one in found) == sorted(
        (one["rule"], one["item"], one["level"]) for one in written if one["rule"] != "examiner"
    )


def test_without_json_each_finding_is_a_line(office):
    lines = checked(BAD).splitlines()

    assert lines[-1] == "27 temuan."
    assert any(line.startswith("error    R-WIL-02   wilayah: ") for line in lines)


def test_unknown_items_and_wrong_codes_are_findings(office, changed):
    found = json.loads(checked(changed(warna="biru", uji_coba=9), json=True))

    assert [(one["rule"], one["item"]) for one in found] == [("invalid", "uji_coba"), ("invalid", "warna")]


def test_the_office_s_own_territory_and_switches_count(office, changed):
    Office.objects.update(city="Kabupaten Tapin")
    RuleSwitch.objects.filter(rule="F-5.7").update(is_off=True, reason="Uji coba diperiksa dari lampiran.")

    found = json.loads(checked(changed(uji_coba=2), json=True))

    assert [one["rule"] for one in found] == ["R-WIL-02"]


def test_a_form_is_checked_before_there_is_a_database(monkeypatch):
    def no_table(*args):
        raise DatabaseError

    monkeypatch.setattr(Office.objects, "first", no_table)

    assert json.loads(checked(CLEAN, json=True)) == []


@pytest.mark.parametrize("content", ["- satu\n", "a: &a [1]\nb: *a\n", "_meta: {form: FS9}\nvalues: {}\n", "\x01"])
def test_what_is_no_form_is_refused_with_its_name(office, tmp_path, content):
    file = tmp_path / "form.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=r"form\.yaml"):
        checked(file)
