"""Why a person should look at a reading: one polite Vietnamese sentence each."""

from datetime import date

from tracker.words import date_words

NO_DEADLINE = "Không ghi thời hạn. Hãy nhập thời hạn, hoặc để là nhiệm vụ không hạn."
NO_ISSUE_DATE = "Chưa có ngày ban hành để tính thời hạn. Hãy nhập ngày ban hành."
UNKNOWN_EVENT = "Thời hạn tính từ một sự việc chưa biết ngày. Hãy nhập ngày đến hạn."
NO_EVENT = "Thời hạn không ghi tính từ ngày nào. Hãy nhập ngày đến hạn."
WHICH_DOCUMENT = (
    "Thời hạn tính từ ngày ban hành một văn bản. Đọc là ngày ban hành của kế hoạch này, đúng không?"
)
AT_ONCE = "Thời hạn ghi làm ngay sau khi ban hành. Đọc là ngay trong ngày ban hành, đúng không?"
BACKWARDS = "Thời hạn kết thúc trước khi bắt đầu. Hãy kiểm tra lại."
AD_HOC = "Phần đột xuất hoặc khi có yêu cầu không có ngày, được giữ là mốc chưa có hạn."
DAILY = "Thời hạn ghi hằng ngày. Có cần theo dõi từng ngày không?"
UNMARKED = "Thời hạn viết không dấu. Hãy kiểm tra lại cách đọc."
DAYS_MISSING = "Thời hạn ghi ngày nhưng không ghi tháng. Hãy nhập ngày đến hạn."


def not_understood(text: str) -> str:
    """Nothing in the text is a deadline."""
    return f"Chưa hiểu thời hạn “{text}”."


def left_over(unread: str) -> str:
    """Words that could change the deadline were not used."""
    return f"Chưa hiểu các chữ “{unread}” trong thời hạn. Hãy kiểm tra lại."


def open_days(text: str, due: date) -> str:
    """The words leave the exact days open."""
    return f"“{text}” không nói rõ ngày. Đọc hạn cuối là {date_words(due)}, đúng không?"


def reaching_into(text: str, due: date) -> str:
    """«Đến năm 2030» may mean its beginning or its end."""
    return f"“{text}” có thể hiểu là đầu kỳ hoặc cuối kỳ. Đọc hạn cuối là {date_words(due)}, đúng không?"


def one_or_several(text: str) -> str:
    """A list without a gap may be one span or several."""
    return f"“{text}” có thể là một mốc hoặc nhiều mốc. Đọc như vậy đúng không?"
