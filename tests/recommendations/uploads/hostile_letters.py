"""Files made to use up time on the page that checks a letter. Each is small to send."""

from tests.recommendations.uploads import samples

EMPTY_NODE = b"<< /Type /Pages /Parent 2 0 R /Kids [] /Count 0 >>"
TREE = b"<< /Type /Pages /Kids [3 0 R %s] /Count 1 >>"


def many_nodes(number: int = 24_000) -> bytes:
    """Return a PDF of one page whose tree has this many nodes without a page."""
    kids = b" ".join(b"%d 0 R" % place for place in range(4, 4 + number))
    return samples.pdf(samples.CATALOG % b"", TREE % kids, samples.PAGE, *[EMPTY_NODE] * number)


def one_node_many_times(number: int = 400_000) -> bytes:
    """Return a PDF of one page whose tree lists the same empty node this many times."""
    return samples.pdf(samples.CATALOG % b"", TREE % (b"4 0 R " * number), samples.PAGE, EMPTY_NODE)


def many_objects(number: int = 100_000) -> bytes:
    """Return a PDF with this many objects that nothing refers to."""
    return samples.pdf(samples.CATALOG % b"", samples.PAGES, samples.PAGE, *[b"0"] * number)
