"""Patterns over the letters of tokens: how one level of the grammar is turned into the next."""

import re
from collections.abc import Callable, Iterable, Sequence

from tracker.deadlines.points import NotInCalendar
from tracker.deadlines.tokens import Token

Builder = Callable[[Sequence[Token]], Iterable[Token]]
Rule = tuple[str, Builder]


class Level:
    """A list of rules (pattern over letters, builder), the first that fits winning at each place.

    A pattern may only use groups that do not capture. A builder gets the tokens its pattern fits and gives
    the tokens to stand for them.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._pattern = re.compile("|".join(f"({pattern})" for pattern, _ in rules))
        self._builders = [builder for _, builder in rules]

    def __call__(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with everything that fits a rule replaced."""
        shape = "".join([token.letter for token in tokens])
        result: list[Token] = []
        at = 0
        for found in self._pattern.finditer(shape):
            result.extend(tokens[at : found.start()])
            at = found.end()
            assert found.lastindex is not None
            result.extend(self._builders[found.lastindex - 1](tokens[found.start() : at]))
        result.extend(tokens[at:])
        return result


def joined(letter: str, value: object, tokens: Sequence[Token]) -> list[Token]:
    """One token in the place of several."""
    return [Token(letter, value, tokens[0].start, tokens[-1].end)]


def in_calendar(build: Builder) -> Builder:
    """A builder that puts an X token with the sentence about it where the calendar has no such day."""

    def guarded(tokens: Sequence[Token]) -> Iterable[Token]:
        try:
            return list(build(tokens))
        except NotInCalendar as impossible:
            return joined("X", str(impossible), tokens)

    return guarded
