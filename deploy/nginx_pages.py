"""Write the pages of deploy/nginx/pages: `python -m deploy.nginx_pages`. nginx shows them while the desk cannot.

Each is one file that needs nothing else. Their words are those of office/error_words.py wherever those are true for an
answer that did not come from the desk.
"""

from pathlib import Path
from typing import NamedTuple

from office.error_words import ASK_US, COUNTER, KIOSK_COMPLAINT, SAVED_UNKNOWN, TOO_MUCH, WORDS, Words
from office.screens import Screen

PAGES = Path(__file__).parent / "nginx" / "pages"
FRAME = """\
<!DOCTYPE html>
<html lang="id">
    <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
{again}        <title>{title} - PST BPS</title>
        <style>
            body {{ margin: 0; padding: 1rem; background: #f4f6fa; color: #14213d; font: {size}/1.5 "Segoe UI", \
Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }}
            main {{ max-width: 36rem; margin: 10vh auto; padding: 1.5rem; background: #ffffff; \
border-top: .25rem solid #8a5a00; border-radius: .5rem; }}
            h1 {{ margin-top: 0; font-size: 1.5em; line-height: 1.25; }}
            a {{ display: inline-block; padding: .5rem 1.5rem; background: #0b4f8a; color: #ffffff; \
border-radius: .5rem; text-decoration: none; }}
        </style>
    </head>
    <body>
        <main>
            <h1>{title}</h1>
{texts}        </main>
    </body>
</html>
"""


class NginxPage(NamedTuple):
    """A page: its words, and on a screen that stands somewhere also the address and the seconds of its return."""

    words: Words
    home: str = ""
    seconds: int = 0
    button: str = ""


KIOSK, TABLET, BOARD, TELEPHONE, DESK = (
    WORDS[screen][503] for screen in (Screen.KIOSK, Screen.TABLET, Screen.BOARD, Screen.TELEPHONE, Screen.DESK)
)
NOT_RATED = "Penilaian Anda mungkin belum terkirim. Layar ini kembali sendiri ke awal; petugas dapat membantu."
SMALLER = "Kembali ke halaman tadi, lalu kirim berkas yang lebih kecil."
UNREADABLE = WORDS[Screen.TELEPHONE][400]
FOR = {
    "kiosk": NginxPage(Words(KIOSK.title, ("Nomor antrian mungkin belum tercatat.", COUNTER)), "/kios/", 20, "Ke awal"),
    "kiosk_complaint": NginxPage(KIOSK_COMPLAINT[503], "/kios/", 20, "Ke awal"),
    "tablet": NginxPage(Words(TABLET.title, (NOT_RATED,)), "/nilai/", 20, "Kembali"),
    "board": NginxPage(BOARD, "/papan/", 10),
    "telephone": NginxPage(Words(TELEPHONE.title, (SAVED_UNKNOWN, *TELEPHONE.texts))),
    "desk": NginxPage(Words("Server sedang tidak dapat dihubungi", DESK.texts)),
    "too_large": NginxPage(Words(WORDS[Screen.TELEPHONE][413].title, (TOO_MUCH, SMALLER))),
    "unreadable": NginxPage(Words(UNREADABLE.title, (UNREADABLE.texts[0], ASK_US))),
}


def nginx_page(name: str) -> str:
    """Return the HTML of one page."""
    page = FOR[name]
    texts = [*page.words.texts, *([f'<a href="{page.home}">{page.button}</a>'] if page.button else [])]
    again = f'        <meta http-equiv="refresh" content="{page.seconds}; url={page.home}">\n' if page.home else ""
    lines = "".join(f"            <p>{text}</p>\n" for text in texts)
    return FRAME.format(again=again, title=page.words.title, size="1.5rem" if page.home else "1rem", texts=lines)


def write_pages() -> None:
    """Write every page."""
    for name in FOR:
        (PAGES / f"{name}.html").write_text(nginx_page(name), encoding="utf-8")


if __name__ == "__main__":
    write_pages()
