"""The processes of an office, as its Procfile starts them, for tests and measurements that need a real one."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def commands() -> dict[str, str]:
    """Return the command of each process of the Procfile, to be run by a shell in the root of the project."""
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def command(name: str, *more: str) -> list[str]:
    """Return the command of one process with `more` options, for `Popen(..., cwd=ROOT)`: it becomes that process."""
    return ["sh", "-c", " ".join(["exec", commands()[name], *more])]
