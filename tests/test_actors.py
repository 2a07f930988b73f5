"""Who acts: before a colon, in a bracket, as subject; headings of assignments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resolve.actors import (
    actor_in,
    actor_of,
    actors_of_sentences,
    heading_in,
    roles_in_value,
    supporters_of,
    unit_heading,
)
from pipeline.types import Passage, Word, passage_of


def passage(text: str) -> Passage:
    return passage_of([Word(word, word, 1, None, 0.9, "ocr", 1) for word in text.split()])


COLON = [
    ("Trưởng đoàn: Công bố quyết định khảo sát", ["Trưởng đoàn"], "Công bố quyết định khảo sát"),
    ("Lãnh đạo nhà trường: Báo cáo kết quả", ["Lãnh đạo nhà trường"], "Báo cáo kết quả"),
    ("Văn phòng Sở, Thanh tra Sở: Thẩm định hồ sơ", ["Văn phòng Sở", "Thanh tra Sở"], "Thẩm định hồ sơ"),
    ("Đoàn kiểm tra: Làm việc với đơn vị", ["Đoàn kiểm tra"], "Làm việc với đơn vị"),
]


@pytest.mark.parametrize(("text", "units", "rest"), COLON)
def test_actor_before_a_colon_leaves_the_title(text: str, units: list[str], rest: str) -> None:
    actor = actor_of(passage(text))
    assert actor is not None and actor.form == "colon"
    assert [unit.text for unit in actor.units] == units
    assert actor.rest.text == rest


BRACKET = [
    ("Cập nhật danh mục (Phòng Đào tạo chủ trì)", ["Phòng Đào tạo"], [], "Cập nhật danh mục"),
    (
        "Cập nhật danh mục (Phòng Nội vụ, Phòng Tư pháp).",
        ["Phòng Nội vụ", "Phòng Tư pháp"],
        [],
        "Cập nhật danh mục",
    ),
    ("Lập sổ (Đơn vị thực hiện: Công an xã)", None, [], ""),
    (
        "Lập sổ (Phòng Đào tạo chủ trì, phối hợp với Phòng Nội vụ, các đơn vị)",
        ["Phòng Đào tạo"],
        ["Phòng Nội vụ", "các đơn vị"],
        "Lập sổ",
    ),
    ("Lập sổ (Văn phòng chủ trì; Phòng Nội vụ phối hợp)", ["Văn phòng"], ["Phòng Nội vụ"], "Lập sổ"),
    # brackets that name nobody
    ("Xây dựng dự toán (có bảng dự toán riêng)", None, [], ""),
    ("Ban hành danh mục thủ tục hành chính (TTHC)", None, [], ""),
    # the bracket spells out who is inspected
    ("Kiểm tra tại các trường (Trường Tiểu học A, Trường THCS B)", None, [], ""),
]


@pytest.mark.parametrize(("text", "units", "support", "rest"), BRACKET)
def test_actor_in_a_final_bracket(text: str, units: list[str] | None, support: list[str], rest: str) -> None:
    actor = actor_of(passage(text))
    if units is None:
        assert actor is None
        return
    assert actor is not None and actor.form == "bracket"
    assert [unit.text for unit in actor.units] == units
    assert [unit.text for unit in actor.support] == support
    assert actor.rest.text == rest


SUBJECT = [
    # behind a heading of the sentence's own, or behind whom it is about, or in a late order
    ("Chế độ báo cáo: Các phòng báo cáo trước thứ Sáu", ["Các phòng"]),
    ("Đối với đảng viên ở chi bộ: Các chi bộ trực thuộc tổ chức sinh hoạt", ["Các chi bộ trực thuộc"]),
    ("Tổ chức hội nghị; giao Ban Xây dựng Đảng chủ trì chuẩn bị", ["Ban Xây dựng Đảng"]),
    ("Ủy ban bầu cử xã lãnh đạo, chỉ đạo công tác bầu cử", ["Ủy ban bầu cử xã"]),
    ("Giao Giám đốc Bệnh viện A tổ chức thực hiện", ["Giám đốc Bệnh viện A"]),
    ("Giao Phòng Nội vụ, Phòng Tư pháp theo dõi", ["Phòng Nội vụ", "Phòng Tư pháp"]),
    ("Văn phòng Sở chủ trì, phối hợp với Phòng Tổ chức thực hiện", ["Văn phòng Sở"]),
    # verbs that belong to the name
    ("Thư ký Hội đồng xét duyệt, đánh giá thông qua biên bản họp", ["Thư ký Hội đồng xét duyệt, đánh giá"]),
    ("Tổ thẩm định tiến hành kiểm tra hồ sơ", ["Tổ thẩm định"]),
    ("Bộ phận tiếp nhận và trả kết quả niêm yết công khai", ["Bộ phận tiếp nhận và trả kết quả"]),
    # the verb after "Đoàn" has an object: it is the predicate
    ("Đoàn kiểm tra các đơn vị trong tháng 5", ["Đoàn"]),
    ("Sở Nội vụ kiểm tra các đơn vị", ["Sở Nội vụ"]),
    ("Các trường tự rà soát, chấm điểm", ["Các trường"]),
    ("Phòng Hành chính - Tổng hợp tổng hợp số liệu", ["Phòng Hành chính - Tổng hợp"]),
    ("phòng tổ chức hành chính chuẩn bị hội trường", ["phòng tổ chức hành chính"]),
    ("Định kỳ hằng quý, cuối năm, khi có yêu cầu, Sở Nội vụ tổ chức họp", ["Sở Nội vụ"]),
    ("Hàng tháng, các bộ phận chuyên môn báo cáo kết quả", ["các bộ phận chuyên môn"]),
    ("Trước ngày 20/11/2024, các sở, ban, ngành gửi báo cáo", ["các sở, ban, ngành"]),
    (
        "Đề nghị Mặt trận Tổ quốc Việt Nam và các đoàn thể phường phối hợp tuyên truyền",
        ["Mặt trận Tổ quốc Việt Nam", "các đoàn thể phường"],
    ),
    ("Đồng chí Nguyễn Văn A, Phó Chủ tịch chỉ đạo chung", ["Đồng chí Nguyễn Văn A, Phó Chủ tịch"]),
    # words that only look like predicates: "cần", "trình", "dự", "tự", "hướng dẫn", "tổng hợp"
    ("Ban Hậu cần - Kỹ thuật bảo đảm vật chất", ["Ban Hậu cần - Kỹ thuật"]),
    ("Phòng Quản lý nước và công trình lập kế hoạch", ["Phòng Quản lý nước và công trình"]),
    ("Chủ đầu tư các dự án chịu trách nhiệm về tiến độ", ["Chủ đầu tư các dự án"]),
    ("Trợ lý Dân quân tự vệ tham mưu kế hoạch", ["Trợ lý Dân quân tự vệ"]),
    ("Các hướng dẫn viên phục vụ khách", ["Các hướng dẫn viên"]),
    ("Bộ phận Văn phòng tổng hợp chủ trì, phối hợp", ["Bộ phận Văn phòng tổng hợp"]),
    ("Văn phòng tổng hợp kết quả", ["Văn phòng"]),
    ("Hai bên luân phiên chủ trì họp sơ kết", ["Hai bên"]),
    # "lập" ends a word here and begins no predicate
    ("Các trường mầm non công lập báo cáo kết quả", ["Các trường mầm non công lập"]),
    ("Van phong UBND phuong chu tri, phdi hgp véi cac bo phan", ["Van phong UBND phuong"]),
    ("Hang thang, cac b phan chuyén mon bao cao", ["cac b phan chuyén mon"]),
]


@pytest.mark.parametrize(("text", "units"), SUBJECT)
def test_actor_as_subject_stays_in_the_title(text: str, units: list[str]) -> None:
    actor = actor_of(passage(text))
    assert actor is not None and actor.form == "subject"
    assert [unit.text for unit in actor.units] == units
    assert actor.rest.text == text


NOBODY = [
    "Tổ chức thực hiện Kế hoạch",
    "TÔ CHỨC THỰC HIỆN",
    "Tham mưu UBND tỉnh ban hành văn bản",
    "Phối hợp với Sở Tài nguyên và Môi trường rà soát",
    "Lãnh đạo phụ trách: Phó giám đốc Trần Văn A",
    "Đơn vị chủ trì: Phòng Nội vụ",
    "Cơ quan phối hợp tổ chức hội thi: Các ban chuyên môn",
    "Công tác tuyên truyền: Đẩy mạnh thông tin",
    "Phòng, chống tham nhũng, lãng phí",
    "Ban hành văn bản chỉ đạo",
    "Hội nghị triển khai thực hiện",
    "Thanh tra sổ sách kế toán và xử lý vi phạm",
    "Đưa công tác văn thư vào quy chế và tổ chức kiểm tra",
    "Bố trí kinh phí thực hiện",
    "Thời gian: Quý II",
    "Trong tháng 5, tổ chức hội nghị",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_named(text: str) -> None:
    assert actor_in(text) is None


HEADINGS = [
    ("1. Các đơn vị:", ["Các đơn vị"], ""),
    ("Phòng KHCN-HTQT", ["Phòng KHCN-HTQT"], ""),
    (
        "2. Phòng Hành chính - Quản trị: Dọn hội trường.",
        ["Phòng Hành chính - Quản trị"],
        "Dọn hội trường.",
    ),
    (
        "1. Các Bộ phận chuyên môn, cán bộ công chức phường.",
        ["Các Bộ phận chuyên môn", "cán bộ công chức phường"],
        "",
    ),
    ("Đoàn Thanh niên: giữ xe cho khách.", ["Đoàn Thanh niên"], "giữ xe cho khách."),
    ("3. Đối với UBND các xã, phường:", ["UBND các xã, phường"], ""),
    ("a) Trách nhiệm của Công an phường: Giữ trật tự", ["Công an phường"], "Giữ trật tự"),
]


@pytest.mark.parametrize(("text", "units", "rest"), HEADINGS)
def test_heading_of_units(text: str, units: list[str], rest: str) -> None:
    heading = unit_heading(passage(text))
    assert heading is not None
    assert [unit.text for unit in heading[0]] == units
    assert heading[1].text == rest


@pytest.mark.parametrize(
    "text",
    [
        "2. Văn phòng UBND phường chủ trì, phối hợp với các bộ phận",
        "1. An toàn giao thông",
        "Phòng, chống tham nhũng:",
        "Cơ sở nuôi, trồng bao gồm:",
        "Tổ chức thực hiện:",
        "Giao ban hằng tuần",
        "",
    ],
)
def test_no_heading_of_units(text: str) -> None:
    assert heading_in(text) is None


def test_every_sentence_has_its_subject() -> None:
    text = passage(
        "Các khoa, phòng nộp danh sách cho Phòng Tổng hợp trước ngày 10/5. "
        "Phòng Tổng hợp kiểm tra, in thẻ. Các khoa, phòng nhận thẻ tại chỗ."
    )
    assert [unit.text for unit in actors_of_sentences(text)] == ["Các khoa, phòng", "Phòng Tổng hợp"]


def test_supporters_are_named_after_their_verb() -> None:
    text = passage("Văn phòng chủ trì, phối hợp với Phòng Nội vụ, các đơn vị liên quan tổ chức hội nghị")
    assert [unit.text for unit in supporters_of(text)] == ["Phòng Nội vụ", "các đơn vị liên quan"]
    assert supporters_of(passage("Phối hợp thực hiện tốt")) == ()


def test_roles_named_in_a_value() -> None:
    roles = roles_in_value(passage("Phòng Nội vụ chủ trì, phối hợp với Công an xã, các thôn."))
    assert roles is not None
    assert [[unit.text for unit in part] for part in roles] == [["Phòng Nội vụ"], ["Công an xã", "các thôn"]]
    assert roles_in_value(passage("Phòng Nội vụ, Công an xã")) is None


def test_actor_keeps_its_words() -> None:
    text = passage("Trưởng đoàn: Công bố quyết định")
    actor = actor_of(text)
    assert actor is not None
    assert actor.units[0].words == text.words[:2]
    assert actor.rest.words == text.words[2:]


FRAGMENTS = (
    "Giao|Phòng|Nội vụ|:|(|)|,|;|.|chủ trì|phối hợp với|các|đơn vị|Đoàn|kiểm tra|1.|hằng tháng|được|và|Tổ"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS.split("|")), max_size=14))
def test_any_text_gives_parts_of_itself(words: list[str]) -> None:
    text = " ".join(words)
    actor, heading = actor_in(text), heading_in(text)
    spans = [*(actor.units if actor else ()), *(heading[0] if heading else ())]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    supporters_of(passage(text))
    actors_of_sentences(passage(text))
