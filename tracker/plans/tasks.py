"""A task row understood: its parties, its milestones and what is due at each, with the doubts that remain."""

import re
from dataclasses import dataclass

from tracker.deadlines.grammar import LONGEST_TEXT, TextTooLong, read_deadline
from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.normal import normal
from tracker.plans import deliverables, parties
from tracker.plans.blocks import ILLEGIBLE
from tracker.plans.draft import MilestoneDraft, TaskDraft
from tracker.plans.outcomes import read_outcomes, time_of_group
from tracker.plans.places import place
from tracker.plans.roles import Role
from tracker.plans.sentences import named_in_title, read_unit_heading
from tracker.plans.tables import Group, TaskRow
from tracker.plans.wording import is_blank, key, one_line, starts_inside, without_bullet, without_parentheses

NO_LEAD = "Chưa nêu đơn vị chủ trì."
OPEN_LEAD = "«{}» là nhóm mở: cần chỉ rõ đơn vị chủ trì."
LED_BY_GROUP = "Bảng không có cột chủ trì: lấy tên nhóm «{}» làm đơn vị chủ trì; hãy kiểm tra."
DATED_BY_GROUP = "Dòng không ghi thời hạn: lấy theo tên nhóm «{}»; hãy kiểm tra."
FIRST_LEADS = "Cột ghi chung chủ trì và phối hợp: đơn vị nêu đầu tiên được coi là chủ trì."
PAIRED = "Số sản phẩm bằng số mốc thời gian nên được ghép lần lượt; hãy kiểm tra."
MAYBE_ANOTHER = "Một dòng không đánh số có nội dung và đơn vị chủ trì riêng; có thể là một nhiệm vụ khác."
ILLEGIBLE_CELL = "Có ô không đọc được chữ trên bản quét: hãy xem bản gốc."
GUESSED_COLUMNS = "Bảng không có dòng tiêu đề: các cột được đoán theo nội dung; hãy kiểm tra."
CUT_TITLE = "Nội dung nhiệm vụ bắt đầu giữa câu; có thể thiếu phần đầu."

_TORN_BRACKET = re.compile(r"\(\s+")
_WANTS_MORE = re.compile(
    r"(?:[,(/–-]|\b(?:và|hoặc|năm|tháng|ngày|quý|trước|sau|đến|từ|kỳ|hết|trong|đầu|cuối|hạn|của|tại))$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Part:
    """A deadline as written in one or more rows, with the deliverables beside it."""

    deadline: str
    deliverables: list[str]


def understand(row: TaskRow, context: Context) -> TaskDraft:
    """Read the texts of a task row; `context` is the plan that its deadlines are read in."""
    doubts: list[str] = []
    lead, coordinating = _parties(row, doubts)
    parts = _dated_by_group(_parts(row), row, doubts)
    milestones = _milestones(parts, context, doubts)
    title = without_bullet(one_line(row.text(Role.TITLE)))
    if starts_inside(title):
        doubts.append(CUT_TITLE)
    if any(ILLEGIBLE in text for printed in row.printed for text in printed.texts):
        doubts.append(ILLEGIBLE_CELL)
    if row.columns.guessed:
        doubts.append(GUESSED_COLUMNS)
    if _may_hold_another(row):
        doubts.append(MAYBE_ANOTHER)
    return TaskDraft(
        no=row.number,
        title=title,
        group=_group_number(row.groups),
        group_title=_group_title(row.groups),
        lead=lead,
        coordinating=coordinating,
        deadline_text=one_line("\n".join(part.deadline for part in parts)),
        milestones=milestones,
        note=one_line(row.text(Role.NOTE)),
        where=place(row.where),
        source_row=row.source(),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def pair(parts: list[tuple[list[Milestone], list[str]]]) -> tuple[tuple[MilestoneDraft, ...], bool]:
    """Give each milestone its deliverables, and say whether that was a guess.

    `parts` are the milestones and deliverables that stand beside each other. Those beside one milestone
    belong to it; else, with equal counts, the n-th goes to the n-th, which is a guess; else all go to the
    last.
    """
    if all(len(milestones) == 1 and named for milestones, named in parts):
        return tuple(MilestoneDraft(milestones[0], tuple(named)) for milestones, named in parts), False
    milestones = [milestone for beside, _ in parts for milestone in beside]
    named = [name for _, beside in parts for name in beside]
    if len(milestones) == len(named) > 1:
        return tuple(MilestoneDraft(m, (name,)) for m, name in zip(milestones, named, strict=True)), True
    return tuple(draft for part in parts for draft in _all_to_last(*part)), False


def _all_to_last(milestones: list[Milestone], named: list[str]) -> list[MilestoneDraft]:
    earlier = [MilestoneDraft(milestone, ()) for milestone in milestones[:-1]]
    return [*earlier, *(MilestoneDraft(milestone, tuple(named)) for milestone in milestones[-1:])]


def _parties(row: TaskRow, doubts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who leads and who helps; a unit stands once, and leading counts."""
    leading = parties.read_roles(row.text(Role.LEAD))
    helping = parties.read_roles(row.text(Role.COORDINATING), default="coordinating")
    both = parties.read_both(row.text(Role.PARTIES))
    if len(both.lead) > 1 and not both.coordinating and not leading.lead:
        both = parties.Roles(both.lead[:1], both.lead[1:])
        doubts.append(FIRST_LEADS)
    lead = _each_once([*leading.lead, *both.lead, *helping.lead]) or _named_by_group(row, doubts)
    led = {key(phrase) for phrase in lead}
    coordinating = _each_once([*leading.coordinating, *both.coordinating, *helping.coordinating])
    if not lead:
        doubts.append(NO_LEAD)
    doubts += [OPEN_LEAD.format(phrase) for phrase in lead if parties.is_open(phrase)]
    return lead, tuple(phrase for phrase in coordinating if key(phrase) not in led)


def _named_by_group(row: TaskRow, doubts: list[str]) -> tuple[str, ...]:
    """«II. Sở Tài chính» leads the tasks below it where the table has no column for who does."""
    if {Role.LEAD, Role.PARTIES} & set(row.columns.roles):
        return ()
    for group in reversed(row.groups):
        title = without_parentheses(group.title).split(":")[0]
        named = read_unit_heading(title)
        units = named.units if named and not named.duty else named_in_title(title)
        if units:
            doubts.append(LED_BY_GROUP.format(group.title))
            return units
    return ()


def _each_once(phrases: list[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for phrase in phrases:
        kept.setdefault(key(phrase), phrase)
    return tuple(kept.values())


def _parts(row: TaskRow) -> list[_Part]:
    """The rows of a task, those joined that only the end of a page parted."""
    if outcome := row.text(Role.OUTCOME):
        return [_part(one.deadline, one.product) for one in read_outcomes(outcome)]
    texts: list[tuple[str, str]] = []
    for cells in row.rows:
        deadline = _deadline(cells)
        if texts and (is_blank(deadline) or _is_cut(texts[-1][0], deadline)):
            texts[-1] = (
                f"{texts[-1][0]}\n{deadline}".strip(),
                f"{texts[-1][1]}\n{cells.get(Role.DELIVERABLE, '')}",
            )
        else:
            texts.append((deadline, cells.get(Role.DELIVERABLE, "")))
    return [_part(*text) for text in texts]


def _dated_by_group(parts: list[_Part], row: TaskRow, doubts: list[str]) -> list[_Part]:
    """«I. Nhiệm vụ quý I» says when the tasks below it are due that say nothing of it themselves."""
    if any(not is_blank(part.deadline) for part in parts):
        return parts
    for group in reversed(row.groups):
        if time := time_of_group(without_parentheses(group.title)):
            doubts.append(DATED_BY_GROUP.format(group.title))
            return [_Part(time, [name for part in parts for name in part.deliverables])]
    return parts


def _part(deadline: str, named: str) -> _Part:
    return _Part(_TORN_BRACKET.sub("(", normal(_listed(deadline))), list(deliverables.split(named)))


def _listed(deadline: str) -> str:
    """«- Quý I/2026», «- Quý IV/2026» below each other are two times, and no range."""
    lines = deadline.split("\n")
    return "; ".join(map(without_bullet, lines)) if without_bullet(lines[0]) != lines[0].strip() else deadline


def _deadline(cells: dict[Role, str]) -> str:
    start, end = cells.get(Role.START, ""), cells.get(Role.DEADLINE, "")
    return f"Từ {start} đến {end}" if start.strip() and end.strip() else start + end


def _is_cut(before: str, after: str) -> bool:
    """Whether a deadline goes on in the next row instead of beginning anew."""
    return (
        is_blank(before)
        or bool(_WANTS_MORE.search(one_line(before)))
        or before.count("(") > before.count(")")
        or starts_inside(after)
        or key(before) == key(after) == ""
    )


def _milestones(parts: list[_Part], context: Context, doubts: list[str]) -> tuple[MilestoneDraft, ...]:
    read: list[tuple[list[Milestone], list[str]]] = []
    for part in parts:
        found, unsure = read_milestones(part.deadline, context)
        doubts += unsure
        read.append((found, part.deliverables or [deliverables.DEFAULT]))
    drafts, guessed = pair(read)
    if guessed:
        doubts.append(PAIRED)
    return drafts


def read_milestones(text: str, context: Context) -> tuple[list[Milestone], tuple[str, ...]]:
    """The milestones of a deadline text and the doubts about them; one that is too long stays unresolved."""
    try:
        reading = read_deadline(text, context)
    except TextTooLong as error:
        return [Milestone(Kind.UNRESOLVED, text[:LONGEST_TEXT])], (str(error),)
    return list(reading.milestones), reading.doubts


def _may_hold_another(row: TaskRow) -> bool:
    def whole(cells: dict[Role, str]) -> bool:
        said = (cells.get(role, "") for role in (Role.TITLE, Role.LEAD))
        return all(text.strip() and not starts_inside(text) for text in said)

    return any(whole(cells) for cells in row.rows[1:])


def _group_number(groups: tuple[Group, ...]) -> str:
    numbers = [group.number.text for group in groups if group.number]
    return numbers[-1] if numbers else ""


def _group_title(groups: tuple[Group, ...]) -> str:
    """«Phát triển nhân lực», or with the group above it: «A. Nhiệm vụ chung › Phát triển nhân lực»."""
    above = [f"{group.number.text}. {group.title}" if group.number else group.title for group in groups[:-1]]
    return " › ".join([*above, *(group.title for group in groups[-1:])])
