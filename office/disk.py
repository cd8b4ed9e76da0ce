"""Tells a full disk from other faults, and says it in words. The files and both databases report it differently."""

import errno

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
POSTGRESQL_SAYS, SQLITE_SAYS = "53100", "SQLITE_FULL"


def is_full(problem: BaseException | None) -> bool:
    """Return whether the problem, or the one that caused it, is a full disk."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in FULL:
            return True
        said = getattr(problem, "pgcode", ""), getattr(problem, "sqlite_errorname", "")
        if said[0] == POSTGRESQL_SAYS or said[1] == SQLITE_SAYS:
            return True
        problem = problem.__cause__
    return False


def disk_words(problem: BaseException) -> str:
    """Return what is wrong with the office's disk, without a full stop: "Penyimpanan kantor penuh"."""
    return f"Penyimpanan kantor {'penuh' if is_full(problem) else 'tidak dapat ditulisi'}"
