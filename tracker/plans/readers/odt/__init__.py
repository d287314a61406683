"""OpenDocument texts (.odt): paragraphs with their automatic numbers, tables with merged cells."""

from typing import BinaryIO

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.archive import open_archive, read_xml
from tracker.plans.readers.odt.body import Body
from tracker.plans.readers.odt.names import name
from tracker.plans.readers.odt.styles import Lists, Styles
from tracker.plans.readers.raised import FOOTNOTES_LEFT_OUT
from tracker.plans.readers.refusals import BROKEN, LOCKED


def read(stream: BinaryIO) -> Document:
    """Read the body of an .odt with its tracked changes accepted.

    Headers, footers, comments and footnotes are left out, the last with a note. `where.line` counts
    paragraphs. Raises UnreadableFile where it is broken or locked.
    """
    with open_archive(stream) as archive:
        manifest = read_xml(archive, "META-INF/manifest.xml")
        if manifest is not None and manifest.find(f".//{name('manifest:encryption-data')}") is not None:
            raise UnreadableFile(LOCKED)
        content = read_xml(archive, "content.xml")
        styles = Styles(read_xml(archive, "styles.xml"), content)
    text = None if content is None else content.find(f"{name('office:body')}/{name('office:text')}")
    if text is None:
        raise UnreadableFile(BROKEN)
    body = Body(styles, Lists(styles))
    blocks = tuple(body.blocks(text))
    notes = (FOOTNOTES_LEFT_OUT.format(count=body.footnotes),) if body.footnotes else ()
    return Document(blocks=blocks, notes=notes)
