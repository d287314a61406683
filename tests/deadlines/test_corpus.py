"""The labelled corpus of real texts, where it lies beside the checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
SCORER = SHARED / "tools" / "score_reading.py"
CORPUS = SHARED / "corpus" / "deadlines.tsv"


@pytest.mark.skipif(not SCORER.exists(), reason="the corpus of deadlines is not beside this checkout")
def test_the_corpus_is_read_right_and_never_wrong_without_a_flag():
    tracker = Path(sys.executable).with_name("tracker")
    command = [sys.executable, SCORER, "deadlines", CORPUS, tracker, "-v"]
    scored = subprocess.run(command, capture_output=True, text=True)
    assert scored.returncode == 0, scored.stdout + scored.stderr
