import pytest

from recommendations.instruments import INSTRUMENTS
from recommendations.instruments.regions import CITIES, PROVINCES, competent_office
from recommendations.recording.navigation import block_states, first_open_block, rincian_numbered
from recommendations.recording.sheet import PLAIN, Look, Part, changed_lines, code_addition, code_digits, lines_of

FS3 = INSTRUMENTS["FS3"]
BLOCK_V = FS3.block("blok_5")


def line(number, answers):
    return next(one for one in lines_of(FS3, BLOCK_V, answers) if one.rincian.number == number)


def part_of(item_id: str, answers: dict, look: Look = PLAIN) -> Part:
    lines = lines_of(FS3, FS3.block_of(item_id), answers, look)
    return next(part for line in lines for part in line.parts if part.item.id == item_id)


def test_a_skipped_line_says_why():
    skipped = line("5.6", {"cara_pengumpulan": 1, "metode_penelitian": 1})

    assert skipped.is_skipped
    assert skipped.why == "Dilewati karena R.5.5 berkode 1."


def test_an_answer_in_a_skipped_part_is_kept_and_flagged():
    answers = {"uji_coba": 2, "uji_coba_uraian": "Sudah ditulis di kertas"}

    part = part_of("uji_coba_uraian", answers)

    assert part.mode == "kept"
    assert "Dilewati karena R.5.7 berkode 2." in part.notices[0].text


@pytest.mark.parametrize(("answers", "mode"), [({}, "absent"), ({"uji_coba": 2}, "quiet"), ({"uji_coba": 1}, "open")])
def test_a_detail_appears_under_its_answer(answers, mode):
    assert part_of("uji_coba_uraian", answers).mode == mode


def test_an_untouched_item_is_not_marked_as_missing():
    assert part_of("tujuan_survei", {}).notices == ()


def test_after_the_declaration_was_refused_every_missing_item_is_marked():
    part = part_of("tujuan_survei", {}, Look(tells_missing=True))

    assert part.notices[0].text == "R.4.1 belum diisi."


def test_only_opened_or_closed_lines_are_redrawn():
    before = lines_of(FS3, BLOCK_V, {"cara_pengumpulan": 1})
    after = lines_of(FS3, BLOCK_V, {"cara_pengumpulan": 1, "metode_penelitian": 2})

    lines, parts = changed_lines(before, after, "metode_penelitian")

    assert [one.rincian.number for one in lines] == ["5.6"]
    assert parts == []


def test_the_saved_item_itself_is_not_redrawn():
    before = lines_of(FS3, BLOCK_V, {"uji_coba": 2})
    after = lines_of(FS3, BLOCK_V, {"uji_coba": 2, "uji_coba_uraian": "x"})

    assert changed_lines(before, after, "uji_coba_uraian") == ([], [])


def test_a_block_with_an_unreadable_answer_warns():
    states = {state.block.id: state for state in block_states(FS3, {"jadwal_lapangan": {"awal": "31/02/2027"}})}

    assert states["blok_7"].kind == "warn"
    assert states["blok_4"].count == "0/2"


def test_a_complete_form_has_only_complete_blocks(fs3_answers):
    assert {state.kind for state in block_states(FS3, fs3_answers)} == {"ok"}


def test_recording_goes_on_where_something_is_missing(fs3_answers):
    del fs3_answers["uji_coba"]

    assert first_open_block(FS3, fs3_answers).id == "blok_5"


@pytest.mark.parametrize("typed", ["5.10", "R.5.10", "r5,10", " 5.10 "])
def test_a_line_is_found_by_its_number(typed):
    block, rincian = rincian_numbered(FS3, typed)

    assert (block.id, rincian.id) == ("blok_5", "r5-10")


@pytest.mark.parametrize("typed", ["", "9.9", "sebelas", "sampul lama"])
def test_an_unknown_line_number_finds_no_line(typed):
    assert rincian_numbered(FS3, typed) is None
    assert rincian_numbered(FS3, "5.10")


@pytest.mark.parametrize(
    ("item_id", "codes", "digits", "addition"),
    [
        ("metode_pengumpulan", [1, 4], ["0", "5"], "1 + 4"),
        ("metode_pengumpulan", [1, 4, 16], ["2", "1"], "1 + 4 + 16"),
        ("petugas", [1], ["1"], ""),
        ("petugas", [], [], ""),
        ("petugas", "sembarang", [], ""),
    ],
)
def test_the_box_of_the_paper_holds_the_sum_of_the_codes(item_id, codes, digits, addition):
    item = FS3.item(item_id)

    assert (code_digits(item, codes), code_addition(item, codes)) == (digits, addition)


@pytest.mark.parametrize(
    ("rows", "is_ours", "words"),
    [
        ([("Kalimantan Selatan", "Kota Banjarmasin")], True, "Satu kabupaten/kota: berwenang BPS Kota Banjarmasin."),
        (
            [("Kalimantan Selatan", "Kota Banjarmasin"), ("Kalimantan Selatan", "Kabupaten Banjar")],
            False,
            "BPS Provinsi",
        ),
        ([("Kalimantan Selatan", "Semua")], False, "BPS Provinsi Kalimantan Selatan"),
        ([("Kalimantan Selatan", "Kota Banjarmasin"), ("Bali", "Kota Denpasar")], False, "BPS Pusat"),
        ([("Kalimantan Selatan", "")], None, ""),
        ([("Kalimantan Selatan", "Kab. Banjar")], False, "berwenang BPS Kab. Banjar"),
        ([("Kalimantan Selatan", "KOTA  BANJARMASIN"), ("Kalimantan Selatan", "Kota Banjarmasin")], True, "Satu"),
    ],
)
def test_territory_decides_which_office_is_competent(rows, is_ours, words):
    answers = {"cakupan_wilayah": 2, "wilayah": [{"provinsi": one, "kabkota": two} for one, two in rows]}

    competence = competent_office(answers, "Kota Banjarmasin")

    assert competence.is_ours is is_ours
    assert words in competence.words if words else competence.words == ""


def test_all_of_indonesia_is_for_bps_pusat():
    assert "BPS Pusat" in competent_office({"cakupan_wilayah": 1}, "Kota Banjarmasin").words


def test_there_are_thirteen_cities_and_thirty_eight_provinces():
    assert (len(set(CITIES)), len(set(PROVINCES))) == (13, 38)
