"""Rules of the code that no linter can check. docs/architecture.md explains them."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import models
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from office.requests import StaffRequest
from pst_desk.celery import CLOCKWORK, run_command

ROOT = Path(settings.BASE_DIR)
APPS = ["office", "guestbook", "recommendations", "complaints", "ratings", "reports", "pst_desk"]
TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
NAMED_BY_DJANGO = {
    "admin/base_site.html",
    "admin/office/office/change_form.html",
    "registration/login.html",
    "registration/password_change_form.html",
}
PUBLIC = {
    "login",
    "second_step",
    "check_letter",
    "office:pair_device",
    "recommendations:confirm_email",
    "guestbook:kiosk",
    "guestbook:kiosk_service",
    "guestbook:kiosk_identity",
    "guestbook:kiosk_ticket",
    "guestbook:kiosk_mail",
    "guestbook:board",
    "guestbook:board_state",
    "guestbook:board_sound",
    "guestbook:ticket",
    "guestbook:ticket_leave",
    "recommendations:form_template",
    "recommendations:phone_upload",
    "recommendations:phone_join",
    "recommendations:download_page",
    "recommendations:fetch_letter",
    "recommendations:track",
    "recommendations:track_answer",
    "recommendations:track_files",
    "recommendations:track_send",
    "recommendations:track_slip",
    "recommendations:track_letter",
    "complaints:complain",
    "complaints:complain_done",
    "complaints:follow",
    "complaints:conversation",
    "complaints:write_reply",
    "complaints:rate_complaint",
    "complaints:close_conversation",
    "complaints:kiosk_complain",
    "complaints:kiosk_complain_done",
    "ratings:tablet",
    "ratings:tablet_state",
    "ratings:rate",
    "ratings:rate_questions",
    "ratings:rate_thanks",
    "reports:feed",
    "reports:health_state",
    "reports:service_standard",
    "reports:standard_pdf",
    "admin:login",
}
"""The only pages that open without a sign-in."""

WRITES_STATUS = {
    "complaints/moves.py",
    "guestbook/actions.py",
    "office/mailing.py",
    "recommendations/letter/ending.py",
    "recommendations/moves.py",
    "recommendations/signing/acceptance.py",
}
UPDATES_STATUS = {
    "guestbook/closing.py",
    "office/mailing.py",
    "office/outbox.py",
}
WRITES_ROWS = {
    *("create", "bulk_create", "get_or_create", "update", "bulk_update", "update_or_create", "delete", "save"),
}
MERGED_BY_LINES = {".py", ".html", ".txt", ".js", ".css", ".md", ".yaml", ".json"}
LONG_DATA = {"recommendations/instruments/fs3.py", "recommendations/instruments/fpkpa.py"}


def sources(*folders: str) -> list[Path]:
    """Return our Python files, without migrations."""
    found = [path for folder in folders or APPS for path in (ROOT / folder).rglob("*.py")]
    return [path for path in sorted(found) if "migrations" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def syntax(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def addresses(resolver=None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its full name, e.g. ("guestbook:board", ...)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.callback.__name__}", pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner)


def test_only_the_listed_pages_are_public():
    public = {name for name, pattern in addresses() if not getattr(pattern.callback, "login_required", True)}

    assert public == PUBLIC


def test_the_types_of_every_app_are_checked():
    settled = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]

    assert settled["strict"]
    assert settled["files"] == sorted([*APPS, "deploy"])


def test_a_view_that_expects_a_signed_in_user_requires_the_sign_in():
    ours = [pattern.callback for _, pattern in addresses() if pattern.callback.__module__.split(".")[0] in APPS]
    asked = [view for view in ours if StaffRequest in inspect.get_annotations(inspect.unwrap(view)).values()]

    assert len(asked) > 80
    assert [view.__name__ for view in asked if not getattr(view, "login_required", True)] == []


def test_status_is_assigned_in_the_listed_files_only():
    assigning = {named(path) for path in sources() for node in syntax(path) if assigns_status(node)}

    assert assigning == WRITES_STATUS


def assigns_status(node: ast.AST) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    inner = [part for target in targets if target for part in ast.walk(target)]
    return any(isinstance(part, ast.Attribute) and part.attr == "status" for part in inner)


def test_status_is_updated_by_queries_in_the_listed_files_only():
    updating = {named(path) for path in sources() for node in syntax(path) if updates_status(node)}

    assert updating == UPDATES_STATUS


def updates_status(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in {"update", "bulk_update"} and any(word.arg == "status" for word in node.keywords)


def test_a_frozen_report_is_written_by_its_action_only():
    writing = {named(path) for path in sources() for node in syntax(path) if writes_frozen_report(node)}

    assert writing == {"ratings/report_actions.py"}


def writes_frozen_report(node: ast.AST) -> bool:
    """Return whether the node calls the model, or a query of it that writes."""
    if not isinstance(node, ast.Call):
        return False
    is_writing = isinstance(node.func, ast.Name) or getattr(node.func, "attr", "") in WRITES_ROWS
    return is_writing and any(isinstance(one, ast.Name) and one.id == "FrozenReport" for one in ast.walk(node.func))


def test_actions_know_neither_request_nor_form():
    forbidden = ("django.http", "django.forms", "django.shortcuts", "django.views", "django.contrib.messages")
    places = [path for path in sources() if "actions" in named(path)]

    found = {named(path): module for path in places for module in imports(path) if module.startswith(forbidden)}

    assert len(places) > 5
    assert found == {}


def test_a_workflow_needs_nothing_but_text_choices_steps_and_refusals():
    for app in ("complaints", "guestbook", "recommendations"):
        modules = set(imports(ROOT / app / "workflow.py"))

        assert modules == {"django.db.models", "office.refusals", "office.steps"}


def imports(path: Path) -> Iterator[str]:
    for node in syntax(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name):
    assert get_template(name)


def test_no_template_is_unused():
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    written += "\n".join((ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES)

    unused = [name for name in TEMPLATES if name not in NAMED_BY_DJANGO and f'"{name}' not in written]

    assert unused == []


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\shx-on|javascript:|hx-vals=[\"']js:", re.IGNORECASE
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_script_style_or_handler_of_its_own(name):
    text = (ROOT / "templates" / name).read_text(encoding="utf-8")

    assert INLINE.findall(text) == []


OF_LIBRARIES = {"alert-danger", "asteriskField", "form-text", "htmx-indicator", "htmx-request"}  # crispy, htmx
COMPOSED = {"is-empty", "is-off", "is-skipped", "is-weekend", "w58", "w80"}  # is-{{ kind }}, {{ width }}
SELECTED = re.compile(r"\.(-?[a-zA-Z_][\w-]*)(?=[^{}]*{)")


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "static" / "css").glob("*.css")))
def test_every_class_of_our_css_is_written_somewhere(name):
    text = (ROOT / "static" / "css" / name).read_text(encoding="utf-8")
    selected = set(SELECTED.findall(re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", text, flags=re.DOTALL)))

    assert selected - classes_written() == set()


@cache
def classes_written() -> frozenset[str]:
    """Return every word in class attributes and class blocks of templates, and in strings of our scripts and Python."""
    pages = "\n".join((ROOT / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES)
    blocks = re.findall(r"_class %}(.*?){% endblock", pages, re.DOTALL)
    attributes = re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", pages, flags=re.DOTALL))
    code = [path.read_text(encoding="utf-8") for path in [*sources(), *(ROOT / "static" / "js").glob("*.js")]]
    quoted = [words for text in code for words in re.findall(r"""["'`]([^"'`\n]*)["'`]""", text)]
    words = re.findall(r"[\w-]+", " ".join([*blocks, *attributes, *quoted]))
    return frozenset(words) | OF_LIBRARIES | COMPOSED


def test_the_clock_only_runs_commands_that_exist():
    entries = settings.CELERY_BEAT_SCHEDULE

    assert entries
    for entry in entries.values():
        assert entry["task"] == "pst_desk.run_command"
        assert entry["args"][0] in CLOCKWORK & get_commands().keys()


@pytest.mark.parametrize("name", ["shell", "flush", "createsuperuser", "catch_up --help", ""])
def test_a_message_in_the_queue_starts_no_other_command(name):
    with pytest.raises(ValueError, match="The clock does not run"):
        run_command(name)


def test_every_model_has_its_own_str():
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]

    silent = [model.__name__ for model in ours if model.__str__ is models.Model.__str__]

    assert len(ours) > 10
    assert silent == []


def test_no_file_grows_past_three_hundred_lines():
    files = [path for path in sources(*APPS, "deploy") if named(path) not in LONG_DATA]

    long = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_a_test_with_only_negative_asserts_checks_that_its_page_is_there():
    """Negative asserts also pass on an empty error page.

    Such a test must fetch its page with `tests.pages.page`, or assert something that is there.
    """
    functions = [(path, node) for path in sources("tests") for node in syntax(path) if is_test(node)]

    bare = [(path, test) for path, test in functions if only_denies(test)]

    assert len(functions) > 1000
    assert [f"{named(path)}: {test.name}" for path, test in bare if not asks_for_a_page(path, test)] == []


def is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def only_denies(test: ast.FunctionDef) -> bool:
    """Return whether every assert is negative, no exception is expected, and a browser waits for nothing."""
    parts = list(ast.walk(test))
    asserts = [part.test for part in parts if isinstance(part, ast.Assert)]
    waits = any(isinstance(part, ast.Attribute) and part.attr == "raises" for part in parts)
    waits |= any(isinstance(part, ast.Call) and ast.unparse(part.func) == "expect" for part in parts)
    empty = NOTHING if asks_a_client(test) else ()
    return bool(asserts) and all(denies(claim, empty) for claim in asserts) and not waits


def asks_a_client(test: ast.FunctionDef) -> bool:
    """Return whether the test itself sends a request: a call of `.get` or `.post`, but not of `objects.get`."""
    called = {ast.unparse(part.func) for part in ast.walk(test) if isinstance(part, ast.Call)}
    return any(name.endswith((".get", ".post")) and ".objects" not in name for name in called)


def asks_for_a_page(path: Path, test: ast.FunctionDef) -> bool:
    froms = [node for node in syntax(path) if isinstance(node, ast.ImportFrom) and node.module == "tests.pages"]
    names = {alias.asname or alias.name for node in froms for alias in node.names}
    called = {ast.unparse(part.func) for part in ast.walk(test) if isinstance(part, ast.Call)}
    return bool(names & called)


NOTHING = (" == []", " == {}")


def denies(claim: ast.expr, empty: tuple[str, ...] = ()) -> bool:
    """Return whether the claim only says what is not there.

    This is `not x`, `x not in y`, `x is None`, `x.count() == 0`, or several of these joined by `and` or `all(...)`. An
    empty list is what many functions rightly return, so it is such a claim only with `empty`: after a request.
    """
    if isinstance(claim, ast.Compare):
        words = ast.unparse(claim)
        return isinstance(claim.ops[0], ast.NotIn) or words.endswith((" is None", ".count() == 0", *empty))
    if isinstance(claim, ast.BoolOp) and isinstance(claim.op, ast.And):
        return all(denies(part, empty) for part in claim.values)
    if isinstance(claim, ast.Call) and ast.unparse(claim.func) == "all":
        return isinstance(claim.args[0], ast.GeneratorExp | ast.ListComp) and denies(claim.args[0].elt, empty)
    return isinstance(claim, ast.UnaryOp) and isinstance(claim.op, ast.Not)


@pytest.mark.parametrize(
    ("claim", "is_denied"),
    [
        ("a not in b and not c", True),
        ("all(a not in b for b in c)", True),
        ("all([not b for b in c])", True),
        ("a is None", True),
        ("a.count() == 0", True),
        ("a.count() == 10", False),
        ("a not in b and c", False),
        ("not a or b not in c", False),
        ("found == []", False),
        ("a in b", False),
    ],
)
def test_a_negative_claim_is_seen_in_every_dress(claim, is_denied):
    assert denies(ast.parse(claim, mode="eval").body) == is_denied


@pytest.mark.parametrize(
    ("code", "is_bare"),
    [
        ("client.post('/stempel/')\n    assert stamps() == []", True),
        ("client.post('/stempel/')\n    assert stamps() == {} and not inks()", True),
        ("assert client.post('/stempel/').status_code == 400\n    assert stamps() == []", False),
        ("assert stamps_of(Stamp.objects.get()) == []", False),
        ("assert stamps('') == []", False),
    ],
)
def test_nothing_after_a_request_is_a_negative_claim(code, is_bare):
    (test,) = ast.parse(f"def test_a_stamp():\n    {code}").body

    assert only_denies(test) == is_bare


def test_no_file_holds_the_marks_of_an_unfinished_merge():
    marks = re.compile(r"^(<{7}|>{7}) |^={7}$", re.MULTILINE)
    folders = [ROOT / folder for folder in (*APPS, "templates", "static", "tests", "docs", "deploy")]
    files = [path for folder in folders for path in folder.rglob("*.*") if path.suffix in MERGED_BY_LINES]

    assert len(files) > 500
    assert [named(path) for path in files if marks.search(path.read_text(encoding="utf-8"))] == []


def test_a_rule_is_only_waived_with_a_reason():
    waived = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \w)")

    bare = [
        named(path) for path in sources(*APPS, "tests", "deploy") if waived.search(path.read_text(encoding="utf-8"))
    ]

    assert [name for name in bare if name != "tests/test_architecture.py"] == []


def test_a_panel_is_a_named_key_of_its_page():
    merging = re.compile(r"(?:\*\*|\|=?\s*|update\()\w+_panel\(")  # merged, panels could overwrite each other's keys
    views = [path for path in sources(*APPS) if "_panel(" in path.read_text(encoding="utf-8")]

    assert views, "there are panels"
    assert [named(path) for path in views if merging.search(path.read_text(encoding="utf-8"))] == []


PARSERS = re.compile(r"\b(?:PIL|pikepdf|pyhanko|pypdfium2|pypdf|zipfile|load_workbook)\b")
PARSING = {
    "recommendations/uploads/child/drawing.py": "the child process",
    "recommendations/uploads/child/kinds.py": "the child process",
    "recommendations/uploads/child/logos.py": "the child process",
    "recommendations/uploads/child/office_files.py": "the child process",
    "recommendations/uploads/child/certificates.py": "the child process",
    "recommendations/uploads/child/description.py": "the child process",
    "recommendations/uploads/child/pdf.py": "the child process",
    "recommendations/uploads/child/pdf_actions.py": "the child process",
    "recommendations/uploads/child/pdf_equality.py": "the child process",
    "recommendations/uploads/child/pdf_index.py": "the child process",
    "recommendations/uploads/child/pdf_packs.py": "the child process",
    "recommendations/uploads/child/pdf_revisions.py": "the child process",
    "recommendations/uploads/child/pictures.py": "the child process",
    "recommendations/uploads/child/quick_reader.py": "the child process",
    "recommendations/uploads/child/signature_pictures.py": "the child process",
    "recommendations/uploads/child/signatures.py": "the child process",
    "ratings/formula_sheets.py": "opens only the workbook that it has just written",
    "recommendations/workbook/packages.py": "the child process, through recording/file_review.py",
    "recommendations/workbook/reading.py": "the child process, through recording/file_review.py",
    "recommendations/archive/archive_file.py": "the admin's own list, on the command line",
    "pst_desk/walkthrough.py": "the desk's own letters, on the command line",
    "reports/packet.py": "the desk's own files, of which it writes a ZIP",
    "recommendations/signing/own_certificate.py": "the desk's own letters, which it signs",
}
"""The only files that open a PDF, picture or zip, and the process in which they do."""
READERS = {
    "read_workbook",
    "read_incoming",
    "check_package",
    "kind_of",
    "check_pdf",
    "check_picture",
    "read_signed_file",
}
CALL_READERS = {"recommendations/recording/file_review.py", "recommendations/workbook/reading.py"}
"""The only files outside of the child's folder that call a reader of a stranger's file: the child runs them."""


def test_only_the_child_process_opens_the_files_of_strangers():
    places = {named(path): path for path in sources()}

    opening = {name for name, path in places.items() if any(opens(node) for node in syntax(path))}
    calling = {name for name, path in places.items() if any(calls_a_reader(node) for node in syntax(path))}

    assert opening == PARSING.keys()
    assert {name for name in calling if "/uploads/child/" not in name} == CALL_READERS


def opens(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) and bool(PARSERS.search(ast.unparse(node)))


def calls_a_reader(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in READERS
