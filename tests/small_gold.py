"""A plan small enough to count its answers by hand, and changes made to it before it is compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.evaluate import Report, evaluate
from schemas import Gold, load_gold
from schemas.block import to_block

Change = Callable[[Any], object]


def deadline(text: str, kind: str, **filled: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("start", "due", "recurrence", "duration", "basis"))
    return {"text": text, "kind": kind, **blank, **filled}


def small() -> dict[str, Any]:
    """A plan with 36 expected answers, counted collection by collection below; own wording."""
    return {
        "schema": "kehoach.plan/1",
        # 9 answers: parent and signer.authority are null
        "document": {
            "type": "Kế hoạch",
            "number": "08/KH-UBND",
            "date": "2024-03-08",
            "place": "An Lạc",
            "issuer": "Ủy ban nhân dân xã An Lạc",
            "parent": None,
            "title": "Trồng cây phân tán năm 2024 trên địa bàn xã",
            "signer": {"authority": None, "role": "CHỦ TỊCH", "name": "Lê Văn Tám"},
            "recipients": ["UBND huyện", "Lưu: VT"],
        },
        # 3 + 2
        "legal_bases": [
            {
                "id": "15/2017/QH14",
                "type": "Luật",
                "number": "15/2017/QH14",
                "date": "2017-11-15",
                "issuer": None,
            },
            {"id": "Luật Trồng trọt", "type": "Luật", "number": None, "date": None, "issuer": "Quốc hội"},
        ],
        "units": [
            {"id": "van-phong", "name": "Văn phòng", "written": ["Văn phòng"]},
            {"id": "doan-xa", "name": "Đoàn xã", "written": ["Đoàn xã"]},
        ],
        # 1
        "objectives": [{"id": "I.1", "text": "Phủ xanh đất trống, đồi trọc trên địa bàn toàn xã."}],
        # none
        "requirements": [],
        # 7 (id, title, products, lead, three of the deadline) + 4 (id, title, lead, support)
        "tasks": [
            {
                "id": "III.1",
                "title": "Chuẩn bị cây giống cho các thôn",
                "products": ["Danh sách cây giống", "Phiếu giao nhận"],
                "lead": ["van-phong"],
                "support": [],
                "deadline": deadline("Trước ngày 15/4/2024", "date", due="2024-04-15"),
            },
            {
                "id": "III.2",
                "title": "Tổ chức lễ phát động Tết trồng cây",
                "products": [],
                "lead": ["doan-xa", "van-phong"],
                "support": ["van-phong"],
                "deadline": None,
            },
        ],
        # 7: group and support are empty
        "indicators": [
            {
                "id": "PL1.1",
                "group": None,
                "name": "Tỷ lệ cây sống sau một năm",
                "unit": "%",
                "target": {"text": "tối thiểu 90", "operator": ">=", "value": 90, "unit": "%"},
                "lead": ["doan-xa"],
                "support": [],
            }
        ],
        # 3
        "assignments": [
            {"id": "IV.1", "units": ["doan-xa"], "text": "Vận động đoàn viên tham gia trồng cây."}
        ],
    }


def gold(content: dict[str, Any]) -> Gold:
    return load_gold(to_block(content))


def score(change: Change | None = None, of_gold: Change | None = None) -> Report:
    """The small plan against itself with `change` made in the prediction, `of_gold` in the gold."""
    truth, answer = small(), small()
    if of_gold:
        of_gold(truth)
    if change:
        change(answer)
    return evaluate(gold(truth), gold(answer))


def change_at(*path: str | int, to: Any) -> Change:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = to

    return change


def drop(*path: str | int) -> Change:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


EXTRA_TASK = {
    "id": "III.3", "title": "Kiểm tra rừng phòng hộ", "products": [], "lead": ["doan-xa"], "support": [],
    "deadline": deadline("Cả năm", "continuous"),
}  # fmt: skip
