"""The tokenizer keeps every letter in its place; the pipeline marks spans on it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import Matcher

from pipeline.resolve.language_pipeline import COMPONENTS, annotate, build_pipeline, shared_pipeline
from pipeline.resolve.plan_years import PlanYears

NLP = build_pipeline(components=())

CASES = [
    ("Các bộ phận chuyên môn.", ["Các", "bộ", "phận", "chuyên", "môn", "."]),
    ("UBND phường, xã", ["UBND", "phường", ",", "xã"]),  # spaCy alone leaves "phường," whole
    ("số 64/KH-UBND;", ["số", "64/KH-UBND", ";"]),
    ("63/2010/NĐ-CP", ["63/2010/NĐ-CP"]),
    ("Luật số 61/2024/QH15", ["Luật", "số", "61/2024/QH15"]),
    ("35-NQ/TU", ["35-NQ/TU"]),
    ("ngày 28/3/2022.", ["ngày", "28/3/2022", "."]),
    ("tháng 6/2024", ["tháng", "6/2024"]),
    ("trước 30/6,", ["trước", "30/6", ","]),
    ("1.500 hộ", ["1.500", "hộ"]),
    ("2,5%", ["2,5", "%"]),
    ("mục 2.10. Rà soát", ["mục", "2.10", ".", "Rà", "soát"]),
    ("06-15/11", ["06", "-", "15/11"]),
    ("kinh tế - xã hội", ["kinh", "tế", "-", "xã", "hội"]),
    ("HĐND-UBND", ["HĐND", "-", "UBND"]),
    ("(TTHC)", ["(", "TTHC", ")"]),
    ("thực hiện./.", ["thực", "hiện", "./."]),
    ("vân vân...", ["vân", "vân", "..."]),
    ("Cao Bằng  2", ["Cao", "Bằng", " ", "2"]),  # the second space is a token, so that nothing is lost
    ("https://dichvucong.gov.vn.", ["https://dichvucong.gov.vn", "."]),
    ("vanthu@hanoi.gov.vn", ["vanthu@hanoi.gov.vn"]),
    ("A1, QH15, m2", ["A1", ",", "QH15", ",", "m2"]),
    ("a\u0323 b", ["a\u0323", "b"]),  # a mark written apart stays with its letter
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tokens(text: str, expected: list[str]) -> None:
    doc = NLP(text)
    assert [token.text for token in doc] == expected
    assert doc.text == text


@given(st.text(max_size=60))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_norm_is_folded_so_that_a_matcher_reads_bad_ocr() -> None:
    matcher = Matcher(NLP.vocab)
    matcher.add("deadline label", [[{"NORM": "thoi"}, {"NORM": "han"}]])
    assert len(matcher(NLP("Thời hạn: Thoi han; THỜI HẠN"))) == 3


def test_components_are_named_and_mark_their_spans() -> None:
    assert tuple(shared_pipeline().pipe_names) == COMPONENTS
    doc = annotate(
        "Theo Nghị quyết số 12-NQ/TU ngày 29/12/2023 của Tỉnh ủy, Văn phòng UBND phường chủ trì,"
        " hoàn thành trước ngày 15/12, đạt ít nhất 95% hồ sơ.",
        PlanYears(year=2024),
    )
    assert set(doc.spans) == set(COMPONENTS)
    (deadline,) = doc.spans["deadlines"]
    assert (deadline.text, deadline.label_, deadline._.deadline.due) == (
        "trước ngày 15/12",
        "DEADLINE",
        "2024-12-15",
    )
    (target,) = doc.spans["targets"]
    assert (target.text, target._.target.operator, target._.target.value) == ("đạt ít nhất 95%", ">=", 95)
    assert [span._.citation.number for span in doc.spans["citations"]] == ["12-NQ/TU"]
    assert "Văn phòng UBND phường" in [span.text for span in doc.spans["units"]]


def test_a_pipeline_of_some_components() -> None:
    doc = build_pipeline(["targets"])("đạt 100%")
    assert list(doc.spans) == ["targets"]


def test_an_empty_document_passes() -> None:
    assert all(len(group) == 0 for group in annotate("").spans.values())


def test_spacy_is_loaded_without_its_command_line_which_can_still_be_had() -> None:
    script = """
import sys
from pipeline.resolve.entities import first_entity, load_entity_layer
load_entity_layer()
assert "spacy" in sys.modules and "spacy.cli" not in sys.modules
assert first_entity("trước ngày 15/12/2024", "deadlines") == (0, 21)
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
assert sys.modules["spacy.cli"].__file__
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
