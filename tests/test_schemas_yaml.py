"""The contract: plans and plain data go out as YAML or JSON and come in again unchanged."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Plan, dump_plan, load_plan, plan_content
from schemas.block import to_block
from tests.whole_plan import WHOLE, whole


class Yaml12Loader(yaml.SafeLoader):
    """PyYAML's parser with the core schema of YAML 1.2 (10.3.2) in place of YAML 1.1's."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def float_12(self, node: Any) -> Any:
        return float(node.value)

    def int_12(self, node: Any) -> Any:
        return int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value)


for tag, pattern in [
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
]:
    Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
Yaml12Loader.add_constructor("tag:yaml.org,2002:float", Yaml12Loader.float_12)
Yaml12Loader.add_constructor("tag:yaml.org,2002:int", Yaml12Loader.int_12)


LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader), Yaml12Loader]
TRICKY = [
    # read as something else by YAML 1.1, 1.2 or both
    *("no", "No", "NO", "yes", "on", "off", "y", "n", "true", "False", "~", "null", "Null", "NULL"),
    *("08/3", "1.10", "1.1", "2024-03-08", "2024-03-08T10:00:00Z", "2024-03-08 10:00:00 +7", "1e3", "1E3"),
    *("0x1F", "0o17", "012", "0b101", "12:30:45", "12:30", "1_000", "1,000", "100", "-5", "+5", ".5", "5."),
    *(".inf", "-.INF", ".nan", "=", "<<", "1.5e+3", "190:20:30.15", "0", "-", "- ", "--- a", "...", "?", ":"),
    # break a bare scalar
    *("Lưu: VT", "cuối:", "a #b", "#a", "- gạch", "-gạch", "? a", "@a", "`a`", "!a", "&a", "*a", "%", "%a"),
    *("|", ">", ">=", "<=", "[a]", "{a}", "]", "}", ",", "'", '"', "'a'", '"a"', "a'b", 'a"b', "it's: 'x'"),
    *(" a", "a ", " ", "a\n", "\na", "a\nb", "a\n\n  b", "a\tb", "\t", "a\rb", "a\x85b", "a\u2028b"),
    *("a\xa0b", "\ufeffa", "a\u200bb", "\x00", "\x07", "\x7f", "\\", "a\\nb"),
    *("😀", "\ue000", "\uffff", "\U0010ffff"),
    *("64/KH-UBND", "III.1.3.a", "FREQ=MONTHLY;BYMONTHDAY=20", "Đặt tên: “một”, ‘hai’ – ba…", "²", "١٢"),
    "Rất dài: " + "một câu, " * 200 + "hết.",
]  # fmt: skip


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", TRICKY)
def test_tricky_text_comes_back_as_text(text: str, loader: Any) -> None:
    content = {"value": text, "list": [text, {"deep": text}], text: [[text], []]}
    written = to_block(content)
    assert yaml.load(written, Loader=loader) == content


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("number", [0, -1, 60, 92.5, 0.1, 1e-07, 1e16, 1.5e300, 2989.5, 10**20])
def test_numbers_come_back_as_numbers(number: Any, loader: Any) -> None:
    back = yaml.load(to_block({"value": number}), Loader=loader)["value"]
    assert back == number and type(back) is type(number)


texts = st.text(min_size=0, max_size=40) | st.text(alphabet="0123456789.-+:eExo_ #'\"\\\n~,", max_size=12)
plain_data = st.recursive(
    texts | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(texts, plain_data, max_size=5))
def test_any_plain_data_survives_every_loader(content: Any) -> None:
    written = to_block(content)
    for loader in LOADERS:
        assert yaml.load(written, Loader=loader) == content


def test_a_very_long_key_is_still_a_key() -> None:
    # The limit of a key on one line is 1,024 characters: unit ids come from names of any length.
    content = {"ban-" * 400: [{"a": "b"}], "là " * 500: {"c": "d"}, "x" * 1001: "e"}
    for loader in LOADERS:
        assert yaml.load(to_block(content), Loader=loader) == content


def test_the_plan_is_written_in_block_style_unescaped_and_unwrapped() -> None:
    content = whole()
    content["objectives"][0]["text"] = long = "Phủ xanh đất trống, " * 100 + "đồi trọc."
    written = dump_plan(load_plan(to_block(content)))
    assert f"- id: I.1\n  text: {long}\n" in written
    assert "  date: '2024-03-08'\n" in written
    assert "    authority: TM. ỦY BAN NHÂN DÂN\n" in written
    assert "  lead:\n  - van-phong\n" in written and "  details: []\n" in written
    assert "  - page: 1\n    box:\n    - 85.1\n    - 71\n    - 310.4\n    - 86.2\n" in written
    # Empty collections are the only flow style.
    assert not re.search(r"^[^'\"]*[\[{](?!\]|\})", re.sub(r"'[^']*'", "", written), re.MULTILINE)


def test_round_trip_gives_the_same_plan_keys_and_bytes() -> None:
    plan = load_plan(WHOLE)
    written = dump_plan(plan)
    assert written == WHOLE
    assert load_plan(written) == plan
    assert dump_plan(load_plan(written)) == written
    for loader in LOADERS:
        assert yaml.load(written, Loader=loader) == whole()
    assert list(yaml.safe_load(written)) == list(whole())
    assert list(yaml.safe_load(written)["tasks"][0]["deadline"]) == list(whole()["tasks"][0]["deadline"])


def test_key_order_of_the_file_does_not_matter_but_of_the_output_does() -> None:
    shuffled = dict(reversed(whole().items()))
    assert dump_plan(load_plan(to_block(shuffled))) == dump_plan(load_plan(to_block(whole())))


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(printable.filter(str.strip), printable.filter(str.strip))
@example("- Căn cứ: 'một' \"hai\"\n# ba", "@`%")
def test_any_text_in_a_plan_survives_yaml_and_json(first: str, second: str) -> None:
    content = whole()
    content["objectives"][0]["text"] = first
    content["tasks"][0]["title"] = second
    content["tasks"][0]["products"] = [first, second]
    content["evidence"]["tasks/III.1/title"] = [{"page": 1, "box": None, "text": first, "confidence": 1}]
    plan = Plan.model_validate(content)
    for form in ("yaml", "json"):
        written = dump_plan(plan, form)
        assert load_plan(written) == plan
        assert dump_plan(load_plan(written), form) == written
    assert yaml.load(dump_plan(plan), Loader=Yaml12Loader) == plan_content(plan)


def test_text_is_made_nfc_on_the_way_in() -> None:
    content = whole()
    content["objectives"][0]["text"] = "Tie\u0302\u0301n"
    assert load_plan(to_block(content)).objectives[0].text == "Tiến"


def test_json_in_and_out() -> None:
    plan = load_plan(to_block(whole()))
    written = dump_plan(plan, "json")
    assert load_plan(written) == plan
    assert json.loads(written) == plan_content(plan)
    assert "Kế hoạch" in written and written.endswith("}\n")


def test_flow_style_yaml_that_opens_with_a_brace_is_read_too() -> None:
    text = yaml.safe_dump(whole(), default_flow_style=True, allow_unicode=True, sort_keys=False)
    assert text.startswith("{") and load_plan(text) == load_plan(to_block(whole()))


def test_files_with_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + to_block(whole()).replace("\n", "\r\n").encode())
    assert load_plan(path) == load_plan(str(path)) == load_plan(to_block(whole()))


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_plan(tmp_path / "none.yaml")


def test_a_bare_date_is_taken_as_text() -> None:
    # A person who mends a plan by hand forgets the quotes; YAML 1.2 has no dates at all.
    text = to_block(whole()).replace("'2024-03-08'", "2024-03-08")
    assert load_plan(text).document.date == "2024-03-08"
    assert isinstance(yaml.safe_load(text)["document"]["date"], date)


def test_an_empty_text_where_null_is_allowed_becomes_null() -> None:
    content = whole()
    content["document"]["place"] = " "
    assert load_plan(to_block(content)).document.place is None


def test_whole_figures_are_written_without_a_fraction() -> None:
    content = whole()
    content["indicators"][0]["target"]["value"] = 60.0
    assert "    value: 60\n" in dump_plan(Plan.model_validate(content))


def test_plans_are_frozen() -> None:
    plan = load_plan(to_block(whole()))
    with pytest.raises(ValidationError):
        plan.tasks[0].title = "x"
