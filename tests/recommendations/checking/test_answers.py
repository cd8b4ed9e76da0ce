"""A visitor gets one of three answers, and "asli" only when every signature holds and is trusted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from recommendations.checking.answers import Verdict, answer_for, answer_for_strange_signature
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


def test_our_unsigned_letter_is_said_to_be_ours_and_unsigned():
    answer = answer_for(SeenFile("0" * 64, Kinship.SAME, (), unchanged=True, problem=""))

    assert answer.verdict == Verdict.UNSIGNED
    assert "belum ditandatangani" in answer.sentence
    assert "asli" not in answer.sentence


def test_a_letter_that_another_program_wrote_again_holds_the_same_and_is_not_ours():
    answer = answer_for(SeenFile("0" * 64, Kinship.REWRITTEN, (), unchanged=False, problem="x", is_copy=True))

    assert (answer.verdict, answer.kind, answer.is_ours) == (Verdict.COPY, "warn", False)
    assert "sama dengan surat kami" in answer.sentence
    assert "tidak ditandatangani" in answer.sentence
    assert "asli" not in answer.sentence


def test_a_signed_letter_is_said_to_be_genuine_with_its_signer_and_day():
    answer = answer_for(SIGNED)

    assert answer.verdict == Verdict.SIGNED
    assert answer.sentence == (
        "Berkas ini asli: surat dari kantor ini yang ditandatangani secara elektronik oleh Siti Contoh pada "
        "23 November 2026, tidak berubah sejak itu."
    )
    assert answer.remarks == ()


def test_the_day_of_the_time_stamp_goes_before_the_claimed_one():
    stamped = replace(HEAD, stamped_at=datetime(2026, 11, 24, 2, 30, tzinfo=UTC))

    answer = answer_for(replace(SIGNED, signatures=(stamped,)))

    assert "24 November 2026" in answer.sentence
    assert "23 November 2026" not in answer.sentence


def test_every_signer_is_named():
    second = replace(HEAD, signer="Saksi Contoh", signed_at=None)

    answer = answer_for(replace(SIGNED, signatures=(HEAD, second)))

    assert "Siti Contoh pada 23 November 2026 dan Saksi Contoh" in answer.sentence


@pytest.mark.parametrize("fault", [{"trusted": False}, {"problem": "Sertifikat sudah berakhir."}, {"intact": False}])
def test_a_letter_with_one_unsure_signer_is_not_said_to_be_genuine(fault):
    answer = answer_for(replace(SIGNED, signatures=(HEAD, replace(HEAD, **fault))))

    assert (answer.verdict, answer.kind) == (Verdict.SIGNED, "warn")
    assert "belum dapat dipastikan" in answer.sentence
    assert "asli" not in answer.sentence
    assert answer.remarks == tuple(filter(None, [fault.get("problem")]))


def test_a_letter_with_a_doubt_is_not_said_to_be_genuine():
    answer = answer_for(SIGNED, ["Waktu tanda tangannya, 1 Januari 2033, belum tiba."])

    assert (answer.verdict, answer.kind) == (Verdict.SIGNED, "warn")
    assert "1 Januari 2033, belum tiba. Tanyakan kepada kantor bila ragu." in answer.sentence
    assert "asli" not in answer.sentence


def test_a_changed_file_is_not_ours_and_says_why():
    answer = answer_for(replace(SIGNED, unchanged=False, problem="Isi halaman 1 tidak sama dengan surat kami."))

    assert answer.verdict == Verdict.NOT_OURS
    assert "bukan surat dari kantor ini, atau berubah" in answer.sentence
    assert "asli" not in answer.sentence
    assert answer.remarks == ("Isi halaman 1 tidak sama dengan surat kami.",)


def test_a_name_that_ends_with_a_full_stop_gets_no_second_one():
    titled = replace(HEAD, signer="Siti Contoh, M.Si.", signed_at=None)

    answer = answer_for_strange_signature(replace(SIGNED, signatures=(titled,)))

    assert answer.remarks == ("Ditandatangani Siti Contoh, M.Si.",)
