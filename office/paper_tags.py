"""Finish the tags and the metadata of a PDF that WeasyPrint drew, before it is written.

WeasyPrint writes PDF/A or PDF/UA, but not both names in one file; ISO 19005-3 and ISO 14289-1 may be kept together. The
numbers below are those of ISO 32000-1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

POINTS = 0.75
"""Points in one pixel of CSS."""
UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""What says that a file is PDF/UA-1, with the description of this property that PDF/A wants (ISO 19005-3, 6.6.2.3)."""


def finish_tags(document: Any, pdf: Any) -> None:
    """Mark running heads and feet as artifacts, say what each table header is for, and name each file once.

    WeasyPrint calls this as its `finisher`.
    """
    elements = {one.reference: one for one in pdf.objects if _is_element(one)}
    _take_out(pdf, elements, elements.keys() - set(_reached(pdf, elements)))
    _dissolve_rests_of_tables(elements)
    _explain_headers(pdf, elements)
    _fill_list_items(pdf, elements)
    _place_figures(pdf, elements)
    _name_files_once(pdf)


def finish_tags_for_everybody(document: Any, pdf: Any) -> None:
    """Finish the PDF, and say that it is PDF/UA-1: its template must keep to that (headings in order, alt texts)."""
    finish_tags(document, pdf)
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [one.replace(b"</rdf:RDF>", UA + b"</rdf:RDF>") for one in metadata.stream]


def _is_element(one: Any) -> bool:
    return isinstance(one, pydyf.Dictionary) and one.get("Type") == "/StructElem"


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _reached(pdf: Any, elements: Mapping[bytes, Any]) -> Iterator[bytes]:
    """Yield the references of the elements that are in the tree. Those of running heads and feet are not."""
    waiting = list(_object(pdf, pdf.catalog["StructTreeRoot"])["K"])
    while waiting:
        reference = waiting.pop()
        yield reference
        waiting += [kid for kid in elements[reference]["K"] if kid in elements]


def _take_out(pdf: Any, elements: dict[bytes, Any], outside: set[bytes]) -> None:
    """Take elements out of the file, and mark what they are made of as artifacts (14.8.2.2)."""
    numbers = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for page, owners in zip(pdf.page_references, numbers[1::2], strict=False):
        pieces = {number for number, owner in enumerate(owners) if owner in outside}
        owners[:] = ["null" if owner in outside else owner for owner in owners]
        _mark_as_artifacts(_object(pdf, _object(pdf, page)["Contents"]).stream, pieces)
    for reference in outside:
        elements.pop(reference).clear()


def _mark_as_artifacts(stream: list[Any], pieces: set[int]) -> None:
    for place, entry in enumerate(stream):
        if isinstance(entry, pydyf.Dictionary) and entry.get("MCID") in pieces:
            stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _dissolve_rests_of_tables(elements: Mapping[bytes, Any]) -> None:
    """Make a table without headers plain content: its page has only the rest of a row that began before."""
    for table in (one for one in elements.values() if one["S"] == "/Table"):
        parts = [table, *_parts_of_table(table, elements)]
        if not any(part["S"] == "/TH" for part in parts):
            for part in parts:
                part["S"] = "/Div"
                part.pop("A", None)


def _parts_of_table(one: Any, elements: Mapping[bytes, Any]) -> Iterator[Any]:
    for kid in (elements[kid] for kid in one["K"] if kid in elements):
        if kid["S"] in ("/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"):
            yield kid
            yield from _parts_of_table(kid, elements)


def _explain_headers(pdf: Any, elements: Mapping[bytes, Any]) -> None:
    """Say for each header whether it belongs to its row or its column, and list the names of the headers (14.7.2)."""
    headers = [one for one in elements.values() if one["S"] == "/TH"]
    for header in headers:
        group = elements[elements[header["P"]]["P"]]
        header["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    for cell in elements.values():
        if cell["S"] == "/TD" and not cell["A"].get("Headers"):
            cell["A"].pop("Headers", None)
    named = sorted((header["ID"].data, header) for header in headers if "ID" in header)
    if named:
        names = pydyf.Array([part for name, header in named for part in (name, header.reference)])
        _object(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = pydyf.Dictionary({"Names": names})


def _fill_list_items(pdf: Any, elements: Mapping[bytes, Any]) -> None:
    """Put the words of a list item beside its label into its body (14.8.4.3.3)."""
    for item in [one for one in elements.values() if one["S"] == "/LI"]:
        words = [kid for kid in item["K"] if elements[kid]["S"] not in ("/L", "/LBody", "/Lbl")]
        if words:
            body = pydyf.Dictionary(item | {"S": "/LBody", "K": pydyf.Array(words), "P": item.reference})
            pdf.add_object(body)
            for kid in words:
                elements[kid]["P"] = body.reference
            item["K"] = pydyf.Array([*(kid for kid in item["K"] if kid not in words), body.reference])


def _place_figures(pdf: Any, elements: Mapping[bytes, Any]) -> None:
    """Say in points from the bottom of the page where a figure is; WeasyPrint says it in pixels from the top."""
    for figure in (one for one in elements.values() if one["S"] == "/Figure"):
        height = _object(pdf, figure["Pg"])["MediaBox"][3]
        left, top, right, bottom = (side * POINTS for side in figure["A"]["BBox"])
        figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _name_files_once(pdf: Any) -> None:
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
