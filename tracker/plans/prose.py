"""A duty in prose understood: whose it is, who helps, by when."""

from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.plans import deliverables, parties
from tracker.plans.draft import MilestoneDraft, TaskDraft
from tracker.plans.duties import Duty
from tracker.plans.places import place
from tracker.plans.sentences import read_helpers
from tracker.plans.tasks import OPEN_LEAD, read_milestones
from tracker.plans.times import read_time
from tracker.plans.wording import key, one_line


def understand_duty(duty: Duty, context: Context, *, selected: bool) -> TaskDraft:
    """Read a duty into a proposed task; one that sets no time is proposed as continuous."""
    said = duty.time or read_time(duty.text)
    milestones, doubts = read_milestones(said, context) if said else ([Milestone(Kind.CONTINUOUS, "")], ())
    led = {key(unit) for unit in duty.units}
    helpers = {key(unit): unit for unit in (*duty.helpers, *read_helpers(duty.text))}
    named = deliverables.split(duty.product) or (deliverables.DEFAULT,)
    *earlier, last = [MilestoneDraft(milestone, ()) for milestone in milestones]
    open_leads = tuple(OPEN_LEAD.format(unit) for unit in duty.units if parties.is_open(unit))
    return TaskDraft(
        no=duty.no,
        title=one_line(duty.text),
        source="prose",
        group=duty.part,
        group_title=one_line(duty.part_title),
        lead=duty.units,
        coordinating=tuple(unit for folded, unit in helpers.items() if folded not in led),
        deadline_text=said,
        milestones=(*earlier, MilestoneDraft(last.milestone, tuple(named))),
        where=place(duty.source.where),
        source_row=(("Đoạn văn", one_line(f"{duty.text} {duty.aside}")),),
        doubts=(*doubts, *open_leads),
        selected=selected,
    )
