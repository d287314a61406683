"""What is printed over a page and is no part of its text: watermarks, stamps of digital signatures."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from tracker.plans.readers.pdf.gutters import Char

_SMALL = 0.87  # of the usual size of the letters of a page
_HUGE = 2.5  # times that size
_SLANTED = 0.1  # of the size: letters on their side or upside down lean on one axis alone
_LEVEL = 0.5  # points that the letters of one line may stand apart
_LABEL = re.compile(
    r"\s*(người ký|ký bởi|email|cơ quan|thời gian ký|ngày ký|signature|signed)\b[^.:]*:", re.IGNORECASE
)

Run = list[Char]


def without_overlays(chars: Sequence[Char]) -> list[Char]:
    """The letters of a page, in the order of the file, without those of watermarks and stamps.

    A watermark is slanted or huge. A stamp is written in one go in smaller letters than the page, from
    «Người ký:» to «Thời gian ký:»; laid over a table it would mix with the letters of its cells.
    """
    usual = _usual_size(chars)
    printed = [char for char in chars if not _is_slanted(char) and char["size"] < _HUGE * usual]
    stamped = {id(char) for run in _stamps(printed, _SMALL * usual) for char in run}
    return [char for char in printed if id(char) not in stamped]


def _usual_size(chars: Sequence[Char]) -> float:
    sizes = Counter(round(char["size"], 1) for char in chars if not char["text"].isspace())
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _is_slanted(char: Char) -> bool:
    across, up = (abs(share) for share in char["matrix"][:2])
    return min(across, up) > _SLANTED * max(across, up)


def _stamps(chars: Sequence[Char], small: float) -> Iterator[Run]:
    """The lines of stamps: of those written in one go, the first with a label up to the last."""
    for (_, size), written in groupby(chars, key=lambda char: (char["fontname"], round(char["size"], 1))):
        if size > small:
            continue
        runs = list(_lines(list(written)))
        labelled = [at for at, run in enumerate(runs) if _LABEL.match("".join(char["text"] for char in run))]
        if labelled:
            yield from runs[labelled[0] : labelled[-1] + 1]


def _lines(chars: Sequence[Char]) -> Iterator[Run]:
    """Letters that follow each other on one line."""
    run: Run = []
    for char in chars:
        if run and abs(char["bottom"] - run[-1]["bottom"]) > _LEVEL:
            yield run
            run = []
        run.append(char)
    if run:
        yield run
