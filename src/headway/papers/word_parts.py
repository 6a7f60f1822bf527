"""What Word's own format asks for and the library does not give: links within, restarted numbers, repeated heading rows, page numbers."""

from typing import Any

from headway.papers.outline import Outline

ACCENT, WORSE, INK = "0B5563", "A34700", "0B0C0C"
FACE = "Arial"  # on every council's machines


def plain(words: str) -> Outline:
    return {"kind": "plain", "words": words, "trail": 0}


def strong(words: str) -> Outline:
    return {"kind": "strong", "words": words, "trail": 0}


def _element(name: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def write(paragraph: Any, words: list[Outline], size: float | None = None) -> None:
    """Runs, each number with a link to its trail."""
    from docx.shared import Pt

    for one in words:
        run = paragraph.add_run(one["words"])
        run.bold = True if one["kind"] == "strong" else None
        if size is not None:
            run.font.size = Pt(size)
        if one["trail"]:
            paragraph._p.append(_link(paragraph, one["trail"], size))


def _link(paragraph: Any, number: int, size: float | None) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(str(number))
    run.font.superscript = True
    if size is not None:
        run.font.size = Pt(size)
    link = _element("hyperlink", anchor=f"trail-{number}", history="1")
    link.append(run._r)
    return link


def bookmarked(paragraph: Any, number: int) -> None:
    start = _element("bookmarkStart", id=str(number), name=f"trail-{number}")
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(_element("bookmarkEnd", id=str(number)))


def restarted(document: Any, style: str) -> Any:
    """A numbering of its own for one list, which starts at 1; None where the style does not number by itself."""
    numbered = document.styles[style].element.pPr
    if numbered is None or numbered.numPr is None or numbered.numPr.numId is None:
        return None
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(numbered.numPr.numId.val).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return fresh.numId


def number_by(paragraph: Any, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def aligned(paragraph: Any, *, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.paragraph_format.space_after = 0
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def heading_row(table: Any, block: Outline) -> None:
    """The first row repeats on each page and is announced as headings; the table carries its caption as its description."""
    for cell, column in zip(table.rows[0].cells, block["columns"], strict=True):
        write(cell.paragraphs[0], [strong(column["heading"])], size=9)
        aligned(cell.paragraphs[0], right=column["number"])
    table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader", val="true"))
    properties = table._tbl.tblPr
    for look in properties.findall(_element("tblLook").tag):
        properties.remove(look)
    properties.append(_borders())
    properties.append(_element("tblLook", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1"))
    properties.append(_element("tblCaption", val=block["caption"]))
    _widths(table, block)


def _borders() -> Any:
    made = _element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        made.append(_element(side, val="single", sz="4", space="0", color="7C868B"))
    return made


def _widths(table: Any, block: Outline) -> None:
    """Columns of long words take the room that is left; Word fits the others to what is in them."""
    from docx.shared import Pt

    table.autofit = True
    shares = [max(column["share"], 2.2) for column in block["columns"]]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Pt(round(493 * share / sum(shares)))


def barred(paragraph: Any, colour: str) -> None:
    """A coloured bar at the left."""
    borders = _element("pBdr")
    borders.append(_element("left", val="single", sz="24", space="8", color=colour))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def emptied(document: Any) -> None:
    """The template's text goes; its page, headers and footers, which hang on the last section, stay."""
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)


def dress(document: Any, made: Outline) -> None:
    """Our own look, where a council gives no template: A4, one typeface, ink headings, whose it is above and page numbers below."""
    from docx.shared import Mm, Pt, RGBColor

    _language(document, "-".join(made["language"]))
    for name, size in (("Normal", 11), ("Title", 22), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11), ("Caption", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), RGBColor.from_string(INK)
        style.font.bold = None if name == "Normal" else True
        _one_face(style)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    _headed(section, made)
    _footed(section, made)


def _one_face(style: Any) -> None:
    """The typeface also where a theme would give another."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{fonts.tag.partition('}')[0]}}}{script}", FACE)
    if style.name == "Title":  # the default has a line of another colour under it
        for border in style.element.pPr.findall(_element("pBdr").tag):
            style.element.pPr.remove(border)


def _language(document: Any, language: str) -> None:
    for found in document.styles.element.iter(_element("lang").tag):
        found.set(f"{found.tag.partition('}')[0]}}}val", language)


def _headed(section: Any, made: Outline) -> None:
    paragraph = section.header.paragraphs[0]
    write(paragraph, [strong(made["body"]), plain(f"   {made['line']}")], size=9)
    borders = _element("pBdr")
    borders.append(_element("top", val="single", sz="24", space="6", color=ACCENT))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _footed(section: Any, made: Outline) -> None:
    paragraph = section.footer.paragraphs[0]
    write(paragraph, [plain(f"{made['foot']}   Page " if made["foot"] else "Page ")], size=8)
    _field(paragraph, "PAGE")
    write(paragraph, [plain(" of ")], size=8)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word fills in."""
    from docx.shared import Pt

    field = _element("fldSimple", instr=name)
    run = paragraph.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)
