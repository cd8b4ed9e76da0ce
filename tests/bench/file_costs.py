"""Check one file, and print what this cost outside of this process. Its own memory is small, so it hides no peak."""

import json
import resource
import sys
from pathlib import Path

from recommendations.uploads import BadFile
from recommendations.uploads.apart import CHECK, ask

KIND_OF = "recommendations.uploads.child.kinds:kind_of"


def main() -> None:
    is_refused = False
    try:
        ask(KIND_OF, Path(sys.argv[1]).read_bytes(), limits=CHECK)
    except BadFile:
        is_refused = True
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"is_refused": is_refused, "cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss // 1024}
    sys.stdout.write(json.dumps(cost))


if __name__ == "__main__":
    main()
