"""Traps of the seed plan: letterhead, legal bases, recipients, signer, citations and slips."""

import pytest

from schemas import LegalBasis
from tests.seed_plan import CORRECT, DOCX, PDF, TEXTS, alike, every_file, plan_of

# ── letterhead, preamble, ending ──────────────────────────────────────────

DOCUMENT = [
    ("type", "Kế hoạch"),
    ("number", "64/KH-UBND"),  # printed `64 /KH-UBND`, read `64 /[KH-UBND`
    ("date", "2024-03-08"),
    ("place", "Biên Giang"),
    ("issuer", "Ủy ban nhân dân phường Biên Giang"),  # over two lines, glued to the motto
    ("parent", None),  # no authority above the issuer
    ("urgency", None),
    ("secrecy", None),  # "trừ hồ sơ mật" in the appendix is no mark
]


@every_file
@pytest.mark.parametrize(("field", "value"), DOCUMENT)
def test_letterhead_with_two_columns_glued(file: str, field: str, value: str | None) -> None:
    assert getattr(plan_of(file).document, field) == value


@every_file
def test_title_and_period(file: str) -> None:
    document = plan_of(file).document
    title = "Cải cách thủ tục hành chính trọng tâm năm 2024 phường Biên Giang"
    assert alike(document.title or "", title) > 90
    assert document.period is not None
    assert (document.period.start, document.period.end) == ("2024-01-01", "2024-12-31")


BASES = [
    ("63/2010/NĐ-CP", "Nghị định", "2010-06-08", "Chính phủ", None),
    ("48/2013/NĐ-CP", "Nghị định", "2013-05-14", "Chính phủ", "63/2010/NĐ-CP"),  # date on the next line
    ("92/2017/NĐ-CP", "Nghị định", "2017-08-07", "Chính phủ", "63/2010/NĐ-CP"),
    ("61/2018/NĐ-CP", "Nghị định", "2018-04-23", "Chính phủ", None),  # bracket before it never closed
    ("107/2022/NĐ-CP", "Nghị định", None, None, "61/2018/NĐ-CP"),  # really 107/2021: kept as printed
    ("326/KH-UBND", "Kế hoạch", "2023-12-29", "UBND thành phố Hà Nội", None),
    ("221/VPCP-KSTT", "Văn bản", "2024-01-10", "Văn phòng Chính phủ", None),
    ("01/NQ-CP", "Nghị quyết", None, None, None),  # inside the subject of the one before
    ("02/NQ-CP", "Nghị quyết", None, None, None),  # after a `;` inside that subject, in lower case
    ("32/KH-UBND", "Kế hoạch", "2024-01-24", "UBND thành phố Hà Nội", None),
    ("98/KH-UBND", "Kế hoạch", "2024-02-29", "UBND quận Hà Đông", None),
]


@every_file
def test_eleven_bases_in_two_sentences(file: str) -> None:
    assert [basis.number for basis in plan_of(file).legal_bases] == [row[0] for row in BASES]


@every_file
@pytest.mark.parametrize(("number", "kind", "date", "issuer", "amends"), BASES)
def test_legal_basis(
    file: str, number: str, kind: str, date: str | None, issuer: str | None, amends: str | None
) -> None:
    basis: LegalBasis = next(one for one in plan_of(file).legal_bases if one.number == number)
    assert (basis.type, basis.date, basis.amends) == (kind, date, amends)
    assert alike(basis.issuer or "", issuer or "") > 80 or basis.issuer == issuer


RECIPIENTS = [
    "UBND quận Hà Đông", "Văn phòng HĐND- UBND quận Hà Đông", "Phòng Nội vụ quận Hà Đông",
    "TT Đảng ủy phường", "Chủ tịch, các PCT UBND phường", "Các ban, ngành chuyên môn UBND phường", "Lưu: VT",
]  # fmt: skip


@every_file
def test_recipients_without_the_name_beside_them(file: str) -> None:
    """The signer's name stands on the line of the last recipient but one."""
    read = plan_of(file).document.recipients
    assert len(read) == 7
    assert all(alike(one, printed) > 80 for one, printed in zip(read, RECIPIENTS, strict=True))


@every_file
def test_signer(file: str) -> None:
    signer = plan_of(file).document.signer
    assert alike(signer.name or "", "Đỗ Thị Thu Hà") > 80
    # The OCR text has lost what stood above; nothing is invented.
    above = (None, None) if file in TEXTS else ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert (signer.authority, signer.role) == above


@every_file
def test_closing_sentence_is_no_assignment(file: str) -> None:
    """Lines 341 to 343 follow IV.2 with nothing to set them off."""
    plan = plan_of(file)
    assert [one.id for one in plan.assignments] == ["IV.1", "IV.2"]
    farewell = "Trên đây là kế hoạch công tác cải cách"
    assert not any(alike((one.text or "")[-200:][: len(farewell)], farewell) > 70 for one in plan.assignments)
    assert any(alike((section.text or "")[: len(farewell)], farewell) > 70 for section in plan.sections)


# ── citations and slips of the original ───────────────────────────────────

CITED = [
    ("98/KH-UBND", ("III",)), ("97/KH-UBND", ("III.1.3.a",)), ("281/KH-UBND", ("III.1.3.a",)),
    ("161/KH-UBND", ("III.2.3.b",)),  # with a year for a date
    ("45/2020/NĐ-CP", ("III.2.3.b",)),  # with neither
    ("766/QĐ-TTg", ("III.2.6",)),  # read `766/0P-TTg`
]  # fmt: skip


@every_file
def test_documents_cited_in_the_body(file: str) -> None:
    """The plan's own number in the appendix captions is none of them."""
    assert [(one.number, one.cited_in) for one in plan_of(file).citations] == CITED


SLIPS = [
    "doanh nhgiệp",  # line 46
    "cải cách cách TTHC",  # line 60
    "Văn phòng, UBND phường",  # line 300
    "107/2022/NĐ-CP",  # really 107/2021
]


@pytest.mark.parametrize("file", [CORRECT, PDF, DOCX])
@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_the_original_are_kept(file: str, slip: str) -> None:
    plan = plan_of(file)
    assert slip in plan.model_dump_json()
