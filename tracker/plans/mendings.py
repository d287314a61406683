"""What a document says in words to change in tasks of the plan it amends, and what they would say then."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.deadlines.grammar import LONGEST_TEXT, read_deadline
from tracker.deadlines.meaning import Context
from tracker.plans import parties
from tracker.plans.amending import ALIKE, Change, Side, differing, likeness
from tracker.plans.attributes import read_attribute
from tracker.plans.blocks import Paragraph
from tracker.plans.deliverables import split as split_deliverables
from tracker.plans.draft import Mending
from tracker.plans.numbering import split_number
from tracker.plans.wording import one_line
from tracker.words import fold

Part = Literal["words", "deadline", "lead", "task"]
Whom = Callable[[str], tuple[int, ...]]  # the units that a name as written names for sure

_OPEN, _CLOSE = "“\"'‘«", "”\"'’»"
_SAID = rf"[{_OPEN}](?P<%s>[^{_OPEN}{_CLOSE}]+)[{_CLOSE}]"
_CHANGES = r"(?:điều chỉnh|sửa đổi|thay đổi|thay thế|gia hạn|kéo dài|lùi|chuyển)(?:,? bổ sung)?(?:\s+lại)?"
_WHICH = (
    r"(?:các\s+)?nhiệm vụ\s+(?:(?:có\s+)?(?:số thứ tự|STT|số|thứ)\s+)?"
    rf"(?:(?P<numbers>\d[\d.]*(?:\s*(?:,|và)\s*(?:số\s+)?\d[\d.]*)*)|{_SAID % 'title'})"
)
_NAMED = re.compile(_WHICH, re.IGNORECASE)
_WORDS = re.compile(
    rf"thay (?:thế )?(?:các )?cụm từ\s*:?\s*{_SAID % 'old'}\s*(?:bằng|thành)\s*"
    rf"(?:cụm từ\s*:?\s*)?{_SAID % 'new'}"
    r"(?P<where>[^.;]*)",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"{_CHANGES}\s+(?P<part>thời gian|thời hạn|tiến độ|hạn|(?:cơ quan|đơn vị) chủ trì)"
    rf"(?:\s+(?:thực hiện|hoàn thành))?(?:\s+(?:đối với|của|cho))?\s+{_WHICH}"
    rf"(?P<where>[^.;{_OPEN}{_CLOSE}]*?)\s*"
    rf"(?:từ\s+(?:{_SAID % 'old'}|(?P<bare_old>[^.;{_OPEN}]+?))\s+)?(?:thành|sang|đến|là|như sau\s*:)\s*"
    rf"(?:{_SAID % 'new'}|(?P<bare_new>[^.;]+))",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"{_CHANGES}\s+(?:nội dung\s+)?{_WHICH}(?P<where>[^.;:{_OPEN}{_CLOSE}]*?)\s*(?:như sau|thành)\s*:?\s*"
    rf"[{_OPEN}]?(?P<new>\S.*?)[{_CLOSE}.;\s]*$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:mục|phần|nhóm)\s+(?P<group>[IVX]{1,6}|[A-ZĐ])\b")
_ELSEWHERE = re.compile(r"\b(?:khoản|điểm|tiết|đoạn|gạch đầu dòng|điều \d|mục [IVX\d])", re.IGNORECASE)
_PENDING = re.compile(r"như sau\s*:\s*$", re.IGNORECASE)
_CLAUSE = re.compile(r"[;\n]\s*|(?<!\b\w)(?<!\b\w\w)\.\s+")
_LONGEST = 3000  # letters of a paragraph that are looked at


@dataclass(frozen=True, slots=True)
class Mended:
    """A task as it stands and as the document would have it, with the sentences that say so.

    `sure` where the document names the task, and what it says of it now is what stands there.
    """

    change: Change
    texts: tuple[str, ...]
    sure: bool


def find_mendings(paragraphs: Iterable[Paragraph]) -> Iterator[Mending]:
    """«Thay cụm từ “A” bằng “B”», «Điều chỉnh thời gian thực hiện nhiệm vụ số 5 thành “Quý III/2026”»,
    «Sửa đổi nhiệm vụ thứ 3 mục II như sau: ...».

    What «như sau:» promises may stand in the next paragraph.
    """
    pending = ""
    for paragraph in paragraphs:
        text = one_line(f"{pending} {paragraph.text[:_LONGEST]}")
        is_promise = bool(_PENDING.search(text) and _NAMED.search(text))
        pending = text if is_promise and not pending else ""
        if not pending:
            yield from _read(text)


def _read(text: str) -> Iterator[Mending]:
    for words in _WORDS.finditer(text):
        yield _named("words", words[0], words["where"], old=words["old"], new=words["new"])
    parts = list(_PART.finditer(text))
    for part in parts:
        kind: Part = "lead" if part["part"].lower().endswith("chủ trì") else "deadline"
        old, new = part["old"] or part["bare_old"] or "", part["new"] or part["bare_new"]
        yield _named(kind, part[0], part[0], old=old, new=new)
    if not parts and (whole := _WHOLE.search(text)):
        yield _named("task", whole[0], whole[0][: whole.start("new") - whole.start()], new=whole["new"])


def _named(kind: Part, text: str, where: str, *, new: str, old: str = "") -> Mending:
    """A mending with the tasks it names: by number and group, by title, or not at all."""
    which, group = _NAMED.search(where), _GROUP.search(where)
    numbers = re.findall(r"\d[\d.]*", (which["numbers"] or "") if which else "")
    return Mending(
        kind=kind,
        text=text.strip(),
        old=old.strip(),
        new=new.strip(),
        numbers=tuple(number.strip(".") for number in numbers),
        group=group["group"] if group else "",
        title=(which["title"] or "") if which else "",
        elsewhere=not which and bool(_ELSEWHERE.search(where)),
    )


def names_in(mendings: Iterable[Mending]) -> list[str]:
    """The phrases of mendings that may name units."""
    said = [phrase for one in mendings for phrase in (one.old, one.new, *_leads_in(one))]
    return [phrase for phrase in dict.fromkeys(said) if phrase and parties.names_body(phrase)]


def mend(
    sides: Iterable[Side], mendings: Sequence[Mending], context: Context, whom: Whom
) -> Iterator[Mended]:
    """The tasks that the document changes in words, each once, however many sentences are about it."""
    sides = list(sides)
    for side in sides:
        now, sure = side, True
        texts: list[str] = []
        for one in mendings:
            if not _is_about(one, side):
                continue
            after = _mended(now, one, context, whom)
            if after != now:
                is_alone = sum(_is_about(one, other) for other in sides) <= max(len(one.numbers), 1)
                sure = sure and _is_sure(one, now, context, is_alone=is_alone)
                now, texts = after, [*texts, one.text]
        if aspects := tuple(differing(side, now)):
            yield Mended(Change(side, now, aspects), tuple(texts), sure)


def _is_about(one: Mending, side: Side) -> bool:
    if one.title:
        return likeness(Counter(fold(one.title).split()), Counter(fold(side.title).split())) >= ALIKE
    if one.numbers:
        return side.no in one.numbers and one.group in ("", side.group_no)
    return one.kind == "words"


def _is_sure(one: Mending, side: Side, context: Context, *, is_alone: bool) -> bool:
    """Whether a person need not look: the task is named and is the only one of its number, what was is so."""
    if one.kind == "words":
        return not one.elsewhere
    if not is_alone:
        return False
    if one.kind == "deadline":
        agrees = not one.old or _dates(one.old, context) == _dates(side.wording, context)
        return agrees and not read_deadline(one.new[:LONGEST_TEXT], context).needs_review
    return one.kind == "lead" or bool(side.title)


def _dates(text: str, context: Context) -> list[object]:
    return [(one.kind, one.due, one.rrule) for one in read_deadline(text[:LONGEST_TEXT], context).milestones]


def _mended(side: Side, one: Mending, context: Context, whom: Whom) -> Side:
    """The task as the sentence would have it; unchanged where the sentence says nothing of it."""
    if one.kind == "words":
        return _with_words(side, one, context, whom)
    if one.kind == "deadline":
        return _with_deadline(side, one.new, context)
    if one.kind == "lead":
        return _with_leads(side, parties.split(one.new), whom)
    return _with_text(side, one.new, context, whom)


def _with_words(side: Side, one: Mending, context: Context, whom: Whom) -> Side:
    words = re.compile(rf"(?<!\w){re.escape(one.old)}(?!\w)")

    def put(text: str) -> str:
        return words.sub(lambda _: one.new, text)

    was, becomes = whom(one.old), whom(one.new)
    leads = _put_units(side.leads, was, becomes)
    changed = replace(
        side,
        title=put(side.title),
        leads=leads,
        helpers=tuple(unit for unit in _put_units(side.helpers, was, becomes) if unit not in leads),
        open_helpers=tuple(map(put, side.open_helpers)),
        deliverables=tuple(tuple(map(put, names)) for names in side.deliverables),
    )
    wording = put(side.wording)
    return changed if wording == side.wording else _with_deadline(changed, wording, context)


def _put_units(units: tuple[int, ...], was: tuple[int, ...], becomes: tuple[int, ...]) -> tuple[int, ...]:
    """The units with one of them in place of another; as they are where either is not known for sure."""
    if len(was) != 1 or len(becomes) != 1 or was[0] not in units:
        return units
    return tuple(dict.fromkeys(becomes[0] if unit == was[0] else unit for unit in units))


def _with_deadline(side: Side, wording: str, context: Context) -> Side:
    milestones = read_deadline(wording[:LONGEST_TEXT], context).milestones
    names = side.deliverables
    if len(names) != len(milestones):
        names = (*((),) * (len(milestones) - 1), tuple(name for some in side.deliverables for name in some))
    return replace(side, wording=wording, milestones=milestones, deliverables=names)


def _with_leads(side: Side, phrases: Sequence[str], whom: Whom) -> Side:
    found = [whom(phrase) for phrase in phrases]
    if not found or not all(found):
        return side
    leads = tuple(dict.fromkeys(unit for units in found for unit in units))
    return replace(side, leads=leads, helpers=tuple(unit for unit in side.helpers if unit not in leads))


def _with_text(side: Side, text: str, context: Context, whom: Whom) -> Side:
    """«3. Tổ chức ngày hội. Thời gian: Quý IV/2026. Chủ trì: Công an xã» -> the task said anew."""
    title = []
    for clause in filter(None, _CLAUSE.split(split_number(text)[1])):
        attribute = read_attribute(clause.strip())
        if attribute is None:
            title.append(clause.strip(" ."))
        elif attribute.kind == "time":
            side = _with_deadline(side, attribute.said, context)
        elif attribute.kind == "product":
            names = split_deliverables(attribute.said)
            side = replace(side, deliverables=(*((),) * (len(side.milestones) - 1), tuple(names)))
        elif attribute.roles.lead:
            side = _with_leads(side, attribute.roles.lead, whom)
    return replace(side, title=". ".join(title)) if title else side


def _leads_in(one: Mending) -> Iterator[str]:
    """The leads that a task said anew, or given to others, names."""
    if one.kind == "lead":
        yield from parties.split(one.new)
    elif one.kind == "task":
        for clause in _CLAUSE.split(one.new):
            attribute = read_attribute(clause.strip())
            yield from attribute.roles.lead if attribute else ()
