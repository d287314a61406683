"""The process that reads one file under limits; `sandbox` starts it and takes the Document from it."""

import json
import resource
import sys

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read
from tracker.plans.readers.refusals import TOO_HEAVY
from tracker.plans.readers.wire import to_dict


def main(name: str, memory: str, seconds: str) -> None:
    """Read the file on standard input and print {"document": ...} or {"refusal": "one sentence"}.

    `memory` is in bytes of address space, `seconds` of processor time; the system ends the process beyond
    them.
    """
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_answer(name), sys.stdout)


def _answer(name: str) -> dict:
    try:
        return {"document": to_dict(read(sys.stdin.buffer, name))}
    except UnreadableFile as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"refusal": TOO_HEAVY}


main(*sys.argv[1:])
