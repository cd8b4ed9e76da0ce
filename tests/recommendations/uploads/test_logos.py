"""A logo is drawn again from its pixels, in the child process; a picture that would cost much is refused in words."""

import io

import pytest
from PIL import Image

from recommendations.uploads import BadFile, apart
from recommendations.uploads.checks import MOST_LOGO, printed_logo
from tests.recommendations.uploads import hostile, samples
from tests.recommendations.uploads.test_apart import cpu_of_children


def noise(size: tuple[int, int], kind: str = "PNG") -> bytes:
    """Return the picture that packs worst."""
    kept = io.BytesIO()
    Image.effect_noise(size, 200).convert("RGB").save(kept, kind)
    return kept.getvalue()


def drawn(size: tuple[int, int], mode: str = "RGB", kind: str = "PNG", **options) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, 1 if mode == "1" else None).save(kept, kind, **options)
    return kept.getvalue()


REFUSED = {
    "PNG that claims 4 billion pixels": (samples.claiming_png(65_000, 65_000), "terlalu besar, paling banyak 16 juta"),
    "PNG of one colour, 100 million pixels": (drawn((10_000, 10_000), "1"), "terlalu besar, paling banyak 16 juta"),
    "progressive JPEG with 200 scans": (hostile.many_scans(), "terlalu besar, paling banyak 16 juta"),
    "JPEG with 200 scans of 9 million pixels": (hostile.many_scans(size=(3000, 3000)), "tidak wajar"),
    "PNG with many chunks": (hostile.many_chunks()[:MOST_LOGO], "tidak wajar"),
    "PNG without its pixels": (samples.claiming_png(300, 300), "terpotong atau rusak"),
    "PNG cut short": (drawn((300, 300))[:-30], "terpotong atau rusak"),
    "PNG of a dot": (drawn((10, 10)), "terlalu kecil"),
    "GIF": (drawn((300, 300), "P", "GIF"), "harus gambar PNG atau JPEG"),
    "BMP": (drawn((300, 300), kind="BMP"), "harus gambar PNG atau JPEG"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "harus gambar PNG atau JPEG"),
    "PDF": (samples.paper_pdf("Logo"), "harus gambar PNG atau JPEG"),
    "nothing": (b"", "harus gambar PNG atau JPEG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_logo_is_refused_in_words_by_the_child(name):
    content, words = REFUSED[name]
    before = cpu_of_children()

    with pytest.raises(BadFile, match=words):
        printed_logo(content)

    assert cpu_of_children() > before


def test_a_file_that_is_too_large_is_refused_without_a_child(monkeypatch):
    monkeypatch.setattr(apart, "_run", None)

    with pytest.raises(BadFile, match="paling besar 2 MB"):
        printed_logo(bytes(MOST_LOGO + 1))


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (samples.photo((900, 600)), (480, 320)),
        (samples.photo((900, 600), turned=True), (320, 480)),
        (samples.photo((120, 80)), (120, 80)),
        (noise((800, 400)), (480, 240)),
        (drawn((300, 200), "RGBA"), (300, 200)),
        (drawn((300, 200), "LA"), (300, 200)),
        (drawn((300, 200), "I;16"), (300, 200)),
        (drawn((300, 200), "1"), (300, 200)),
        (drawn((300, 200), "CMYK", "JPEG"), (300, 200)),
    ],
)
def test_a_logo_becomes_a_small_png_upright_and_without_anything_else(content, size):
    made = printed_logo(content)

    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size, picture.info) == ("PNG", size, {})
    assert len(made) < 130_000
    assert b"Kamera Contoh" not in made


def test_what_was_clear_becomes_white():
    with Image.open(io.BytesIO(printed_logo(drawn((300, 200), "RGBA")))) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
