"""The process that draws one file under limits; `sandbox` starts it."""

import argparse
import json
import sys
from pathlib import Path

from tracker.confinement import take_limits
from tracker.render.previews.drawing import draw


def main() -> None:
    """Draw the file on standard input into a folder and print {"pages": how many it has}."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("media_type")
    parser.add_argument("folder", type=Path)
    options = take_limits(parser)
    print(json.dumps({"pages": draw(sys.stdin.buffer, options.media_type, options.folder)}))


if __name__ == "__main__":
    main()
