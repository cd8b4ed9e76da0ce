"""Comments, docstrings and documents are in plain words."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import APPS, ROOT, named, sources
from tests.test_docs import documents

UNPLAIN = re.compile(r"\b(whoever|nobody|anew|all the same|what stands|(?:is|are) told)\b", re.IGNORECASE)
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


def script_words(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the comments of a script or a style sheet, with their lines."""
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", text, re.DOTALL):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def document_words(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)


def read() -> Iterator[tuple[Path, int, str]]:
    """Yield every text that a developer reads, with its file and line."""
    scripts = [path for kind in ("js", "css") for path in (ROOT / "static" / kind).glob(f"*.{kind}")]
    kinds = [(sources(*APPS, "tests", "deploy"), python_words), (scripts, script_words), (documents(), document_words)]
    for paths, words in kinds:
        yield from ((path, line, text) for path in paths for line, text in words(path))


def test_no_comment_docstring_or_document_has_to_be_read_twice():
    texts = [one for one in read() if one[0] != Path(__file__)]

    unplain = [f"{named(path)}:{line}: {found[0]}" for path, line, text in texts if (found := UNPLAIN.search(text))]

    assert len(texts) > 6000
    assert unplain == []


@pytest.mark.parametrize(
    "text", ["Whoever asks gets it.", "It asks nobody.", "Draw it anew.", "It is the letter and what stands in it."]
)
def test_a_word_that_is_not_plain_is_seen(text):
    assert UNPLAIN.search(text)
