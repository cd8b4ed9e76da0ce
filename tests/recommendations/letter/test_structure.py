"""The PDF of a letter is archivable and can be read by everybody and by programs: checked on real files, both forms."""

import copy
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile

from office.heads import head_on
from office.models import LetterStyle, Office
from recommendations.letter.answers_file import SCHEMA, answers_files
from recommendations.letter.content import letter_content, render_pdf
from recommendations.models import Letter, Round, Submission
from recommendations.uploads.signatures import Kinship, seen_file
from tests.pdf_structure import faults_of, headings_of, words_in_order
from tests.recommendations.conftest import ADVICE
from tests.signers import authority
from tests.signers import signed as signed_file

HERE = Path(__file__).parent
OLD = HERE / "old_letter.pdf"
"""A letter as the desk drew it before it put the answers inside and named itself PDF/UA."""
COMPILATION = HERE.parent / "instruments" / "fpkpa_complete.json"
FORMS = ("FS3", "FP-KPA")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not installed")


@pytest.fixture
def content_of(letter: Letter) -> Callable[[str], dict[str, Any]]:
    """Return a function that returns the content of a letter on a form."""

    def content(code: str) -> dict[str, Any]:
        if code == "FS3":
            return copy.deepcopy(letter.content)
        Round.objects.update(answers=json.loads(COMPILATION.read_text(encoding="utf-8")))
        Submission.objects.update(instrument_code=code)
        submission, office = Submission.objects.get(), Office.objects.current()
        head = head_on(letter.issued_on, letter.issued_by)
        numbers = {"number": letter.number, "identity_number": "K-26.6371.001"}
        facts = {"issued_on": letter.issued_on, "token": letter.token}
        return letter_content(
            submission, office=office, style=LetterStyle.objects.current(), head=head, **numbers, **facts
        )

    return content


@pytest.fixture
def saved(content_of, tmp_path) -> Callable[[str], Path]:
    """Return a function that draws the letter on a form into a file."""

    def save(code: str) -> Path:
        file = tmp_path / f"{code}.pdf"
        file.write_bytes(render_pdf(content_of(code)))
        return file

    return save


def told_by(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def inner_file(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (file,) = document.attachments.values()
        return json.loads(file.get_file().read_bytes())


@pytest.mark.parametrize("is_tte", [False, True])
@pytest.mark.parametrize("code", FORMS)
def test_the_structure_is_that_of_an_archived_letter_for_everybody(content_of, code, is_tte):
    pdf = render_pdf(content_of(code) | {"is_tte": is_tte})

    assert faults_of(pdf) == []
    levels, names = zip(*headings_of(pdf), strict=True)
    assert levels == ("H1", "H2", *["H3"] * 7)
    assert names[:2] == ("Rekomendasi Kegiatan Statistik", f"{code} hasil rekomendasi")
    assert names[2].startswith("Blok I. ")


def test_a_draft_has_the_structure_too_but_nothing_inside(content_of):
    pdf = render_pdf(content_of("FS3") | {"check_url": ""}, draft=True)

    assert faults_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 0


def test_the_check_sees_what_was_wrong_before():
    told = " ".join(faults_of(OLD.read_bytes()))

    assert "Names itself" in told
    assert "belong to no element" in told


@pytest.mark.parametrize("code", FORMS)
def test_the_words_are_read_in_order_with_each_value_after_its_label(content_of, code):
    content = content_of(code)

    lines = words_in_order(render_pdf(content)).splitlines()

    assert lines[1:7] == [
        "Banjarmasin, " + content["date"],
        "Nomor",
        f": {content['number']}",
        "Sifat",
        ": Biasa",
        "Lampiran",
    ]
    for label, value in content["finding"]:
        assert lines[lines.index(label) + 1] == value
    told = iter(lines)
    for block in content["annex"]["blocks"]:
        assert block["title"] in told
        for line in block["rincians"]:
            assert line["number"] in told
            assert next(told) == " ".join(line["label"].split())
    assert "Catatan: " + ADVICE in lines or code == "FP-KPA"
    assert "Halaman" not in " ".join(lines)


@needs_poppler
def test_other_programs_read_the_words_in_the_same_order(saved):
    lines = [" ".join(line.split()) for line in told_by("pdftotext", "-raw", saved("FS3"), "-").splitlines()]

    ours = words_in_order(saved("FS3").read_bytes())
    body = [
        line for line in lines if line and not line.startswith(("Surat B-", "Periksa surat", "Halaman ", "Nomor B-"))
    ]
    assert "".join("".join(body).split()) == "".join(without_alt_text(ours).split())


def without_alt_text(words: str) -> str:
    lines = [line for line in words.splitlines() if not line.startswith("Kode QR")]
    return "\n".join(line for line in lines if not line.startswith("Nomor B-"))


@pytest.mark.parametrize("code", FORMS)
def test_the_answers_are_inside_for_programs(content_of, code):
    content = content_of(code)

    told = inner_file(render_pdf(content))

    assert list(told) == ["schema", "number", "identity_number", "issued_on", "office", "form", "title", "answers"]
    assert (told["schema"], told["number"], told["form"]["code"]) == (SCHEMA, content["number"], code)
    assert told["identity_number"] == content["identity_number"]
    assert all(list(one) == ["item", "number", "label", "answer", "words"] for one in told["answers"])
    assert len(told["answers"]) > 20


@pytest.mark.parametrize("code", FORMS)
def test_the_answers_inside_name_no_telephone_and_no_e_mail(content_of, code):
    content = content_of(code)
    (file,) = answers_files(content)

    assert "telepon" not in file.content.lower()
    assert "e-mail" not in file.content.lower()
    assert "@" not in file.content
    assert "0511" not in file.content
    assert "@contoh.example" in json.dumps(content["annex"])


def test_words_from_before_have_nothing_inside_and_are_drawn(content_of):
    content = content_of("FS3")
    del content["answers"], content["issued_on"]

    assert answers_files(content) == []
    assert faults_of(render_pdf(content)) == []


@needs_qpdf
@pytest.mark.parametrize("code", FORMS)
def test_qpdf_finds_no_error(saved, code):
    assert "No syntax or stream encoding errors found" in told_by("qpdf", "--check", saved(code))


@needs_poppler
@pytest.mark.parametrize("code", FORMS)
def test_every_font_is_embedded_with_its_text(saved, code):
    rows = told_by("pdffonts", saved(code)).splitlines()[2:]

    assert len(rows) == 4
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)


@needs_poppler
@pytest.mark.parametrize("code", FORMS)
def test_a_signed_letter_is_valid_in_other_programs(saved, tmp_path, code):
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_file(saved(code).read_bytes()))

    told = told_by("pdfsig", "-nocert", file)

    assert "Signature is Valid." in told
    assert "Total document signed" in told


def test_a_letter_drawn_before_keeps_its_bytes_and_is_still_ours(drawn):
    old = OLD.read_bytes()
    drawn.pdf.storage.delete(drawn.pdf.name)
    drawn.pdf.storage.save(drawn.pdf.name, ContentFile(old))

    told = seen_file(signed_file(old), drawn=old, roots=[authority().pem], for_visitor=False)

    assert Path(drawn.pdf.path).read_bytes() == old
    assert (told.kinship, told.unchanged, told.problem) == (Kinship.EXTENDED, True, "")
    assert seen_file(old, drawn=old, for_visitor=False).kinship == Kinship.SAME
