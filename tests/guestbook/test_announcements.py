"""The voice of the board: its sounds are made once and served in parts."""

import io
import shutil
import wave

import pytest
from django.core.management import call_command

from guestbook import announcements


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "announcements"


@pytest.fixture
def sound(folder) -> bytes:
    """Make the chime. Return its bytes."""
    announcements.make(announcements.CHIME)
    return announcements.file_of(announcements.CHIME).read_bytes()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
    ],
)
def test_numbers_are_said_as_indonesians_say_them(number, words):
    assert announcements.number_words(number) == words


@pytest.mark.parametrize(
    ("ticket", "counter", "said"),
    [
        ("R-007", 2, "nomor-antrian huruf-r angka-0 angka-0 angka-7 silakan-menuju-loket angka-2"),
        ("AB-1000", 12, "nomor-antrian huruf-a huruf-b angka-1 angka-0 angka-0 angka-0 silakan-menuju-loket angka-12"),
        ("K-012", 104, "nomor-antrian huruf-k angka-0 angka-1 angka-2 silakan-menuju-loket angka-1 angka-0 angka-4"),
    ],
)
def test_a_call_is_said_sign_by_sign_and_its_counter_as_a_number(ticket, counter, said):
    pieces = announcements.pieces_of(ticket, counter)

    assert pieces == said.split()
    assert set(pieces) <= set(announcements.PIECES)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_pieces_are_made_once(folder, monkeypatch, capsys):
    few = {piece: announcements.WORDS[piece] for piece in ("nomor-antrian", "huruf-r", "angka-7")}
    monkeypatch.setattr(announcements, "PIECES", ("nada", *few))

    call_command("make_announcements")
    made = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    call_command("make_announcements")

    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == made
    assert len(made) == 4
    assert capsys.readouterr().out.count("potongan dibuat") == 1
    for file in folder.iterdir():
        with wave.open(str(file)) as piece:
            assert 0.15 < piece.getnframes() / piece.getframerate() < 2


def test_without_espeak_it_says_so_and_makes_the_chime(folder, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    call_command("make_announcements")

    assert "espeak-ng belum terpasang" in capsys.readouterr().err
    assert [file.name.partition(".")[0] for file in folder.iterdir()] == ["nada"]


def test_a_piece_of_another_voice_is_replaced(sound, folder, monkeypatch):
    monkeypatch.setattr(announcements, "spoken", lambda words: announcements.chime())
    announcements.make("angka-7")
    before = [file.name for file in folder.glob("angka-7.*")]

    monkeypatch.setattr(announcements, "VOICE", ("espeak-ng", "-v", "id+f3"))
    assert "angka-7" in announcements.missing()
    announcements.make("angka-7")

    after = [file.name for file in folder.glob("angka-7.*")]
    assert len(after) == 1
    assert after != before


def test_the_chime_lasts_six_tenths_of_a_second(sound):
    with wave.open(io.BytesIO(sound)) as chime:
        assert chime.getnframes() / chime.getframerate() == pytest.approx(0.6)


def test_a_piece_is_public_and_kept_by_the_browser(client, sound):
    answer = client.get("/papan/suara/nada.wav")

    assert answer.getvalue() == sound
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "private, max-age=2592000"


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-", 0, None),
        ("bytes=0-1", 0, 1),
        ("bytes=100-199", 100, 199),
        ("bytes=-10", -10, None),
        ("bytes=5-9999999", 5, None),
    ],
)
def test_a_part_of_a_piece_is_answered_with_206(client, sound, wanted, first, last):
    answer = client.get("/papan/suara/nada.wav", headers={"range": wanted})

    part = sound[first:] if last is None else sound[first : last + 1]
    begin = first % len(sound)
    assert (answer.status_code, answer.content) == (206, part)
    assert answer["Content-Range"] == f"bytes {begin}-{begin + len(part) - 1}/{len(sound)}"


@pytest.mark.parametrize("wanted", ["bytes=9999999-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_answered_with_416(client, sound, wanted):
    answer = client.get("/papan/suara/nada.wav", headers={"range": wanted})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(sound)}"


@pytest.mark.parametrize("piece", ["angka-7", "rahasia", "huruf-ab"])
def test_a_missing_or_unknown_piece_is_not_found(client, office, folder, piece):
    assert client.get(f"/papan/suara/{piece}.wav").status_code == 404
