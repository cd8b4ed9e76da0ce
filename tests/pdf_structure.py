"""Checks the structure of a PDF of the office against PDF/A-3u (ISO 19005-3) and PDF/UA-1 (ISO 14289-1).

It is no validator: it checks what a template, a style or a new WeasyPrint could break, and returns each fault in words.
Terms are those of ISO 32000-1.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA, PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
PROPERTY = "{http://www.aiim.org/pdfa/ns/schema#}namespaceURI"
PAINTS = {"Tj", "TJ", "f", "f*", "S", "s", "B", "b", "Do", "sh"}
"""Operators that leave something on the page."""
BLOCKS = {"/H1", "/H2", "/H3", "/P", "/LI", "/TH", "/TD", "/Caption", "/Figure", "/Div", "/Sect", "/LBody"}
"""Elements that begin on a line of their own."""
INSIDE = {"/L": {"/LI", "/L", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/TR": {"/TH", "/TD"}}
ACTS = {"/OpenAction", "/AA"}


def faults_of(pdf: bytes) -> list[str]:
    """Return what is wrong with the structure of a PDF; [] when nothing is."""
    paper = Paper(pdf)
    return [
        *_catalog_faults(paper),
        *_metadata_faults(paper),
        *_font_faults(paper),
        *_page_faults(paper),
        *_heading_faults(paper),
        *_element_faults(paper),
        *_table_faults(paper),
        *_file_faults(paper),
    ]


def words_in_order(pdf: bytes) -> str:
    """Return the words of a PDF as a screen reader reads them, each block on its own line."""
    paper = Paper(pdf)
    lines = "".join(paper.words_of(one) for one in paper.top).splitlines()
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def headings_of(pdf: bytes) -> list[tuple[str, str]]:
    """Return the headings with their levels, in reading order: ("H1", "Rekomendasi Kegiatan Statistik")."""
    paper = Paper(pdf)
    return [
        (str(one["/S"])[1:], " ".join(paper.words_of(one).split()))
        for one in paper.elements
        if re.fullmatch(r"/H\d", str(one["/S"]))
    ]


@dataclass
class Page:
    """What is on one page: the words of each piece, and what is painted outside of all pieces."""

    words: dict[int, str] = field(default_factory=dict)
    outside: int = 0
    missing: list[str] = field(default_factory=list)
    """Codes that draw no glyph, or have no text."""
    begins_line: bool = False
    """While the page is read: whether the next words are on another line than the last ones."""


class Paper:
    """A PDF with its elements and the words of their pieces."""

    def __init__(self, pdf: bytes):
        self.document = pikepdf.open(io.BytesIO(pdf))
        self.root = self.document.Root

    @cached_property
    def top(self) -> list[Any]:
        return _kids(self.root.StructTreeRoot)

    @cached_property
    def elements(self) -> list[Any]:
        """All elements in reading order."""
        waiting, found = list(reversed(self.top)), []
        while waiting:
            found.append(waiting.pop())
            waiting += [kid for kid in reversed(_kids(found[-1])) if isinstance(kid, pikepdf.Dictionary)]
        return found

    @cached_property
    def pages(self) -> list[Page]:
        fonts: dict[tuple[int, int], Font] = {}
        return [_read_page(page, fonts) for page in self.document.pages]

    @cached_property
    def metadata(self) -> Any:
        return ElementTree.fromstring(self.root.Metadata.read_bytes())  # noqa: S314 - we wrote it ourselves

    def words_of(self, element: Any) -> str:
        """Return the words of an element; a block begins and ends a line, and a figure is its alt text."""
        if element.get("/S") == "/Figure":
            return f"\n{element.get('/Alt', '')}\n"
        number = self.numbers.get(element.Pg.objgen) if "/Pg" in element else None
        told = "".join(self._words_of_kid(kid, number) for kid in _kids(element))
        return f"\n{told}\n" if str(element["/S"]) in BLOCKS else told

    def _words_of_kid(self, kid: Any, page: int | None) -> str:
        return self.words_of(kid) if isinstance(kid, pikepdf.Dictionary) else self.pages[page].words.get(int(kid), "")

    @cached_property
    def numbers(self) -> dict[tuple[int, int], int]:
        return {page.objgen: number for number, page in enumerate(self.document.pages)}


class Font:
    """An embedded font: which glyphs it has, and the text of each code."""

    def __init__(self, font: Any):
        self.name = str(font.BaseFont)
        self.is_plain = str(font.get("/Encoding")) == "/Identity-H"
        descriptor = font.DescendantFonts[0].FontDescriptor
        program = next((descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor), None)
        self.is_embedded = program is not None
        self.glyphs = TTFont(io.BytesIO(program.read_bytes()))["maxp"].numGlyphs if self.is_embedded else 0
        self.texts = _texts(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}

    def read(self, codes: bytes) -> tuple[str, list[int]]:
        """Return the text of codes of two bytes, and those of them that draw no glyph or have no text."""
        numbers = [int.from_bytes(codes[place : place + 2]) for place in range(0, len(codes), 2)]
        bad = [one for one in numbers if not 0 < one < self.glyphs or one not in self.texts or not self.is_plain]
        return "".join(self.texts.get(one, "") for one in numbers), bad


def _texts(cmap: bytes) -> dict[int, str]:
    """Return the text of each code of a /ToUnicode (9.10.3)."""
    found = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", part):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _read_page(page: Any, fonts: dict[tuple[int, int], Font]) -> Page:
    """Read one page. A piece begins with BDC and a number, and ends with EMC."""
    told, marks, font, line = Page(), [], None, None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC" | "EMC" as edge:
                marks.append(_mark(operands)) if edge != "EMC" else marks.pop()
            case "Tf":
                font = _font(page.Resources.Font[str(operands[0])], fonts)
            case "Tm":
                line, told.begins_line = operands[5], operands[5] != line
            case name if name in PAINTS:
                _paint(told, name, operands, _innermost(marks), font)
    return told


def _innermost(marks: list[int | str | None]) -> int | str | None:
    return next((one for one in reversed(marks) if one is not None), None)


def _font(chosen: Any, fonts: dict[tuple[int, int], Font]) -> Font:
    if chosen.objgen not in fonts:
        fonts[chosen.objgen] = Font(chosen)
    return fonts[chosen.objgen]


def _mark(operands: Any) -> int | str | None:
    """Return the number of a piece, "artifact", or None for a mark that says nothing."""
    if str(operands[0]) == "/Artifact":
        return "artifact"
    return int(operands[1].MCID) if len(operands) > 1 and "/MCID" in operands[1] else None


def _paint(told: Page, name: str, operands: Any, mark: int | str | None, font: Font | None) -> None:
    if mark is None:
        told.outside += 1
    if name not in ("Tj", "TJ"):
        return
    parts = operands[0] if name == "TJ" else operands
    for part in parts:
        if isinstance(part, pikepdf.String):
            text, bad = font.read(bytes(part))
            told.missing += [f"{font.name} {one}" for one in bad]
            if isinstance(mark, int):
                told.words[mark] = told.words.get(mark, " " * told.begins_line) + text
                told.begins_line = False


def _catalog_faults(paper: Paper) -> Iterator[str]:
    root = paper.root
    intents = [one for one in root.get("/OutputIntents", []) if str(one.S) == "/GTS_PDFA1"]
    holds = {
        "Its language is not Indonesian": str(root.get("/Lang")) == "id",
        "Not marked as tagged": root.get("/MarkInfo", {}).get("/Marked") is True,
        "The title is not displayed": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True,
        "No structure": "/StructTreeRoot" in root,
        "Acts when it is opened": not ACTS & set(root.keys()),
        "No identifier": "/ID" in paper.document.trailer,
        "No output intent with three colours": [int(one.DestOutputProfile.N) for one in intents] == [3],
    }
    yield from (fault for fault, is_good in holds.items() if not is_good)


def _metadata_faults(paper: Paper) -> Iterator[str]:
    told = paper.metadata
    if len(list(told.iter(f"{RDF}RDF"))) != 1:
        yield "Not one RDF in the metadata"
    attributes = {name: value for one in told.iter(f"{RDF}Description") for name, value in one.attrib.items()}
    named = {key: attributes.get(key) for key in (f"{PDFA}part", f"{PDFA}conformance", f"{PDFUA}part")}
    if list(named.values()) != ["3", "U", "1"]:
        yield f"Names itself {named}"
    if PDFUA[1:-1] not in [one.text for one in told.iter(PROPERTY)]:
        yield "The property of PDF/UA is not described"
    if not "".join(text for one in told.iter(TITLE) for text in one.itertext()).strip():
        yield "No title"


def _font_faults(paper: Paper) -> Iterator[str]:
    for one in paper.document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0":
            font = Font(one)
            if not font.is_embedded or not font.texts:
                yield f"{font.name} is not embedded with its text"


def _page_faults(paper: Paper) -> Iterator[str]:
    parents = paper.root.StructTreeRoot.ParentTree.Nums
    owners = {int(parents[place]): parents[place + 1] for place in range(0, len(parents), 2)}
    known = {one.objgen for one in paper.elements}
    for number, (page, told) in enumerate(zip(paper.document.pages, paper.pages, strict=True), 1):
        if told.outside:
            yield f"Page {number}: {told.outside} things painted that are neither content nor artifact"
        yield from (f"Page {number}: no glyph or no text for {one}" for one in told.missing)
        own = owners[int(page.obj.StructParents)]
        lost = [piece for piece in told.words if own[piece] is None or own[piece].objgen not in known]
        if lost:
            yield f"Page {number}: pieces {lost} belong to no element"
        if str(page.obj.get("/Tabs")) != "/S":
            yield f"Page {number}: keys do not follow the structure"


def _heading_faults(paper: Paper) -> Iterator[str]:
    levels = [int(str(one["/S"])[2:]) for one in paper.elements if re.fullmatch(r"/H\d", str(one["/S"]))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"The headings do not begin with the only H1: {levels}"
    if any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield f"The headings jump: {levels}"


def _element_faults(paper: Paper) -> Iterator[str]:
    for one in paper.elements:
        kind, kids = str(one["/S"]), [kid for kid in _kids(one) if isinstance(kid, pikepdf.Dictionary)]
        strangers = {str(kid["/S"]) for kid in kids} - INSIDE.get(kind, {str(kid["/S"]) for kid in kids})
        if strangers:
            yield f"{kind} holds {strangers}"
        if kind == "/Figure" and (not str(one.get("/Alt", "")) or "/BBox" not in one.get("/A", {})):
            yield "A figure without alt text or place"


def _table_faults(paper: Paper) -> Iterator[str]:
    for table in (one for one in paper.elements if one["/S"] == "/Table"):
        rows = list(_rows(table))
        widths = Counter(sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in row) for row in rows)
        if len(widths) != 1:
            yield f"A table with rows of different widths: {dict(widths)}"
        headers = [cell for row in rows for cell in row if cell["/S"] == "/TH"]
        if not headers or any(str(one.A.get("/Scope")) not in ("/Row", "/Column") for one in headers):
            yield "A table without headers, or with a header that says not for what"


def _rows(table: Any) -> Iterator[list[Any]]:
    for kid in _kids(table):
        if kid["/S"] == "/TR":
            yield _kids(kid)
        elif kid["/S"] in ("/THead", "/TBody", "/TFoot"):
            yield from _rows(kid)


def _file_faults(paper: Paper) -> Iterator[str]:
    named = paper.root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    files = [named[place] for place in range(1, len(named), 2)]
    if [one.objgen for one in paper.root.get("/AF", [])] != [one.objgen for one in files]:
        yield "The files inside are not associated with the document once"
    for one in files:
        inner = one.EF.F
        if any(not one.get(key) for key in ("/F", "/UF", "/Desc", "/AFRelationship")):
            yield "A file inside without name, description or relationship"
        if "/Subtype" not in inner or "/ModDate" not in inner.Params:
            yield "A file inside without type or date"
