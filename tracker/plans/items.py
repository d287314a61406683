"""Paragraphs with number or bullet apart, and what each is in a text: part, heading, aim, end."""

import re
from dataclasses import dataclass

from tracker.plans.blocks import Paragraph
from tracker.plans.numbering import Number, split_number
from tracker.plans.sentences import read_addressees, read_subject
from tracker.plans.wording import is_upper, key, one_line, without_bullet

_WORK = re.compile(
    r"nhiemvu|giaiphap|bienphap|noidung(kehoach|thuchien|congviec|trongtam)|^noidung$|tochucthuchien|"
    r"phancong|trachnhiem"
)
_SMALL_PART = re.compile(
    r"(?:nhiemvu|giaiphap|noidung)(?:va|giaiphap|trongtam|cuthe|chuyeu|thuchien|congviec|kehoach)*|"
    r"tochucthuchien|phancong(?:nhiemvu|thuchien|trachnhiem)*|mucdich.{0,12}|muctieu.{0,12}|yeucau|"
    r"kinhphi.{0,12}|chedobaocao"
)
_ASSIGNS = re.compile(r"tochucthuchien|phancong|trachnhiem")
_AIMS = re.compile(
    r"^(mucdich|yeucau|muctieu|chitieu|quandiem|thuctrang|ketqua|danhgia|kinhphi|nguonluc|\d+chitieu)"
)
_COSTS = re.compile(r"Kinh phí\b|Nguồn lực\b")
_PART = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|PHẦN|Phần)\s+(?P<number>\w+)[.:]?\s*(?P<title>.*)", re.DOTALL)
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<number>\d{1,3})[.:]\s*(?P<title>\S.*)", re.DOTALL)
_CLOSING = re.compile(
    r"(?:Trên đây là|Trong quá trình|Trường hợp|Nhận được|[^.;]{0,80}thông báo (?:để|đến|tới) |"
    r"Yêu cầu\b(?!.*:$)|Đề nghị\b(?=.*/\.$)|"
    r"(?:Kế hoạch|Chỉ thị|Quyết định|Nghị quyết|Chương trình) này|.*chịu trách nhiệm thi hành|"
    r"Rất mong|Trân trọng|Kính mong|Nơi nhận|TM\.|KT\.|TL\.|T/M|K/T)",
    re.DOTALL,
)
_OPENING = re.compile(
    r"(?=.*(?:yêu cầu|giao|chỉ đạo|kết luận|ý kiến|đề nghị|phân công))"
    r"(?:.*(?:yêu cầu|chỉ đạo|kết luận|như sau|sau đây|(?:nhiệm vụ|nội dung|công việc) sau)\s*:)$",
    re.DOTALL | re.IGNORECASE,
)
_LAST = re.compile(r"(?:Nơi nhận|TM\.|KT\.|T/M)|.*/\.$", re.DOTALL)
_INTRODUCING = re.compile(r"(?:sau|sau đây|gồm|dưới đây)\s*:$")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|Phụ Lục|BIỂU|Biểu)\b")
_DOCUMENT = re.compile(r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN)\b")
_SENTENCE = re.compile(r"[.;/]$")
_ENDED = re.compile(r"[.;:!?/…][”\")\]]*$")
_LONGEST_HEADING = 200
_LONGEST_INTRODUCTION = 400
BULLETS = ("-", "+", "•", "*")
ARTICLE = "article"  # «Điều 2. Giao Sở Y tế chủ trì ...», which says itself what is to be done
OUTER = (ARTICLE, "roman", "upper", "arabic", "decimal2", "decimal3")
LEVELS = {kind: level for level, kind in enumerate((*OUTER, "lower", *BULLETS, "bullet", ""))}


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph with its number or bullet apart; `kind` tells levels apart: arabic, lower, -, +, none."""

    source: Paragraph
    text: str
    number: Number | None
    title: str
    kind: str

    @property
    def level(self) -> int:
        """How deep its numbering stands in a text."""
        return LEVELS[self.kind]

    @property
    def is_heading(self) -> bool:
        """Whether it reads as a heading: short, and no sentence."""
        return len(self.title) < _LONGEST_HEADING and not _SENTENCE.search(self.title)

    @property
    def is_appendix(self) -> bool:
        """Whether an appendix begins here."""
        return bool(_APPENDIX.match(self.text))

    @property
    def is_document(self) -> bool:
        """Whether a document of its own begins here: «KẾ HOẠCH», «ĐỀ ÁN»."""
        return bool(_DOCUMENT.match(self.text))

    @property
    def is_small_part(self) -> bool:
        """Whether it heads a part in a text whose parts are numbered 1, 2, 3: «3. Tổ chức thực hiện»."""
        return self.kind == "arabic" and bool(_SMALL_PART.fullmatch(key(self.title)))

    @property
    def is_of_aims(self) -> bool:
        """Whether it heads aims, the state of things or costs: «1. Mục tiêu»."""
        return bool(self.number) and self.is_heading and is_aim(self.title)

    @property
    def is_of_costs(self) -> bool:
        """Whether it says what pays: «Kinh phí do ngân sách xã bảo đảm»."""
        return bool(_COSTS.match(self.title))

    @property
    def closes(self) -> bool:
        """Whether it closes a document: «Trên đây là Kế hoạch ...»."""
        return self.kind in ("", ARTICLE) and bool(_CLOSING.match(self.title))

    @property
    def is_last(self) -> bool:
        """Whether nothing of the text follows: «Nơi nhận:», or a sentence that ends in «./.»."""
        return bool(_LAST.match(self.text))

    @property
    def opens(self) -> bool:
        """Whether it opens what a text without parts asks for: «Chủ tịch UBND tỉnh yêu cầu các sở:»."""
        return not self.kind and bool(_OPENING.match(self.text) or read_addressees(self.text))

    @property
    def is_article(self) -> bool:
        """Whether it is an article that says what is to be done, and heads nothing."""
        return self.kind == ARTICLE

    @property
    def introduces(self) -> bool:
        """Whether it only introduces what follows: «... các nhiệm vụ sau:»."""
        return len(self.title) < _LONGEST_INTRODUCTION and bool(_INTRODUCING.search(self.title))


def read_item(paragraph: Paragraph) -> Item:
    """«- Rà soát quy trình» -> kind «-»; «1.1. Thể chế» -> kind «decimal2»."""
    text = one_line(f"{paragraph.label} {paragraph.text}")
    article = _ARTICLE.fullmatch(text)
    if article and (_CLOSING.match(article["title"]) or read_subject(article["title"])):
        return Item(paragraph, text, Number(article["number"], ARTICLE), article["title"], ARTICLE)
    bulleted = without_bullet(text)
    number, title = split_number(bulleted)
    bullet = text[0] if bulleted != text else ""
    kind = number.kind if number else {"–": "-", "—": "-"}.get(bullet, bullet)
    return Item(paragraph, text, number, title, kind)


def read_part(item: Item) -> tuple[str, str] | None:
    """Number and title where a paragraph opens a part: «III. TỔ CHỨC THỰC HIỆN», «Điều 2. Tổ chức ...»."""
    if len(item.text) > _LONGEST_HEADING:
        return None
    if found := _PART.fullmatch(item.text):
        return found["number"], found["title"]
    if item.number and item.number.heads:
        return item.number.text, item.title
    return (
        ("", item.title)
        if not item.kind and is_upper(item.title) and not key(item.title).startswith("danhmuc")
        else None
    )


def part_kind(item: Item) -> str:
    """How the part is numbered that a paragraph opens; empty for one in capitals alone."""
    if _PART.fullmatch(item.text):
        return "portion"
    return item.kind if item.number else ""


def holds_duties(title: str) -> bool:
    """Whether a part of this title tells of tasks, solutions or who carries them out."""
    return bool(_WORK.search(key(title)))


def assigns(title: str) -> bool:
    """Whether a part of this title says who carries a plan out: «TỔ CHỨC THỰC HIỆN»."""
    return bool(_ASSIGNS.search(key(title)))


def is_aim(title: str) -> bool:
    """Whether what stands under this title is aims, the state of things or costs: «MỤC ĐÍCH, YÊU CẦU»."""
    return bool(_AIMS.search(key(title)))


def has_ended(text: str) -> bool:
    """Whether a sentence ends here."""
    return bool(_ENDED.search(text))
