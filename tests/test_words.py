"""Comments, docstrings and documents are in plain words, in every kind of file."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import APPS, ROOT, named, sources
from tests.test_docs import documents

UNPLAIN = re.compile(r"\b(whoever|nobody|anew|all\s+the\s+same|what\s+stands|(?:is|are)\s+told)\b", re.IGNORECASE)
"""Words that make a reader read a sentence twice."""


def python_words(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each comment and docstring of a Python file, with its line."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


IN_SCRIPTS = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
IN_TEMPLATES = re.compile(r"\{#.*?#\}|\{% comment .*?endcomment %\}|<!--.*?-->", re.DOTALL)
BEHIND_HASH = re.compile(r"(?<!\S)#.*")
"""Comments of scripts and style sheets; of templates; of YAML, shell, nginx, systemd, TOML and the like."""


def found_words(path: Path, comment: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield each comment of a file, with its line."""
    text = path.read_text(encoding="utf-8")
    for found in comment.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def script_words(path: Path) -> Iterator[tuple[int, str]]:
    yield from found_words(path, IN_SCRIPTS)


def template_words(path: Path) -> Iterator[tuple[int, str]]:
    yield from found_words(path, IN_TEMPLATES)


def hash_words(path: Path) -> Iterator[tuple[int, str]]:
    yield from found_words(path, BEHIND_HASH)


def document_words(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)


def files(folders: tuple[str, ...], *patterns: str) -> list[Path]:
    """Return the files below these folders whose names fit one of the patterns."""
    return [path for folder in folders for pattern in patterns for path in sorted((ROOT / folder).rglob(pattern))]


ROOT_FILES = [ROOT / name for name in (".ci/run", ".env.example", "Makefile", "Procfile", "pyproject.toml")]
KINDS_OF_FILES = [
    (sources(*APPS, "tests", "deploy"), python_words),
    (files(("static",), "*.js", "*.css"), script_words),
    (files(("templates",), "*.html", "*.txt"), template_words),
    (files((*APPS, "deploy", "tests"), "*.yaml", "*.sh", "*.conf", "*.service"), hash_words),
    (ROOT_FILES, hash_words),
    (documents(), document_words),
]
"""The files that a developer reads, with the function that finds their words."""


def read() -> Iterator[tuple[Path, int, str]]:
    """Yield every text that a developer reads, with its file and line."""
    for paths, words in KINDS_OF_FILES:
        yield from ((path, line, text) for path in paths for line, text in words(path))


def test_no_comment_docstring_or_document_has_to_be_read_twice():
    texts = [one for one in read() if one[0] != Path(__file__)]

    unplain = [f"{named(path)}:{line}: {found[0]}" for path, line, text in texts if (found := UNPLAIN.search(text))]

    assert len(texts) > 6000
    assert all(any(path in paths for path, _, _ in texts) for paths, _ in KINDS_OF_FILES)
    assert unplain == []


@pytest.mark.parametrize(
    "text", ["Whoever asks gets it.", "It asks nobody.", "Draw it anew.", "It is the letter and what stands in it."]
)
def test_a_word_that_is_not_plain_is_seen(text):
    assert UNPLAIN.search(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (python_words, '"""Whoever asks."""\nx = 1'),
        (script_words, "let a = 1; // Whoever asks"),
        (script_words, ".a { }\n/* It is drawn\n   anew. */"),
        (template_words, "<p>{# Whoever asks #}</p>"),
        (template_words, '{% comment "head" %}\nWhoever asks.\n{% endcomment %}'),
        (template_words, "<p></p>\n<!-- Whoever asks -->"),
        (hash_words, "# Whoever asks\nname: Kota"),
        (hash_words, "listen 80;  # whoever asks"),
        (document_words, "# Title\nWhoever asks."),
    ],
)
def test_a_word_is_seen_in_the_comments_of_every_kind_of_file(tmp_path, words, text):
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")

    assert any(UNPLAIN.search(found) for _, found in words(file))


@pytest.mark.parametrize(
    ("words", "text", "comment"),
    [
        (script_words, 'a = "anew" // Again', "// Again"),
        (template_words, "<p>anew</p>\n{# Again #}", "{# Again #}"),
        (hash_words, 'a: "x#anew"  # Again', "# Again"),
    ],
)
def test_only_the_comments_of_a_file_are_read(tmp_path, words, text, comment):
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")

    assert [found for _, found in words(file)] == [comment]


def sentences(path: Path) -> Iterator[str]:
    """Yield each string of a Python file that has a blank and is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    yield from (node.value for node in strings if " " in node.value and id(node) not in docstrings)


def test_a_sentence_on_a_screen_says_kios_and_not_kiosk():
    said = [(named(path), text) for path in sources(*APPS) for text in sentences(path)]

    assert [one for one in said if re.search(r"\bkiosk\b", one[1], re.IGNORECASE)] == []
    assert any("di kios" in text for _, text in said)
