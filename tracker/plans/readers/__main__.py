"""The process that reads one file under limits; `sandbox` starts it and takes the Document from it."""

import argparse
import json
import resource
import sys

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
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--processor", type=int, required=True, help="seconds of processor time")
    parser.add_argument("--ocr", action="store_true", help="recognise the letters of a scan")
    options = parser.parse_args()
    _limit(options.memory, options.processor)
    _say(_answer(options.name, ocr=options.ocr))


def _limit(memory: int, processor: int) -> None:
    """From here on the system ends this process and its children where they use more."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


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
