"""The documents agree with the program."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from complaints import workflow as complaints
from guestbook import workflow as visits
from recommendations import workflow as submissions
from tests.test_rooms import rooms_of_recommendations

ROOT = Path(settings.BASE_DIR)
LIVES = {
    # heading in docs/workflow.md: (table, first status, first move)
    "A visit": (visits.STEPS, visits.Status.WAITING, visits.Move.CHECK_IN),
    "A submission": (submissions.STEPS, submissions.Status.RECORDING, submissions.Move.OPEN),
    "A complaint": (complaints.STEPS, complaints.Status.RECEIVED, complaints.Move.RECEIVE),
    "A letter": (submissions.LETTER_STEPS, submissions.LetterStatus.ISSUED, submissions.Move.ISSUE),
}


def diagram(steps, first, opening) -> str:
    """Return the table as a mermaid state diagram, as docs/workflow.md must contain it."""
    statuses = type(first)
    lines = [f"[*] --> {first.value}: {opening.label}"]
    for move, step in steps.items():
        before = [status for status in statuses if status in step.before]
        lines += [f"{status.value} --> {step.after.value}: {move.label}" for status in before]
    going_on = {status for step in steps.values() for status in step.before if status != step.after}
    lines += [f"{status.value} --> [*]" for status in statuses if status not in going_on]
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)])


@pytest.mark.parametrize("heading", LIVES)
def test_the_diagram_of_a_workflow_equals_its_table(heading):
    document = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")

    drawn = re.search(rf"## {heading}\n.*?```mermaid\n(.*?)\n```", document, re.DOTALL)

    assert drawn, f"docs/workflow.md has no diagram under “{heading}”"
    assert drawn[1] == diagram(*LIVES[heading])


@pytest.mark.parametrize("heading", LIVES)
def test_every_status_but_the_first_is_reached_by_a_step(heading):
    steps, first, _ = LIVES[heading]

    reached = {step.after for step in steps.values()}

    assert reached | {first} == set(type(first))


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def rows_of_folders() -> list[tuple[str, list[str]]]:
    """Return each folder in the tables of docs/architecture.md with the actions named beside it."""
    found = re.findall(r"^\| `(\w+)/` \|[^|]*\|([^|]*)\|$", ARCHITECTURE, re.MULTILINE)
    return [(folder, re.findall(r"`(\w+)`", actions)) for folder, actions in found]


@pytest.mark.parametrize(("folder", "actions"), rows_of_folders())
def test_every_action_that_the_architecture_names_is_in_its_folder(folder, actions):
    place = ROOT / folder if (ROOT / folder).exists() else ROOT / "recommendations" / folder
    files = [path for path in place.rglob("*.py") if is_of_actions(path.relative_to(place))]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)

    missing = [action for action in actions if f"def {action}(" not in written]

    assert place.is_dir()
    assert missing == []


def is_of_actions(path: Path) -> bool:
    """Return whether the file is actions.py, in actions/, or named as report_actions.py is."""
    return any(part == "actions" or part.endswith("_actions") for part in path.with_suffix("").parts)


def test_the_architecture_names_every_room():
    named = {folder for folder, _ in rows_of_folders()}

    assert rooms_of_recommendations() - named == set()


def test_the_architecture_fits_one_page():
    assert 500 < len(ARCHITECTURE.split()) < 780


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]

    missing = [target for target in local if not (document.parent / target).exists()]

    assert missing == []


def test_the_readme_says_why_every_package_was_chosen():
    readme = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    pinned = re.findall(r"^([A-Za-z0-9_-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)

    unexplained = [name for name in pinned if name.lower() not in readme]

    assert len(pinned) > 10
    assert unexplained == []


def test_every_variable_of_the_settings_is_documented():
    read = (ROOT / "pst_desk" / "settings.py").read_text(encoding="utf-8")
    operating = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    names = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read)

    undocumented = [name for name in names if f"`{name}`" not in operating]

    assert len(names) > 8
    assert undocumented == []


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize(("number", "path"), list(enumerate(DECISIONS, 1)), ids=[path.stem for path in DECISIONS])
def test_a_decision_has_one_number_in_its_file_name_and_heading(number, path):
    heading = path.read_text(encoding="utf-8").partition("\n")[0]

    assert path.name.startswith(f"{number:04}-")
    assert heading.startswith(f"# {number}. ")


def shown_words() -> str:
    """Return every word that a screen can show: those of templates, scripts and modules, without the migrations."""
    kinds = [ROOT.glob("templates/**/*.html"), ROOT.glob("static/js/*.js"), ROOT.glob("[a-z]*/**/*.py")]
    ours = [path for kind in kinds for path in kind if not {"migrations", "tests"} & set(path.relative_to(ROOT).parts)]
    return " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in ours).casefold()


def test_every_button_and_page_that_the_operating_guide_names_is_on_a_screen():
    guide = " ".join((ROOT / "docs" / "operating.md").read_text(encoding="utf-8").split())
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8"), re.MULTILINE)
    shown = shown_words()

    named = set(re.findall(r"(?<!\*)\*(\w[^*`|]{2,60})\*(?!\*)", guide))
    quoted = set(re.findall(r'"([A-Z][A-Za-z]+(?: [A-Za-z()]+)*)"', guide))
    parts = {part for name in named | quoted for part in name.split(", ")}
    missing = [name for name in sorted(parts) if name.casefold() not in shown and name not in headings]

    assert "Buat kode pemasangan" in named
    assert "Perlu diperiksa" in quoted
    assert missing == []


def test_every_test_that_shows_security_exists():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)

    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert len(named) > 15
    assert missing == []
