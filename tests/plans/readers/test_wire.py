"""A document survives the way through JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where
from tracker.plans.readers.wire import from_dict, to_dict

numbers = st.integers(min_value=0, max_value=9)
places = st.builds(Where, numbers, numbers, numbers, numbers)
cells = st.builds(Cell, st.text(), st.integers(1, 3), st.booleans(), st.booleans())
rows = st.builds(Row, st.lists(cells, max_size=3).map(tuple), places)
tables = st.builds(Table, st.lists(rows, max_size=3).map(tuple), numbers)
paragraphs = st.builds(Paragraph, st.text(), places, st.booleans(), st.text())
documents = st.builds(
    Document,
    st.lists(paragraphs | tables, max_size=4).map(tuple),
    st.lists(st.text()).map(tuple),
    st.lists(st.integers()).map(tuple),
    st.lists(st.integers()).map(tuple),
)


@given(documents)
def test_what_is_sent_arrives(document):
    assert from_dict(json.loads(json.dumps(to_dict(document)))) == document
