"""The check of a long plan: as many queries as that of a short one."""

import pytest


def rows(count):
    return "\n".join(
        f"{n}\tTriển khai phương án số {n}\tPhòng Kinh tế\tTổ công tác số {n}\tQuý II\tBáo cáo {n}"
        for n in range(1, count + 1)
    )


@pytest.mark.parametrize("part", ["", "/rows/0", "/heading", "/units"])
def test_thirty_rows_take_as_many_queries_as_one(
    part, make_import, plan_text, session, cast, log_in, count_queries
):
    chi = log_in(cast.chi)

    def queries(count):
        plan_import = make_import(plan_text(rows(count), number=f"{count}/KH-UBND"))
        session.commit()
        session.expire_all()
        with count_queries() as sent:
            assert chi.get(f"/plans/imports/{plan_import.id}{part}").status_code == 200
        return len(sent)

    assert queries(30) == queries(1)
