"""How sure words and fields are: what must count, and in which direction."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.pages.truth import printed_words, same_word
from pipeline.geometry import Box
from pipeline.language import weigh
from pipeline.language.weighing import FEATURES, features_of
from pipeline.resolve.confidence import field_confidence, word_sure
from pipeline.types import Manuscript, Origin, PageFacts, Paragraph, Word, passage_of

SENTENCE = "Văn phòng tham mưu Ủy ban nhân dân phường ban hành kế hoạch rà soát thủ tục hành chính năm 2024"
FACTS = PageFacts(1, 595.0, 842.0, "ocr", "", None, 100, "")


def words_of(text: str, confidence: float = 0.95, origin: Origin = "ocr") -> list[Word]:
    return [
        Word(token, token, 1, Box(60 + 30 * at, 100, 84 + 30 * at, 112), confidence, origin)
        for at, token in enumerate(text.split())
    ]


def manuscript(*lines: Sequence[Word]) -> Manuscript:
    return Manuscript(tuple(Paragraph(passage_of(line)) for line in lines), (FACTS,))


def weighed(text: str, confidence: float = 0.95) -> dict[str, float]:
    """The words of a line between two good ones, each with how sure it is."""
    around = words_of(SENTENCE)
    blocks = weigh(manuscript(around, words_of(text, confidence), around)).blocks
    assert isinstance(blocks[1], Paragraph)
    return {word.text: word_sure(word) for word in blocks[1].passage.words}


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        ("tổ chức thực hiện kê hoạch của phường", "kê"),  # a lost mark: the engine is as sure as ever
        ("hỗ trợ người dân thực hiện dịch vụ cống trực tuyến", "cống"),
        ("giao Văn phòng.theo dõi việc thực hiện", "phòng.theo"),  # a speck read as a stop
        ("thực hiện số-hóa hồ sơ thủ tục hành chính", "số-hóa"),
        ("rà soát thủ tục hành chínhh năm nay", "chínhh"),  # no syllable
        ("hoàn thành trong quý II1/2024 theo kế hoạch", "II1/2024"),  # half of a Roman number
        ("kiểm tra việc thực hiện. theo dõi kế hoạch", "hiện."),  # a comma read as a full stop
    ],
)
def test_what_does_not_fit_is_the_least_sure(read: str, wrong: str) -> None:
    sure = weighed(read)
    assert min(sure, key=lambda text: sure[text]) == wrong
    assert sure[wrong] < 0.98


def test_a_good_line_is_sure() -> None:
    assert min(weighed("tổ chức thực hiện kế hoạch cải cách thủ tục hành chính").values()) > 0.99


def test_the_engines_doubt_counts() -> None:
    text = "tổ chức thực hiện kế hoạch"
    assert max(weighed(text, 0.4).values()) < min(weighed(text, 0.97).values())


def test_text_layers_and_other_engines_are_left_alone() -> None:
    layer = manuscript(words_of(SENTENCE, 1.0, "text_layer"))
    assert weigh(layer) is layer
    plain = manuscript(words_of("Van phong tham muu Uy ban nhan dan phuong ban hanh ke hoach"))
    assert weigh(plain) is plain


def test_words_keep_everything_else() -> None:
    before = manuscript(words_of(SENTENCE))
    after = weigh(before)
    for one, other in zip(before.blocks, after.blocks, strict=True):
        assert isinstance(one, Paragraph)
        assert isinstance(other, Paragraph)
        assert one.passage.text == other.passage.text
        for old, new in zip(one.passage.words, other.passage.words, strict=True):
            assert (old.text, old.raw, old.box, old.confidence) == (
                new.text,
                new.raw,
                new.box,
                new.confidence,
            )
            assert new.sure is not None


def test_every_feature_is_given() -> None:
    found = list(features_of(manuscript(words_of(SENTENCE))))
    assert len(found) == len(SENTENCE.split())
    assert {len(features) for _, features in found} == {len(FEATURES)}


def test_a_field_is_as_weak_as_its_words_together() -> None:
    good = Word("tốt", "tốt", 1, None, 0.9, "ocr", sure=0.999)
    bad = Word("xâu", "xâu", 1, None, 0.9, "ocr", sure=0.6)
    assert field_confidence([good]) > field_confidence([good] * 40) > field_confidence([good, bad])
    assert field_confidence([bad]) < 0.8
    assert field_confidence([Word("in", "in", 1, None, 1.0, "text_layer")]) > 0.99
    assert field_confidence([]) == 1.0


def test_what_was_printed_is_found_beside_what_was_read() -> None:
    lines = ["Văn phòng tham mưu ban hành kế hoạch", "Phòng Nội vụ tổng hợp"]
    read = manuscript(words_of("Văn phòng tham muu ban hành kế hoạch"), words_of("Phòng Nội vụ tông hợp"))
    told = [(word.text, meant) for word, meant in printed_words(read, {1: lines})]
    assert [pair for pair in told if pair[0] != pair[1]] == [("muu", "mưu"), ("tông", "tổng")]
    assert same_word("Kế", "kế,")
    assert not same_word("kê", "kế")
