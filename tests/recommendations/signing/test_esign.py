"""Both versions of the signing service: each answer becomes the right result, and the passphrase is sent once."""

import ssl
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from recommendations.signing import esign_connection
from recommendations.signing.esign import EsignService, Passphrase, Signed, sign
from recommendations.signing.esign_connection import EsignAnswer
from recommendations.signing.refusals import (
    NotSigned,
    NotTried,
    OfficeNotAdmitted,
    OutcomeUnknown,
    PassphraseGone,
    ServiceNotReachable,
    ServiceRefused,
    SignerNotRegistered,
    WrongPassphrase,
)
from tests.esign_service import NIK, PASSPHRASE, REFUSALS, attempt, esign_service
from tests.servers import free_port
from tests.signed_files import AUTHORITY, FILES, certificate, key, letter_pdf

VERSIONS = ("v1", "v2")
IMPATIENT = (60.0, 2.0)
"""The second is long enough for the answer that comes before the silence, also on a busy machine."""
MEANING = {
    "not registered": SignerNotRegistered,
    "wrong passphrase": WrongPassphrase,
    "wrong passphrase, code in the words": WrongPassphrase,
    "wrong passphrase, only a code": WrongPassphrase,
    "wrong passphrase, no code": WrongPassphrase,
    "wrong passphrase, a number as text": WrongPassphrase,
    "wrong passphrase, told as message": WrongPassphrase,
    "wrong passphrase with 200": WrongPassphrase,
    "wrong passphrase with 500": WrongPassphrase,
    "field missing": ServiceRefused,
    "error with 200": ServiceRefused,
    "error that quotes": ServiceRefused,
    "long error": ServiceRefused,
    "sign-in page": OfficeNotAdmitted,
    "not found page": ServiceRefused,
    "moved": ServiceRefused,
    "error page": OutcomeUnknown,
    "gateway timeout": OutcomeUnknown,
    "server error in JSON": OutcomeUnknown,
    "page with 200": OutcomeUnknown,
    "nothing with 200": OutcomeUnknown,
    "accepted": OutcomeUnknown,
    "strange JSON": OutcomeUnknown,
    "list in JSON": OutcomeUnknown,
}


@pytest.mark.parametrize("version", VERSIONS)
def test_letters_come_back_signed_in_the_order_sent(version):
    letters, kept = [letter_pdf("Surat satu"), letter_pdf("Surat dua")], {}

    with esign_service(version) as standin:
        results = attempt(standin, *letters, kept=kept)

    assert all(isinstance(one, Signed) for one in results)
    assert [one.pdf[: len(letter)] for one, letter in zip(results, letters, strict=True)] == letters
    assert kept == {0: results[0].pdf, 1: results[1].pdf}
    assert standin.calls == {"v1": {"sign": 2}, "v2": {"status": 1, "sign": 1}}[version]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("answer", MEANING)
def test_each_answer_without_a_file_becomes_its_result_after_one_call(version, answer):
    with esign_service(version, answer) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is MEANING[answer]
    assert standin.calls["sign"] == 1
    assert len(standin.paths) == {"v1": 1, "v2": 2}[version]


def test_every_answer_of_the_stand_in_has_its_meaning():
    assert MEANING.keys() == REFUSALS.keys()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", set(FILES) - {"cut short"})
def test_a_file_that_is_not_our_letter_is_passed_on_for_the_checks(version, kind):
    with esign_service(version, kind) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert isinstance(result, Signed)
    assert result.pdf.startswith(b"%PDF")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_without_its_end_is_kept_and_its_outcome_unknown(version):
    kept = {}

    with esign_service(version, "cut short") as standin:
        (result,) = attempt(standin, letter_pdf(), kept=kept)

    assert type(result) is OutcomeUnknown
    assert kept[0].startswith(letter_pdf())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("answer", ["silent", "hangs up", "hangs up at once", "endless"])
def test_a_lost_answer_is_unknown_and_the_call_is_not_repeated(version, answer):
    timeouts, kept = {"timeouts": IMPATIENT} if answer == "silent" else {}, {}

    with esign_service(version, answer) as standin:
        (result,) = attempt(standin, letter_pdf(), kept=kept, **timeouts)

    assert type(result) is OutcomeUnknown
    assert "mungkin sudah ditandatangani" in str(result)
    assert kept == {}
    assert standin.calls["sign"] == 1


def test_an_answer_that_drips_for_too_long_is_broken_off(monkeypatch):
    monkeypatch.setattr(esign_connection, "ANSWER_LASTS_AT_MOST", -1.0)

    with esign_service("v2") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is ServiceRefused  # the first answer, to the question for the status, was not read
    assert standin.calls == {"status": 1}


def test_a_service_that_is_not_there_has_signed_nothing():
    nowhere = EsignService(f"http://127.0.0.1:{free_port()}", "pst-desk", "kata sandi", "v1")

    results = sign(nowhere, [letter_pdf()] * 2, nik=NIK, passphrase=Passphrase(PASSPHRASE), keep=never)

    assert [type(one) for one in results] == [ServiceNotReachable, NotTried]
    assert "belum ditandatangani" in str(results[0])


def never(position: int, pdf: bytes) -> None:
    raise AssertionError("There is no file to keep.")


@pytest.mark.parametrize(
    "url", ["", "esign.contoh.example", "ftp://127.0.0.1", "file:///etc/hosts", "http://[", "http://"]
)
@pytest.mark.parametrize("version", VERSIONS)
def test_an_address_that_is_none_is_not_reachable(url, version):
    service = EsignService(url, "pst-desk", "kata sandi", version)

    (result,) = sign(service, [letter_pdf()], nik=NIK, passphrase=Passphrase(PASSPHRASE), keep=never)

    assert type(result) is ServiceNotReachable


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")  # it would hide that the letter was sent
def test_nothing_is_sent_to_a_host_whose_certificate_is_not_trusted(tmp_path):
    with esign_service("v1", tls=host(tmp_path)) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is ServiceNotReachable
    assert standin.paths == []


def test_a_host_whose_certificate_is_trusted_gets_the_letter(tmp_path, monkeypatch):
    tls = host(tmp_path)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "authority.pem"))

    with esign_service("v1", tls=tls) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert isinstance(result, Signed)


def host(folder: Path) -> ssl.SSLContext:
    """Return the TLS of a host. The authority that vouches for it is in `authority.pem`."""
    private = key("localhost").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "host.pem").write_bytes(private + certificate("localhost", AUTHORITY).public_bytes(Encoding.PEM))
    (folder / "authority.pem").write_bytes(certificate(AUTHORITY, AUTHORITY).public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem")
    return context


def test_connecting_and_waiting_have_time_outs_of_their_own(monkeypatch):
    asked, usual = [], requests.Session.request

    def noting(*what, **how):
        asked.append(how["timeout"])
        return usual(*what, **how)

    monkeypatch.setattr(requests.Session, "request", noting)
    with esign_service("v2") as standin:
        standin.script.extend(["error page", "error page"])
        sign(standin.service, [letter_pdf()], nik=NIK, passphrase=Passphrase(PASSPHRASE), keep=never)
        attempt(standin, letter_pdf(), timeouts=(20.0, 70.0))

    assert asked == [(30, 120), (30, 120), (20, 70), (20, 70)]


@pytest.mark.parametrize("version", VERSIONS)
def test_no_proxy_of_the_environment_sees_the_letter(version, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "")

    with esign_service(version) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert isinstance(result, Signed)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_passphrase_is_used_for_one_signing_only(version):
    passphrase = Passphrase("bukan yang benar")

    with esign_service(version) as standin:
        (result,) = sign(standin.service, [letter_pdf()], nik=NIK, passphrase=passphrase, keep=never)
        with pytest.raises(PassphraseGone):
            sign(standin.service, [letter_pdf()], nik=NIK, passphrase=passphrase, keep=never)

    assert type(result) is WrongPassphrase
    assert standin.calls["sign"] == 1


def test_the_words_of_the_service_are_shown_tidy_short_and_without_persons():
    with esign_service("v1", "error with 200", "long error", "error that quotes") as standin:
        tidy, long, quoting = [str(attempt(standin, letter_pdf())[0]) for _ in range(3)]

    assert tidy == "Layanan tanda tangan menolak: “Berkas terlalu besar untuk ***”. Surat ini belum ditandatangani."
    assert len(long) < 300
    assert "“rejected value [***] of ***”" in quoting


@pytest.mark.parametrize("version", VERSIONS)
def test_the_page_of_a_proxy_is_never_shown(version):
    with esign_service(version, "not found page") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert str(result) == "Layanan tanda tangan menolak: “HTTP 404”. Surat ini belum ditandatangani."


@pytest.mark.parametrize("version", VERSIONS)
def test_a_full_disk_does_not_lose_the_signed_file(version, caplog):
    def full(position: int, pdf: bytes) -> None:
        raise OSError(28, "No space left on device")

    with esign_service(version) as standin:
        results = sign(standin.service, [letter_pdf()] * 2, nik=NIK, passphrase=Passphrase(PASSPHRASE), keep=full)

    assert isinstance(results[0], Signed)
    assert isinstance(results[1], {"v1": NotTried, "v2": Signed}[version])
    assert "A signed file could not be kept." in caplog.text


@pytest.mark.parametrize("version", VERSIONS)
def test_no_letters_are_no_call(version):
    with esign_service(version) as standin:
        results = attempt(standin)

    assert results == []
    assert standin.calls == {}


def test_what_is_certain_is_not_mixed_with_what_is_unknown():
    assert not issubclass(OutcomeUnknown, NotSigned)
    assert issubclass(NotTried, NotSigned)
    assert "dok-7" in str(OutcomeUnknown("dok-7"))


def test_an_answer_shows_no_body_when_it_is_printed():
    shown = repr(EsignAnswer(200, {}, b"%PDF-rahasia"))

    assert shown == "EsignAnswer(status_code=200, headers={})"
