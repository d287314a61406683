"""Tables and documents made of plain tuples, for the tests of plan reading."""

import pytest

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where


@pytest.fixture
def make_table():
    """make_table(rows, number=1): rows are tuples of texts; None is the lower part of a merged cell."""

    def make(rows, number=1):
        return Table(
            rows=tuple(
                Row(tuple(_cell(text) for text in row), Where(table=number, row=index))
                for index, row in enumerate(rows, 1)
            ),
            number=number,
        )

    return make


@pytest.fixture
def make_document(make_table):
    """make_document(*blocks): a text is a paragraph, a list of rows a table."""

    def make(*blocks):
        numbers = iter(range(1, len(blocks) + 1))
        return Document(
            blocks=tuple(
                Paragraph(block, Where(line=line))
                if isinstance(block, str)
                else make_table(block, next(numbers))
                for line, block in enumerate(blocks, 1)
            )
        )

    return make


def _cell(text):
    if text is None:
        return Cell(continues=True)
    return text if isinstance(text, Cell) else Cell(text)
