"""Numbered paragraphs to a tree: paths, lead-ins, fields taken off, broken paragraphs joined."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.outline import Item, Node
from pipeline.parse.tree import build_tree
from pipeline.types import Paragraph, Word, passage_of


def tree(*texts: str) -> tuple[Node, ...]:
    paragraphs = []
    for number, text in enumerate(texts, start=1):
        words = [Word(word, word, 1, None, 0.9, "ocr", number) for word in text.split()]
        paragraphs.append(Paragraph(passage_of(words)))
    return build_tree(paragraphs)


def items(nodes: Sequence[Node]) -> list[Item]:
    return [node for node in nodes if isinstance(node, Item)]


def ids(nodes: Sequence[Node]) -> list[str]:
    return [
        found for item in items(nodes) for found in ([item.id] if item.label else []) + ids(item.children)
    ]


def test_ids_are_the_path_of_printed_labels() -> None:
    nodes = tree(
        "I. MỤC TIÊU",
        "1. Một",
        "II. NHIỆM VỤ",
        "1. Nhóm",
        "1.1. Việc",
        "1.2. Việc",
        "a) Ý",
        "b) Ý",
        "2. Nhóm",
    )
    assert ids(nodes) == ["I", "I.1", "II", "II.1", "II.1.1", "II.1.2", "II.1.2.a", "II.1.2.b", "II.2"]


def test_decimals_under_a_part_keep_all_their_numbers() -> None:
    nodes = tree("PHẦN I", "MỤC TIÊU", "1.1. Chung", "PHẦN II", "NHIỆM VỤ", "2.1. Hạ tầng", "2.1.1. Mạng")
    assert ids(nodes) == ["I", "I.1.1", "II", "II.2.1", "II.2.1.1"]
    assert items(nodes)[1].text.text == "NHIỆM VỤ"  # the title on the line after "PHẦN II"


def test_a_remark_at_the_end_of_a_section_is_not_the_last_items() -> None:
    nodes = tree("I. MỤC TIÊU", "1. Một", "1.1. Hai", "(Chi tiết tại Phụ lục)", "II. NHIỆM VỤ", "1. Việc")
    assert [item.text.text for item in items(items(nodes)[0].children)] == ["Một", "(Chi tiết tại Phụ lục)"]


def test_fields_leave_the_children_and_details_stay() -> None:
    (task,) = items(
        tree(
            "1. Rà soát thủ tục",
            "- Đơn vị chủ trì: Phòng Nội vụ",
            "- Thống kê hằng tháng",
            "Sản phẩm: Báo cáo",
            "- Lãnh đạo phụ trách: Đồng chí A",
        )
    )
    assert [(field.role, field.value.text) for field in task.fields] == [
        ("lead", "Phòng Nội vụ"),
        ("product", "Báo cáo"),
    ]
    assert [child.text.text for child in items(task.children)] == [
        "Thống kê hằng tháng",
        "Lãnh đạo phụ trách: Đồng chí A",
    ]
    assert task.fields[0].whole.text == "- Đơn vị chủ trì: Phòng Nội vụ"


def test_several_fields_of_one_dash_item_all_leave_it() -> None:
    (task,) = items(tree("1. Mở lớp", "- Phụ trách: Hội A; phối hợp: Trung tâm B; thời gian: Quý I."))
    assert [(field.role, field.value.text) for field in task.fields] == [
        ("lead", "Hội A"),
        ("support", "Trung tâm B"),
        ("deadline", "Quý I."),
    ]
    assert task.fields[0].whole.text.startswith("- Phụ trách: Hội A")
    assert task.children == ()


def test_numbered_activities_stand_below_plain_numbers() -> None:
    alone = tree("A. HOẠT ĐỘNG", "Hoạt động 1. Phát động", "Hoạt động 2. Mở lớp")
    assert ids(alone) == ["A", "A.1", "A.2"]
    below = tree(
        "I. NHIỆM VỤ", "1. Nhóm", "Hoạt động 1: Một", "Hoạt động 2: Hai", "2. Nhóm", "Hoạt động 1: Ba"
    )
    assert ids(below) == ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.1"]


def test_a_field_whose_value_is_a_list_has_a_part_an_item() -> None:
    (task,) = items(tree("1. Rà soát", "- Sản phẩm:", "+ Báo cáo;", "+ Quyết định."))
    assert [part.text for part in task.fields[0].parts] == ["Báo cáo", "Quyết định."]


def test_lettered_fields_are_fields_where_most_letters_are() -> None:
    (task,) = items(
        tree(
            "1. Hội nghị",
            "a) Thời gian: Quý II/2024",
            "b) Địa điểm: Hội trường A",
            "c) Đơn vị thực hiện: Phòng X",
        )
    )
    assert [field.role for field in task.fields] == ["deadline", "lead"]
    assert [child.label for child in items(task.children)] == [None]  # the place is a detail, no task


def test_a_short_lead_in_holds_the_items_behind_it() -> None:
    (section,) = items(tree("I. Quy trình", "Sáng:", "1) Thông qua", "2) Chỉ đạo", "Chiều:", "1) Tiếp tục"))
    morning, afternoon = items(section.children)
    assert (morning.text.text, ids(morning.children)) == ("Sáng:", ["I.1", "I.2"])
    assert (afternoon.text.text, ids(afternoon.children)) == ("Chiều:", ["I.1"])


def test_a_preamble_that_ends_in_a_colon_holds_no_sections() -> None:
    nodes = tree("Căn cứ Nghị định; Ủy ban ban hành Kế hoạch như sau:", "I. MỤC TIÊU", "II. YÊU CẦU")
    assert [item.kind for item in items(nodes)] == ["none", "roman", "roman"]


def test_a_paragraph_that_goes_on_in_lower_case_is_joined() -> None:
    (item,) = items(tree("1. Tổ chức thông tin và các nội", "dung khác liên quan."))
    assert item.text.text == "Tổ chức thông tin và các nội dung khác liên quan."
    assert {word.line for word in item.text.words} == {1, 2}


def test_words_survive_exactly_once() -> None:
    texts = [
        "I. NHIỆM VỤ",
        "1. Rà soát. Đơn vị chủ trì: Phòng A; Thời hạn: Quý I.",
        "- Chi tiết",
        "Đoạn cuối",
    ]
    collected: list[int] = []

    def collect(nodes: Sequence[Node]) -> None:
        for item in items(nodes):
            collected.extend(map(id, item.whole.words))
            collect(item.children)

    nodes = tree(*texts)
    collect(nodes)
    assert len(collected) == len(set(collected)) == sum(len(text.split()) for text in texts)
