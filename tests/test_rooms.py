"""Rules that import-linter cannot hold: kinds of files keep their order in all rooms, and a name has one meaning."""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.test_architecture import APPS, ROOT, imports, named, sources, syntax

KINDS = ("views", "forms", "actions", "tasks")
KNOW_THE_REQUEST = {"recommendations.access", "recommendations.acts", "office.requests", "office.fields"}
MAY_NOT_IMPORT = {
    # kind of file: kinds that it may import in no room; "" is every other module of a room
    "forms": {"views", "actions"},
    "actions": {"views", "forms"},
    "tasks": {"views", "forms", "actions"},
    "": {"views", "forms", "actions"},
}
BELOW_ROOMS = {"data", "instruments", "migrations", "models", "uploads", "workbook"}
ABOVE_ROOMS = {"urls", "admin", "management", "owed_work", "tasks"}
TWICE = {
    "Channel": "Kombu's name, of both queues",
    "Command": "Django's name for a management command",
    "Move": "of a visit, of a submission, of a complaint",
    "MoveNotAllowed": "of a visit, of a submission, of a complaint",
    "moves_from": "of a visit, of a submission, of a complaint",
    "Status": "of a visit, of a submission, of a complaint",
    "app_name": "Django's name, in the urls of an app",
    "log": "each module's logger",
    "new_token": "a migration names both",
    "prepare": "a step of deploy/run.py, a step of the walkthrough",
    "sign": "through the signing service, with a certificate file of the office",
    "stage": "a decorator of the walkthrough, a step of the schedule",
    "status_after": "of a visit, of a submission, of a complaint",
    "urlpatterns": "Django's name, in the urls of an app or room",
    "Transport": "Kombu's name, of both queues",
}
"""Public names that exist more than once, each with the reason. An action and the view that calls it may share one."""


def kind_of(module: str) -> str:
    """Return "views", "forms", "actions" or "tasks", or "" for another module."""
    return next((part for part in module.split(".") if part in KINDS), "")


def modules_of_rooms() -> dict[str, Path]:
    """Return every module below recommendations/ with its file, without the modules above the rooms."""
    found = {named(path).removesuffix(".py").replace("/", "."): path for path in sources("recommendations")}
    return {module: path for module, path in found.items() if module.split(".")[1] not in ABOVE_ROOMS}


def forbidden(module: str, imported: str) -> bool:
    """Return whether a file of this kind may not import `imported`; the room does not matter."""
    if module.endswith(".urls"):
        return False
    kind = kind_of(module)
    is_ours = imported.startswith("recommendations.")
    return (is_ours and kind_of(imported) in MAY_NOT_IMPORT.get(kind, set())) or (
        kind == "actions" and imported in KNOW_THE_REQUEST
    )


def contract(name: str) -> dict:
    """Return the import-linter contract whose name begins so."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return next(one for one in settings["tool"]["importlinter"]["contracts"] if one["name"].startswith(name))


def test_every_folder_with_python_files_is_a_package_that_import_linter_sees():
    folders = {path.parent for app in APPS for path in sources(app)}

    assert len(folders) > 50
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def rooms_of_recommendations() -> set[str]:
    """Return the name of each room, also of one without pages."""
    packages = {path.parent.name for path in (ROOT / "recommendations").glob("*/__init__.py")}
    return packages - BELOW_ROOMS - ABOVE_ROOMS


def test_every_room_is_checked_inside():
    rooms = rooms_of_recommendations()

    assert len(rooms) == 14
    assert set(contract("Inside every room")["containers"]) == {f"recommendations.{room}" for room in rooms}


def test_every_package_at_the_root_has_its_place():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {path.stem for path in ROOT.glob("*.py")}

    assert packages == {*APPS, "tests", "manage"}


def test_the_kinds_of_files_keep_their_order_across_all_rooms():
    modules = modules_of_rooms()

    wrong = [(module, one) for module, path in modules.items() for one in full_imports(path) if forbidden(module, one)]

    assert len(modules) > 150
    assert wrong == []


def full_imports(path: Path) -> set[str]:
    """Return each imported module, and each imported name with its module."""
    froms = [node for node in syntax(path) if isinstance(node, ast.ImportFrom)]
    return set(imports(path)) | {f"{node.module}.{alias.name}" for node in froms for alias in node.names}


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("recommendations.letter.actions.issuing", "recommendations.agencies.views.emails"),
        ("recommendations.letter.actions.issuing", "recommendations.promise.forms"),
        ("recommendations.letter.actions.issuing", "recommendations.access"),
        ("recommendations.letter.forms.issuing", "recommendations.promise.actions.moving"),
        ("recommendations.slip.tasks", "recommendations.slip.actions"),
        ("recommendations.letter.content", "recommendations.slip.forms"),
    ],
)
def test_an_import_against_the_order_is_seen(module, imported):
    assert forbidden(module, imported)


PARTICIPLE = re.compile(r"(?!feed$)\w+ed|shown|known|drawn|given|taken|kept|held|told|sent|made|found|written|chosen")


def is_participle(file_name: str) -> bool:
    """Return whether the last word of a file name is a past participle, as in `skm_shown.py`."""
    return bool(PARTICIPLE.fullmatch(file_name.removesuffix(".py").rpartition("_")[2]))


def test_no_file_is_named_by_a_past_participle():
    names = {path.name for path in sources(*APPS, "deploy")}

    assert len(names) > 300
    assert {name for name in names if is_participle(name)} == set()


def test_a_past_participle_is_seen():
    names = ("checked.py", "skm_shown.py", "feed.py", "owed_work.py", "signed_file_checks.py")

    assert [is_participle(name) for name in names] == [True, True, False, False, False]


def test_a_public_name_stands_for_one_thing():
    places = defaultdict(set)
    for path in sources(*APPS, "deploy"):
        for name in public_names(path.read_text(encoding="utf-8")):
            places[name].add(named(path))

    twice = {name: files for name, files in places.items() if len(files) > 1 and not is_action_and_view(files)}

    assert len(places) > 1000
    assert twice.keys() == TWICE.keys()


def public_names(code: str) -> set[str]:
    """Return the public functions and classes of a module, and what it assigns, without constants in CAPITALS."""
    body = ast.parse(code).body
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    assigned = {target.id for target in targets if isinstance(target, ast.Name) and not target.id.isupper()}
    return {name for name in defined | assigned if not name.startswith("_")}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("sees_stamps = permission_required('x')", {"sees_stamps"}),
        ("Stamp: type = tuple[str, int]", {"Stamp"}),
        ("def stamp(): ...\nclass Ink: ...", {"stamp", "Ink"}),
        ("MOST = 3\n_Stamp = tuple[str, int]\ndef _ink(): ...", set()),
    ],
)
def test_an_assigned_name_counts_like_a_defined_one(code, names):
    assert public_names(code) == names


def is_action_and_view(files: set[str]) -> bool:
    """Return whether these are an action and the view of the same app or room that calls it."""
    rooms = {Path(file).parts[: 2 if file.startswith("recommendations/") else 1] for file in files}
    kinds = {kind_of(file.removesuffix(".py").replace("/", ".").replace("_", ".")) for file in files}
    return len(files) == 2 and len(rooms) == 1 and kinds == {"actions", "views"}


def test_the_tests_have_the_same_rooms():
    rooms = rooms_of_recommendations()

    tested = {path.parent.name for path in (ROOT / "tests" / "recommendations").glob("*/test_*.py")}

    assert rooms <= tested
