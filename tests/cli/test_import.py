"""`tracker import`: a document becomes a plan, what is in doubt is named, and a refusal is one sentence."""

import pytest

ROWS = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo\n"


@pytest.fixture
def tracker(tracker, upgraded):
    """Run a command in an instance where Chi is monitor of the commune and knows no other unit."""
    chi = ["chi", "--name", "Phạm Thị Chi", "--role", "monitor", "--unit", "UBND xã Suối Mây"]
    tracker("user", "add", *chi, "--password", "mật khẩu dài")
    return tracker


@pytest.fixture
def document(tmp_path, plan_text):
    path = tmp_path / "ke-hoach.txt"
    path.write_bytes(plan_text(ROWS))
    return str(path)


def test_what_is_in_doubt_is_printed_and_waits(tracker, document):
    printed = tracker("import", document, "--by", "chi")
    assert "1 nhiệm vụ, 0 phân công cho 0 đơn vị." in printed
    assert "- Nhiệm vụ 1: “Phòng Kinh tế” chưa có trong danh sách đơn vị." in printed


def test_a_plan_is_given_out_in_one_command(tracker, document):
    printed = tracker("import", document, "--by", "chi", "--create-units", "--publish")
    assert "41/KH-UBND: Nâng cao chất lượng dịch vụ công trực tuyến năm 2026" in printed
    assert "1 nhiệm vụ, 1 phân công cho 1 đơn vị." in printed
    assert "Đã giao 1 phân công." in printed


def test_new_units_stand_where_their_names_say(tracker, document):
    tracker("unit", "add", "Văn phòng xã", "--parent", "UBND xã Suối Mây")
    tracker("import", document, "--by", "chi", "--unit", "Văn phòng xã", "--create-units", "--publish")
    listed = tracker("unit", "list").splitlines()
    assert listed == [
        "UBND xã Suối Mây",
        "  Phòng Kinh tế",
        "  Văn phòng xã",
    ]


def test_the_same_file_again_changes_nothing(tracker, document):
    tracker("import", document, "--by", "chi")
    assert tracker("import", document, "--by", "chi") == "Văn bản này đã có, không thay đổi gì.\n"


def test_publishing_in_doubt_is_refused_and_what_was_read_waits_for_its_page(tracker, document):
    assert "còn chỗ phải xem" in tracker("import", document, "--by", "chi", "--publish", exit_code=1)
    assert "đã có, không thay đổi gì" in tracker("import", document, "--by", "chi")


def test_what_cannot_be_given_out_stays_a_draft(tracker, tmp_path, plan_text):
    document = tmp_path / "ke-hoach-cu.txt"
    document.write_bytes(plan_text(ROWS.replace("31/12/2099", "31/3/2026")))
    import_ = ["import", str(document), "--by", "chi", "--create-units"]
    assert "đã qua" in tracker(*import_, "--publish", exit_code=1)
    assert "đã có, không thay đổi gì" in tracker(*import_)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["khong-co.txt", "--by", "chi"], "Không có tệp"),
        (["FILE", "--by", "ai"], "Không có tài khoản “ai”"),
        (["FILE", "--by", "chi", "--unit", "UBND xã Khác"], "Không có đơn vị"),
    ],
)
def test_a_refusal_is_one_sentence(tracker, document, arguments, sentence):
    arguments = [document if argument == "FILE" else argument for argument in arguments]
    printed = tracker("import", *arguments, exit_code=1)
    assert sentence in printed
    assert printed.count("\n") == 1


def test_who_is_no_monitor_there_cannot_import(tracker, document):
    an = ["an", "--name", "Nguyễn Văn An", "--role", "staff", "--unit", "UBND xã Suối Mây"]
    tracker("user", "add", *an, "--password", "mật khẩu dài")
    printed = tracker("import", document, "--by", "an", "--unit", "UBND xã Suối Mây", exit_code=1)
    assert "không phải là đầu mối theo dõi" in printed
