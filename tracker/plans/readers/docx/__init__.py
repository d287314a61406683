"""Word documents (.docx): paragraphs with their automatic numbers, tables with merged cells."""

from typing import BinaryIO

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.archive import open_archive, read_xml
from tracker.plans.readers.docx.body import Body
from tracker.plans.readers.docx.changes import accept_changes, drop_struck
from tracker.plans.readers.docx.names import find, w
from tracker.plans.readers.docx.numbering import Numbering
from tracker.plans.readers.docx.styles import Styles
from tracker.plans.readers.raised import FOOTNOTES_LEFT_OUT
from tracker.plans.readers.refusals import BROKEN
from tracker.plans.readers.struck import STRUCK_LEFT_OUT

CHANGES_ACCEPTED = "Văn bản còn vết sửa đổi: đã đọc như khi chấp nhận mọi sửa đổi."
PARTS_LEFT_OUT = "Văn bản có phần nhúng từ tệp khác: phần đó không được đọc."


def read(stream: BinaryIO) -> Document:
    """Read the body of a .docx as Word shows it with all tracked changes accepted.

    Headers, footers, comments and hidden text are left out; footnotes and struck text too, which is noted. A
    manual line break makes a paragraph of its own. `where.line` counts paragraphs. Raises UnreadableFile
    where it is broken.
    """
    with open_archive(stream) as archive:
        root = read_xml(archive, "word/document.xml")
        styles = Styles(read_xml(archive, "word/styles.xml"))
        numbering = Numbering(read_xml(archive, "word/numbering.xml"), styles)
    content = find(root, "body")
    if content is None:
        raise UnreadableFile(BROKEN)
    changed, struck = accept_changes(content), drop_struck(content)
    body = Body(styles, numbering)
    blocks = tuple(body.blocks(content))
    notes = []
    if changed:
        notes.append(CHANGES_ACCEPTED)
    if struck:
        notes.append(STRUCK_LEFT_OUT)
    if body.footnotes:
        notes.append(FOOTNOTES_LEFT_OUT.format(count=body.footnotes))
    if content.find(w("altChunk")) is not None:
        notes.append(PARTS_LEFT_OUT)
    return Document(blocks=blocks, notes=tuple(notes))
