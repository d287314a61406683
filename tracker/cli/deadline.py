"""`tracker deadline`: what a deadline text means."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import click

from tracker import clock
from tracker.cli.refusal import Refusal
from tracker.deadlines.form import SHOWN_OCCURRENCES, reading_to_dict
from tracker.deadlines.grammar import TextTooLong, read_deadline
from tracker.deadlines.meaning import Context, Kind, Milestone, Reading
from tracker.deadlines.periods import period_name
from tracker.deadlines.recurrence import occurrence_name, occurrences
from tracker.words import capitalised, date_words

KIND_WORDS = {
    Kind.BY: "hạn cuối",
    Kind.PERIOD: "khoảng thời gian",
    Kind.RECURRING: "lặp lại",
    Kind.CONTINUOUS: "thường xuyên",
    Kind.RELATIVE: "tính từ một ngày",
    Kind.UNRESOLVED: "chưa rõ hạn",
}
UNIT_WORDS = {"calendar": "ngày", "working": "ngày làm việc"}
ANCHOR_WORDS = {"issue": "ngày ban hành", "other": "một sự việc khác"}


class Day(click.ParamType):
    """A day written YYYY-MM-DD or as offices write it, d/m/yyyy."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return parse_day(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write 2025-02-17 or 17/2/2025.", param, ctx)


def parse_day(text: str) -> date:
    """«2025-02-17» or «17/2/2025». Raises ValueError."""
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)


@click.command()
@click.argument("text", required=False)
@click.option("--issued", type=Day(), help="Date of issue of the plan.")
@click.option("--start", type=Day(), help="First day of the plan's period.")
@click.option("--end", type=Day(), help="Last day of the plan's period.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a text.")
def deadline(
    text: str | None, issued: date | None, start: date | None, end: date | None, as_json: bool
) -> None:
    """Say what a deadline TEXT means.

    Without TEXT, reads lines from standard input: text, date of issue, first and last day of the plan's
    period, parted by tabs; dates may be missing and then come from the options.

    Example: tracker deadline "Trước ngày 28/3/2025"

    Example: tracker deadline --issued 17/2/2025 --json < deadlines.tsv
    """
    given = Context(issued, start, end)
    if text is None and sys.stdin.isatty():
        raise click.UsageError("Give a TEXT, or lines on standard input.")
    rows: Iterable[tuple[str, Context]] = (
        [(text, given)] if text is not None else _rows(sys.stdin.buffer, given)
    )
    for number, (one, context) in enumerate(rows, start=1):
        click.echo(_answer(one, context, as_json, None if text is not None else number))


def _rows(lines: Iterable[bytes], given: Context) -> Iterator[tuple[str, Context]]:
    for number, line in enumerate(lines, start=1):
        try:
            text, *days = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n").split("\t")
            issued, start, end = [
                parse_day(day.strip()) if day.strip() else None for day in (days + [""] * 3)[:3]
            ]
        except UnicodeDecodeError:
            raise Refusal(f"Line {number} is not UTF-8 text. Save the file as UTF-8 and try again.") from None
        except ValueError:
            raise Refusal(
                f"Line {number} has a date that is no day. Write 2025-02-17 or 17/2/2025."
            ) from None
        yield text, Context(issued or given.issued, start or given.start, end or given.end)


def _answer(text: str, context: Context, as_json: bool, line: int | None) -> str:
    try:
        reading = read_deadline(text, context)
    except TextTooLong as refusal:
        where = f"Dòng {line}: " if line else ""
        raise Refusal(f"{where}{refusal}") from None
    if as_json:
        return json.dumps(reading_to_dict(reading, context, today=clock.today()), ensure_ascii=False)
    return "\n".join(_lines(reading, context))


def _lines(reading: Reading, context: Context) -> Iterator[str]:
    yield f"“{reading.text}”"
    for milestone in reading.milestones:
        yield f"  {capitalised(KIND_WORDS[milestone.kind])}: {_milestone_words(milestone)}".rstrip(": ")
        coming = occurrences(milestone, context, after=context.issued or clock.today())
        for span in islice(coming, SHOWN_OCCURRENCES):
            yield f"    {occurrence_name(milestone, span)}: hạn cuối {date_words(span.due)}"
    if reading.unread:
        yield f"  Chữ chưa dùng đến: “{reading.unread}”"
    for doubt in reading.doubts:
        yield f"  Cần xem lại: {doubt}"


def _milestone_words(milestone: Milestone) -> str:
    if milestone.kind is Kind.PERIOD and milestone.start and milestone.due:
        span = f"{date_words(milestone.start)} - {date_words(milestone.due)}"
        name = period_name(milestone.start, milestone.due)
        return f"{name}, hạn cuối {date_words(milestone.due)}" if name != span else span
    if milestone.kind is Kind.RELATIVE:
        counted = f"{milestone.days} {UNIT_WORDS[milestone.unit or 'calendar']}"
        due = f", hạn cuối {date_words(milestone.due)}" if milestone.due else ""
        return f"{counted} kể từ {ANCHOR_WORDS[milestone.anchor or 'other']}{due}"
    if milestone.due:
        return date_words(milestone.due)
    return f"từ {date_words(milestone.start)}" if milestone.start else ""
