"""An import as it stands: the draft with its answers, whom its phrases name, and what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from tracker.db import db
from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.recurrence import occurrences
from tracker.models import Plan, PlanImport
from tracker.plans import answers as answering
from tracker.plans import form
from tracker.plans.answers import Answers
from tracker.plans.corrected import Corrected, Row, apply, context_of
from tracker.plans.corrected_figures import figures
from tracker.plans.doubts import About, Concern, Doubt, about_lost, remaining
from tracker.plans.draft import IndicatorDraft, PlanDraft
from tracker.plans.ledger import lost
from tracker.plans.matching import Learnt
from tracker.plans.membership import likely_members
from tracker.plans.mendings import names_in
from tracker.plans.naming import Directory, Named, answer_of, each_once, name_phrases
from tracker.services import catalogues, known_plans, milestones
from tracker.services.known_plans import KnownBy, KnownPlan
from tracker.words import date_words, fold


@dataclass(frozen=True, slots=True)
class Check:
    """Everything the page of an import shows.

    `figures` are all indicators in their places in the draft. `lost` are the places of rows that the reader
    gave and that are accounted for nowhere. `same_plan` is one that the document may be an issue of, as long
    as nobody has said whether it is; `amends` the one that somebody said it is a new issue of. `in_words` are
    the names in the sentences that change tasks of another plan.
    """

    draft: PlanDraft
    answers: Answers
    corrected: Corrected
    named: Mapping[str, Named]
    directory: Directory
    doubts: tuple[Doubt, ...]
    same_plan: Plan | None
    amends: Plan | None
    today: date
    lost: tuple[str, ...] = ()
    figures: tuple[IndicatorDraft, ...] = ()
    in_words: Mapping[str, Named] = field(default_factory=dict)

    @property
    def unsettled(self) -> list[str]:
        """Those of the lost rows that nobody has looked up in the document."""
        return [where for where in self.lost if where not in self.answers.looked_up]

    @property
    def sure(self) -> list[Row]:
        """The rows that become tasks and hold no doubt."""
        doubtful = {doubt.row.key for doubt in self.doubts if doubt.row is not None}
        return [row for row in self.corrected.selected if row.key not in doubtful]

    def alike(self, row: Row) -> list[Row]:
        """The other rows whose deadline is worded the same and in doubt, too."""
        return [
            other
            for other in self.corrected.selected
            if other.key != row.key and other.deadline_doubts and fold(other.wording) == fold(row.wording)
        ]

    @property
    def left_out(self) -> list[Row]:
        """The rows that do not become tasks."""
        return [row for row in self.corrected.rows if not row.selected]

    @property
    def unknown(self) -> list[Named]:
        """The phrases that name nobody known yet, in the order of the document."""
        phrases = [p for row in self.corrected.selected for p in (*row.task.lead, *row.task.coordinating)]
        phrases += [one.unit for one in self.indicators if one.unit]
        return [self.named[phrase] for phrase in each_once(phrases) if self.named[phrase].unknown]

    def likely_members(self, phrase: str) -> frozenset[int]:
        """The units nearby that a phrase for several most likely means."""
        near = {unit: name for unit, name in self.directory.units.items() if unit in self.directory.near}
        return likely_members(phrase, near)

    def leads(self, row: Row) -> tuple[int, ...]:
        """The units that answer for a row, each once."""
        named = (unit for phrase in row.task.lead for unit in self.named[phrase].everyone)
        return tuple(dict.fromkeys((*named, *row.filled)))

    def helpers(self, row: Row) -> tuple[int, ...]:
        """The units that help with a row, each once and none that leads it."""
        leads = self.leads(row)
        named = (unit for phrase in row.task.coordinating for unit in self.named[phrase].everyone)
        return tuple(unit for unit in dict.fromkeys(named) if unit not in leads)

    def whom(self, name: str) -> tuple[int, ...]:
        """The units that a name in a sentence about another plan names for sure."""
        who = self.in_words.get(name)
        return who.everyone if who and not who.close else ()

    @property
    def indicators(self) -> list[IndicatorDraft]:
        """The indicators that are stored with the plan: those of its tables, and proposed ones taken in."""
        return [one for one in self.figures if one.selected]

    @property
    def decided(self) -> dict[str, Learnt]:
        """Whom phrases (as written) were answered to mean."""
        answered = self.answers.phrases
        return {
            phrase: Learnt(who.units, who.groups)
            for phrase, who in self.named.items()
            if answer_of(phrase, answered) and (who.units or who.groups)
        }

    @property
    def assignments(self) -> int:
        """How many assignments the plan would make today; what recurs counts twice, now and next."""
        context = context_of(self.corrected.heading)
        return sum(
            len(self.leads(row))
            * sum(_tracked(draft.milestone, context, self.today) for draft in row.task.milestones)
            for row in self.corrected.selected
        )

    @property
    def lead_units(self) -> frozenset[int]:
        """The units that answer for some task."""
        return frozenset(unit for row in self.corrected.selected for unit in self.leads(row))


def check(plan_import: PlanImport, today: date) -> Check:
    """The import as it stands today; a fixed number of queries."""
    draft = form.from_dict(plan_import.draft)
    answers = answering.from_dict(plan_import.answers)
    corrected = apply(draft, answers)
    catalogue, directory = catalogues.load(plan_import.unit, corrected.heading.issued, today)
    phrases = [p for row in corrected.rows for p in (*row.task.lead, *row.task.coordinating)]
    read = tuple(figures(draft, answers))
    phrases += [one.unit for one in read if one.unit]
    named = name_phrases(phrases, answers.phrases, catalogue, directory)
    amends = db.session.get(Plan, answers.amends) if answers.amends else None
    is_told = answers.another_plan or amends is not None
    known = None if is_told else known_plans.find(plan_import, corrected.heading)
    missing = tuple(lost(draft))
    unsettled = [where for where in missing if where not in answers.looked_up]
    left = remaining(corrected, named, [one for one in read if one.selected])
    doubts = (  # a document that amends a plan may well hold no task of its own
        *_known_already(known),
        *about_lost(unsettled),
        *(doubt for doubt in left if not (amends and doubt.about is About.TASKS)),
    )
    return Check(
        draft,
        answers,
        corrected,
        named,
        directory,
        doubts,
        same_plan=known.plan if known else None,
        amends=amends,
        today=today,
        lost=missing,
        figures=read,
        in_words=name_phrases(names_in(draft.mendings), answers.phrases, catalogue, directory),
    )


def _tracked(milestone: Milestone, context: Context, today: date) -> int:
    """How many occurrences are tracked at once: of a recurring milestone the current one and the next."""
    if milestone.kind is not Kind.RECURRING:
        return 1
    coming = occurrences(milestone, context, after=today, until=context.end or date.max)
    return max(1, len(list(islice(coming, milestones.AT_ONCE))))


def _known_already(known: KnownPlan | None) -> list[Doubt]:
    if known is None:
        return []
    plan = known.plan
    issued = f" ngày {date_words(plan.issued_on)}" if plan.issued_on else ""
    name = f"Kế hoạch số {plan.number}{issued}" if plan.number else f"Kế hoạch “{plan.title}”"
    concern = Concern.OTHER if known.by is KnownBy.TITLE else Concern.BLOCKING
    return [Doubt(concern, About.ANOTHER_PLAN, SENTENCES[known.by].format(name), WHAT_TO_SAY)]


SENTENCES = {
    KnownBy.NUMBER: "{} đã có trong hệ thống.",
    KnownBy.MENTION: "Văn bản này nhắc đến {}, đã có trong hệ thống.",
    KnownBy.TITLE: "Văn bản này giống {}, đã có trong hệ thống.",
}
WHAT_TO_SAY = "Đây là bản mới, bản điều chỉnh hay bổ sung của kế hoạch đó, hay là một kế hoạch khác?"
