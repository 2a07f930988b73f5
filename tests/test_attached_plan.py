"""A plan that a decision puts into force: what the decision says of it, and what it says itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import digitise
from schemas import Plan

DECISION = """ỦY BAN NHÂN DÂN                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ LÂM                                    Độc lập - Tự do - Hạnh phúc
Số: 77/QĐ-UBND                           Hà Lâm, ngày 05 tháng 3 năm 2026

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phát triển thư viện năm 2026

ỦY BAN NHÂN DÂN TỈNH HÀ LÂM

Căn cứ Nghị định số 12/2024/NĐ-CP ngày 01/02/2024 của Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển thư viện năm 2026.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:                                    TM. ỦY BAN NHÂN DÂN
- Như Điều 2;                                    CHỦ TỊCH
- Lưu: VT.                                     Lê Quang Huy
"""
PLAN = """
{letterhead}KẾ HOẠCH
Phát triển thư viện năm 2026
{caption}

I. NHIỆM VỤ

1. Số hóa tài liệu quý hiếm

- Đơn vị chủ trì: Thư viện tỉnh.

2. Mở rộng thư viện lưu động

- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
"""
CAPTION = "(Kèm theo Quyết định số 77/QĐ-UBND ngày 05/3/2026 của UBND tỉnh)"
LETTERHEAD = "ỦY BAN NHÂN DÂN                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"


def read(tmp_path: Path, text: str) -> Plan:
    file = tmp_path / "plan.txt"
    file.write_text(text, encoding="utf-8")
    return digitise(file)


@pytest.mark.parametrize("letterhead", ["", LETTERHEAD], ids=["title alone", "letterhead again"])
def test_the_decision_gives_number_and_signer_the_plan_its_tasks(tmp_path: Path, letterhead: str) -> None:
    plan = read(tmp_path, DECISION + PLAN.format(letterhead=letterhead, caption=CAPTION))
    assert (plan.document.type, plan.document.number) == ("Kế hoạch", "77/QĐ-UBND")
    assert plan.document.title == "Phát triển thư viện năm 2026"
    assert plan.document.signer.name == "Lê Quang Huy"
    assert [basis.number for basis in plan.legal_bases] == ["12/2024/NĐ-CP"]
    assert [task.id for task in plan.tasks] == ["I.1", "I.2"]


def test_the_bracket_under_the_title_is_told_by_its_words(tmp_path: Path) -> None:
    plan = read(tmp_path, DECISION + PLAN.format(letterhead="", caption=CAPTION.removeprefix("(")))
    assert (plan.document.type, plan.document.title) == ("Kế hoạch", "Phát triển thư viện năm 2026")
    assert [task.id for task in plan.tasks] == ["I.1", "I.2"]


def test_nothing_of_the_decision_is_lost(tmp_path: Path) -> None:
    plan = read(tmp_path, DECISION + PLAN.format(letterhead="", caption=CAPTION))
    assert any("Điều 2. Quyết định này có hiệu lực" in (section.text or "") for section in plan.sections)
    assert not [finding for finding in plan.findings if finding.code == "text-outside-any-section"]


def test_a_plan_that_was_not_issued_with_the_decision_is_none_of_it(tmp_path: Path) -> None:
    plan = read(tmp_path, DECISION + PLAN.format(letterhead="", caption=""))
    assert plan.document.type == "Quyết định"
    assert "not-a-plan" in {finding.code for finding in plan.findings}
