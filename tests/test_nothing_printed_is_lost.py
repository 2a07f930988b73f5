"""Each printed word of the samples stands in a field of the plan, in its sections, or is furniture."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pytest

from pipeline import run
from pipeline.folding import fold
from pipeline.types import Paragraph, Word
from schemas import Plan
from tests.converted import conversion

FURNITURE: dict[str, list[str]] = {
    "": [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số:", "Nơi nhận:", "PHỤ LỤC", "PHỤ LỤC 1", "PHỤ LỤC 2",
        # between the documents that the preamble cites, and between the parts of a citation
        "Căn cứ", "Thực hiện", "số", "của", "về", "và", "(sửa đổi, bổ sung tại",
    ],
    "seed": [
        # headings of objectives, requirements and assignments: the collection says what they say
        "I. MỤC TIÊU", "II. YÊU CẦU", "IV. TỔ CHỨC THỰC HIỆN",
        # names of table columns: the field says what they say
        "STT", "Chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2024", "Cơ quan chủ trì thực hiện", "Cơ quan phối hợp",
        "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Dự kiến sản phẩm",
        # the same as the old OCR interleaved them
        "Đơn vị chủ ĐỘ trì", "Đơn vị phối hợp thực hiện", "Thời gian Dự kiến",
    ],
    "department": [
        "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "2. Yêu cầu", "II. MỤC TIÊU", "V. TỔ CHỨC THỰC HIỆN",
        "STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian", "Sản phẩm", "Ghi chú", "Chủ trì",
        "Phối hợp",
    ],
    "school": [
        "PHẦN I", "PHẦN II", "PHẦN III", "PHẦN IV", "PHẦN V", "MỤC TIÊU, YÊU CẦU", "1. Mục tiêu",
        "2. Yêu cầu",
        "1.1. Mục tiêu chung", "1.2. Mục tiêu cụ thể", "LỊCH TRIỂN KHAI", "CHỈ TIÊU", "TỔ CHỨC THỰC HIỆN",
        "TT", "Nội dung công việc", "Người thực hiện", "Bắt đầu", "Kết thúc", "Chỉ tiêu", "Đơn vị tính",
        "Mục tiêu năm 2026", "Đơn vị chủ trì",
        "hành động số",  # of "Chương trình hành động số 05-CTr/TU": inside a legal basis
    ],
}  # fmt: skip
"""What is printed in the samples and stands in no field; headings of tasks are in `section`."""
GROUP_LABELS = {"I", "II", "III", "IV", "A", "B", "1", "2"}
EVERY_SAMPLE = [
    "seed/plan.vi.txt", "seed/plan.raw.txt", "seed/plan.pdf", "seed/plan.docx", "department/plan.pdf",
    "department/plan.docx", "school/plan.pdf", "school/plan.docx",
]  # fmt: skip


@pytest.mark.parametrize("file", EVERY_SAMPLE)
def test_nothing_printed_is_lost(file: str) -> None:
    """Each word of the manuscript stands in the evidence of a field or in `sections`, or is furniture."""
    made = conversion(file)
    known = known_texts(made.plan, file.partition("/")[0])
    lost = []
    for words in printed(made):
        for bare, run_of in groupby(words, key=lambda word: not has_evidence(word, made.plan)):
            read = " ".join(word.text for word in run_of)
            text = letters(read)
            if bare and text and text not in known and not any(text in one for one in known if len(text) > 3):
                lost.append(read)
    assert lost == []


def known_texts(plan: Plan, sample: str) -> set[str]:
    headings = {heading for task in plan.tasks for heading in task.section}
    texts = [*FURNITURE[""], *FURNITURE[sample], *headings, *GROUP_LABELS]
    texts += [one.group for one in plan.indicators if one.group]
    texts += [f"{section.id} {section.title or ''}" for section in plan.sections]
    labelled = [f"{label} {heading}" for heading in headings for label in heading_labels(plan, heading)]
    return {letters(text) for text in (*texts, *labelled)}


def heading_labels(plan: Plan, heading: str) -> set[str]:
    """The labels that `heading` may have: parts of the ids of the tasks under it (III, 2, 2.1)."""
    found = set[str]()
    for task in plan.tasks:
        if heading in task.section:
            parts = task.id.split(".")
            found |= {".".join(parts[a:b]) for a in (0, 1) for b in range(a + 1, len(parts) + 1)}
    return found


def printed(made: run.Conversion) -> Iterator[Sequence[Word]]:
    """The words of each paragraph and each table cell."""
    for block in made.manuscript.blocks:
        if isinstance(block, Paragraph):
            yield block.passage.words
        else:
            yield from (cell.passage.words for cell in block.cells)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def has_evidence(word: Word, plan: Plan) -> bool:
    for place in places_by_line(plan).get((word.page, word.line), ()):
        if place.box is None or word.box is None:
            if word.text in (place.mended or place.text).split():
                return True
        else:
            x, y = word.box.centre
            if place.box[0] <= x <= place.box[2] and place.box[1] <= y <= place.box[3]:
                return True
    return False


_by_line: dict[int, dict[tuple[int, int | None], list[Any]]] = {}


def places_by_line(plan: Plan) -> dict[tuple[int, int | None], list[Any]]:
    if id(plan) not in _by_line:
        found: dict[tuple[int, int | None], list[Any]] = {}
        for places in plan.evidence.values():
            for place in places:
                found.setdefault((place.page, place.line), []).append(place)
        _by_line[id(plan)] = found
    return _by_line[id(plan)]
