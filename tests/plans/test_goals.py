"""What units are to reach, held side by side in two issues."""

from dataclasses import replace

from tracker.plans.goals import Goal, compare_goals

RATE = Goal("1", "Tỷ lệ hồ sơ trực tuyến", "%", 7, "Năm 2026", target=60)
DAYS = Goal("2", "Thời gian chờ", "phút", 7, "Năm 2026", target=8, bound="at_most")


def test_goals_are_known_by_indicator_unit_and_period_whatever_their_spelling():
    again = replace(RATE, key="9", name="tỷ lệ  Hồ sơ trực tuyến", period="năm 2026")
    found = compare_goals([RATE], [again])
    assert (found.same, found.added, found.changed, found.gone) == ((again,), (), (), ())


def test_another_target_bound_or_exemption_is_a_change_and_another_period_a_new_goal():
    raised, bound = replace(RATE, key="a", target=65), replace(DAYS, key="b", bound="less_by")
    later = replace(RATE, key="c", period="Năm 2027")
    found = compare_goals([RATE, DAYS], [raised, bound, later])
    assert [(change.old.key, change.new.key) for change in found.changed] == [("1", "a"), ("2", "b")]
    assert found.added == (later,)
    assert compare_goals([RATE], [replace(RATE, target=None, exempt=True)]).changed


def test_what_a_document_does_not_name_is_gone_only_where_it_names_most():
    others = [replace(RATE, key=f"{unit}", unit_id=unit) for unit in range(10, 14)]
    assert compare_goals([RATE, *others], others).whole
    few = compare_goals([RATE, *others], [RATE])
    assert (len(few.gone), few.whole) == (4, False)
