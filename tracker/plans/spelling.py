"""One spelling for the names of bodies, so that a phrase and a name can be held against each other."""

import re
import unicodedata

from tracker.words import fold, nfc

# What offices write for the words of a name, and what a body's name often leaves out.
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "dbqh": "dai bieu quoc hoi",
    "vp": "van phong",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "ubmttq": "uy ban mat tran to quoc viet nam",
    "ubmt": "uy ban mat tran to quoc viet nam",
    "mttqvn": "uy ban mat tran to quoc viet nam",
    "mttq": "uy ban mat tran to quoc viet nam",
    "mttw": "mat tran trung uong",
    "bhxh": "bao hiem xa hoi",
    "kbnn": "kho bac nha nuoc",
    "lhpn": "lien hiep phu nu",
    "ccb": "cuu chien binh",
    "ldld": "lien doan lao dong",
    "bql": "ban quan ly",
    "chqs": "chi huy quan su",
    "bchqs": "ban chi huy quan su",
    "ca": "cong an",
    "htx": "hop tac xa",
    "tw": "trung uong",
    "tu": "tinh uy",
}
_WHOLE = (
    (re.compile(r"\bmat tran to quoc(?! viet nam)\b"), "mat tran to quoc viet nam"),
    (re.compile(r"(?<!ban )\bmat tran to quoc\b"), "uy ban mat tran to quoc"),
)
_LEVELS = {
    "tinh": ("tinh",),
    "huyen": ("huyen", "thi xa", "thanh pho", "quan"),
    "xa": ("xa", "phuong", "thi tran", "dac khu", "thon"),
}
_LEVEL = r"(?:cap )?(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran|dac khu)"
_PLACED = re.compile(rf"(?P<body>.+?) (?P<level>{_LEVEL})(?: (?P<place>(?!hoi\b).+))?")
_NAMES_PLACE = re.compile(
    r"\b(?:tỉnh|huyện|quận|thị xã|thành phố|xã(?! hội)|phường|thị trấn|đặc khu|thôn|khu phố) \w"
)
_SEVERAL = re.compile(rf"(?P<body>.*?)\b(?:cac|cap) (?P<levels>{_LEVEL}(?:(?: va)? {_LEVEL})*)(?P<rest>.*)")


def spelt(text: str) -> str:
    """«VP HĐND&UBND xã» -> «van phong hoi dong nhan dan va uy ban nhan dan xa»."""
    whole = " ".join(_SHORT.get(word, word) for word in plain(text).split())
    for form, full in _WHOLE:
        whole = form.sub(full, whole)
    return whole


def plain(text: str) -> str:
    """«Văn phòng HĐND&UBND» -> «van phong hdnd va ubnd»: folded words, nothing else."""
    return " ".join(re.findall(r"\w+", fold(text.replace("&", " và "))))


def unplaced(name: str) -> tuple[str, str, str]:
    """A spelt name apart from its level and place: «cong an xa gio son» -> («cong an», «xa», «gio son»)."""
    placed = _PLACED.fullmatch(name)
    if placed is None:
        return name, "", ""
    return placed["body"], _level_of(placed["level"]), placed["place"] or ""


def name_key(name: str) -> str:
    """One key for the spellings of a name that people take for the same one.

    «Phòng Văn hoá» is «phòng văn hóa», but the marks of a place tell neighbours apart: «UBND xã Bình Thanh»
    and «UBND xã Bình Thạnh» are two communes.
    """
    written = nfc(name).casefold()
    if not _NAMES_PLACE.search(written):
        return fold(written)
    return f"{fold(written)} {' '.join(_marks(word) for word in written.split())}"


def group_names(name: str) -> tuple[str, ...]:
    """A phrase for groups of several levels as one name each; other names stay as they are.

    «uy ban nhan dan cac huyen thanh pho xa» -> («uy ban nhan dan cap huyen», «uy ban nhan dan cap xa»).
    """
    several = _SEVERAL.fullmatch(name)
    if several is None:
        return (name,)
    said = re.findall(_LEVEL, several["levels"])
    levels = list(dict.fromkeys(map(_level_of, said)))
    if levels[0] == "tinh":
        levels = [level for level in levels if level != "huyen"]  # «các tỉnh, thành phố»: cities of that rank
    return tuple(" ".join(f"{several['body']} cap {level}".split()) for level in levels)


def accents_differ(phrase: str, name: str) -> bool:
    """Whether a word of the phrase is in the name with other marks, as in «Bình Thanh» and «Bình Thạnh».

    Where the tone is written does not matter: «Văn hoá» is «Văn hóa».
    """
    known: dict[str, set[str]] = {}
    for word in re.findall(r"\w+", name):
        known.setdefault(fold(word), set()).add(_marks(word))
    return any(
        _marks(word) not in known.get(fold(word), {_marks(word)}) for word in re.findall(r"\w+", phrase)
    )


def _marks(word: str) -> str:
    """The letters and marks of a word, wherever in it the tone is written."""
    return "".join(sorted(unicodedata.normalize("NFD", word.casefold())))


def initials(words: str) -> str:
    """«van hoa va thong tin» -> «vhtt»."""
    return "".join(word[0] for word in words.split() if word != "va")


def _level_of(words: str) -> str:
    bare = words.removeprefix("cap ")
    return next((level for level, names in _LEVELS.items() if bare in names), "")
