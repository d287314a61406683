"""The indicators of a draft with their answers applied."""

from dataclasses import replace

from tracker.plans.answers import Answers
from tracker.plans.draft import IndicatorDraft, PlanDraft


def figures(draft: PlanDraft, answers: Answers) -> list[IndicatorDraft]:
    """Every indicator in its place in the draft, as corrected; `selected` says whether it is followed.

    Those of tables are followed unless somebody left them out, those of the text where they were taken in.
    """
    return [_figure(one, str(place), answers) for place, one in enumerate(draft.indicators)]


def _figure(read: IndicatorDraft, place: str, answers: Answers) -> IndicatorDraft:
    said = answers.figures.get(place)
    if said is None:
        return replace(read, selected=read.selected or int(place) in answers.indicators)
    return replace(
        read,
        name=said.name,
        unit=said.unit,
        period=said.period,
        measure=said.measure,
        bound=said.bound,
        target=said.target,
        actual=said.actual,
        selected=said.followed if read.selected else int(place) in answers.indicators,
    )
