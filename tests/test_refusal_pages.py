"""A refusal is a page of its screen: no view answers a browser with bare words and a status of 400 or more."""

import ast
from collections.abc import Iterator

from tests.test_architecture import named, sources

ALLOWED = {
    "office/errors.py error_page": "bare words for htmx, else a page; this is where pages come from",
    "office/errors.py clock_refuses": "bare words for htmx, else a page",
    "guestbook/views/board.py _part": "a part of a sound that is not there; it has no words",
    "recommendations/recording/views/recording.py refused": "record.js sends one answer at a time, and shows the words",
}
"""The functions that may answer a refusal without a page, each with its reason."""
BARE = {f"HttpResponse{kind}" for kind in ("", "BadRequest", "Forbidden", "NotFound", "Gone", "ServerError")}


def bare_refusals(tree: ast.AST, function: str = "", *, is_htmx: bool = False) -> Iterator[str]:
    """Yield the function of every bare refusal below `tree`, but those inside `if request.htmx`."""
    for node in ast.iter_child_nodes(tree):
        inner = function or (node.name if isinstance(node, ast.FunctionDef) else "")
        for_htmx = is_htmx or (isinstance(node, ast.If) and ast.unparse(node.test) == "request.htmx")
        if isinstance(node, ast.Call) and not for_htmx and is_bare_refusal(node):
            yield inner
        yield from bare_refusals(node, inner, is_htmx=for_htmx)


def is_bare_refusal(call: ast.Call) -> bool:
    """Return whether the call makes an answer without a template, with a refusing or an unknown status."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in BARE:
        return False
    status = next((word.value for word in call.keywords if word.arg == "status"), None)
    if status is None:
        return name != "HttpResponse" or any("text/plain" in ast.unparse(word.value) for word in call.keywords)
    return not isinstance(status, ast.Constant) or status.value >= 400


def test_no_view_answers_a_browser_with_bare_words():
    found = {
        f"{named(path)} {function}"
        for path in sources()
        for function in bare_refusals(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == set(ALLOWED)
