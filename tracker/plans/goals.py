"""What units are to reach, in two issues of a plan held side by side: new, changed, the same, gone."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.plans.amending import MOSTLY
from tracker.words import fold


@dataclass(frozen=True, slots=True)
class Goal:
    """What a unit (by its id) is to reach of an indicator in a period; `key` tells it apart in its issue.

    `given` is a value that the plan itself states. `bound` says how the target binds.
    """

    key: str
    name: str
    measure: str
    unit_id: int
    period: str
    target: float | None = None
    given: float | None = None
    bound: str = ""
    exempt: bool = False
    note: str = ""

    @property
    def of(self) -> tuple[str, str, int, str]:
        """What it is a goal of: the same in every issue."""
        return fold(self.name), fold(self.measure), self.unit_id, fold(self.period)

    @property
    def says(self) -> tuple[float | None, float | None, str, bool]:
        """What two issues can say differently of it."""
        return self.target, self.given, self.bound, self.exempt


@dataclass(frozen=True, slots=True)
class ChangedGoal:
    """A goal that both issues have and say differently."""

    old: Goal
    new: Goal


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals of both issues, each exactly once; `whole` as for tasks."""

    added: tuple[Goal, ...] = ()
    changed: tuple[ChangedGoal, ...] = ()
    same: tuple[Goal, ...] = ()
    gone: tuple[Goal, ...] = ()
    whole: bool = False


def compare_goals(old: Sequence[Goal], new: Sequence[Goal]) -> Goals:
    """Hold the goals of the new issue against those of the old one."""
    before, after = {goal.of: goal for goal in old}, {goal.of: goal for goal in new}
    both = [(before[of], goal) for of, goal in after.items() if of in before]
    return Goals(
        added=tuple(goal for of, goal in after.items() if of not in before),
        changed=tuple(ChangedGoal(was, now) for was, now in both if was.says != now.says),
        same=tuple(now for was, now in both if was.says == now.says),
        gone=tuple(goal for of, goal in before.items() if of not in after),
        whole=bool(before) and len(both) >= MOSTLY * len(before),
    )
