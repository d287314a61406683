"""The process that reads one file under limits; `sandbox` starts it and takes the Document from it."""

import argparse
import json
import sys

from tracker.confinement import take_limits
from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read
from tracker.plans.readers.refusals import TOO_HEAVY
from tracker.plans.readers.wire import to_dict


def main() -> None:
    """Read the file on standard input and print, a line of JSON each, what became of it.

    {"page": 3, "pages": 40} while it goes on, and at the end {"document": ...} or {"refusal": "one
    sentence"}.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", help="the file's name")
    parser.add_argument("--ocr", action="store_true", help="recognise the letters of a scan")
    options = take_limits(parser)
    _say(_answer(options.name, ocr=options.ocr))


def _answer(name: str, *, ocr: bool) -> dict:
    try:
        document = read(sys.stdin.buffer, name, progress=_say_page, ocr=ocr)
    except UnreadableFile as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": TOO_HEAVY}
    return {"document": to_dict(document)}


def _say_page(page: int, pages: int) -> None:
    _say({"page": page, "pages": pages})


def _say(values: dict) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
