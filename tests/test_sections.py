"""What a section is for: its heading, what stands below it, and sections that are several."""

from __future__ import annotations

import pytest

from pipeline.outline import Item
from pipeline.parse.bare_headings import nodes_of_body
from pipeline.parse.labels import read_labels
from pipeline.resolve.divisions import divisions, kind_of_section
from pipeline.resolve.section_kinds import kind_of_heading, only_groups, runs_in, states_fact
from pipeline.types import Paragraph
from tests.made_outlines import passage, section, sections

HEADINGS = [
    ("MỤC ĐÍCH, YÊU CẦU", "joint"),
    ("MỤC ĐÍCH - YÊU CẦU", "joint"),
    ("QUAN ĐIỂM, MỤC TIÊU", "joint"),
    ("MỤC TIÊU, CHỈ TIÊU", "objectives"),
    ("CÁC CHỈ TIÊU CHỦ YẾU", "objectives"),
    ("YÊU CẦU", "requirements"),
    ("NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", "tasks"),
    ("MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP", "tasks"),
    ("NỘI DUNG CÔNG VIỆC", "tasks"),
    ("CÁC BIỆN PHÁP THỰC HIỆN", "tasks"),
    ("NHIEM VU TRONG TAM", "tasks"),
    ("LỊCH TUYỂN SINH", "steps"),
    ("THỜI GIAN, ĐỊA ĐIỂM", "steps"),
    ("NỘI DUNG, HÌNH THỨC THI", "steps"),
    ("NỘI DUNG THANH, KIỂM TRA", "steps"),
    ("TỔ CHỨC THỰC HIỆN", "organisation"),
    ("PHÂN CÔNG NHIỆM VỤ", "organisation"),
    ("CHẾ ĐỘ LÀM VIỆC, BÁO CÁO", "organisation"),
    ("NHIỆM VỤ CỤ THỂ CỦA CÁC SỞ, NGÀNH", "organisation"),
    ("KINH PHÍ THỰC HIỆN", "facts"),
    ("ĐỐI TƯỢNG, PHẠM VI", "facts"),
    ("ĐẶC ĐIỂM TÌNH HÌNH", "facts"),
    ("HỒ SƠ DỰ TUYỂN", "facts"),
]


@pytest.mark.parametrize(("heading", "kind"), HEADINGS)
def test_the_heading_tells_the_kind(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind


def test_units_below_make_a_vague_heading_organisation() -> None:
    by_unit = section("V. TRIỂN KHAI", "1. Phòng Nội vụ: Theo dõi.", "2. Công an xã: Giữ trật tự.")
    assert kind_of_section(by_unit) == "organisation"
    by_task = section("V. TRIỂN KHAI", "1. Rà soát hồ sơ.", "2. Công bố kết quả.")
    assert kind_of_section(by_task) == "tasks"


def test_members_of_a_list_are_told_nothing() -> None:
    members = section(
        "III. BAN TỔ CHỨC",
        "1. Ông Lê Văn A, Giám đốc: Trưởng ban.",
        "2. Bà Vũ Thị B, Chánh Văn phòng: Ủy viên.",
    )
    assert kind_of_section(members) == "facts"


def test_a_part_of_several_kinds_is_taken_apart() -> None:
    part = section(
        "PHẦN II. MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP",
        "I. Mục tiêu",
        "1. Nâng cao chất lượng.",
        "II. Nhiệm vụ và giải pháp",
        "1. Bồi dưỡng giáo viên.",
    )
    found = list(divisions([part]))
    assert [(one.item.id, one.kind) for one in found] == [("II.I", "objectives"), ("II.II", "tasks")]
    assert [heading.text for heading in found[1].headings] == ["MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP"]


def test_results_of_past_years_stay_together() -> None:
    past = section("A. KẾT QUẢ ĐẠT ĐƯỢC", "I. Chỉ tiêu kinh tế", "1. Thu ngân sách đạt 310 tỷ đồng.")
    assert [(one.item.id, one.kind) for one in divisions([past])] == [("A", "facts")]


def test_what_an_inspection_looks_at_is_no_task() -> None:
    body = sections("I. NỘI DUNG", "1. Việc lập hồ sơ.", "2. Việc cấp phép.")
    assert [part.kind for part in divisions(body, "Kiểm tra công tác cấp phép năm 2024")] == ["steps"]
    assert [part.kind for part in divisions(body, "Công tác cấp phép năm 2024")] == ["tasks"]


def test_words_of_headings() -> None:
    assert runs_in("Mục tiêu chung")
    assert runs_in("Mục tiêu cụ thể đến năm 2030")
    assert not runs_in("Chỉ tiêu số 1")
    assert not runs_in("Mục tiêu giảm nghèo")
    assert only_groups("Nhiệm vụ:")
    assert not only_groups("Nhiệm vụ của thanh niên")
    assert states_fact("Thời gian, địa điểm: Hội trường xã")
    assert not states_fact("Thời gian tới tập trung rà soát, kiện toàn các ban chỉ đạo ở cơ sở")


LABELS = [
    ("I/- MỤC ĐÍCH", "roman", "I"),
    ("I- MỤC ĐÍCH", "roman", "I"),
    ("2/- Hướng dẫn nông dân", "arabic", "2"),
    ("3.- Công tác tập huấn", "arabic", "3"),
    ("2.1- Về kinh tế", "decimal", "2.1"),
    ("(1) Bảo đảm an toàn", "bracketed", "1"),
    ("(ii) Công khai kết quả", "bracketed", "ii"),
    # a stain before the dash
    (". - Có thể tổ chức gặp mặt", "dash", ""),
]


@pytest.mark.parametrize(("text", "kind", "name"), LABELS)
def test_labels_of_all_shapes(text: str, kind: str, name: str) -> None:
    best = read_labels(text)[0]
    assert (best.kind, best.name) == (kind, name)
    assert text[best.end].isalpha()


def body(*lines: str) -> list[Item]:
    nodes = nodes_of_body([Paragraph(passage(line)) for line in lines])
    return [node for node in nodes if isinstance(node, Item)]


def test_headings_in_capitals_without_number_are_sections() -> None:
    found = body("Căn cứ Kế hoạch năm học.", "MỤC ĐÍCH", "- Vui khỏe.", "NỘI DUNG", "1. Thi kéo co.")
    assert [item.id for item in found] == ["", "-1", "-2"]
    assert [child.id for child in found[2].children if isinstance(child, Item)] == ["-2.1"]


def test_capitals_beside_numbered_sections_are_none() -> None:
    found = body("I. MỤC ĐÍCH", "AN TOÀN LÀ BẠN", "- Vui khỏe.", "TAI NẠN LÀ THÙ", "II. NỘI DUNG", "1. Thi.")
    assert [item.id for item in found] == ["I", "II"]
