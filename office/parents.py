"""Ends a process when its parent has ended, also when the parent was killed with `kill -9`.

As a program, `python -m office.parents PARENT COMMAND...`, it becomes the command, which then ends with its parent.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""The number of this request in Linux (prctl(2)). It remains after exec; children of the process do not have it."""


def end_with_parent() -> None:
    """Let the kernel kill this process when the thread that started it ends. Do nothing where there is no Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def become(parent: int, command: list[str]) -> None:
    """Become the command, and end with the process `parent`. Return only when that is gone already."""
    end_with_parent()
    if os.getppid() == parent:
        os.execvp(command[0], command)  # noqa: S606 - the commands of the Procfile, from deploy/children.py


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
