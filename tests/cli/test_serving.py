"""Parts that run side by side end side by side."""

import signal
import time

import pytest

from tracker.cli.refusal import Refusal
from tracker.cli.serving import run_together


@pytest.fixture
def signals():
    """The handlers of this process, put back afterwards."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_where_one_part_ends_by_itself_the_others_are_ended_and_it_is_named(signals):
    began = time.monotonic()
    with pytest.raises(Refusal, match="“tracker deadline” đã dừng ngoài ý muốn"):
        run_together(["deadline", "Quý II/2026"], ["deadline"])  # the second waits for its standard input
    assert time.monotonic() - began < 60
