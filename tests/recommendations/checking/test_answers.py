"""A visitor gets one of three answers, and "asli" only when every signature holds and is trusted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from recommendations.checking.answers import Verdict, VisitorAnswer, answer_for
from recommendations.uploads.signatures import Kinship, SeenFile, Signature

HEAD = Signature(
    signer="Siti Contoh",
    organisation="Kantor Contoh",
    issuer="Balai Sertifikasi Contoh",
    signed_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    stamped_at=None,
    intact=True,
    trusted=True,
    problem="",
)
SIGNED = SeenFile("0" * 64, Kinship.EXTENDED, (HEAD,), unchanged=True, problem="")


def about(seen: SeenFile) -> VisitorAnswer:
    """Return the answer about a file of a letter of Siti Contoh."""
    return answer_for(seen, "Siti Contoh, S.ST., M.Si.")


def test_our_unsigned_letter_is_said_to_be_ours_and_unsigned():
    answer = about(SeenFile("0" * 64, Kinship.SAME, (), unchanged=True, problem=""))

    assert answer.verdict == Verdict.UNSIGNED
    assert "belum ditandatangani" in answer.sentence
    assert "asli" not in answer.sentence


def test_a_signed_letter_is_said_to_be_genuine_with_its_signer_and_day():
    answer = about(SIGNED)

    assert answer.verdict == Verdict.SIGNED
    assert answer.sentence == (
        "Berkas ini asli: surat dari kantor ini yang ditandatangani secara elektronik oleh Siti Contoh pada "
        "23 November 2026, tidak berubah sejak itu."
    )
    assert answer.remarks == ()


def test_the_day_of_the_time_stamp_goes_before_the_claimed_one():
    stamped = replace(HEAD, stamped_at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC))

    answer = about(replace(SIGNED, signatures=(stamped,)))

    assert "24 November 2026" in answer.sentence
    assert "23 November 2026" not in answer.sentence


def test_every_signer_is_named():
    second = replace(HEAD, signer="Saksi Contoh", signed_at=None)

    answer = about(replace(SIGNED, signatures=(HEAD, second)))

    assert "Siti Contoh pada 23 November 2026 dan Saksi Contoh" in answer.sentence


@pytest.mark.parametrize("fault", [{"trusted": False}, {"problem": "Sertifikat sudah berakhir."}, {"intact": False}])
def test_a_letter_with_one_unsure_signer_is_not_said_to_be_genuine(fault):
    answer = about(replace(SIGNED, signatures=(HEAD, replace(HEAD, **fault))))

    assert answer.verdict == Verdict.SIGNED
    assert "belum dapat dipastikan" in answer.sentence
    assert "asli" not in answer.sentence
    assert answer.remarks == tuple(filter(None, [fault.get("problem")]))


def test_a_letter_that_somebody_else_signed_is_not_said_to_be_genuine():
    answer = about(replace(SIGNED, signatures=(replace(HEAD, signer="Saksi Contoh"),)))

    assert answer.verdict == Verdict.SIGNED
    assert "Surat ini atas nama Siti Contoh, S.ST., M.Si." in answer.sentence
    assert "asli" not in answer.sentence


def test_a_changed_file_is_not_ours_and_says_why():
    answer = about(replace(SIGNED, unchanged=False, problem="Isi halaman 1 tidak sama dengan surat kami."))

    assert answer.verdict == Verdict.NOT_OURS
    assert "bukan surat dari kantor ini, atau berubah" in answer.sentence
    assert "asli" not in answer.sentence
    assert answer.remarks == ("Isi halaman 1 tidak sama dengan surat kami.",)
