"""The board must work on televisions of 2016 (Chrome 38 to 47): ES5 scripts, and CSS without grid and var().

Python has no parser for ES5, so patterns search the scripts, without strings and comments, for newer syntax and names.
Each pattern is tested with an example.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
NO_CODE = re.compile(
    r"/\*.*?\*/|//[^\n]*|/(?![*/ ])(?:\\.|[^/\n\\])+/(?=[.\w])|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL
)
NEWER = {
    "arrow function": (r"=>", "done(() => 1)"),
    "let, const, class": (r"\b(?:let|const|class|extends|super)\b\s*\w", "const a = 1"),
    "async, await, generator": (r"\basync\b|\bawait\b|\byield\b|\bfunction\s*\*", "await fetch"),
    "template literal": (r"`", "`${a}`"),
    "for of": (r"\bfor\s*\([^;)]*\bof\b", "for (var a of b)"),
    "spread, rest": (r"\.\.\.", "f(...a)"),
    "optional chaining, ??, **": (r"\?\.(?!\d)|\?\?|\*\*", "a?.b"),
    "shorthand method": (r"[{,]\s*(?!(?:function|if|for|while|switch)\b)\w+\s*\([^()]*\)\s*\{", "x = { say(a) { } }"),
    "shorthand property": (r"=\s*\{\s*\w+\s*[,}]", "x = { a, b }"),
    "destructuring": (r"\bvar\s*[\[{]", "var [a, b] = c"),
    "default parameter": (r"function\s*\w*\s*\([^)]*=", "function f(a = 1) { }"),
    "new objects": (r"\b(?:Promise|Map|Set|Symbol|Proxy|Reflect|URL|URLSearchParams|AbortController)\b", "new Map()"),
    "fetch": (r"\bfetch\s*\(", "fetch('/')"),
    "new methods": (
        r"\.(?:includes|startsWith|endsWith|padStart|repeat|find|findIndex|from|of|assign|entries|values|closest)\s*\(",
        "a.includes(b)",
    ),
    "new methods of nodes": (r"\.(?:matches|append|prepend|replaceWith|remove|toggleAttribute)\s*\(", "a.remove()"),
    "forEach on nodes": (r"querySelectorAll\([^)]*\)\.forEach", "document.querySelectorAll().forEach(f)"),
    "dataset of svg": (r"\.dataset\b", "a.dataset.b"),
}
NEWER_CSS = re.compile(
    r"var\(|\bgrid\b|\bgap\s*:|clamp\(|\bmin\(|\bmax\(|\binset\b|aspect-ratio|:is\(|:where\(|:has\(|color-mix|-inline\s*:|-block\s*:"
)


def code_of(script: str) -> str:
    return NO_CODE.sub(lambda found: "" if found[0][:2] in {"/*", "//"} else "''", script)


def scripts_of_the_board(client) -> list[Path]:
    page = client.get("/papan/").content.decode()
    return [STATIC / name for name in re.findall(r'<script src="/static/([^"?]+)"', page)]


def test_every_script_of_the_board_is_es5(client, office):
    scripts = scripts_of_the_board(client)

    found = {
        (script.name, name): hit[0]
        for script in scripts
        for name, (pattern, _) in NEWER.items()
        if (hit := re.search(pattern, code_of(script.read_text(encoding="utf-8"))))
    }

    assert {script.name for script in scripts} == {"board.js", "board_voice.js", "public.js"}
    assert found == {}


@pytest.mark.parametrize(("pattern", "example"), NEWER.values(), ids=NEWER)
def test_each_pattern_finds_what_it_is_for(pattern, example):
    assert re.search(pattern, code_of(example))


def test_strings_and_comments_are_no_code():
    assert code_of("/* let a = `b` */ say('const a') // => x").strip() == "say('')"


def test_the_board_s_part_of_the_stylesheet_is_of_before_2016():
    sheet = (STATIC / "css" / "public.css").read_text(encoding="utf-8")
    part = re.search(r"/\* 10 board -.*?\*/(.*?)/\* 11 ", sheet, re.DOTALL)[1]

    rules = re.sub(r"/\*.*?\*/", "", part, flags=re.DOTALL)

    assert ".hero" in rules
    assert NEWER_CSS.findall(rules) == []


@pytest.mark.parametrize("property_", ["font-family", "color", "background", "line-height"])
def test_the_board_writes_the_properties_of_tokens_literally(property_):
    sheet = (STATIC / "css" / "public.css").read_text(encoding="utf-8")
    board = "".join(re.findall(r"(?:html\.at-board|^\.board) \{(.*?)\}", sheet, re.DOTALL | re.MULTILINE))

    assert re.search(rf"\b{property_}:\s*[^;]", board)
