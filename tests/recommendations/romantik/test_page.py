import io
import json
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from recommendations.models import Submission
from recommendations.romantik.forms import RomantikForm
from recommendations.romantik.questions import MSKEG
from tests.factories import issued_submission, ready_submission, recorded_submission


def address(name, submission):
    return reverse(f"recommendations:{name}", args=[submission.pk])


@pytest.fixture
def client_p(petugas, client_of):
    return client_of(petugas)


def test_the_page_shows_the_converted_code_and_marks_what_the_form_does_not_ask(client_p, petugas):
    submission = recorded_submission(petugas)

    page = client_p.get(address("romantik_form", submission)).content.decode()

    assert "2 - Survei" in page
    assert "tidak ditanya di formulir" in page
    asked = set(re.findall(r' name="(\w+)"', page)) & {item.id for item in MSKEG.items}
    assert "latar_belakang" in asked
    assert asked == RomantikForm(submission=submission).fields.keys() - {"reference"}


def test_answers_beside_the_form_and_the_reference_are_kept_apart_from_the_round(client_p, petugas):
    submission = recorded_submission(petugas)
    before = submission.rounds.get().answers

    answer = client_p.post(
        address("romantik_form", submission),
        {
            "latar_belakang": "Karena\r\nperlu",
            "sektor": "9",
            "sarana": ["1", "8"],
            "reference": " R-12  ",
            "tujuan": "x",
        },
    )

    kept = Submission.objects.get(pk=submission.pk)
    assert answer["Location"] == address("romantik_form", submission)
    assert kept.romantik_extras == {"latar_belakang": "Karena\nperlu", "sektor": 9, "sarana": [1, 8]}
    assert kept.romantik_reference == "R-12"
    assert submission.rounds.get().answers == before
    assert "9 - Kesehatan" in client_p.get(address("romantik_form", submission)).content.decode()


def test_an_unknown_code_is_refused_and_not_saved(client_p, petugas):
    submission = ready_submission(petugas)

    page = client_p.post(
        address("romantik_form", submission), {"sektor": "99", "reference": "x" * 101}
    ).content.decode()

    assert "Kode 99 tidak ada" in page
    assert "Paling banyak 100 huruf" in page
    assert Submission.objects.get(pk=submission.pk).romantik_extras == {}


def test_both_files_carry_the_same_rows(client_p, petugas, kepala):
    submission = issued_submission(petugas, kepala)

    document = json.loads(client_p.get(address("romantik_json", submission)).content)
    book = load_workbook(io.BytesIO(client_p.get(address("romantik_xlsx", submission)).content))

    identity = next(row for row in document["rows"] if row["id"] == "identitas")
    labels = [row["label"] for row in document["rows"]]
    assert identity["value"] == submission.letter.identity_number
    assert (document["form"], document["submission"]) == ("MS-Keg", submission.register)
    assert [row[1].value for row in book.active.iter_rows(min_row=4) if row[1].value] == labels


def test_a_get_writes_nothing(client_p, petugas):
    submission = ready_submission(petugas)

    for name in ("romantik_form", "romantik_json", "romantik_xlsx"):
        assert client_p.get(address(name, submission)).status_code == 200

    assert Submission.objects.get(pk=submission.pk).romantik_extras == {}
