"""Whatever comes in: a valid plan or a named error, and the same input gives the same bytes."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PIL import Image

from pipeline import run
from pipeline.errors import DamagedFile, EmptyFile, KehoachError, NoPages, NotADocument
from pipeline.reading import EngineWord
from pipeline.settings import Settings
from schemas import dump_plan, load_plan, plan_json_schema
from tests.converted import conversion

SAMPLES = Path(__file__).parents[1] / "samples"
SEED = SAMPLES / "seed"
FILES = sorted(
    path.relative_to(SAMPLES)
    for path in SAMPLES.glob("*/plan*")
    if path.name in ("plan.pdf", "plan.docx", "plan.vi.txt", "plan.raw.txt")
)
OF_THE_TEXT, OF_THE_PDF = 128, 72
"""Mutations: 200 in all."""
SHARDS = 8

Mutate = Callable[[bytes, random.Random], bytes]


class SilentEngine:
    """Reads nothing: a mutated page that falls back on OCR costs no OCR."""

    name = "silent"

    def read(self, image: Image.Image, lang: str, dpi: int, mode: int) -> tuple[EngineWord, ...]:
        return ()


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "engine_named", lambda _: SilentEngine())


# ── the same bytes, valid by the public schema ────────────────────────────


@pytest.mark.parametrize("file", FILES, ids=str)
def test_same_input_same_bytes_and_valid(file: Path) -> None:
    first = dump_plan(conversion(file.as_posix()).plan)
    assert dump_plan(run.digitise(SAMPLES / file)) == first
    plan = load_plan(first)
    jsonschema.Draft202012Validator(plan_json_schema()).validate(json.loads(dump_plan(plan, "json")))


def test_the_public_validator_sees_what_is_wrong() -> None:
    content = json.loads(dump_plan(run.digitise(SEED / "plan.vi.txt"), "json"))
    content["tasks"][0]["deadline"]["kind"] = "soon"
    with pytest.raises(jsonschema.ValidationError, match="soon"):
        jsonschema.validate(content, plan_json_schema())


# ── mutations ─────────────────────────────────────────────────────────────


def flip_bits(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 200)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


def truncate(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def double(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:]


def insert_bytes(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.randbytes(dice.randint(1, 300)) + data[at:]


def shuffle_lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def delete_lines(data: bytes, dice: random.Random) -> bytes:
    kept = dice.choice((0.95, 0.6, 0.2))
    return b"\n".join(line for line in data.split(b"\n") if dice.random() < kept)


def double_lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    return b"\n".join(line for line in lines for _ in range(1 + (dice.random() < 0.3)))


def swap_characters(data: bytes, dice: random.Random) -> bytes:
    letters = list(data.decode("utf-8", "replace"))
    for _ in range(dice.randint(1, 1500)):
        a, b = dice.randrange(len(letters)), dice.randrange(len(letters))
        letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters).encode()


# What makes a parser stumble: labels without text, numbers that no plan has, letters no page has.
STUMBLES = (
    "a)", "I.", "- ", "1.1.1.1.1.", "đ)", "Điều 1.", "- Thời hạn:", "- Đơn vị chủ trì: ,;,;", "KẾ HOẠCH",
    "PHỤ LỤC", "PHỤ LỤC 1", "Nơi nhận:", "TM. ỦY BAN", "Số: /", "30/02/2024", "Căn cứ Luật số 1/2/QH;",
    "\x00\x01", "\x0b\x1f\x7f", "\u202e\ufeff\u200b", "😀", "x" * 3000, "1" * 400, "\f\f\f",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "II. NHIỆM VỤ", "- Thời hạn: trước ngày 99/99/9999",
    "- Sản phẩm: .....", "999999999999999999999. Nhiệm vụ", "MMMMMMMM. NHIỆM VỤ",
)  # fmt: skip


def insert_stumbles(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(dice.randint(1, 25)):
        lines.insert(dice.randrange(len(lines) + 1), dice.choice(STUMBLES).encode())
    return b"\n".join(lines)


OF_BYTES: tuple[Mutate, ...] = (flip_bits, cut, truncate, double, insert_bytes)
OF_TEXT: tuple[Mutate, ...] = (
    *OF_BYTES, shuffle_lines, delete_lines, double_lines, swap_characters, insert_stumbles,
    shuffle_lines, insert_stumbles,
)  # fmt: skip


def mutated(data: bytes, number: int, kinds: tuple[Mutate, ...]) -> bytes:
    """Mutation `number`: one change, or two on every third."""
    dice = random.Random(number)
    for _ in range(1 + (number % 3 == 0)):
        if data:
            data = dice.choice(kinds)(data, dice)
    return data


def outcome(file: Path, wanted: Settings) -> str:
    """What became of a file: "plan", or the name of the error. Anything but a named error is raised."""
    try:
        conversions = run.convert(file, wanted)
    except KehoachError as error:
        assert error.message
        assert error.exit_code >= 10
        return type(error).__name__
    for made in conversions:
        assert load_plan(dump_plan(made.plan)) == made.plan
    return "plan"


def outcomes(file: Path, data: bytes, kinds: tuple[Mutate, ...], numbers: range) -> Iterator[str]:
    for number in numbers:
        file.write_bytes(mutated(data, number, kinds))
        # Pages whose layer is broken are drawn for an engine that reads nothing: coarse will do.
        yield outcome(file, Settings(split=number % 4 == 0, dpi=72))


def seed_text() -> bytes:
    """The seed's head, tasks, end and tables."""
    vi = (SEED / "plan.vi.txt").read_bytes().split(b"\n")
    return b"\n".join([*vi[:125], *vi[315:]])


def old_ocr_texts() -> tuple[bytes, bytes]:
    """The same as the old OCR read it: what takes long to mend, in two halves."""
    raw = (SEED / "plan.raw.txt").read_bytes().split(b"\n")
    return b"\n".join(raw[:80]), b"\n".join([*raw[:5], *raw[80:110], *raw[315:363]])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_mutated_text(shard: int, tmp_path: Path) -> None:
    texts = (seed_text(),) if shard else old_ocr_texts()
    found: set[str] = set()
    for at, text in enumerate(texts):
        numbers = range(shard + SHARDS * at, OF_THE_TEXT, SHARDS * len(texts))
        found |= set(outcomes(tmp_path / "plan.txt", text, OF_TEXT, numbers))
    assert "plan" in found
    assert found <= {"plan", EmptyFile.__name__, NotADocument.__name__, NoPages.__name__}


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The first page and the last, a table, of the seed's born-digital PDF."""
    path = tmp_path_factory.mktemp("extract") / "two.pdf"
    whole, extract = pypdfium2.PdfDocument(SEED / "plan.pdf"), pypdfium2.PdfDocument.new()
    extract.import_pages(whole, [0, 9])
    extract.save(path)
    extract.close()
    whole.close()
    return path.read_bytes()


@pytest.mark.parametrize("shard", range(SHARDS))
def test_mutated_pdf(shard: int, two_pages: bytes, tmp_path: Path) -> None:
    numbers = range(shard, OF_THE_PDF, SHARDS)
    found = set(outcomes(tmp_path / "plan.pdf", two_pages, OF_BYTES, numbers))
    assert "plan" in found
    assert found <= {"plan", EmptyFile.__name__, NotADocument.__name__, DamagedFile.__name__}


def test_mutations_change_something_and_repeat() -> None:
    data = seed_text()
    for number in range(20):
        once, again = (mutated(data, number, OF_TEXT) for _ in range(2))
        assert once == again
        assert once != data


# ── any text at all ───────────────────────────────────────────────────────

WORDS = some.sampled_from([
    "Kế", "hoạch", "KẾ HOẠCH", "I.", "II.", "1.", "1.1.", "a)", "đ)", "-", "+", "Thời hạn:", "Chủ trì:",
    "Sản phẩm:", "UBND", "phường", "Sở Y tế", "ngày", "31/12/2024", "tháng 13", "năm 2024", "số 64/KH-UBND",
    "Quý II/2024", "Nơi nhận:", "TM.", "CHỦ TỊCH", "PHỤ LỤC", "60%", "tối thiểu", ";", ",", "(", ")",
    "Căn cứ", "Nghị định", "của", "Điều 1.", "Phần I", "NHIỆM VỤ", "Mục tiêu", "Tổ chức thực hiện",
    "Hằng quý", "20 ngày", "và", "MẬT", "KT.", "0", "\u0301",
])  # fmt: skip
LINES = some.lists(WORDS, max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=some.lists(LINES | some.text(max_size=40), max_size=30).map("\n".join))
def test_any_text_gives_a_plan_or_a_named_error(text: str, tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert outcome(file, Settings(allow_secret=True)) in {
        "plan", EmptyFile.__name__, NotADocument.__name__, NoPages.__name__,
    }  # fmt: skip
