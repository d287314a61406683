"""What deadline texts mean: a table of texts (readings.tsv), and what holds for every text.

The table says each meaning in a few words: «by» a day; first..last day; «every» and the first days due on or
after 01/01/2025 («end» where there are no more); «standing»; so many days from the issue or another event;
«undated». Its last column says whether the reading may be relied on or asks for review.
"""

import csv
import time
import unicodedata
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.deadlines.grammar import LONGEST_TEXT, TextTooLong, read_deadline
from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.periods import period_name
from tracker.deadlines.recurrence import occurrences
from tracker.words import date_words

PLAN = Context(date(2025, 2, 17), date(2025, 1, 1), date(2025, 12, 31))
NEW_YEAR = date(2025, 1, 1)
TABLE = Path(__file__).with_name("readings.tsv")


def rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [tuple(row.values()) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def context_of(given):
    if given == "plan 2025":
        return PLAN
    return Context(issued=date.fromisoformat(given.removeprefix("issued "))) if given else Context()


def said(milestone: Milestone, context: Context, wanted: str) -> str:
    """The meaning of a milestone in the words of the table, with as many occurrences as the table wants."""
    match milestone.kind:
        case Kind.BY:
            return f"by {milestone.due}"
        case Kind.PERIOD:
            return f"{milestone.start}..{milestone.due}"
        case Kind.CONTINUOUS:
            return "standing" + (f" from {milestone.start}" if milestone.start else "")
        case Kind.RELATIVE:
            due = f" = {milestone.due}" if milestone.due else ""
            return f"{milestone.days} {milestone.unit} days from {milestone.anchor}{due}"
        case Kind.RECURRING:
            return f"every {' '.join(dues(milestone, context, wanted))}"
    return "undated"


def dues(milestone, context, wanted):
    count = len([word for word in wanted.split() if word not in ("every", "end")])
    found = [str(span.due) for span in islice(occurrences(milestone, context, after=NEW_YEAR), count + 1)]
    return [*found, "end"] if wanted.endswith("end") else found[:count]


@pytest.mark.parametrize(("text", "given", "meaning", "sure"), rows())
def test_a_text_means(text, given, meaning, sure):
    context = context_of(given)
    reading = read_deadline(text, context)
    wanted = meaning.split("; ")
    assert len(reading.milestones) == len(wanted)
    got = [said(one, context, want) for one, want in zip(reading.milestones, wanted, strict=True)]
    assert (got, reading.needs_review) == (wanted, sure == "review"), reading.doubts


@pytest.mark.parametrize(
    ("text", "context", "doubt"),
    [
        ("Quý II", PLAN, "Thời hạn không ghi năm. Đọc là quý II/2025 theo năm của kế hoạch, đúng không?"),
        ("15/6", PLAN, "Thời hạn không ghi năm. Đọc là 15/6/2025 theo năm của kế hoạch, đúng không?"),
        ("15/6", Context(), "Thời hạn không ghi năm và kế hoạch không cho biết năm. Hãy nhập năm."),
        ("khi có phát sinh", Context(), "Chưa hiểu thời hạn “khi có phát sinh”."),
        ("31/6/2026", Context(), "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày."),
        ("29/02/2027", Context(), "29/2/2027 không có trong lịch. Tháng 02/2027 có 28 ngày."),
        ("15/13/2026", Context(), "15/13/2026 không có trong lịch. Một năm có 12 tháng."),
        ("Quý V/2026", Context(), "Quý 5 không có trong lịch. Một năm có 4 quý."),
        ("", Context(), "Không ghi thời hạn. Hãy nhập thời hạn, hoặc để là nhiệm vụ không hạn."),
        ("Trừ quý II/2025", Context(), "Chưa hiểu các chữ “Trừ” trong thời hạn. Hãy kiểm tra lại."),
    ],
)
def test_a_doubt_says_what_a_person_should_look_at(text, context, doubt):
    assert read_deadline(text, context).doubts == (doubt,)


def test_words_that_were_not_used_are_returned():
    reading = read_deadline("Sở Nội vụ báo cáo Thủ tướng trước ngày 25/12/2025")
    assert reading.unread == "Sở Nội vụ Thủ tướng"
    assert not reading.needs_review


def test_each_milestone_keeps_the_words_it_was_read_from():
    reading = read_deadline("Dự thảo: Quý II/2025; trình ban hành trước ngày 15/9/2025.")
    assert [one.text for one in reading.milestones] == ["Quý II/2025", "trước ngày 15/9/2025"]
    assert [one.text for one in read_deadline("Hằng tháng/quý").milestones] == ["Hằng tháng", "quý"]


def test_a_text_of_more_than_2000_characters_is_refused():
    assert read_deadline("a" * LONGEST_TEXT).needs_review
    with pytest.raises(TextTooLong, match=r"Thời hạn dài 2001 ký tự, quá 2000 ký tự\."):
        read_deadline("a" * (LONGEST_TEXT + 1))


DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TEXTS = st.sampled_from([row[0] for row in rows() if row[0]])
VOCABULARY = """
    trước sau đến từ hết ngày tháng quý năm hằng hàng định kỳ đầu giữa cuối 15 6 2025 II IV / - . , ; ( ) và
    hoặc khi theo Kế hoạch số thứ lần tuần giờ chậm nhất trong vòng làm việc UBND xã báo cáo & < > đ
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=12).map(" ".join)


def meaning(text, context=None):
    return [
        (one.kind, one.start, one.due, one.rrule, one.days, one.unit)
        for one in read_deadline(text, context).milestones
    ]


@given(st.one_of(st.text(max_size=80), WORDS), st.sampled_from([Context(), PLAN]))
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_and_ends_on_or_after_it_starts(text, context):
    reading = read_deadline(text, context)
    assert reading.milestones
    for one in reading.milestones:
        assert not (one.start and one.due) or one.start <= one.due
        for span in islice(occurrences(one, context, after=NEW_YEAR), 3):
            assert span.start <= span.due


@given(st.one_of(TEXTS, WORDS))
@settings(deadline=None)
def test_composed_and_decomposed_unicode_read_alike(text):
    assert read_deadline(unicodedata.normalize("NFD", text)) == read_deadline(
        unicodedata.normalize("NFC", text)
    )


@given(TEXTS, st.sampled_from(["upper", "spaces", "tags", "no-break"]))
@settings(deadline=None)
def test_spelling_does_not_change_what_a_text_means(text, how):
    assume("&" not in text)
    spelled = {
        "upper": text.upper(),
        "spaces": f"  {text.replace(' ', '   ')} ",
        "tags": f"<p>{text}</p>",
        "no-break": text.replace(" ", "&nbsp;"),
    }
    assert meaning(spelled[how]) == meaning(text)


ORDINARY_WORDS = """
    Sở Nội vụ Ủy ban nhân dân tỉnh hồ sơ trực tuyến chất lượng nâng cao tuyên truyền giám sát cán bộ tài liệu
    kiểm tra đôn đốc phê duyệt danh mục phối hợp hướng xử lý bộ phận thôn bản
"""
ORDINARY = st.lists(st.sampled_from(ORDINARY_WORDS.split()), min_size=1, max_size=6).map(" ".join)


@given(TEXTS, ORDINARY, st.booleans())
@settings(max_examples=400, deadline=None)
def test_ordinary_words_around_a_text_never_change_its_date_without_a_doubt(text, words, in_front):
    around = read_deadline(f"{words} {text}" if in_front else f"{text} {words}")
    assert around.needs_review or meaning(around.text) == meaning(text)


@given(DAYS)
def test_a_canonical_day_gives_itself_back(day):
    assert meaning(f"Ngày {date_words(day)}") == [(Kind.BY, None, day, None, None, None)]
    before = day - timedelta(days=1)
    assert meaning(f"Trước ngày {date_words(day)}") == [(Kind.BY, None, before, None, None, None)]


@given(DAYS, DAYS)
def test_a_named_period_gives_itself_back(one, other):
    start, due = sorted((one, other))
    assume(start < due)
    assert meaning(period_name(start, due)) == [(Kind.PERIOD, start, due, None, None, None)]


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 12))
def test_a_run_of_whole_months_gives_itself_back(year, first, last):
    assume(first <= last)
    start = date(year, first, 1)
    due = (date(year, last, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert meaning(period_name(start, due)) == [(Kind.PERIOD, start, due, None, None, None)]


HOSTILE = ["1,", "1-", "1/", "1.", "a ", "q ", "t h ", "<a", "(", "&amp;", "tháng 1, ", "ngày 1, ", "quý I, "]
HOSTILE += [
    "thườngxuyên",
    "trước",
    "hằng tháng, ",
    "theo ",
    "số 1 ",
    "15/6/2025 ",
    "2025-",
    "sau khi ",
    "\u0301",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_cost_of_a_hostile_text_grows_with_its_length_only(piece):
    short, long = (processor_time((piece * LONGEST_TEXT)[:length]) for length in (500, 2000))
    assert long < 10 * short + 0.02  # four times the length; a square would be 16 times


def processor_time(text):
    """The least of three, in seconds: what other processes do is not counted."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        read_deadline(text)
        times.append(time.process_time() - begin)
    return min(times)
