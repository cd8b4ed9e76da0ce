"""Version 1 of the signing service: a call for each file, a number in a header, a download that works once."""

import pytest

from recommendations.signing import esign
from recommendations.signing.esign import LONGEST_CALL, LONGEST_REQUEST, TIMEOUTS, Signed
from recommendations.signing.esign_connection import ANSWER_LASTS_AT_MOST
from recommendations.signing.refusals import NotTried, OutcomeUnknown, ServiceRefused, WrongPassphrase
from tests.esign_service import attempt, esign_service
from tests.signed_files import letter_pdf


@pytest.mark.parametrize("answer", ["signed", "header of a proxy", "chunked"])
def test_the_number_of_the_document_is_read_however_its_header_is_written(answer):
    with esign_service("v1", answer) as standin:
        (result,) = attempt(standin, letter_pdf())

    assert result.document_id == "dok-7"
    assert result.pdf.startswith(letter_pdf())


def test_white_space_before_the_file_is_not_a_part_of_it():
    with esign_service("v1", "blanks before") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert result.pdf.startswith(letter_pdf())


def test_a_number_without_a_file_is_fetched_exactly_once_and_kept():
    kept = {}

    with esign_service("v1", "number only") as standin:
        (result,) = attempt(standin, letter_pdf(), kept=kept)

    assert isinstance(result, Signed)
    assert result.document_id == "dok/1 a"
    assert kept == {0: result.pdf}
    assert standin.calls == {"sign": 1, "download": 1}


def test_a_download_that_breaks_off_is_unknown_and_not_repeated():
    with esign_service("v1", "number only") as standin:
        standin.download = "hangs up"
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is OutcomeUnknown
    assert result.document_id == "dok/1 a"
    assert standin.calls == {"sign": 1, "download": 1}


def test_a_file_that_broke_off_is_fetched_by_its_number_without_signing_again():
    with esign_service("v1", "hangs up, keeps the file") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert isinstance(result, Signed)
    assert standin.calls == {"sign": 1, "download": 1}


def test_a_file_that_broke_off_and_is_not_there_any_more_is_unknown_with_its_number():
    with esign_service("v1", "hangs up") as standin:
        (result,) = attempt(standin, letter_pdf())

    assert type(result) is OutcomeUnknown
    assert result.document_id == "dok-7"
    assert standin.calls == {"sign": 1, "download": 1}


@pytest.mark.parametrize(
    ("answer", "result"),
    [("wrong passphrase", WrongPassphrase), ("field missing", ServiceRefused), ("hangs up at once", OutcomeUnknown)],
)
def test_after_the_first_letter_that_fails_no_other_is_sent(answer, result):
    with esign_service("v1", "signed", answer) as standin:
        results = attempt(standin, *[letter_pdf()] * 4)

    assert [type(one) for one in results] == [Signed, result, NotTried, NotTried]
    assert standin.calls["sign"] == 2


def test_no_letter_is_sent_whose_call_could_outlast_the_guard_against_a_second_request(monkeypatch):
    """The guard lets a letter be signed again LONGEST_REQUEST after the press. Here each call takes a minute."""
    with esign_service("v1") as standin:
        monkeypatch.setattr(esign, "monotonic", lambda: 60.0 * standin.calls["sign"])
        results = attempt(standin, *[letter_pdf()] * 11)

    sent, rest = results[: standin.calls["sign"]], results[standin.calls["sign"] :]
    assert len(results) == 11
    assert {type(one) for one in sent} == {Signed}
    assert {type(one) for one in rest} == {NotTried}
    assert "memakan banyak waktu: tanda tangani surat ini sekali lagi" in str(rest[0])
    assert 60.0 * (len(sent) - 1) + LONGEST_CALL <= LONGEST_REQUEST.total_seconds()


def test_a_call_with_its_download_ends_before_the_guard():
    longest = 2 * (sum(TIMEOUTS) + ANSWER_LASTS_AT_MOST)

    assert longest <= LONGEST_CALL < LONGEST_REQUEST.total_seconds()
