"""PDF documents: tables over many pages, paragraphs made of printed lines."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.pdf.furniture import PageText
from tracker.plans.readers.pdf.lines import printed_lines, word_gap
from tracker.plans.readers.pdf.pages import document_of
from tracker.plans.readers.pdf.printed import PrintedPage, printed_page
from tracker.plans.readers.pdf.rotation import upright
from tracker.plans.readers.pdf.ruled import ruled_tables
from tracker.plans.readers.pdf.rules import Thing, level_rules
from tracker.plans.readers.refusals import BROKEN, LOCKED, NO_LETTERS, SCANNED, TOO_HEAVY

Progress = Callable[[int, int], None]
DrawnRules = Callable[[bytes, PrintedPage], list[Thing]]
Recognise = Callable[[bytes, Sequence[int]], Iterator[PrintedPage]]

MAX_PAGES = 1_000

# What the libraries raise for a file that is not what it says.
_BROKEN = (PdfminerException, MalformedPDFException, PSException, ValueError, TypeError, KeyError)

_MOST_UNKNOWN = 0.2
_MOST_DRAWING = 12_000_000  # bytes that draw a page: a full page of letters takes a few thousand
_FULL_PAGE = 0.8


def read(
    stream: BinaryIO,
    progress: Progress = lambda page, pages: None,
    recognise: Recognise | None = None,
    drawn_rules: DrawnRules | None = None,
) -> Document:
    """Read a PDF; `progress` is told after each page: how many are read and how many there are.

    A table of each page is one table. Running heads, page numbers, stamps and footnotes are left out. Pages
    that are pictures are read by `recognise`, which is given the file and their numbers; where a scanner
    laid its letters over a picture, `drawn_rules` finds the rules of that page. Raises UnreadableFile for a
    broken or locked file, for one of more than 1,000 pages, for a scan that nothing recognises, and for
    letters that the file does not tell.
    """
    content = stream.read()
    texts: dict[int, PageText] = {}
    pictures, layered = [], []
    with _open(content) as pdf:
        pages = len(pdf.pages)
        for page in pdf.pages:
            printed, drawn = _printed(page)
            if _tells_no_letters(printed) and not recognise:
                raise UnreadableFile(NO_LETTERS)
            if (drawn and not printed.chars) or _tells_no_letters(printed):
                pictures.append(page.page_number)
                continue
            if drawn and drawn_rules and not printed.edges:
                printed.edges.extend(drawn_rules(content, printed))
            texts[printed.number] = page_text(printed, texts.get(printed.number - 1))
            layered += [page.page_number] * drawn
            progress(len(texts), pages)
    if recognise:
        for printed in recognise(content, pictures):
            texts[printed.number] = page_text(printed, texts.get(printed.number - 1))
            progress(len(texts), pages)
    elif pictures and not texts:
        raise UnreadableFile(SCANNED)
    return document_of(
        [texts[number] for number in sorted(texts)],
        scanned=sorted(layered + pictures) if recognise else layered,
        unread=() if recognise else pictures,
    )


def page_text(page: PrintedPage, before: PageText | None = None) -> PageText:
    """The lines and tables that the letters and rules of a page make; they may go on from the one before."""
    tables, outside = ruled_tables(page)
    lines, parted_at = printed_lines(outside, word_gap(page.chars), before.parted_at if before else ())
    return PageText(
        number=page.number,
        width=page.width,
        height=page.height,
        lines=lines,
        tables=tables,
        levels=level_rules(page.edges),
        sure=page.sure,
        converted=page.converted,
        parted_at=parted_at,
    )


def _open(content: bytes) -> PDF:
    """The document, its list of pages read."""
    try:
        opened = pdfplumber.open(BytesIO(content))
        if len(opened.pages) > MAX_PAGES:
            raise UnreadableFile(TOO_HEAVY)
    except _BROKEN as error:
        locked = any(isinstance(argument, PDFPasswordIncorrect) for argument in error.args)
        raise UnreadableFile(LOCKED if locked else BROKEN) from error
    return opened


def _printed(page: Page) -> tuple[PrintedPage, bool]:
    """What the file says of a page, and whether it is a picture; the page is let go of."""
    try:
        _refuse_endless(page)
        turned = upright(page)
        printed = printed_page(turned)
    except _BROKEN as error:
        raise UnreadableFile(BROKEN) from error
    drawn = _is_picture(turned) or bool(not printed.chars and (turned.images or turned.curves))
    turned.close()
    return printed, drawn


def _refuse_endless(page: Page) -> None:
    """Millions of letters on one page would be read until the time is up."""
    parts = (resolve1(part) for part in page.page_obj.contents)
    if sum(len(part.get_data()) for part in parts if isinstance(part, PDFStream)) > _MOST_DRAWING:
        raise UnreadableFile(TOO_HEAVY)


def _tells_no_letters(page: PrintedPage) -> bool:
    """Whether the fonts of a page keep for themselves which letters they draw."""
    unknown = sum(char["text"].startswith("(cid:") for char in page.chars)
    return unknown > _MOST_UNKNOWN * len(page.chars)


def _is_picture(page: Page) -> bool:
    """Whether one image fills the page: any letters on it were recognised by a machine."""
    area = float(page.width * page.height)
    return any(
        (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > _FULL_PAGE * area
        for image in page.images
    )
