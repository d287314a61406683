"""What is no deadline although it may hold a date: cited documents, events waited for, grounds, numbered
things.
"""

from collections.abc import Sequence

from tracker.deadlines.shapes import Level, joined
from tracker.deadlines.tokens import Token

# A full date; and the rest of a clause: up to a mark, a «trước», «chậm nhất», «trong vòng», or a word of time
# behind «trong», «đến», «từ».
_DATE = r"(?:n/n/[yn]|n\.n\.y|n-n-y|n/?Mn/?(?:,?A?y)?|n/n(?:,?q?A?y)?)"
_REST = r"(?:[^,;.:()blviuf]|[iuf](?![eizhg]*[DMQAGnry]))*"
_NOT_A_DATE = r"(?![/.-]?[nyMDJWQAj]|[,&]@|E)"
_ORDINARY = "[oNORTtqc#@U!wBx]"


def find_clauses(tokens: Sequence[Token]) -> list[Token]:
    """Documents cited and things numbered become c, conditions U, grounds d; the last two carry their
    tokens.
    """
    return _set_aside(_cite(tokens))


def _cited(tokens: Sequence[Token]) -> list[Token]:
    return joined("c", "", tokens)


def _condition(tokens: Sequence[Token]) -> list[Token]:
    return joined("U", tuple(tokens), tokens)


def _ground(tokens: Sequence[Token]) -> list[Token]:
    return joined("d", tuple(tokens), tokens)


_cite = Level(
    [
        # Thông báo số 211/TB-VPCP ngày 24/4/2026, Trung tâm dữ liệu quốc gia số 1
        (rf"N?[oN]{{0,6}}(?:#?c|#[nmy](?![JMW])(?:/o)?)(?:[oNOqR]{{0,12}}D{_DATE})?", _cited),
        # đợt 2, lần 1
        (r"j@?[nr](?![/.]n|[DJWAj]|M[^nrw])", _cited),
        # Phụ lục II, khóa XVI, mức độ 3 và 4, kỳ họp thứ hai
        (rf"[OT][#@]?(?:[nmrw]{_NOT_A_DATE}|K)(?:[,&][nmrw]{_NOT_A_DATE})*|[OT@j]K", _cited),
    ]
)
_set_aside = Level(
    [
        # sau khi HĐND thông qua; kể từ ngày ban hành; 10 ngày kể từ khi
        (rf"U{_REST}|[fa]D(?={_ORDINARY}){_REST}|(?<=[nw][DJWMA])[fa](?={_ORDINARY}){_REST}", _condition),
        # theo kế hoạch của Bộ
        (rf"V(?={_ORDINARY}){_REST}", _ground),
    ]
)
