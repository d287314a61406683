"""What a person still has to look at before a plan is given out, most pressing first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.deadlines.meaning import Kind
from tracker.plans.corrected import Corrected, Row
from tracker.plans.draft import IndicatorDraft
from tracker.plans.naming import Named, each_once
from tracker.plans.spelling import name_key


class Concern(StrEnum):
    """What a doubt is about, in the order in which doubts are shown."""

    BLOCKING = "blocking"
    DEADLINE = "deadline"
    UNIT = "unit"
    OTHER = "other"


ORDER = tuple(Concern)


class About(StrEnum):
    """What an answer to a doubt has to say."""

    ANOTHER_PLAN = "another_plan"
    HEADING = "heading"
    LOST = "lost"
    TASKS = "tasks"
    PHRASE = "phrase"
    GROUP = "group"
    LEAD = "lead"
    TITLE = "title"
    DEADLINE = "deadline"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question to the monitor: about a row, about a phrase (first met in `row`), or about the heading.

    `figure` is the indicator that a phrase is first met in, where it stands in no row.
    `sentences` are the doubts of the draft that it stands for, `words` what to mark in the source.
    """

    concern: Concern
    about: About
    title: str
    detail: str = ""
    row: Row | None = None
    phrase: str = ""
    words: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    figure: IndicatorDraft | None = None

    @property
    def blocks(self) -> bool:
        """Whether the plan cannot be given out before it is answered."""
        return self.concern is Concern.BLOCKING


def remaining(
    corrected: Corrected, named: Mapping[str, Named], figures: Iterable[IndicatorDraft] = ()
) -> tuple[Doubt, ...]:
    """What is still in doubt; `named` says of each phrase whom it names, by the phrase as written.

    `figures` are the indicators that are followed.
    """
    found = [
        *_about_heading(corrected),
        *_about_phrases(corrected, named),
        *_about_figures(corrected, named, figures),
        *(doubt for row in corrected.selected for doubt in _about_row(row, named)),
    ]
    return tuple(sorted(found, key=lambda doubt: ORDER.index(doubt.concern)))


def about_lost(places: Collection[str]) -> list[Doubt]:
    """The question what stands in rows that the reader gave and that became nothing."""
    if not places:
        return []
    title = f"{len(places)} dòng của văn bản chưa được tính đến."
    detail = "Xem trong văn bản gốc, thêm nhiệm vụ nếu có, rồi xác nhận đã đối chiếu."
    return [Doubt(Concern.BLOCKING, About.LOST, title, detail)]


def _about_heading(corrected: Corrected) -> Iterator[Doubt]:
    heading = corrected.heading
    if heading.issued is None:
        yield Doubt(
            Concern.BLOCKING,
            About.HEADING,
            "Kế hoạch chưa có ngày ban hành.",
            "Ghi ngày ban hành để giao được nhiệm vụ.",
        )
    if heading.period is None and any(_recurs(row) for row in corrected.selected):
        yield Doubt(
            Concern.BLOCKING,
            About.HEADING,
            "Kế hoạch chưa có ngày bắt đầu và kết thúc.",
            "Có nhiệm vụ lặp lại theo kỳ, cần biết kế hoạch kéo dài từ ngày nào đến ngày nào.",
        )
    if not corrected.selected:
        yield Doubt(
            Concern.BLOCKING,
            About.TASKS,
            "Chưa có nhiệm vụ nào được chọn.",
            "Đưa vào hoặc thêm ít nhất một nhiệm vụ.",
        )


def _recurs(row: Row) -> bool:
    return any(draft.milestone.kind is Kind.RECURRING for draft in row.task.milestones)


def _about_phrases(corrected: Corrected, named: Mapping[str, Named]) -> Iterator[Doubt]:
    asked: set[int] = set()
    for phrase in _phrases(corrected.selected):
        who = named[phrase]
        if who.unknown or who.close:
            yield about_phrase(corrected, who)
        elif who.groups and not who.everyone and not asked.intersection(who.groups):
            asked.update(who.groups)
            yield from _about_empty_group(corrected, who)


def _about_figures(
    corrected: Corrected, named: Mapping[str, Named], figures: Iterable[IndicatorDraft]
) -> Iterator[Doubt]:
    """Units of indicators alone: a figure of somebody who is not known is kept for nobody."""
    first: dict[str, IndicatorDraft] = {}
    for figure in figures:
        if figure.unit:
            first.setdefault(figure.unit, figure)
    asked = set(map(name_key, _phrases(corrected.selected)))
    for phrase, figure in first.items():
        if name_key(phrase) not in asked and (named[phrase].unknown or named[phrase].close):
            yield about_phrase(corrected, named[phrase], figure)


def about_phrase(corrected: Corrected, who: Named, figure: IndicatorDraft | None = None) -> Doubt:
    """The question whom a phrase names, beside the first row it stands in, else beside a figure of it."""
    rows = [row for row in corrected.rows if who.phrase in (*row.task.lead, *row.task.coordinating)]
    leads = any(who.phrase in row.task.lead for row in rows if row.selected)
    concern = Concern.BLOCKING if leads else Concern.UNIT
    if who.close:
        title, detail = f"Tên “{who.phrase}” gần giống “{who.name}”.", "Chọn xong, lần sau sẽ tự nhận ra."
    elif who.unknown:
        title, detail = f"“{who.phrase}” chưa có trong danh sách đơn vị.", "Chọn đơn vị đã có, hoặc thêm mới."
    else:
        title, detail = f"“{who.phrase}” là đơn vị nào?", "Chọn xong, lần sau sẽ tự nhận ra."
    row = rows[0] if rows else None
    return Doubt(concern, About.PHRASE, title, detail, row, who.phrase, (who.phrase,), figure=figure)


def _about_empty_group(corrected: Corrected, who: Named) -> Iterator[Doubt]:
    """A group without members answers for nothing; one that only helps does no harm."""
    led = [row for row in corrected.selected if who.phrase in row.task.lead and not row.filled]
    if led:
        title = f"Nhóm “{who.name}” chưa có đơn vị nào."
        detail = "Chọn các đơn vị trong nhóm; lần sau sẽ tự nhận ra."
        yield Doubt(Concern.BLOCKING, About.GROUP, title, detail, led[0], who.phrase, (who.phrase,))


def _phrases(rows: Iterable[Row]) -> list[str]:
    return each_once(p for row in rows for p in (*row.task.lead, *row.task.coordinating))


def _about_row(row: Row, named: Mapping[str, Named]) -> Iterator[Doubt]:
    yield from _about_lead(row, named)
    if not row.task.title.strip():
        yield Doubt(
            Concern.BLOCKING, About.TITLE, "Nhiệm vụ chưa có nội dung.", "Ghi nội dung nhiệm vụ.", row
        )
    if row.deadline_doubts:
        title, *rest = row.deadline_doubts
        yield Doubt(
            Concern.DEADLINE,
            About.DEADLINE,
            title,
            " ".join(rest),
            row,
            words=(row.task.deadline_text,),
            sentences=row.deadline_doubts,
        )
    for sentence in row.other_doubts:
        yield Doubt(Concern.OTHER, About.READING, sentence, row=row, sentences=(sentence,))


def _about_lead(row: Row, named: Mapping[str, Named]) -> Iterator[Doubt]:
    """A task that nobody in particular answers for cannot be given out."""
    if row.filled:
        return
    leads = [named[phrase] for phrase in row.task.lead if not named[phrase].dropped]
    if not leads:
        yield Doubt(
            Concern.BLOCKING, About.LEAD, "Chưa nêu đơn vị chủ trì.", "Chọn đơn vị chủ trì nhiệm vụ này.", row
        )
    for who in leads:
        if who.open:
            title = f"“{who.phrase}” không nêu rõ đơn vị nào chủ trì."
            yield Doubt(
                Concern.BLOCKING, About.LEAD, title, "Chọn các đơn vị chủ trì.", row, words=(who.phrase,)
            )
