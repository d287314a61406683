"""What a column of a task table holds, by its name in any wording."""

import re
from enum import StrEnum

from tracker.plans.heads import LONGEST_NAME
from tracker.plans.wording import key


class Role(StrEnum):
    """What a column of a task table holds."""

    NO = "no"
    GROUP = "group"
    TITLE = "title"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PARTIES = "parties"
    START = "start"
    DEADLINE = "deadline"
    SLOT = "slot"
    DELIVERABLE = "deliverable"
    OUTCOME = "outcome"  # what comes of the task and when, in one cell
    NOTE = "note"
    OTHER = "other"


_COMES = "(sanpham|ketqua|daura)"
_WHEN = "(thoigian|thoihan|tiendo|lotrinh|thoidiem)"

# Tried in order on the key of a header cell (folded, without spaces, so that torn letters do no harm).
_VOCABULARY = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.NO, r"^(s?tt|sott|sothutu|thutu|no|so|ma|maso|mahieu)$"),
        (Role.NOTE, r"^(ghichu|luuy|chuthich)"),
        (Role.DELIVERABLE, r"^(sp(dukien)?|hinhthuc(banhanh)?|loaivb)$"),
        (
            Role.OTHER,
            r"giaiquyet|^phi|lephi|kinhphi|nguonluc|nguonvon|dutoan|donvitinh|^dvt$|thamquyen|lanhdao|chidaothuchien",
        ),
        (Role.OTHER, r"^(cap|coquan|donvi|noi)(trinh|banhanh|quyetdinh|pheduyet|thamdinh)"),
        (Role.OTHER, r"^(coquan|donvi|nguoi)(kiemtra|giamsat|theodoi|dondoc|chidao)|^cancu|^coso"),
        (
            Role.OTHER,
            r"^(tinhhinh|trangthai|mucdo|tyle|tile|khoiluong|phantram|soluong|quymo|phamvi|diadiem)",
        ),
        (
            Role.OTHER,
            r"^(doituong|hinhthuc|phuongthuc|cachthuc|vanban(giao|chidao|lienquan)|so(kyhieu)?(vanban|vb))",
        ),
        (Role.OUTCOME, rf"{_COMES}.*{_WHEN}|{_WHEN}.*(?<!tra)(?<!co)(?<!nop){_COMES}"),
        (Role.TITLE, r"^(coquan|donvi)(va)?(nhiemvu|noidung|congviec)$"),
        (Role.TITLE, r"^(noidung|nhiemvu|congviec|dauviec|giaiphap)(?!.*(sanpham|ketqua|thoigian|tiendo))"),
        (Role.PARTIES, r"chutri.*phoihop|phoihop.*chutri"),
        (Role.COORDINATING, r"phoihop|thamgia|^thanhphan$|^(cq|dv)ph$"),
        (Role.START, r"batdau$|^tu(ngay)?$"),
        (Role.DEADLINE, r"thoigian|thoihan|thoidiem|tiendo|lotrinh|^han|^ngay|^moc|^(tg|tght|tgth|tgian)$"),
        (Role.LEAD, r"chutri|daumoi|chiutrachnhiem|phutrach|phancong|trachnhiem|thammuu"),
        (
            Role.LEAD,
            r"^(coquan|donvi|diaphuong|bophan|ten(coquan|donvi))|nguoithuchien|^giao(cho|$)|^nguoi|^(cq|dv)(ct|th)$",
        ),
        (Role.DELIVERABLE, r"sanpham|ketqua|daura|hosotrinh|loaivanban|hinhthucvanban|minhchung"),
        (Role.DEADLINE, r"hoanthanh|ketthuc|^den(ngay)?$"),
        (Role.GROUP, r"^(nhom.*|linhvuc|mangcongtac|phan|muctieu)$"),
        (Role.TITLE, r"nhiemvu|noidung|congviec|giaiphap|hoatdong|congtac|danhmuc|chuyende|dean|^ten"),
        (Role.LEAD, r"thuchien"),
    )
)


def named_role(name: str) -> Role | None:
    """The role that the name of a column stands for; None where the name tells nothing.

    OTHER is what a plan tells beside its tasks («Kinh phí», «Cấp trình»).
    """
    letters = key(name) if len(name) <= LONGEST_NAME else ""
    return next((role for role, pattern in _VOCABULARY if pattern.search(letters)), None) if letters else None


def role_of(name: str) -> Role:
    """The role that the name of a column stands for; OTHER where it is none of a task table's."""
    return named_role(name) or Role.OTHER
