"""What was read of a plan, in the office's words."""

from datetime import date

import pytest

from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Context
from tracker.plans.draft import LedgerLine
from tracker.web.plans.wording import figure, ledger_words, mark_words, understood

CONTEXT = Context(date(2026, 1, 15), date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trước ngày 28/6/2026", "hạn cuối 27/6/2026 (thứ Bảy)"),
        ("Quý II/2026", "từ 01/4/2026, hạn cuối 30/6/2026 (thứ Ba)"),
        ("Hằng quý", "4 kỳ, kỳ đầu đến 31/3/2026"),
        ("Thường xuyên", "thường xuyên, báo cáo theo kỳ"),
        ("khi có phát sinh", "không có ngày đến hạn"),
    ],
)
def test_a_milestone_is_said_as_it_was_understood(text, words):
    [milestone] = read_deadline(text, CONTEXT).milestones
    assert understood(milestone, CONTEXT) == words


def test_what_recurs_without_an_end_tells_its_first_occurrence():
    endless = Context(date(2026, 1, 15))
    [milestone] = read_deadline("Hằng quý", endless).milestones
    assert understood(milestone, endless) == "lặp lại, kỳ đầu đến 31/3/2026"


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Quý II", ("Quý II",), "<mark>Quý II</mark>"),
        ("Quý II\nhoặc Quý III", ("Quý II hoặc",), "<mark>Quý II\nhoặc</mark> Quý III"),
        ("<b> & Quý I", ("Quý I",), "&lt;b&gt; &amp; <mark>Quý I</mark>"),
        ("Quý II", (), "Quý II"),
        ("Quý II", ("", " "), "Quý II"),
    ],
)
def test_doubtful_words_are_marked_and_everything_else_escaped(text, words, marked):
    assert mark_words(text, words) == marked


def test_the_ledger_is_summed_up():
    fates = ["header", "task", "task", "continuation", "ignored"]
    assert ledger_words([LedgerLine("", fate) for fate in fates]) == (
        "5 dòng = 2 nhiệm vụ + 1 dòng nối + 1 tiêu đề + 1 bỏ qua"
    )
    assert ledger_words([]) == "không có dòng nào"


@pytest.mark.parametrize(
    ("number", "measure", "words"),
    [(82.5, "%", "82,5\u00a0%"), (12277.0, "", "12.277"), (100.0, "%", "100\u00a0%"), (None, "%", "")],
)
def test_a_figure_has_a_decimal_comma_and_dots_between_thousands(number, measure, words):
    assert figure(number, measure) == words
