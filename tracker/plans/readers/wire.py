"""A Document as plain JSON values and back: how it leaves the process that read the file."""

from dataclasses import asdict
from typing import Any

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where


def to_dict(document: Document) -> dict[str, Any]:
    """The document as dicts, lists, texts, numbers and truth values."""
    return asdict(document)


def from_dict(values: dict[str, Any]) -> Document:
    """The document that `to_dict` wrote; raises KeyError or TypeError for anything else."""
    return Document(
        blocks=tuple(_table(block) if "rows" in block else _paragraph(block) for block in values["blocks"]),
        notes=tuple(values["notes"]),
        scanned=tuple(values["scanned"]),
        unread=tuple(values["unread"]),
    )


def _paragraph(values: dict[str, Any]) -> Paragraph:
    return Paragraph(**values | {"where": Where(**values["where"])})


def _table(values: dict[str, Any]) -> Table:
    rows = tuple(
        Row(tuple(Cell(**cell) for cell in row["cells"]), Where(**row["where"])) for row in values["rows"]
    )
    return Table(rows, values["number"])
