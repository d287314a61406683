"""Who leads and who helps: a cell split into phrases that each name a unit, or a group of units, whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from tracker.plans.wording import UPPER, is_blank, key, one_line, without_parentheses

# What the name of a body begins with, in capitals: «Sở Y tế» is one, the «sở» of «các sở, ngành» is none.
_HEADS = (
    "UBND|CA|P(?=\\.)|TYT|BĐBP|TTYT|BCH|[UỦ][ỷy]? ?ban|UBMT|UBMTTQ(?:VN)?|MTTQ(?:VN)?|Mặt trận|HĐND|"
    "Hội đồng|Hiệp hội|Hội|Thường trực|Sở|Bộ|Ban|Phòng|Bộ phận|Văn phòng|VP|VPĐKĐĐ|Chánh|Công an|Đồn|"
    "Trung tâm|TT|TTPVHCC|Liên hiệp|Liên minh|Liên đoàn|LĐLĐ|Đoàn|(?:Tỉnh|Thành|Huyện|Thị|"
    "Quận|Xã) ?[đĐ]oàn|(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ?[uủ][ỷy]?|Đài|Báo|Cổng|Trang|"
    "Bưu điện|Ngân hàng|Kho bạc|KBNN|Cục|Chi cục|Tổng cục|Vụ|Viện|Chi nhánh|Hạt|Trạm|Trường|"
    "Nhà trường|Bệnh viện|Tổ|Đội|Thanh tra|T[òo][aà] án|Bảo hiểm|BHXH|Công ty|Tập đoàn|"
    "Tổng công ty|Thông tấn|Quỹ|Điện lực|Viễn thông|VNPT|Viettel|Thuế|Hải quan|Thống kê|"
    "Thi hành án|Chủ tịch|Phó Chủ tịch|Thủ trưởng|Trưởng|Bí thư|Giám đốc|Hiệu trưởng|"
    "Công chức|Cán bộ|Giáo viên|Tổng phụ trách|Học viện|Cơ quan|Tổ chức|Đơn vị|"
    "Chi bộ|Đảng bộ|Chi hội|Chi đoàn|Liên đội|Khoa|Thư viện|Bảo tàng|Nhà máy|Xí nghiệp|Ngành|Lực lượng|"
    "Quân sự|Quân đội|Biên phòng|Tổng Giám đốc|Phó Giám đốc|(?:Vụ|Cục|Viện|Tổ|Đội|Trạm|Đồn) trưởng|"
    "[Đđ]ại biểu (?:HĐND|Hội đồng nhân dân)|"
    "Địa phương|Doanh nghiệp|Hợp tác xã|HTX|"
    "Chính phủ|Quốc hội|Đặc khu|Phường|Xã|Thị trấn|Thị xã|Thành phố|Huyện|Tỉnh|Quận|Thôn|Các|"
    "Những|Một số"
)
_NO_HEADS = (
    "Khoa học|Khoa giáo|Quân sự hóa|Xã hội|Tổ quốc|Trường hợp|Ban hành|Hội nhập|Đoàn kết|Báo cáo|"
    "Bộ đội(?! Biên)|Trang bị|Tổ chức thực"
)
_ANY_HEAD = re.compile(rf"(?!{_NO_HEADS})(?:{_HEADS}|Người đứng đầu|Đồng chí)(?!\w)", re.IGNORECASE)
_HEAD = re.compile(rf"(?!{_NO_HEADS})(?:{_HEADS})(?!\w)")
_BODY = (
    "cơ quan|đơn vị|tổ chức|cá nhân|sở|ban|bộ|ngành|phòng|hội|đoàn thể|địa phương|xã|phường|thị trấn|"
    "huyện|quận|thành phố|tỉnh|thôn|bản|buôn|khu phố|tổ dân phố|trường|cơ sở|doanh nghiệp|hợp tác xã|"
    "[uủ][yỷ]? ?ban|UBND|ngân hàng|trung tâm|bệnh viện|hiệp hội|công ty|tập đoàn|đồng chí|thành viên|"
    "viện|bên|chi bộ|đảng bộ|đảng [uủ][ỷy]|chi hội|chi đoàn|khoa|tổ|đội|trạm|cục|vụ|cấp [uủ][ỷy]|hộ"
)
_SEVERAL_BODIES = re.compile(rf"(?:các|những|một số|toàn thể)\s+(?:{_BODY})\b", re.IGNORECASE)
_SMALL_HEAD = re.compile(
    r"(?:bưu điện|công an|văn phòng|trung tâm|kho bạc|ban chỉ huy|bộ chỉ huy|trạm y tế|chi cục|nhà thầu)\b"
    rf"|(?:phòng|sở|ban|bộ phận|hội|đoàn|trạm|trường|đài|báo) (?=[{UPPER}])"
)
_SMALL_OFFICE = re.compile(
    r"(?:(?:các )?đồng chí (?=(?:Phó )?(?:Bí thư|Chủ tịch|Giám đốc|Trưởng|Chánh|Ủy viên))|"
    r"thủ trưởng|chủ tịch|giám đốc|bí thư|hiệu trưởng|trưởng|ủy ban)\s*",
    re.IGNORECASE,
)
_SEVERAL_NAMED = re.compile(rf"(?:các|những|một số)\s+(?:{_HEADS})(?!\w)")
_OPEN_TAIL = re.compile(
    rf"(?:các\s+)?(?:(?:{_BODY})(?:\s*,\s*|\s+và\s+|\s+))+(?:chức năng\s+)?(?:có\s+)?(?:liên quan|khác)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:(?:các|những)\s+)?(?:cơ quan|đơn vị|tổ chức|cá nhân|địa phương|ngành)"
    r"(?:(?:,| và)\s+(?:cơ quan|đơn vị|tổ chức|cá nhân|địa phương|ngành|các))*"
    r"(?:\s+(?:(?:có )?liên quan|khác|còn lại|(?:nêu |kể )?trên(?=$)|có nhiệm vụ|"
    r"được (?:giao|phân công))\b.*)?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:các|những|một số|toàn thể|cơ quan|tổ chức|đơn vị|(?:UBND|[uủ][yỷ]? ?ban nhân dân) (?:các|cấp))\b",
    re.IGNORECASE,
)
# A name that is not whole takes what follows: «Văn phòng HĐND» + «và UBND huyện», «Báo» + «và Đài».
_UNFINISHED = re.compile(
    r"(?:^(?:Bộ phận |Chánh |Lãnh đạo )?(?:Văn [Pp]hòng|VP)"
    r"(?: HĐND| Hội đồng nhân dân| Đoàn ĐBQH(?:,? HĐND)?| Đoàn đại biểu Quốc hội)?"
    r"|^(?:Báo|Sở|Ban|Phòng|Bộ|Hội|Trường|Trạm|Đoàn|Tổ|Đội|Cục|Viện|Trung tâm|Chi nhánh|Bộ phận|Thường trực|"
    r"Ngân hàng)|(?:^|\s)(?:Chủ tịch|Phó Chủ tịch|Thủ trưởng|Giám đốc|Trưởng|Bí thư|Lãnh đạo|Ban Thường vụ|"
    r"Ban Chấp hành|Ban Thường trực|thuộc|của|tại|với|và|các|cấp|chuyên môn)|,)$"
)
# «Văn phòng, Phòng Kinh tế» are two, «Văn phòng HĐND, UBND xã» is one.
_WHOLE_OFFICE = re.compile(r"(?:^|\s)Văn phòng$")
_OTHER_BODY = re.compile(rf"(?!HĐND|UBND|Đoàn|Hội đồng|Ủy ban)(?:{_HEADS})(?!\w)")
_ENDS_IN_LEVEL = re.compile(r"(?P<body>.+?)\s+(?:cấp\s+)?(?:tỉnh|huyện|xã|thành phố)$")
_LEVEL = re.compile(r"cấp\s+(?:tỉnh|huyện|xã)")
_SEPARATOR = re.compile(
    rf"\s*(?:(?P<firm>;|(?<!\b\w)(?<!\b\w\w)\.\s+(?=[{UPPER}])|\.\n)|(?P<soft>,|(?<!\w)[Vv]à(?!\w)|\n))\s*"
)
_BULLET = re.compile(r"(?:^|\n|(?<=[;.])\s)\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s+")
_CUT_DASH = re.compile(r"(?P<before>^[^\n]*\w)\s*\n\s*[-–]\s+(?P<after>[^\n]+)", re.MULTILINE)
_SHARED_HEAD = re.compile(r"(?:\b[Cc]ác\s+|(?<!\S))(?P<head>[Ss]ở|[Pp]hòng|[Hh]ội)\s*:\s*(?P<names>[^;\n]+)")
# Fields of work that each name a whole body: «Phòng Nội vụ, Tài chính - Kế hoạch» is two of them.
_FIELD = (
    "(?:Nội vụ|Tài chính(?: [-–] Kế hoạch)?|Tư pháp|Y tế|Xây dựng|Công Thương|Ngoại vụ|"
    "Kinh tế(?: và Hạ tầng)?|Giáo dục và Đào tạo|Khoa học và Công nghệ|"
    "Nông nghiệp và (?:Môi trường|Phát triển nông thôn|PTNT)|"
    "Tài nguyên và Môi trường|Văn hóa(?: [-–] Xã hội| và Thông tin)|Thông tin và Truyền thông|"
    "Kế hoạch và Đầu tư|Giao thông vận tải|Dân tộc và Tôn giáo)(?! [-–]|\\w)"
)
_PEOPLE = "(?:(?:Liên hiệp )?Phụ nữ|Nông dân|Cựu chiến binh|Người cao tuổi|Chữ thập đỏ)(?! [-–]|\\w)"
_POST = (
    "(?:Tư pháp - Hộ tịch|Địa chính - Xây dựng(?: - (?:Đô thị|Nông nghiệp) và Môi trường)?|"
    "Văn hóa - Xã hội|Văn phòng - Thống kê|Tài chính - Kế toán)(?! [-–]|\\w)"
)
_ELLIPTIC = [
    re.compile(rf"\b(?:[Cc]ác )?(?P<head>{head}) (?P<names>{name}(?:, {name})+(?: và {name})?)")
    for head, name in (("[Ss]ở|[Pp]hòng", _FIELD), ("[Hh]ội", _PEOPLE), ("[Cc]ông chức", _POST))
]
_ADDRESSED = re.compile(r"^\s*(?:Đề nghị|Giao|Yêu cầu)\s+|(?:Các )?(?:ông|bà|đồng chí)\s*:\s*", re.IGNORECASE)
_LIST_COLON = re.compile(rf"([Cc]ác (?:[Ss]ở|[Pp]hòng))\s*:\s*(?={_FIELD}(?:,| và))")
_NAME_BREAK = re.compile(
    r",(?!\s*(?:Thể thao|Du lịch|Gia đình|Thương binh))\s*|\s+và\s+(?=[Ss]ở|[Pp]hòng|[Hh]ội)"
)
# «Bộ Công Thương Cơ quan, tổ chức liên quan»: nothing between two names but a line break that was lost.
_RUN_ON = re.compile(
    r"((?:^|[;,\n]\s*)(?:Bộ|Sở|Ngân hàng) [^;,\n]+?) "
    r"(?=(?:Bộ(?! đội| phận| Chỉ)|Sở|Ngân hàng|UBND|Cơ quan|Các)(?!\w))"
)
_MARKER = re.compile(
    r"(?:(?:cơ quan|đơn vị)\s+)?\(?(?P<role>(?:đồng )?chủ trì|phối hợp)(?:\s+(?:thực hiện|tham mưu))?\)?"
    r"(?P<ahead>\s*:|\s+(?:chặt chẽ\s+)?(?:với|cùng)\b:?)?",
    re.IGNORECASE,
)
_SHORT_MARKER = re.compile(r"(?<!\w)(CT|PH)\s*:")  # «CT: Phòng Văn hóa; PH: các thôn»
_LONGEST_CELL = 4000
_EDGES = " \n.,;:–—-()"


@dataclass(slots=True)
class Roles:
    """The phrases of a cell by what each does."""

    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)


def split(text: str) -> tuple[str, ...]:
    """The phrases of a cell as written, each once, in order; parentheses are left out.

    A text too long to be a list of names comes back as one phrase, cut short.

    «Sở Nội vụ, Sở Văn hóa, Thể thao và Du lịch và các cơ quan liên quan» -> («Sở Nội vụ», «Sở Văn hóa, Thể
    thao và Du lịch», «các cơ quan liên quan»). «UBND huyện, cấp xã» names two: «UBND huyện», «UBND cấp xã».
    """
    if len(text) > _LONGEST_CELL:
        return (one_line(text)[:_LONGEST_CELL],)
    phrases: list[str] = []
    current = ""
    for mark, part, rest in _parts(_plain(text)):
        if current and not _begins(current, mark, rest):
            current = one_line(f"{current}{_glue(mark)}{part}")
            continue
        phrases.append(current)
        current = one_line(_with_body(current, part))
    return _each_once(phrase for phrase in (*phrases, current))


def read_roles(text: str, default: Literal["lead", "coordinating"] = "lead") -> Roles:
    """Who leads and who helps in one cell: «Chủ trì: Phòng Nội vụ; Phối hợp: Công an xã».

    It also takes «Phòng Nội vụ (chủ trì), Công an xã (phối hợp)» and «Phòng Nội vụ chủ trì, phối hợp với Công
    an xã»; what bears no mark has the default role.
    """
    text = _SHORT_MARKER.sub(lambda short: "Chủ trì:" if short[1] == "CT" else "Phối hợp:", text)
    roles = Roles()
    said: str = default
    start = 0
    for marker in _MARKER.finditer(text):
        role = "coordinating" if marker["role"].lower() == "phối hợp" else "lead"
        before = text[start : marker.start()]
        getattr(roles, said if marker["ahead"] else role).extend(split(before))
        said = role if marker["ahead"] else default
        start = marker.end()
    getattr(roles, said).extend(split(text[start:]))
    return roles


def read_both(text: str) -> Roles:
    """A cell for both: what `read_roles` reads, or «Sở Tư pháp/ Tỉnh đoàn», who leads before who helps."""
    roles = read_roles(text)
    before, slash, after = text.partition("/")
    if roles.coordinating or not slash or before.endswith("HĐND"):
        return roles
    leading, helping = split(before), split(after)
    if leading and helping and all(map(names_body, (*leading, *helping))):
        return Roles(list(leading), list(helping))
    return roles


def is_open(phrase: str) -> bool:
    """Whether nobody can say who is meant: «các cơ quan liên quan», «đơn vị có liên quan», «các đơn vị»."""
    return "lienquan" in key(phrase) or bool(_GENERIC.fullmatch(phrase.strip()))


def names_body(phrase: str) -> bool:
    """Whether a phrase begins as the name of a body or of a group of bodies does, in whatever letters."""
    return bool(_ANY_HEAD.match(phrase) or _SEVERAL_BODIES.match(phrase) or _OPEN_TAIL.match(phrase))


def names_small(phrase: str) -> bool:
    """Whether a phrase in small letters names bodies: «các sở, ngành», «phòng Kinh tế»."""
    forms = (_SEVERAL_BODIES, _SEVERAL_NAMED, _SMALL_HEAD, _SMALL_OFFICE)
    return any(form.match(phrase) for form in forms)


def without_list_colon(text: str) -> str:
    """«Các sở: Tài chính, Nội vụ» -> «Các sở Tài chính, Nội vụ»."""
    return _LIST_COLON.sub(r"\1 ", text, count=1)


def _plain(text: str) -> str:
    """The cell without bullets and parentheses; a list under one head becomes one phrase a name."""
    whole = _RUN_ON.sub(r"\1\n", _CUT_DASH.sub(_mend_dash, text))
    listed = _SHARED_HEAD.sub(_spread, _BULLET.sub(";", whole))
    bare = _ADDRESSED.sub("", without_parentheses(listed))
    for shared in _ELLIPTIC:
        bare = shared.sub(_repeat_head, bare)
    return "" if is_blank(bare) else bare.strip(_EDGES)


def _mend_dash(cut: re.Match[str]) -> str:
    """«Phòng Tài chính», «- Kế hoạch» below it -> one name; «- Sở Nội vụ» begins another."""
    return (
        cut[0]
        if cut["before"].lstrip()[:1] in "-–+•*" or names_body(cut["after"])
        else (f"{cut['before']} - {cut['after']}")
    )


def _spread(shared: re.Match[str]) -> str:
    """«Các sở: Tài chính, Nội vụ» -> «Sở Tài chính; Sở Nội vụ»."""
    head = shared["head"].capitalize()
    names = (name.strip() for name in _NAME_BREAK.split(shared["names"]))
    return "; ".join(name if _HEAD.match(name) else f"{head} {name}" for name in names if name)


def _repeat_head(shared: re.Match[str]) -> str:
    """«Phòng Nội vụ, Tài chính - Kế hoạch» -> «Phòng Nội vụ; Phòng Tài chính - Kế hoạch»."""
    names = re.findall(f"{_FIELD}|{_PEOPLE}|{_POST}", shared["names"])
    return "; ".join(f"{shared['head'].capitalize()} {name}" for name in names)


def _parts(text: str) -> list[tuple[str, str, str]]:
    """The text between separators: the mark before it, the part, and the text from there on in one line."""
    parts, mark, start = [], ";", 0
    for separator in _SEPARATOR.finditer(text):
        parts.append((mark, text[start : separator.start()], one_line(text[start:])))
        mark, start = (separator["firm"] or separator["soft"]).strip(" ") or "\n", separator.end()
    parts.append((mark, text[start:], one_line(text[start:])))
    return [part for part in parts if part[1].strip()]


def _begins(current: str, mark: str, rest: str) -> bool:
    """Whether a new phrase begins after a separator, or the current one goes on."""
    if mark not in (",", "\n") and mark.lower() != "và":
        return True
    if _UNFINISHED.search(current):
        return mark == "," and _WHOLE_OFFICE.search(current) is not None and bool(_OTHER_BODY.match(rest))
    if _HEAD.match(rest) or current.endswith("liên quan"):
        return True
    if mark == "\n":
        return False
    if _SEVERAL_BODIES.match(rest) or _is_level(current, rest):
        return True
    return not _GROUP.match(current) and bool(_SMALL_HEAD.match(rest) or _OPEN_TAIL.match(rest))


def _is_level(current: str, rest: str) -> bool:
    return bool(_LEVEL.match(rest) and _ENDS_IN_LEVEL.fullmatch(current))


def _with_body(current: str, part: str) -> str:
    """«cấp xã» after «UBND huyện» is «UBND cấp xã»."""
    body = _ENDS_IN_LEVEL.fullmatch(current)
    return f"{body['body']} {part}" if body and _LEVEL.fullmatch(part.strip(_EDGES)) else part


def _glue(mark: str) -> str:
    return {",": ", ", "\n": " "}.get(mark, f" {mark} ")


def _each_once(phrases: Iterable[str]) -> tuple[str, ...]:
    bare = (one_line(phrase).strip(_EDGES) for phrase in phrases)
    kept: dict[str, str] = {}
    for phrase in bare:
        if not is_blank(phrase) and key(phrase) not in ("khong", "khongco"):
            kept.setdefault(key(phrase), phrase)
    return tuple(kept.values())
