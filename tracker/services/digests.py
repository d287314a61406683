"""All that waits to be told to one recipient, bound into one letter."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.models import Notice
from tracker.render.letters import OWN_TOPICS, Button, Digest, Topic
from tracker.rules.notices.table import URGENT_RULES
from tracker.services.letterhead import Letterhead
from tracker.services.lines import Teller, Told
from tracker.services.pictures import week_picture

TOPICS = list(Topic)  # most urgent first
URGENT = frozenset(rule.name for rule in URGENT_RULES)
MOST_CAPACITIES = 3  # named in the letter; whoever has more knows why


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of the notices of a recipient: said in the digest, or no longer true."""

    digest: Digest | None
    said: Sequence[Notice]
    stale: Sequence[Notice]


def bind(notices: Sequence[Notice], teller: Teller) -> Bound:
    """Bind the notices of one recipient into what their letter says; there is at least one."""
    pictures = [notice for notice in notices if notice.rule == "week"]
    lines = [(notice, told) for notice in notices if notice not in pictures and (told := teller.tell(notice))]
    said = [*pictures, *(notice for notice, _ in lines)]
    stale = [notice for notice in notices if notice not in said]
    return Bound(_digest(notices[0], pictures, lines, teller) if said else None, said, stale)


def _digest(
    recipient: Notice, pictures: Sequence[Notice], lines: Sequence[tuple[Notice, Told]], teller: Teller
) -> Digest:
    told = _one_a_thing(lines)
    week = [
        week_picture(teller.material.units[notice.subject_id], notice.user, teller.letterhead, teller.today)
        for notice in pictures
        if notice.user is not None
    ]
    capacities = [*(f"lãnh đạo của {picture.unit}" for picture in week), *(one.capacity for one in told)]
    places = {one.place for one in told if one.place}
    return Digest(
        salutation=_salutation(recipient),
        day=teller.today,
        lines=tuple(one.line for one in told),
        button=_button({one.line.topic for one in told}, teller.letterhead),
        why=", là ".join(_told_apart(capacities)[:MOST_CAPACITIES]),
        place=places.pop() if len(places) == 1 else "",
        pictures=tuple(week),
        choice_url=_choice_url(recipient, teller.letterhead),
        sent_at="" if _is_urgent(pictures, lines) else teller.letterhead.digest_time,
    )


def _told_apart(capacities: Sequence[str]) -> list[str]:
    """Each capacity once, «đầu mối theo dõi» not beside «đầu mối theo dõi của UBND xã Suối Mây»."""
    different = list(dict.fromkeys(capacities))
    return [
        one for one in different if not any(other != one and other.startswith(one) for other in different)
    ]


def _is_urgent(pictures: Sequence[Notice], lines: Sequence[tuple[Notice, Told]]) -> bool:
    """Whether the letter says nothing that would have waited for the next morning."""
    return not pictures and all(notice.rule in URGENT for notice, _ in lines)


def _choice_url(recipient: Notice, letterhead: Letterhead) -> str:
    """Where the recipient chooses which letters to get; a unit's mailbox is kept by the administrator."""
    user = recipient.user
    return letterhead.choice(user.id, user.email) if user is not None and user.email else ""


def _one_a_thing(lines: Sequence[tuple[Notice, Told]]) -> list[Told]:
    """One line a thing, under the most urgent of its topics, with everything said of it; by due date."""
    things: dict[tuple[str, int, date | None], list[Told]] = defaultdict(list)
    for notice, told in lines:
        things[notice.subject, notice.subject_id, told.line.due_on].append(told)
    merged = [
        _merged(sorted(thing, key=lambda told: TOPICS.index(told.line.topic))) for thing in things.values()
    ]
    return sorted(merged, key=lambda told: (told.line.due_on or date.max, told.line.title))


def _merged(thing: Sequence[Told]) -> Told:
    first, *others = thing
    changes = [told.line.standing for told in others if told.line.topic is Topic.CHANGED]
    notes = [f"{change}." for change in changes] + [note for told in thing for note in told.line.notes]
    return replace(first, line=replace(first.line, notes=_each_said_once(notes)))


def _each_said_once(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes in order, without those that another one ends in."""
    different = tuple(dict.fromkeys(notes))
    return tuple(
        note for note in different if not any(other != note and other.endswith(note) for other in different)
    )


def _salutation(recipient: Notice) -> str:
    if recipient.user is not None:
        return f"anh/chị {recipient.user.name}"
    return recipient.unit.name if recipient.unit is not None else ""


def _button(topics: Collection[Topic], letterhead: Letterhead) -> Button:
    """Where most of what the letter says can be done."""
    if any(topic in OWN_TOPICS for topic in topics):
        return Button("Mở nhiệm vụ của đơn vị", letterhead.assignments())
    if Topic.UNREVIEWED in topics:
        return Button("Mở danh sách chờ xử lý", letterhead.queue())
    if Topic.ESCALATED in topics or not topics:
        return Button("Mở danh sách quá hạn", letterhead.overdue())
    return Button("Mở danh sách nhiệm vụ", letterhead.assignments())
