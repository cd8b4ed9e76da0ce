"""No log line has the key of a visitor's page, or the e-mail address or NIK of a person."""

import io
import logging
import re

import pytest

from office.redaction import KEYED, keep_secrets_out, without_secrets
from tests.test_architecture import ROOT, addresses

KEY = "Kx9-unguessable_7"


def test_the_address_of_every_key_is_hidden():
    keyed = [str(one.pattern) for _, one in addresses() if {"token", "secret"} & set(one.pattern.converters)]
    places = [re.sub(r"<\w+:(token|secret)>", KEY, place) for place in keyed]

    assert len(places) > 15
    assert [place for place in places if KEY in without_secrets(f"Not Found: /{place}")] == []
    assert [place for place in places if KEY in without_secrets(f'"GET https://pst.example.go.id/{place}?x=1"')] == []


def test_other_addresses_stay_readable():
    told = "Not Found: /permohonan/7/kirim/ /papan/suara/nada.wav /nilai/keadaan/ /static/js/kiosk.js"

    assert without_secrets(told) == told


@pytest.mark.parametrize(
    "path",
    [
        *(f"/lacak/{KEY}/", f"/antrian/{KEY}/", f"/nilai/{KEY}/", f"/foto/{KEY}/", f"/s/{KEY}/"),
        *(f"/lacak/ {KEY}/", f"/LACAK/{KEY}/", f'/lacak/"{KEY}/', f"/antrian/<{KEY}>/", f"/nilai/keadaan/{KEY}/"),
    ],
)
def test_a_logged_404_has_the_page_but_not_its_key(path, client, office):
    lines, handler = listening()
    try:
        answer = client.get(path)
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert answer.status_code == 404
    assert "Not Found: /" in lines.getvalue()
    assert "***" in lines.getvalue()
    assert KEY not in lines.getvalue()


def listening() -> tuple[io.StringIO, logging.Handler]:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    logging.getLogger("django.request").addHandler(handler)
    return lines, handler


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("GET /api/user/status/6371010101800001 HTTP/1.1", "GET /api/user/status/*** HTTP/1.1"),
        ("NIK 6371010101800001, tidak terdaftar", "NIK ***, tidak terdaftar"),
        ("637101010180000 and 63710101018000011", "637101010180000 and 63710101018000011"),
    ],
)
def test_the_nik_of_a_person_is_hidden_and_other_numbers_are_not(line, shown):
    assert without_secrets(line) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("DETAIL:  Key (token)=(Kx9-a(b)) already exists.", "DETAIL:  Key (token)=(***) already exists."),
        ("Key (kind, name)=(1, Budi) is still referenced", "Key (kind, name)=(***) is still referenced"),
        ("Failing row contains (7, Budi (ketua), null).", "Failing row contains (***)."),
        ("Cannot connect to redis://:pass@word@localhost:6379/1", "Cannot connect to redis://***@localhost:6379/1"),
        ("redis://user:password@localhost", "redis://***@localhost"),
        ("redis://localhost:6379/1 is away", "redis://localhost:6379/1 is away"),
    ],
)
def test_the_values_of_a_row_and_the_password_of_an_address_are_hidden(line, shown):
    assert without_secrets(line) == shown


def test_a_logged_exception_has_neither_key_nor_person_in_its_traceback(caplog):
    try:
        int(f"/lacak/{KEY}/ of budi@contoh.example")
    except ValueError:
        logging.getLogger("anything").exception("Mail to %s failed", "budi@contoh.example")

    assert "ValueError: invalid literal for int() with base 10: '/lacak/***/ of ***'" in caplog.text
    assert "Mail to *** failed" in caplog.text
    assert KEY not in caplog.text
    assert "budi" not in caplog.text


def test_a_message_that_does_not_fit_its_values_is_left_to_logging():
    record = logging.getLogRecordFactory()("x", logging.INFO, "x.py", 1, "%s %s", ("one",), None)

    assert record.args == ("one",)


def test_a_second_call_changes_nothing():
    usual = logging.getLogRecordFactory()

    keep_secrets_out()

    assert logging.getLogRecordFactory() is usual


def test_nginx_hides_the_same_addresses_in_its_log():
    conf = (ROOT / "deploy" / "nginx" / "pst-desk.conf").read_text(encoding="utf-8")

    assert f"(?<place>{'|'.join(KEYED)})/" in conf
    assert "access_log /var/log/nginx/pst-desk.access.log pst-desk;" in conf
    assert "$request_uri" not in conf.split("upstream")[0]
    assert "$http_referer" not in conf
