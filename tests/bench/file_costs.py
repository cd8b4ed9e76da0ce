"""Check one file, and print what this cost outside of this process. Its own memory is small, so it hides no peak.

With a second file, a letter of ours, compare the first one with it as the public check page does.
"""

import json
import resource
import sys
from pathlib import Path

from recommendations.uploads import BadFile
from recommendations.uploads.apart import CHECK, ask

KIND_OF = "recommendations.uploads.child.kinds:kind_of"


def _is_no_attachment(content: bytes) -> bool:
    ask(KIND_OF, content, limits=CHECK)
    return False


def _is_other(content: bytes, letter: bytes) -> bool:
    from recommendations.uploads.signatures import Kinship, seen_file

    return seen_file(content, drawn=letter, for_visitor=True).kinship == Kinship.OTHER


def main() -> None:
    content, *letters = [Path(name).read_bytes() for name in sys.argv[1:]]
    try:
        is_refused = _is_other(content, letters[0]) if letters else _is_no_attachment(content)
    except BadFile:
        is_refused = True
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"is_refused": is_refused, "cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss // 1024}
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main()
