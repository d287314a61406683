"""The answer to «who must be told what»: its parts, its key, and which of several is the one to say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from tracker.rules.notices.people import (
    LetterChoice,
    Parties,
    People,
    Recipient,
    recipients,
    with_a_daily_reader,
)
from tracker.rules.notices.table import Audience, Rule, When

LEAD_SIDE = frozenset({Audience.LEAD, Audience.HEAD})  # told of each assignment
OTHERS = frozenset(Audience) - LEAD_SIDE  # told of each task, however many units it has
EVERYONE = frozenset(Audience)
ENTRY = "entry "


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about («assignment», 17), and the units and persons around it."""

    kind: str
    id: int
    parties: Parties


@dataclass(frozen=True, slots=True)
class Due:
    """One thing one recipient must be told. `skipped`: it should have been said earlier and is stale by now.

    `occasion` is the planned day with the date it belongs to, so that a moved date arms its reminders anew,
    or the log entry of a deed.
    """

    recipient: Recipient
    rule: str
    subject: str
    subject_id: int
    occasion: str
    planned_on: date
    skipped: bool = False

    @property
    def key(self) -> str:
        """What can exist once: recipient, rule, subject and occasion."""
        return f"{self.recipient}/{self.rule}/{self.subject}:{self.subject_id}/{self.occasion}"


def date_of(occasion: str) -> date | None:
    """The date that the planned day of an occasion belongs to: «2026-06-18/2026-06-25» -> 25/6/2026."""
    _, _, rest = occasion.partition("/")
    return date.fromisoformat(rest) if rest and not rest.startswith(ENTRY) else None


def entry_of(occasion: str) -> int | None:
    """The log entry of a deed: «2026-06-18/entry 31» -> 31."""
    _, _, rest = occasion.partition("/")
    return int(rest.removeprefix(ENTRY)) if rest.startswith(ENTRY) else None


def answer(
    reader: Recipient,
    rule: Rule,
    subject: Subject,
    planned_on: date,
    occasion: str = "",
    *,
    true: bool = True,
) -> Due:
    """The answer for one reader; the occasion is the planned day, followed by what else tells it apart."""
    occasion = f"{planned_on}/{occasion}" if occasion else f"{planned_on}"
    return Due(reader, rule.name, subject.kind, subject.id, occasion, planned_on, skipped=not true)


def readers(
    rule: Rule, subject: Subject, people: People, side: frozenset[Audience] = EVERYONE
) -> tuple[Recipient, ...]:
    """Those of the rule's audiences on that side who want letters; a lead unit is never without a daily one
    for what is overdue."""
    audiences = [audience for audience in rule.to if audience in side]
    found = recipients(audiences, subject.parties, people)
    if rule.when is When.OVERDUE and Audience.LEAD in audiences:
        found = with_a_daily_reader(found, subject.parties, people)
    return tuple(reader for reader in found if reader.letters is not LetterChoice.NONE)


def latest(answers: Iterable[Due]) -> Iterator[Due]:
    """Of all answers to one recipient about one thing only the last is to be said; they come in order."""
    told: dict[tuple[Recipient, str, int], list[Due]] = defaultdict(list)
    for due in answers:
        told[due.recipient, due.subject, due.subject_id].append(due)
    for *missed, last in told.values():
        yield from (replace(due, skipped=True) for due in missed)
        yield last
