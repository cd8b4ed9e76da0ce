"""Version 2 of the signing service: the status of the certificate first, then all files in one call."""

import pytest

from recommendations.signing.esign import Signed
from recommendations.signing.refusals import (
    CertificateNotActive,
    OfficeNotAdmitted,
    OutcomeUnknown,
    ServiceNotReachable,
    ServiceRefused,
    SignerNotRegistered,
    WrongPassphrase,
)
from tests.esign_service import REFUSALS, Reply, attempt, esign_service, told
from tests.signed_files import letter_pdf


@pytest.mark.parametrize("answer", ["signed", "time as text", "line breaks"])
def test_files_are_read_however_the_build_writes_its_answer(answer):
    letters = [letter_pdf("Surat satu"), letter_pdf("Surat dua")]

    with esign_service("v2", answer) as standin:
        results = attempt(standin, *letters)

    assert [one.pdf[: len(letter)] for one, letter in zip(results, letters, strict=True)] == letters


@pytest.mark.parametrize("answer", ["a file too few", "a file too many", "no list"])
def test_another_number_of_files_is_unknown_for_every_letter(answer):
    kept = {}

    with esign_service("v2", answer) as standin:
        results = attempt(standin, *[letter_pdf()] * 2, kept=kept)

    assert [type(one) for one in results] == [OutcomeUnknown, OutcomeUnknown]
    assert kept == {}


@pytest.mark.parametrize("answer", ["one is no file", "one is not base64", "one is null"])
def test_a_place_without_a_file_is_unknown_and_the_others_are_signed(answer):
    kept = {}

    with esign_service("v2", answer) as standin:
        results = attempt(standin, *[letter_pdf()] * 2, kept=kept)

    assert [type(one) for one in results] == [OutcomeUnknown, Signed]
    assert kept == {1: results[1].pdf}


def test_a_wrong_passphrase_refuses_every_letter_after_one_call():
    with esign_service("v2") as standin:
        results = attempt(standin, *[letter_pdf()] * 3, passphrase="bukan yang benar")

    assert [type(one) for one in results] == [WrongPassphrase] * 3
    assert standin.calls == {"status": 1, "sign": 1}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("EXPIRED", "masa berlakunya sudah habis"),
        ("RENEW", "sedang diperbarui"),
        ("WAITING_FOR_VERIFICATION", "masih menunggu verifikasi"),
        ("NEW", "pendaftarannya belum selesai"),
        ("NO_CERTIFICATE", "belum diterbitkan"),
        ("SUSPEND", "sedang ditangguhkan"),
        ("REVOKE", "sudah dicabut"),
        ("SOMETHING_ELSE", "statusnya “SOMETHING_ELSE”"),
    ],
)
def test_a_certificate_that_cannot_sign_gets_no_passphrase(status, words):
    with esign_service("v2") as standin:
        standin.status = told(status=status)
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is CertificateNotActive
    assert result.state == status
    assert words in str(result)
    assert standin.calls == {"status": 1}


@pytest.mark.parametrize(
    "answer",
    [
        told(status="issue "),
        told(userStatus="ISSUE"),
        told(data={"status": "ISSUE"}),
        told(status=1, userStatus="ISSUE"),
    ],
)
def test_the_status_is_found_where_the_build_writes_it(answer):
    with esign_service("v2") as standin:
        standin.status = answer
        (result,) = attempt(standin, letter_pdf())

    assert isinstance(result, Signed)


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (told(status="NOT_REGISTERED"), SignerNotRegistered),
        (REFUSALS["not registered"], SignerNotRegistered),
        (REFUSALS["sign-in page"], OfficeNotAdmitted),
        (REFUSALS["not found page"], ServiceRefused),
        (REFUSALS["error page"], ServiceRefused),
        (told(message="ok"), ServiceRefused),
        (told(status="ISSUE", error="Galat"), ServiceRefused),
        (Reply(sent=-1), ServiceNotReachable),
    ],
)
def test_without_a_readable_status_nothing_is_signed(answer, result):
    with esign_service("v2") as standin:
        standin.status = answer
        results = attempt(standin, *[letter_pdf()] * 2)

    assert [type(one) for one in results] == [result, result]
    assert standin.calls == {"status": 1}
