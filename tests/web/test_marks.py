"""The small marks of how an assignment stands."""

import pytest

from tracker.web.marks import STATE_ICONS, chip, pips
from tracker.words import STATE_WORDS


def test_every_state_has_an_icon():
    assert STATE_ICONS.keys() == STATE_WORDS.keys()


def test_a_state_that_is_not_known_is_refused_and_not_drawn_empty(app):
    with app.test_request_context(), pytest.raises(KeyError):
        chip("hurried")


def test_pips_are_as_many_as_deliverables_the_filled_ones_first():
    drawn = pips(1, 2)
    assert drawn.index('cx="5" cy="5" r="4" class="pip-on"') < drawn.index('cx="19"')
    assert 'width="28"' in drawn
    assert pips(9, 12) == ""
