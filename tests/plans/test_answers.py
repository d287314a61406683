"""Answers survive being stored as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.plans import answers
from tracker.plans.answers import Answers, HeadingAnswer, PhraseAnswer, RowAnswer

texts = st.text(max_size=20)
maybe = st.none() | texts
phrases = st.none() | st.lists(texts, max_size=3).map(tuple)
ids = st.lists(st.integers(1, 9), max_size=3).map(tuple)
days = st.dates()

headings = st.builds(
    HeadingAnswer,
    number=maybe,
    issued=st.none() | days,
    issuer=maybe,
    title=maybe,
    period=st.none() | st.tuples(days, days),
    empty=st.lists(st.sampled_from(["issued", "period"]), unique=True).map(tuple),
)
rows = st.builds(
    RowAnswer,
    no=maybe,
    title=maybe,
    deadline=maybe,
    deliverables=st.none() | st.lists(st.lists(texts, max_size=2).map(tuple), max_size=2).map(tuple),
    lead=phrases,
    coordinating=phrases,
    filled=st.none() | ids,
    selected=st.none() | st.booleans(),
    reason=maybe,
    accepted=phrases,
    after=maybe,
)
named = st.builds(PhraseAnswer, units=ids, groups=ids, open=st.booleans(), dropped=st.booleans())
everything = st.builds(
    Answers,
    heading=headings,
    phrases=st.dictionaries(texts, named, max_size=3),
    rows=st.dictionaries(texts, rows, max_size=3),
    another_plan=st.booleans(),
)


@given(everything)
def test_what_was_answered_comes_back_from_json(said):
    assert answers.from_dict(json.loads(json.dumps(answers.to_dict(said)))) == said


def test_nothing_answered_is_an_empty_object():
    assert answers.from_dict({}) == Answers()
