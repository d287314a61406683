"""The list of plans, and that no list asks more often for thirty rows than for one."""

from tracker.models import PlanImport


def test_an_empty_list_says_how_to_begin(chi):
    page = chi.get("/plans/").text
    assert "Chưa có kế hoạch nào." in page
    assert "Tải lên văn bản đã ký để bắt đầu." in page


def test_plans_are_searched_without_diacritics(cast, make_plan, log_in, session):
    make_plan()
    session.commit()
    browser = log_in(cast.chi)
    assert "chuyển đổi số" in browser.get("/plans/?q=chuyen doi").text
    assert "Không tìm thấy kế hoạch nào với “thien tai”." in browser.get("/plans/?q=thien tai").text


def test_thirty_plans_and_imports_take_as_many_queries_as_one(
    cast,
    make_plan,
    make_task,
    make_assignment,
    make_import,
    chi,
    plan_text,
    session,
    count_queries,
    only_import,
):
    def queries():
        session.expire_all()
        with count_queries() as sent:
            assert chi.get("/plans/").status_code == 200
        return len(sent)

    make_assignment(make_task(make_plan()))
    make_import(plan_text())
    session.commit()
    few = queries()
    waiting = only_import()
    for number in range(30):
        make_plan(number=f"{number}/KH-UBND")
        session.add(
            PlanImport(
                file=waiting.file, file_name=f"{number}.txt", unit=waiting.unit, by=waiting.by, at=waiting.at,
                draft=waiting.draft, answers={},
            )
        )  # fmt: skip
    session.commit()
    assert queries() == few


def test_a_plan_of_thirty_tasks_takes_as_many_queries_as_one_of_one(
    cast, make_plan, make_task, make_assignment, log_in, session, count_queries
):
    browser = log_in(cast.chi)

    def queries(plan_id):
        session.expire_all()
        with count_queries() as sent:
            assert browser.get(f"/plans/{plan_id}").status_code == 200
        return len(sent)

    short, long = make_plan(), make_plan(number="42/KH-UBND")
    make_assignment(make_task(short))
    for _ in range(30):
        make_assignment(make_task(long))
    session.commit()
    assert queries(short.id) == queries(long.id)


def test_a_check_of_thirty_rows_takes_as_many_queries_as_one(chi, check_of, plan_text, count_queries):
    def queries(count):
        rows = "\n".join(
            f"{n}\tLớp {n}\tPhòng Kinh tế\tCác thôn\tkhi cần\tBáo cáo" for n in range(1, count + 1)
        )
        review = check_of(plan_text(rows, number=f"{count}/KH-UBND"))
        with count_queries() as sent:
            assert chi.get(review).status_code == 200
        return len(sent)

    assert queries(1) == queries(30)


def test_a_task_page_shows_to_each_their_part(cast, make_task, make_assignment, log_in, session):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    make_assignment(task)
    make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    session.commit()
    address = f"/plans/{task.plan_id}/tasks/{task.id}"
    rows = [log_in(user).get(address).text.count('href="/assignments/') for user in (cast.chi, cast.an)]
    assert rows[0] - rows[1] == 1
