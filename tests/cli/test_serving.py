"""The parts of `tracker serve`: one that ends by itself is named, and none is left running."""

import signal

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


def test_a_part_that_ends_by_itself_is_named(signals):
    with pytest.raises(Refusal, match="“tracker deadline” đã dừng ngoài ý muốn"):
        run_together(["deadline", "Quý II/2026"], ["deadline", "Quý I/2026"])
