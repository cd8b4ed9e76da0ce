"""The passphrase of the signer is found nowhere: no log, no printed object, no traceback, no pickle, no file."""

import base64
import copy
import io
import json
import logging
import pickle
import sys
import tempfile
import traceback
from pathlib import Path

import pytest
import requests
from django.test import override_settings
from django.views.debug import ExceptionReporter

from recommendations.signing.esign import EsignService, Passphrase, sign
from recommendations.signing.refusals import PassphraseGone
from tests.esign_service import FRAMES_V1, FRAMES_V2, NIK, PASSPHRASE, PASSWORD, REFUSALS, attempt, esign_service
from tests.signed_files import letter_pdf

ANSWERS = ["signed", "silent", "number only", *REFUSALS, *({*FRAMES_V1, *FRAMES_V2} - {"endless"})]
VERSIONS = ("v1", "v2")


def is_in(text: str) -> list[str]:
    """Return each way of writing the passphrase, or another secret, that the text has."""
    written = [PASSPHRASE, json.dumps(PASSPHRASE)[1:-1], json.dumps(PASSPHRASE, ensure_ascii=False)[1:-1]]
    encoded = [repr(PASSPHRASE)[1:-1], repr(PASSPHRASE.encode())[2:-1], base64.b64encode(PASSPHRASE.encode()).decode()]
    return [one for one in (*written, *encoded, "Budi", NIK, PASSWORD) if one in text]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_log_has_neither_secret_nor_nik_at_the_level_debug(version):
    lines = io.StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(lines)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        for answer in ANSWERS:
            with esign_service(version, answer) as standin:
                attempt(standin, letter_pdf(), timeouts=(60.0, 2.0 if answer == "silent" else 60.0))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)

    assert "/sign/pdf HTTP/1.1" in lines.getvalue()
    assert "The signing service gave no answer: ReadTimeout." in lines.getvalue()
    assert is_in(lines.getvalue()) == []


@pytest.mark.parametrize("write", [repr, str, "{}".format, "%s".__mod__, ascii])
def test_a_passphrase_does_not_show_itself(write):
    shown = write(Passphrase(PASSPHRASE))

    assert shown == "Passphrase(***)"


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy, vars, json.dumps, iter, len])
def test_a_passphrase_cannot_be_taken_along(take):
    with pytest.raises(TypeError) as refused:
        take(Passphrase(PASSPHRASE))

    assert is_in(str(refused.value)) == []


def test_a_wiped_passphrase_is_overwritten_and_cannot_be_used():
    passphrase = Passphrase(PASSPHRASE)
    utf8 = passphrase.utf8
    before = utf8.decode()

    passphrase.wipe()

    assert before == PASSPHRASE
    assert set(utf8) == {0}
    with pytest.raises(PassphraseGone, match="Ketik lagi passphrase-nya"):
        _ = passphrase.utf8
    with pytest.raises(PassphraseGone), passphrase:
        pass


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_sent_is_overwritten_afterwards(version, monkeypatch):
    bodies, usual = [], requests.Session.send

    def noting(session, request, **how):
        bodies.append(request.body)
        return usual(session, request, **how)

    monkeypatch.setattr(requests.Session, "send", noting)
    with esign_service(version, "wrong passphrase") as standin:
        attempt(standin, letter_pdf())

    assert len(bodies) == {"v1": 1, "v2": 2}[version]
    assert {sign for body in bodies for part in body for sign in part} == {0}


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_report_of_an_exception_in_the_middle_does_not_have_it(version, debug):
    with esign_service(version) as standin, override_settings(DEBUG=debug):
        plain, report = report_of(standin.service, keep=broken)

    assert "RuntimeError" in plain
    assert "passphrase" in report
    assert "RuntimeError" in report
    assert is_in(plain) == []
    assert [one for one in is_in(report) if one != NIK or not debug] == []


def broken(position: int, pdf: bytes) -> None:
    raise RuntimeError("A mistake of the caller.")


def report_of(service, keep) -> tuple[str, str]:
    """Sign, and return the traceback of what was raised: as Python writes it, and as Django's page with all locals."""
    passphrase = Passphrase(PASSPHRASE)
    try:
        sign(service, [letter_pdf()], nik=NIK, passphrase=passphrase, keep=keep)
    except RuntimeError:
        page = ExceptionReporter(None, *sys.exc_info()).get_traceback_html()
        return traceback.format_exc(), page
    raise AssertionError("Nothing was raised.")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_refusal_holds_no_exception_of_the_connection(version):
    with esign_service(version, "hangs up at once") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert (result.__traceback__, result.__context__, result.__cause__) == (None, None, None)
    assert is_in(repr(result)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_written_to_the_disk(version, monkeypatch, tmp_path):
    def no_file(*where, **how):
        raise AssertionError("A file was opened.")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with esign_service(version, "number only") as standin:
        monkeypatch.setattr(Path, "open", no_file)
        monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_file)
        results = attempt(standin, letter_pdf())

    assert len(results) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_office_password_does_not_show_itself():
    shown = repr(EsignService("http://localhost", "pst-desk", PASSWORD, "v1"))

    assert shown == "EsignService(url='http://localhost', user='pst-desk', version='v1')"
