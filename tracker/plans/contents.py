"""What a column holds, judged by its cells: where its name tells nothing, or not the whole truth."""

from collections.abc import Callable, Sequence

from tracker.plans import parties
from tracker.plans.blocks import Row
from tracker.plans.numbering import parse_number
from tracker.plans.outcomes import is_time
from tracker.plans.roles import Role, named_role
from tracker.plans.wording import is_blank, key, one_line

_SAMPLE = 12
_MOST = 0.7
_FEWEST = 2  # rows that columns can be guessed from
_TIMES = {Role.DEADLINE, Role.START, Role.SLOT, Role.OUTCOME}
_LEADERS = {Role.LEAD, Role.PARTIES}


def judge_by_contents(roles: list[Role], names: Sequence[str], rows: Sequence[Row]) -> None:
    """Give a role, in place, to columns whose names say nothing and whose cells are times or units.

    «Trình HĐND tỉnh» over «Tháng 7/2026» is a deadline, «Sở, ngành» over «Sở Nội vụ» a lead. Of two columns
    named as deadlines, one that tells «Đang thực hiện» is none.
    """
    unnamed = [
        at for at, name in enumerate(names) if name and roles[at] is Role.OTHER and not named_role(name)
    ]
    if not _TIMES & set(roles):
        for at in unnamed:
            if _mostly(is_time, rows, at):
                roles[at] = Role.DEADLINE
    if not _LEADERS & set(roles):
        leading = [at for at in unnamed if roles[at] is Role.OTHER and _mostly(_names_unit, rows, at)]
        helping = [] if Role.COORDINATING in roles else leading[1:2]
        for at, role in zip([*leading[:1], *helping], (Role.LEAD, Role.COORDINATING), strict=False):
            roles[at] = role
    _leave_out_progress(roles, names, rows)


def guess_roles(rows: Sequence[Row]) -> list[Role] | None:
    """The roles of columns that no header names, where numbers, units and times stand in them; else None."""
    width = min((len(row.cells) for row in rows), default=0)
    if len(rows) < _FEWEST or not width or not _counts(rows):
        return None
    roles = [Role.NO, *[Role.OTHER] * (width - 1)]
    for at in range(1, width):
        if _mostly(is_time, rows, at):
            roles[at] = Role.DEADLINE
        elif _mostly(_names_unit, rows, at):
            roles[at] = Role.COORDINATING if Role.LEAD in roles else Role.LEAD
    rest = [at for at, role in enumerate(roles) if role is Role.OTHER]
    if not rest or Role.LEAD not in roles or Role.DEADLINE not in roles:
        return None
    roles[max(rest, key=lambda at: sum(len(row.cells[at].text) for row in rows[:_SAMPLE]))] = Role.TITLE
    return roles


def _counts(rows: Sequence[Row]) -> bool:
    numbered = [parse_number(row.cells[0].text) is not None for row in rows[:_SAMPLE]]
    return sum(numbered) >= _MOST * len(numbered)


def _leave_out_progress(roles: list[Role], names: Sequence[str], rows: Sequence[Row]) -> None:
    """«Tiến độ» beside «Thời hạn» tells how far the work has come, unless times stand in it."""
    dated = [at for at, role in enumerate(roles) if role is Role.DEADLINE]
    for at in dated if len(dated) > 1 else ():
        if key(names[at]).startswith("tiendo") and not _mostly(is_time, rows, at):
            roles[at] = Role.OTHER


def _mostly(holds: Callable[[str], bool], rows: Sequence[Row], at: int) -> bool:
    """Whether most cells that say something in a column are of a kind."""
    texts = [one_line(row.cells[at].text) for row in rows[:_SAMPLE] if at < len(row.cells)]
    said = [text for text in texts if not is_blank(text) and not parse_number(text)]
    return bool(said) and sum(map(holds, said)) >= _MOST * len(said)


def _names_unit(text: str) -> bool:
    return parties.names_body(text)
