"""Letters: values in, one line of subject and the same words as plain text and as HTML out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tracker import words
from tracker.paths import resource


class Topic(StrEnum):
    """Under which heading a line of a letter stands; most urgent first."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RETURNED = "returned"
    ESCALATED = "escalated"
    UNREVIEWED = "unreviewed"
    ASSIGNED = "assigned"
    CHANGED = "changed"
    STANDING = "standing"
    AHEAD = "ahead"
    HELPING = "helping"
    UNDATED = "undated"
    UNREACHABLE = "unreachable"


OWN_TOPICS = frozenset(Topic) - {
    Topic.ESCALATED,
    Topic.UNREVIEWED,
    Topic.HELPING,
    Topic.UNDATED,
    Topic.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The words of a topic in the letter and, counted, in its subject; its colours on paper (text, bar)."""

    title: str
    counted: str
    noun: str = "nhiệm vụ "
    ink: str = "#1d4f91"
    bar: str = "#1d4f91"


RED, AMBER, ROSE, VIOLET, GREY = (
    {"ink": "#a3160f", "bar": "#c8281f"},
    {"ink": "#7a4700", "bar": "#b97700"},
    {"ink": "#95245f", "bar": "#b93a7d"},
    {"ink": "#573a99", "bar": "#7d5fc4"},
    {"ink": "#465264", "bar": "#8593a5"},
)

HEADINGS: dict[Topic, Heading] = {
    Topic.OVERDUE: Heading("Quá hạn", "quá hạn", **RED),
    Topic.DUE_SOON: Heading("Sắp đến hạn", "sắp đến hạn", **AMBER),
    Topic.RETURNED: Heading("Trả lại", "bị trả lại", **ROSE),
    Topic.ESCALATED: Heading("Quá hạn kéo dài tại các đơn vị", "quá hạn kéo dài", **RED),
    Topic.UNREVIEWED: Heading("Chờ xử lý", "chờ xử lý", **VIOLET),
    Topic.ASSIGNED: Heading("Nhiệm vụ mới", "mới"),
    Topic.CHANGED: Heading("Có thay đổi", "có thay đổi"),
    Topic.STANDING: Heading("Đến kỳ báo cáo", "đến kỳ báo cáo", noun="kế hoạch ", **AMBER),
    Topic.AHEAD: Heading("Cần chuẩn bị", "cần chuẩn bị"),
    Topic.HELPING: Heading("Đơn vị phối hợp", "phối hợp"),
    Topic.UNDATED: Heading("Chưa có ngày đến hạn", "chưa có ngày đến hạn", **GREY),
    Topic.UNREACHABLE: Heading(
        "Đơn vị chưa có người nhận thư", "chưa có người nhận thư", noun="đơn vị ", **GREY
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: its title and address, how it stands («Quá hạn 18 ngày»), its last day and source.

    `subject` stands over the whole letter where this is all it says.
    """

    topic: Topic
    title: str
    url: str
    standing: str
    due_on: date | None = None
    plan: str = ""
    wording: str = ""
    notes: tuple[str, ...] = ()
    subject: str = ""

    @property
    def last_day(self) -> str:
        """«hạn cuối thứ Hai 22/6/2026»; after «Hôm nay là hạn cuối» only the day; empty without a date."""
        if self.due_on is None:
            return ""
        day = f"{words.weekday_words(self.due_on)} {words.date_words(self.due_on)}"
        return day if self.standing.endswith("hạn cuối") else f"hạn cuối {day}"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit in the week's picture; `share` is on time, in percent, None where too few are counted."""

    unit: str
    overdue: int
    share: float | None


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """The board's figures of a unit and those below it, for its leaders; `overdue_before` a week ago."""

    unit: str
    week: int
    total: int
    share: float | None
    overdue: int
    overdue_before: int
    due_soon: int
    waiting: int
    ranked: tuple[Ranked, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Button:
    """Where the letter leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one recipient is told on a day.

    `salutation` is whom it greets, `why` in what capacity they are told («người nhận của Phòng Kinh tế»),
    `place` what stands after the dash of the subject. `choice_url` is where letters are chosen, empty for
    the mailbox of a unit; `sent_at` the hour of the day («07:30»),
    empty where it is all about directions, which go out at once.
    """

    salutation: str
    day: date
    lines: tuple[Line, ...]
    button: Button
    why: str
    place: str = ""
    pictures: tuple[WeekPicture, ...] = ()
    choice_url: str = ""
    sent_at: str = "07:30"
    has_calendar: bool = False

    @property
    def asks_to_act(self) -> bool:
        """Whether something of it is the recipient's own unit's to do."""
        return any(line.topic in OWN_TOPICS for line in self.lines)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be carried: one line of subject, the same words as text and as HTML."""

    subject: str
    text: str
    html: str


NUMBERS_OF_DOCUMENTS = re.compile(r"(\d+/(?:\d+/)?[^\W\d][\w/-]*)")  # «28/KH-UBND», «335/2025/NĐ-CP»
COUNTED_IN_SUBJECT = 3  # topics; the rest of a long letter is for reading


def digest(content: Digest) -> Letter:
    """The letter of a day. There is at least one line or picture: nothing to say is no letter."""
    return filled(
        "digest",
        digest=content,
        title=_title(content),
        sections=_sections(content.lines),
        headline=_headline(content),
    )


def _sections(lines: Sequence[Line]) -> list[tuple[Heading, list[Line]]]:
    """The lines under their headings, most urgent first, in each as they came."""
    return [
        (HEADINGS[topic], under)
        for topic in Topic
        if (under := [line for line in lines if line.topic is topic])
    ]


def _title(content: Digest) -> str:
    if content.asks_to_act:
        return "Nhiệm vụ cần làm"
    if content.pictures:
        return f"Bức tranh tuần {content.pictures[0].week}"
    return "Nhiệm vụ cần theo dõi"


def _headline(content: Digest) -> str:
    """What the subject says: the week's picture, the one thing there is, or the most urgent counted."""
    if content.pictures:
        return f"{picture_words(content.pictures[0])} - {content.pictures[0].unit}"
    if len(content.lines) == 1 and content.lines[0].subject:
        return content.lines[0].subject
    return f"{_counts(content.lines)} - {content.place}" if content.place else _counts(content.lines)


def picture_words(picture: WeekPicture) -> str:
    """«Bức tranh tuần 25: 9 nhiệm vụ quá hạn, tăng 2»."""
    return f"Bức tranh tuần {picture.week}: {picture.overdue} nhiệm vụ quá hạn, {change_words(picture)}"


def change_words(picture: WeekPicture) -> str:
    """How overdue ones changed within the week: «tăng 2», «giảm 3», «không đổi»."""
    change = picture.overdue - picture.overdue_before
    if change == 0:
        return "không đổi"
    return f"tăng {change}" if change > 0 else f"giảm {-change}"


def _counts(lines: Sequence[Line]) -> str:
    """«2 nhiệm vụ quá hạn, 3 sắp đến hạn»; where all are new ones of one plan, that is named."""
    counted = [(heading, len(under)) for heading, under in _sections(lines)][:COUNTED_IN_SUBJECT]
    (first, number), *others = counted
    parts = [f"{number} {first.noun}{first.counted}"]
    for heading, number in others:
        noun = heading.noun if heading.noun != first.noun else ""
        parts.append(f"{number} {noun}{heading.counted}")
    plans = {line.plan for line in lines}
    of_plan = (
        f" theo {plans.pop()}" if not others and len(plans) == 1 and lines[0].topic is Topic.ASSIGNED else ""
    )
    return ", ".join(parts) + of_plan


def filled(name: str, **values: object) -> Letter:
    """The letter that the three templates of that name give with these values."""
    subject, text, html = (
        _environment().get_template(f"{name}.{ending}").render(values)
        for ending in ("subject.txt", "txt", "html")
    )
    return Letter(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def _unbroken(text: str, style: str) -> Markup:
    """The text as HTML in which the numbers of documents never break."""
    parts = NUMBERS_OF_DOCUMENTS.split(text)
    between = Markup('<span style="{}">{}</span>')
    return Markup("").join(
        between.format(style, part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates") / "mail"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=words.date_words,
        weekday=words.weekday_words,
        percent=words.percent_words,
        capitalised=words.capitalised,
        change=change_words,
        one_line=lambda text: " ".join(text.split()),
        unbroken=_unbroken,
    )
    return environment
