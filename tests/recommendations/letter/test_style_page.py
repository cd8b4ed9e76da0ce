"""The admin's page for the words and the layout of the letter: form, example beside it, saving."""

import io
import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.urls import reverse

from office.letter_sentences import CLOSING, DUTIES, OPENING, REQUEST, SUBJECT
from office.models import LetterStyle, Office, SigningRoute
from recommendations.letter import example
from recommendations.letter.forms.styling import LetterStyleForm
from recommendations.letter.style_seal import shown_style
from recommendations.uploads import slots
from tests.recommendations.uploads import samples
from tests.recommendations.uploads.test_logos import drawn

PAGE = reverse("recommendations:letter_style")
PREVIEW = reverse("recommendations:letter_style_preview")
EMOJI = "\U0001f9ee"
ARABIC = "\u0645\u0633\u062d"
STANDARD = {
    "nature": "Biasa",
    "subject": SUBJECT,
    "opening": OPENING,
    "duties": DUTIES,
    "compilation_opening": OPENING,
    "compilation_duties": DUTIES,
    "request": REQUEST,
    "closing": CLOSING,
    "font": "Liberation Sans",
    "margin_top": 18,
    "margin_right": 22,
    "margin_bottom": 24,
    "margin_left": 28,
}
BAD = {
    # by name: what is typed, and the message at its field
    "unknown insert": ({"closing": "Demikian {kantor!s:.0}."}, "Sisipan {kantor!s:.0} tidak dikenal di sini."),
    "open brace": ({"request": "Mohon {kantor:"}, "Ada kurung { yang tidak ditutup."),
    "no finding": ({"opening": "Menindaklanjuti {nomor_pengantar}."}, "Kalimat ini harus memuat"),
    "no duty": ({"duties": "{bila_catatan}tindak lanjuti."}, "paling sedikit satu baris tanpa"),
    "an emoji": ({"closing": f"Terima kasih {EMOJI}."}, f"Surat tidak dapat mencetak tanda ini: {EMOJI} (U+1F9EE)."),
    "10,000 signs": ({"closing": "a" * 10_000}, "500"),
    "only spaces": ({"nature": " \u200b "}, "Isi dulu."),
    "only a NUL": ({"nature": "\x00"}, "Isi dulu."),
    "a font of its own": ({"font": 'x"; } html { display: none'}, "display: none bukan"),
    "a margin of 1 mm": ({"margin_left": "1"}, "20"),
    "a margin that is none": ({"margin_top": "18mm"}, "Tulis bilangan bulat, dalam mm."),
    "too narrow a text": ({"margin_left": "40", "margin_right": "35"}, "bersama-sama paling banyak 60 mm"),
}


@pytest.fixture
def desk(client_of, admin_user):
    cache.clear()
    return client_of(admin_user)


@pytest.fixture
def quick_example(monkeypatch):
    """Draw no example: let it be the words of the letter, for tests that look at what it says."""
    monkeypatch.setattr(example, "_drawn", lambda content: [f"{content['words']} {content['form']}".encode()])


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def sent(**typed) -> dict:
    """Return the form as the browser sends it from a page opened now, with `typed` instead of some fields."""
    return STANDARD | {"shown": shown_style(LetterStyle.objects.current()).sealed()} | typed


def message(answer, name: str) -> str:
    """Return the message at a field."""
    return re.search(rf'<p class="form-text[^>]* id="pesan-{name}"[^>]*>(.*?)</p>', words_of(answer))[1].strip()


def test_the_page_shows_the_standard_words_and_the_example_of_both_forms(desk):
    page = desk.get(PAGE)
    other = desk.post(PREVIEW, STANDARD | {"contoh": "FP-KPA"})

    assert words_of(page).count('src="data:image/jpeg;base64,') == 2
    assert 'alt="Contoh surat FS3, halaman 1 dari 2"' in words_of(page)
    assert 'alt="Contoh surat FP-KPA, halaman 1 dari 2"' in words_of(other)
    assert "{layak}{catatan}." in words_of(page)
    assert not LetterStyle.objects.exists()


@pytest.mark.usefixtures("quick_example")
def test_what_is_typed_is_saved_and_noted_with_who_did_it(desk, admin_user):
    answer = desk.post(PAGE, sent(closing="Terima kasih.", margin_left="30"), follow=True)

    style = LetterStyle.objects.get()
    entry = LogEntry.objects.get()
    assert "disimpan, untuk surat yang terbit sesudah ini" in words_of(answer)
    assert (style.closing, style.margin_left, style.opening, style.duties) == ("Terima kasih.", 30, OPENING, DUTIES)
    assert entry.user == admin_user
    assert '["Penutup", "Tepi kiri (mm)"]' in entry.change_message


@pytest.mark.usefixtures("quick_example")
@pytest.mark.parametrize("address", [PAGE, PREVIEW])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_told_at_its_field_and_nothing_is_saved(desk, name, address):
    typed, words = BAD[name]

    answer = desk.post(address, STANDARD | typed)

    assert answer.status_code == 200
    assert words in message(answer, next(iter(typed))).replace("&#x27;", "'").replace("&quot;", '"')
    assert not LetterStyle.objects.exists()


@pytest.mark.usefixtures("quick_example")
@pytest.mark.parametrize(
    "typed", [f"{ARABIC} terima kasih.", "<script>alert(1)</script>", "Terima\x00 kasih\u202e.", "\u2028Baris\nbaru"]
)
def test_other_odd_words_are_taken_as_the_paper_prints_them(desk, typed):
    answer = desk.post(PAGE, sent(closing=typed), follow=True)

    kept = LetterStyle.objects.get().closing
    assert "<script>alert(1)" not in words_of(answer)
    assert kept == " ".join(typed.replace("\x00", "").replace("\u202e", "").replace("\u2028", " ").split())


@pytest.mark.usefixtures("quick_example")
def test_the_preview_changes_only_messages_and_example_and_saves_nothing(desk):
    answer = desk.post(PREVIEW, STANDARD | {"closing": "Terima kasih."}, headers={"hx-request": "true"})

    assert "<html" not in words_of(answer)
    assert "<textarea" not in words_of(answer)
    assert "Contoh ini sesuai isian." in words_of(answer)
    assert 'id="contoh-surat" hx-swap-oob="true"' in words_of(answer)
    assert not LetterStyle.objects.exists()


@pytest.mark.usefixtures("quick_example")
def test_with_an_error_the_last_good_example_stays(desk):
    answer = desk.post(PREVIEW, STANDARD | {"closing": "{"}, headers={"hx-request": "true"})
    whole = desk.post(PREVIEW, STANDARD | {"closing": "{"})

    assert "belum berubah: perbaiki dulu isian yang bertanda" in words_of(answer)
    assert "contoh-surat" not in words_of(answer)
    assert words_of(whole).count("data:image/jpeg") == 1


@pytest.mark.usefixtures("quick_example")
def test_one_text_is_set_back_to_its_standard_words_without_saving(desk):
    typed = STANDARD | {"closing": "Lain.", "request": "Lain lagi:", "baku": "closing"}

    part = words_of(desk.post(PREVIEW, typed, headers={"hx-request": "true"}))
    whole = words_of(desk.post(PREVIEW, typed))

    assert f">{CLOSING}</textarea>" in part.replace("> ", ">")
    assert "Lain lagi" not in part
    assert f">{CLOSING}</textarea>" in whole.replace("> ", ">")
    assert ">Lain lagi:</textarea>" in whole.replace("> ", ">")
    assert not LetterStyle.objects.exists()


@pytest.mark.usefixtures("quick_example")
@pytest.mark.parametrize("baku", ["logo", "pk", "__class__", "font", "x" * 5000])
def test_what_is_no_text_has_no_standard_words(desk, baku):
    assert desk.post(PREVIEW, STANDARD | {"baku": baku, "contoh": baku}).status_code == 200


def test_a_logo_is_kept_shown_and_taken_away_again(desk):
    LetterStyle(pk=1).save()
    without = desk.get(PAGE).content

    desk.post(PAGE, sent(new_logo=io.BytesIO(drawn((300, 200)))))
    kept = bytes(LetterStyle.objects.get().logo)
    with_logo = desk.get(PAGE).content
    desk.post(PAGE, sent())
    still = bytes(LetterStyle.objects.get().logo)
    desk.post(PAGE, sent(no_logo="on"))

    assert kept.startswith(b"\x89PNG")
    assert kept == still
    assert bytes(LetterStyle.objects.get().logo) == b""
    assert with_logo != without


@pytest.mark.usefixtures("quick_example")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.claiming_png(60_000, 60_000), "terlalu besar, paling banyak 16 juta piksel"),
        (samples.white_png(30_000), "terlalu besar, paling banyak 16 juta piksel"),
        (b"<svg/>", "harus gambar PNG atau JPEG"),
        (samples.paper_pdf("x"), "harus gambar PNG atau JPEG"),
        (bytes(3_000_000), "paling besar 2 MB"),
    ],
)
def test_a_bad_logo_is_told_at_its_field_and_the_old_one_stays(desk, content, words):
    LetterStyle(pk=1, logo=b"old").save()

    answer = desk.post(PAGE, STANDARD | {"new_logo": io.BytesIO(content)})

    assert words in message(answer, "new_logo")
    assert bytes(LetterStyle.objects.get().logo) == b"old"


def test_the_same_example_is_drawn_once_and_only_one_at_a_time(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(example, "render_pdf", lambda content: asked.append(content) or b"%PDF")
    monkeypatch.setattr(example, "own_pages_in_colour", lambda pdf, most: [pdf])
    monkeypatch.setattr(slots, "PATIENCE", 0.05)

    desk.get(PAGE)
    desk.get(PAGE)
    with slots.slot("example", size=1, threads=None):
        busy = desk.post(PREVIEW, STANDARD | {"closing": "Lain."})

    assert len(asked) == 1
    assert "Pratinjau belum sempat dibuat." in words_of(busy)


def test_the_example_has_the_office_s_own_facts_and_no_real_person(office):
    Office.objects.update(copies_to="Arsip Contoh", signing_route=SigningRoute.ELSEWHERE)

    content = example.example_content(
        Office.objects.current(), LetterStyle(nature="Segera"), code="FP-KPA", today=date(2026, 11, 30)
    )

    assert content["signatory"]["name"].startswith("Budi Contoh")
    assert (content["copies"], content["is_tte"], content["is_example"]) == (["Arsip Contoh"], True, True)
    assert (content["nature"], content["identity_number"][0]) == ("Segera", "K")


def test_the_example_has_every_part_that_a_letter_has(letter):
    content = example.example_content(
        Office.objects.current(), LetterStyle.objects.current(), code="FS3", today=letter.issued_on
    )

    assert letter.content.keys() - content.keys() == {"answers", "issued_on"}
    assert content["annex"].keys() == letter.content["annex"].keys()
    line = letter.content["annex"]["blocks"][0]["rincians"][0]
    assert content["annex"]["blocks"][0]["rincians"][0].keys() == line.keys()


def test_the_admin_finds_the_page_from_the_profile_and_the_rail(desk):
    profile = words_of(desk.get(reverse("admin:office_office_change", args=[Office.ONLY])))

    assert f'href="{PAGE}"' in profile
    assert f'href="{PAGE}" aria-current="page"' in words_of(desk.get(PAGE))


def test_every_field_of_the_form_is_on_the_page(desk):
    page = words_of(desk.get(PAGE))

    assert all(f'name="{name}"' in page for name in LetterStyleForm.base_fields)
