"""The indicators of a draft with their answers applied."""

from dataclasses import asdict, replace

from tracker.plans.answers import Answers
from tracker.plans.draft import IndicatorDraft, PlanDraft


def figures(draft: PlanDraft, answers: Answers) -> list[IndicatorDraft]:
    """Every indicator in its place in the draft, as corrected; `selected` says whether it is followed.

    Those of tables are followed unless somebody left them out, those of the text where they were taken in.
    """
    return [_figure(one, str(place), answers) for place, one in enumerate(draft.indicators)]


def _figure(read: IndicatorDraft, place: str, answers: Answers) -> IndicatorDraft:
    said = answers.figures.get(place)
    is_taken = int(place) in answers.indicators
    if said is None:
        return replace(read, selected=read.selected or is_taken)
    figure = asdict(said)
    followed = figure.pop("followed") if read.selected else is_taken
    note = read.note if said.note is None else said.note
    return replace(read, **figure | {"note": note}, selected=followed)
