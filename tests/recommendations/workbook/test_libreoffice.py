"""A filled form that LibreOffice has saved is read as well: agencies use it, and it writes other XML than Excel."""

import os
import shutil
import subprocess

import pytest

from recommendations.workbook.reading import read_workbook
from recommendations.workbook.writing import write_workbook
from tests.waiting import PATIENCE

SOFFICE = shutil.which("soffice")
IS_REQUIRED = os.environ.get("SERVICES") == "required"


@pytest.mark.skipif(SOFFICE is None and not IS_REQUIRED, reason="LibreOffice (soffice) is not installed")
def test_a_form_saved_by_libreoffice_reads_the_same(form, complete, tmp_path):
    assert SOFFICE, "SERVICES=required, but LibreOffice (soffice) is not installed"
    ugly = {form.title_item: "=Survei 'Contoh' – ½ & <dua>", "pj_telepon": "+62 511 335", "pj_jabatan": "- Kepala"}
    (tmp_path / "isian.xlsx").write_bytes(write_workbook(form, complete | ugly, about="Uji"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "saved", "isian.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    reading = read_workbook((tmp_path / "saved" / "isian.xlsx").read_bytes())

    assert reading.values == complete | ugly
    assert (reading.not_understood, reading.notes) == ([], [])
