"""Vietnamese words: dates and periods as offices write them, and the folding used for search and matching."""

import unicodedata
from datetime import date


def fold(text: str) -> str:
    """«Đăk Rve» -> «dak rve»: case, diacritics and đ folded, white space single; for search and matching."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def nfc(text: str) -> str:
    """The text in Unicode's composed form, the only one stored."""
    return unicodedata.normalize("NFC", text)


def date_words(day: date) -> str:
    """«30/6/2026», «06/02/2026»: a zero before days 1-9 and months 1-2 (Nghị định 30/2020/NĐ-CP, phụ lục I)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


ROMAN = ("I", "II", "III", "IV")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
