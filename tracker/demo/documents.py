"""The two plans of the made-up commune, written as .docx with deadlines laid around a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table

from tracker.demo.goals import write_goals
from tracker.words import ROMAN, date_words

Wording = Callable[[date], str]
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


@dataclass(frozen=True, slots=True)
class Row:
    """A task as its row says it; `deadline` words it for the day the demo starts."""

    title: str
    lead: str
    helpers: str
    deadline: Wording
    products: str


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan as its document says it; `issued_before` are the calendar days it was issued before the day."""

    number: str
    subject: str
    issued_before: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    has_goals: bool = False  # whether the appendix of indicators comes with it

    def issued_on(self, today: date) -> date:
        """The day it was issued."""
        return today - timedelta(days=self.issued_before)

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return f"Ke hoach {self.number.split('/')[0]}.docx"


def by(days: int) -> Wording:
    """«Chậm nhất ngày 30/6/2026»: so many days after the day, or before it."""
    return lambda today: f"Chậm nhất ngày {date_words(today + timedelta(days=days))}"


def before(days: int) -> Wording:
    """«Trước ngày 30/6/2026»: that day itself is out."""
    return lambda today: f"Trước ngày {date_words(today + timedelta(days=days))}"


def quarter(ahead: int) -> Wording:
    """«Quý II/2026»: so many quarters after the day's own."""

    def words(today: date) -> str:
        number = today.year * 4 + (today.month - 1) // 3 + ahead
        return f"Quý {ROMAN[number % 4]}/{number // 4}"

    return words


def both(first: Wording, second: Wording) -> Wording:
    """«Quý II/2026 và Quý IV/2026»."""
    return lambda today: f"{first(today)} và {second(today)}"


def always(text: str) -> Wording:
    """The same words on any day."""
    return lambda _today: text


OFFICE, ECONOMY, CULTURE = "Văn phòng HĐND và UBND", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"
SERVICE, POLICE, HEALTH = "Trung tâm Phục vụ hành chính công", "Công an xã", "Trạm Y tế"

DIGITAL = PlanText(
    number="41/KH-UBND",
    subject="chuyển đổi số và nâng cao chất lượng dịch vụ công trực tuyến",
    issued_before=130,
    has_goals=True,
    groups=(
        (
            "Hoàn thiện thể chế và tuyên truyền",
            (
                Row(
                    "Ban hành quy chế tiếp nhận và giải quyết hồ sơ trên môi trường điện tử",
                    OFFICE,
                    ECONOMY,
                    by(-60),
                    "Quyết định ban hành quy chế",
                ),
                Row(
                    "Niêm yết công khai danh mục thủ tục hành chính toàn trình tại nơi tiếp nhận hồ sơ",
                    SERVICE,
                    f"{OFFICE}; {CULTURE}",
                    before(-17),
                    "Danh mục niêm yết công khai; Báo cáo kết quả niêm yết",
                ),
                Row(
                    "Sửa đổi, bổ sung hương ước, quy ước của thôn về sử dụng dịch vụ công trực tuyến",
                    "Các thôn",
                    CULTURE,
                    by(20),
                    "Hương ước, quy ước được công nhận",
                ),
                Row(
                    "Tuyên truyền trên hệ thống truyền thanh về tiện ích của dịch vụ công trực tuyến",
                    CULTURE,
                    "Các thôn; các tổ chức chính trị - xã hội",
                    always("Thường xuyên"),
                    "Tin, bài tuyên truyền",
                ),
            ),
        ),
        (
            "Phát triển hạ tầng và dữ liệu",
            (
                Row(
                    "Rà soát, đề xuất bổ sung trang thiết bị cho bộ phận tiếp nhận hồ sơ",
                    ECONOMY,
                    SERVICE,
                    by(-4),
                    "Tờ trình; Dự toán kinh phí",
                ),
                Row(
                    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
                    SERVICE,
                    POLICE,
                    quarter(0),
                    "Báo cáo kết quả số hóa",
                ),
                Row(
                    "Làm sạch dữ liệu dân cư phục vụ kết nối, chia sẻ",
                    POLICE,
                    "Các thôn",
                    quarter(1),
                    "Báo cáo kết quả làm sạch dữ liệu",
                ),
                Row(
                    "Lắp đặt điểm truy cập mạng không dây công cộng tại nhà văn hóa thôn",
                    ECONOMY,
                    "Các thôn",
                    always("Theo hướng dẫn của Sở Khoa học và Công nghệ"),
                    "Biên bản nghiệm thu",
                ),
            ),
        ),
        (
            "Đào tạo và hỗ trợ người dân",
            (
                Row(
                    "Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng",
                    CULTURE,
                    "Đoàn TNCS Hồ Chí Minh xã",
                    by(3),
                    "Kế hoạch tập huấn; Báo cáo kết quả tập huấn",
                ),
                Row(
                    "Đưa nội dung kỹ năng số vào hoạt động ngoại khóa",
                    "Các trường học",
                    CULTURE,
                    by(6),
                    "Báo cáo kết quả",
                ),
                Row(
                    "Báo cáo tình hình sử dụng dịch vụ công trực tuyến",
                    SERVICE,
                    OFFICE,
                    always("Trước ngày 25 hằng tháng"),
                    "Báo cáo tháng",
                ),
                Row(
                    "Hỗ trợ người cao tuổi, hộ nghèo nộp hồ sơ trực tuyến khi có yêu cầu",
                    SERVICE,
                    "Hội Liên hiệp Phụ nữ xã; các cơ quan liên quan",
                    always("Thường xuyên"),
                    "",
                ),
            ),
        ),
    ),
)

REFORM = PlanText(
    number="58/KH-UBND",
    subject="cải cách hành chính và chuẩn bị sản xuất, an toàn mùa mưa lũ",
    issued_before=95,
    groups=(
        (
            "Cải cách hành chính",
            (
                Row(
                    "Khảo sát mức độ hài lòng của người dân, doanh nghiệp",
                    OFFICE, "Ủy ban MTTQ Việt Nam xã", by(-33), "Báo cáo kết quả khảo sát",
                ),
                Row(
                    "Rà soát, đơn giản hóa thủ tục nội bộ giữa các phòng, trung tâm",
                    CULTURE, OFFICE, by(-30), "Quyết định phê duyệt phương án đơn giản hóa",
                ),
                Row(
                    "Xây dựng bảng phân công giải quyết hồ sơ và công khai trên trang thông tin điện tử",
                    ECONOMY, OFFICE, by(10), "Bảng phân công; Đường dẫn trang công khai",
                ),
                Row(
                    "Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính",
                    OFFICE, POLICE, always("Hằng quý"), "Báo cáo kiểm tra quý",
                ),
            ),
        ),
        (
            "Sản xuất và phòng, chống thiên tai",
            (
                Row(
                    "Xây dựng phương án phòng, chống thiên tai của xã",
                    ECONOMY, f"{POLICE}; {HEALTH}; Các thôn", by(-12), "Phương án được phê duyệt",
                ),
                Row(
                    "Thống kê diện tích cây trồng vụ tới và nhu cầu giống",
                    ECONOMY, "Hội Nông dân xã; Các thôn", by(5), "Biểu thống kê; Báo cáo nhu cầu giống",
                ),
                Row(
                    "Diễn tập sơ tán dân tại các điểm có nguy cơ sạt lở",
                    POLICE, "Các thôn", both(quarter(1), quarter(3)),
                    "Kế hoạch; Báo cáo kết quả diễn tập",
                ),
                Row(
                    "Dự trữ thuốc, hóa chất khử khuẩn",
                    HEALTH, ECONOMY, by(0), "Báo cáo số lượng dự trữ",
                ),
                Row(
                    "Duy trì chế độ trực, tổng hợp thông tin thiên tai",
                    OFFICE, POLICE, always("Liên tục"), "Báo cáo tổng hợp",
                ),
            ),
        ),
    ),
)  # fmt: skip


def write(plan: PlanText, today: date) -> bytes:
    """The plan as a .docx: heading, basis, body, an appendix of tasks, another of indicators."""
    document = new_document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    _write_heading(document, plan, today)
    _write_body(document, plan, today)
    _write_appendix(document, plan, today)
    if plan.has_goals:
        write_goals(document, plan.issued_on(today).year)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_heading(document: Document, plan: PlanText, today: date) -> None:
    issued = plan.issued_on(today)
    frame = document.add_table(rows=2, cols=2)
    frame.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nXÃ SUỐI MÂY"
    frame.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    frame.cell(1, 0).text = f"Số: {plan.number}"
    frame.cell(1, 1).text = f"Suối Mây, ngày {issued:%d} tháng {issued:%m} năm {issued.year}"
    for text in ("KẾ HOẠCH", f"{plan.subject[0].upper()}{plan.subject[1:]} năm {_year(plan, today)}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True


def _year(plan: PlanText, today: date) -> str:
    """The plan's years: that of its issue, and the year after where the deadlines run into it."""
    first, last = plan.issued_on(today).year, (today + timedelta(days=370)).year
    return f"{first} - {last}"


def _write_body(document: Document, plan: PlanText, today: date) -> None:
    count = sum(len(rows) for _, rows in plan.groups)
    for text in (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        f"Ủy ban nhân dân xã ban hành Kế hoạch {plan.subject} với {count} nhiệm vụ tại Phụ lục kèm theo.",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Phân công rõ cơ quan chủ trì, cơ quan phối hợp, thời gian và sản phẩm của từng nhiệm vụ.",
        "II. TỔ CHỨC THỰC HIỆN",
        "Các cơ quan, đơn vị được giao chủ trì báo cáo kết quả về Văn phòng HĐND và UBND xã.",
        "Nơi nhận: Như trên; Lưu: VT.",
    ):
        document.add_paragraph(text)


def _write_appendix(document: Document, plan: PlanText, today: date) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    issued = date_words(plan.issued_on(today))
    document.add_paragraph("PHỤ LỤC I\nDANH MỤC NHIỆM VỤ" if plan.has_goals else "PHỤ LỤC\nDANH MỤC NHIỆM VỤ")
    document.add_paragraph(
        f"(Ban hành kèm theo Kế hoạch số {plan.number} ngày {issued} của Ủy ban nhân dân xã Suối Mây)"
    )
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    _fill(table, 0, COLUMNS)
    number = 0
    for roman, (title, rows) in zip(ROMAN, plan.groups, strict=False):
        _write_group(table, roman, f"{title} ({len(rows):02d} nhiệm vụ)")
        for row in rows:
            number += 1
            table.add_row()
            _fill(
                table, -1, (str(number), row.title, row.lead, row.helpers, row.deadline(today), row.products)
            )


def _write_group(table: Table, roman: str, title: str) -> None:
    cells = table.add_row().cells
    merged = cells[1].merge(cells[-1])
    cells[0].text, merged.text = roman, title


def _fill(table: Table, place: int, texts: tuple[str, ...]) -> None:
    for cell, text in zip(table.rows[place].cells, texts, strict=True):
        lines = text.split("; ")
        cell.text = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
