"""Do one job on a stranger's files under limits. `apart.py` starts it, and reads the answer from standard output.

Arguments: the job as `module:function`, CPU seconds, megabytes of memory, megabytes of the answer. Standard input: one
line of JSON with the sizes of the files and the facts, then the files.
"""

import os
import resource
import signal
import sys

from office.parents import end_with_parent

MEGABYTE = 1024 * 1024
NICE = 10
"""Pages for people go before files, which are also looked at while the machine is busy."""
LONGEST = 60
"""In seconds: more than `apart.py` waits for any job. A child whose parent was killed ends then, on Linux at once."""


def limit(cpu: float, memory: int, answer: int) -> None:
    """Set the limits of this process: CPU seconds, megabytes of memory, megabytes of the answer. Return nothing.

    The kernel ends the process at the limit of CPU. Over the limit of memory Python raises MemoryError or crashes; over
    that of the answer it raises OSError.
    """
    end_with_parent()
    os.nice(NICE)
    signal.alarm(LONGEST)
    signal.setitimer(signal.ITIMER_PROF, cpu)  # finer than RLIMIT_CPU, which counts whole seconds
    bounds = {
        resource.RLIMIT_CPU: int(cpu) + 1,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_DATA: memory * MEGABYTE,
        resource.RLIMIT_FSIZE: answer * MEGABYTE,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))


def work(job: str) -> None:
    """Read standard input, do the job `module:function`, and write its answer to standard output. Return nothing.

    The answer is a line of JSON, then the pictures or papers that the job made. The line has `sizes`, the bytes of each
    of them, and `value`, `refused` or `failed` (see `_done`). Raise OSError when the answer is too large.
    """
    import json
    from typing import Any

    asked = json.loads(sys.stdin.buffer.readline())
    files = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
    told, made = _done(job, files, asked["facts"])

    def plain(value: Any) -> dict[str, Any]:
        return dict(vars(value))

    sys.stdout.buffer.write(json.dumps(told | {"sizes": [len(one) for one in made]}, default=plain).encode() + b"\n")
    for one in made:
        sys.stdout.buffer.write(one)


def _done(job: str, files: list[bytes], facts: dict[str, object]) -> tuple[dict[str, object], list[bytes]]:
    """Call the job with the files and the facts. Return the facts of the answer, and the pictures or papers made.

    The facts are `refused` with the words of a refusal, or `failed` with the name of another exception. Without an
    exception, they are `value` with what the job returned, unless it returned bytes: these are what it made.
    """
    from importlib import import_module

    from office.refusals import Refused
    from recommendations.uploads.refusal import TooComplex

    module, _, name = job.partition(":")
    try:
        answer = getattr(import_module(module), name)(*files, **facts)
    except TooComplex as problem:  # the parent raises it again, and not only its words
        return {"failed": type(problem).__name__}, []
    except Refused as refusal:
        return {"refused": str(refusal)}, []
    except Exception as problem:  # noqa: BLE001 - a hostile file can raise any error, and the parent logs its name
        return {"failed": type(problem).__name__}, []
    if isinstance(answer, bytes):
        return {}, [answer]
    is_made = isinstance(answer, list) and all(isinstance(one, bytes) for one in answer)
    return ({}, answer) if is_made else ({"value": answer}, [])


if __name__ == "__main__":
    limit(float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    work(sys.argv[1])
