"""The contract: models, YAML and JSON in and out, partial gold, the published JSON Schema."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import schemas
from schemas import (
    InvalidPlan,
    Plan,
    UnknownSchema,
    dump_plan,
    load_gold,
    load_plan,
    plan_content,
    plan_json_schema,
)
from schemas.block import to_block
from schemas.json_schema import schema_text

WHOLE = (Path(__file__).parent / "data" / "whole.plan.yaml").read_text(encoding="utf-8")
"""A small plan with every collection filled, as `dump_plan` writes it; own wording."""


def whole() -> dict:
    return yaml.safe_load(WHOLE)


class Yaml12Loader(yaml.SafeLoader):
    """PyYAML's parser with the core schema of YAML 1.2 (10.3.2) in place of YAML 1.1's."""

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012

    def float_12(self, node):
        return float(node.value)

    def int_12(self, node):
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
def test_tricky_text_comes_back_as_text(text, loader):
    content = {"value": text, "list": [text, {"deep": text}], text: [[text], []]}
    written = to_block(content)
    assert yaml.load(written, Loader=loader) == content


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("number", [0, -1, 60, 92.5, 0.1, 1e-07, 1e16, 1.5e300, 2989.5, 10**20])
def test_numbers_come_back_as_numbers(number, loader):
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
def test_any_plain_data_survives_every_loader(content):
    written = to_block(content)
    for loader in LOADERS:
        assert yaml.load(written, Loader=loader) == content


def test_a_very_long_key_is_still_a_key():
    # The limit of a key on one line is 1,024 characters: unit ids come from names of any length.
    content = {"ban-" * 400: [{"a": "b"}], "là " * 500: {"c": "d"}, "x" * 1001: "e"}
    for loader in LOADERS:
        assert yaml.load(to_block(content), Loader=loader) == content


def test_the_plan_is_written_in_block_style_unescaped_and_unwrapped():
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


def test_round_trip_gives_the_same_plan_keys_and_bytes():
    plan = load_plan(WHOLE)
    written = dump_plan(plan)
    assert written == WHOLE
    assert load_plan(written) == plan
    assert dump_plan(load_plan(written)) == written
    for loader in LOADERS:
        assert yaml.load(written, Loader=loader) == whole()
    assert list(yaml.safe_load(written)) == list(whole())
    assert list(yaml.safe_load(written)["tasks"][0]["deadline"]) == list(whole()["tasks"][0]["deadline"])


def test_key_order_of_the_file_does_not_matter_but_of_the_output_does():
    shuffled = dict(reversed(whole().items()))
    assert dump_plan(load_plan(to_block(shuffled))) == dump_plan(load_plan(to_block(whole())))


printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60)


@settings(max_examples=100, deadline=None)
@given(printable.filter(str.strip), printable.filter(str.strip))
@example("- Căn cứ: 'một' \"hai\"\n# ba", "@`%")
def test_any_text_in_a_plan_survives_yaml_and_json(first, second):
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


def test_text_is_made_nfc_on_the_way_in():
    content = whole()
    content["objectives"][0]["text"] = "Tie\u0302\u0301n"
    assert load_plan(to_block(content)).objectives[0].text == "Tiến"


def test_json_in_and_out():
    plan = load_plan(to_block(whole()))
    written = dump_plan(plan, "json")
    assert load_plan(written) == plan
    assert json.loads(written) == plan_content(plan)
    assert "Kế hoạch" in written and written.endswith("}\n")


def test_flow_style_yaml_that_opens_with_a_brace_is_read_too():
    text = yaml.safe_dump(whole(), default_flow_style=True, allow_unicode=True, sort_keys=False)
    assert text.startswith("{") and load_plan(text) == load_plan(to_block(whole()))


def test_files_with_windows_line_ends_and_byte_order_mark(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + to_block(whole()).replace("\n", "\r\n").encode())
    assert load_plan(path) == load_plan(str(path)) == load_plan(to_block(whole()))


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_plan(tmp_path / "none.yaml")


def test_a_bare_date_is_taken_as_text():
    # A person who mends a plan by hand forgets the quotes; YAML 1.2 has no dates at all.
    text = to_block(whole()).replace("'2024-03-08'", "2024-03-08")
    assert load_plan(text).document.date == "2024-03-08"
    assert isinstance(yaml.safe_load(text)["document"]["date"], date)


@pytest.mark.parametrize("version", ["kehoach.plan/2", "kehoach.plan/1.1", "other/1", 1, None, ["a"]])
@pytest.mark.parametrize("load", [load_plan, load_gold])
def test_another_version_is_named(version, load):
    with pytest.raises(UnknownSchema) as caught:
        load(to_block({**whole(), "schema": version}))
    assert "kehoach.plan/1" in str(caught.value) and caught.value.advice


def put(content, path, value):
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


PLACE = {"page": 1, "box": None, "text": "", "confidence": 1}

# path in the file, what to put there, how the message begins, what it says
WRONG = [
    (("document", "date"), "8/3/2024", "document/date: ", "YYYY-MM-DD"),
    (("document", "date"), "20240308", "document/date: ", "YYYY-MM-DD"),  # ISO's short form
    (("document", "date"), "2023-02-29", "document/date: ", "not a calendar date"),
    (("document", "date"), "٢٠٢٤-03-08", "document/date: ", "YYYY-MM-DD"),  # Arabic digits
    (("document", "number"), 64, "document/number: ", "must be text, not a number (64); put it in quotes"),
    (("document", "number"), False, "document/number: ", "put it in quotes"),  # a bare `no`
    (("document", "recipients"), "UBND", "document/recipients: ", "must be a list, not 'UBND'"),
    (("document", "recipients", 1), None, "document/recipients[2]: ", "must be text, not null"),
    (("document", "signer"), None, "document/signer: ", "must be a mapping, not null"),
    (("document", "signer", "post"), "x", "document/signer.post: ", "is no key of the contract"),
    (("document", "period"), [], "document/period: ", "must be a mapping, not a list"),
    (("extra",), 1, "extra: ", "is no key of the contract"),
    (("tasks", 0, "leads"), [], "tasks/III.1/leads: ", "is no key of the contract"),
    (("tasks", 0, "lead"), ["so-y-te"], "tasks/III.1/lead: ", "'so-y-te', which is not in units"),
    (("tasks", 0, "lead"), ["van-phong", 7], "tasks/III.1/lead[2]: ", "must be text"),
    (("tasks", 0, "id"), "", "tasks[1]/id: ", "must not be empty"),
    (("indicators", 0, "support"), ["x"], "indicators/PL1.1/support: ", "not in units"),
    (("assignments", 0, "units"), ["x"], "assignments/IV.1/units: ", "not in units"),
    (("tasks", 0, "deadline", "kind"), "soon", "tasks/III.1/deadline.kind: ", "must be 'date', 'period'"),
    (("tasks", 0, "deadline", "recurrence"), "hằng tháng", "tasks/III.1/deadline.recurrence: ", "RRULE"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;FREQ=DAILY", "tasks/III.1/deadline", "RRULE"),
    (("tasks", 0, "deadline", "recurrence"), "RRULE:FREQ=MONTHLY", "tasks/III.1/deadline", "RRULE"),
    (("tasks", 0, "deadline", "duration"), "20 ngày", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("tasks", 0, "deadline", "duration"), "P", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("tasks", 0, "deadline", "duration"), "P5DT", "tasks/III.1/deadline.duration: ", "ISO 8601"),
    (("indicators", 0, "target", "value"), "60", "indicators/PL1.1/target.value: ", "must be a number"),
    (("indicators", 0, "target", "value"), True, "indicators/PL1.1/target.value: ", "must be a number"),
    (("indicators", 0, "target", "operator"), "≥", "indicators/PL1.1/target.operator: ", "must be '>='"),
    (("findings", 0, "severity"), "fatal", "findings[1]/severity: ", "'error', 'warning' or 'info'"),
    (("source", "sha256"), "abc", "source/sha256: ", "does not have the form"),
    (("source", "pages"), 2.5, "source/pages: ", "must be a whole number"),
    (("source", "pages"), -1, "source/pages: ", "at least 0"),
    (("evidence", "document/signer.name", 0, "box"), [1, 2], "evidence/document/signer.name[1].box", "entri"),
    (("evidence", "document/signer.name", 0, "box"), [9, 2, 3, 4], "evidence/document/signer.na", "x0 <= x1"),
    (("evidence", "document/signer.name", 0, "confidence"), 1.5, "evidence/document/signer", "at most 1"),
    (("evidence", "document/signer.name"), [], "evidence/document/signer.name: ", "at least 1 entr"),
    (("evidence", "people/1/name"), [PLACE], "evidence/people/1/name: ", "key must"),
    (("evidence", "document"), [PLACE], "evidence/document: ", "key must"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "at", "says"), WRONG)
def test_what_is_wrong_is_said_with_its_place(path, value, at, says):
    content = whole()
    put(content, path, value)
    for load in (load_plan, load_gold):
        with pytest.raises(InvalidPlan) as caught:
            load(to_block(content))
        (problem,) = caught.value.problems
        assert str(problem).startswith(at) and says in problem.message
        assert str(problem) in str(caught.value)


@pytest.mark.parametrize(
    "collection",
    ["legal_bases", "units", "objectives", "requirements", "tasks", "indicators", "assignments", "appendices",
     "sections"],
)  # fmt: skip
def test_ids_are_unique_in_their_collection(collection):
    content = whole()
    content[collection].append(copy.deepcopy(content[collection][0]))
    with pytest.raises(InvalidPlan, match=rf"{collection}/.*used 2 times"):
        load_plan(to_block(content))
    # Citations have no id, and an objective may share its id with an indicator.
    content = whole()
    content["citations"] *= 2
    content["indicators"][0]["id"] = content["objectives"][0]["id"]
    load_plan(to_block(content))


def test_every_key_must_be_there_and_each_missing_one_is_named():
    content = whole()
    del content["units"], content["tasks"][0]["products"], content["document"]["signer"]["role"]
    with pytest.raises(InvalidPlan) as caught:
        load_plan(to_block(content))
    assert {problem.at for problem in caught.value.problems} == {
        "units", "tasks/III.1/products", "document/signer.role",
    }  # fmt: skip


def test_all_problems_are_kept_and_the_message_stays_short():
    content = whole()
    content["objectives"] = [{"id": f"I.{n}", "text": n} for n in range(40)]
    with pytest.raises(InvalidPlan) as caught:
        load_plan(to_block(content))
    assert len(caught.value.problems) == 40
    assert "and 28 more" in str(caught.value) and str(caught.value).count("\n") == 13


TEN = ", ".join(["*a{0}"] * 10)

NOT_A_PLAN = [
    ("\n", "is empty"),
    ("a plan\nin prose\n", "must be a mapping"),
    ("- a\n- b\n", "must be a mapping"),
    ("a: [1\nb: 2\n", "is not valid YAML in line 2"),
    ("schema: kehoach.plan/1\ntasks: []\ntasks: []\n", "the key 'tasks' stands twice"),
    ('{"schema": "kehoach.plan/1", "tasks": [], "tasks": []}', "the key 'tasks' stands twice"),
    ("a: !!python/object:os.system x\nb: 1\n", "is not valid YAML"),
    ("a: &a [*a]\nb: 1\n", "nested more than"),  # a list that holds itself
    ("a: " + "[" * 900 + "]" * 900 + "\n", "nested more than"),
    ("a: !!set {b, c}\n", "a value of type set has no place"),
    ("1: a\nb: c\n", "must be text; put it in quotes"),
    ("a: .nan\nb: 1\n", "is not a number"),
    ("a: b\n", "schema: is missing"),
    ("\x00a: b\n", "is not valid YAML"),
    # nine lines that stand for ten thousand million values
    ("a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{TEN.format(n - 1)}]\n" for n in range(1, 10)), "values"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), NOT_A_PLAN)
def test_what_is_no_plan_at_all(text, says):
    with pytest.raises(InvalidPlan) as caught:
        load_plan(text)
    assert says in str(caught.value)


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "cu.yaml"
    path.write_bytes(to_block(whole()).encode("utf-16"))
    with pytest.raises(InvalidPlan, match=r"cu\.yaml.*\n.*UTF-8"):
        load_plan(path)


GOOD_VALUES = [
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;BYMONTHDAY=20"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=WEEKLY;BYDAY=MO,FR"),
    (("tasks", 0, "deadline", "recurrence"), "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (("tasks", 0, "deadline", "duration"), "P20D"),
    (("tasks", 0, "deadline", "duration"), "P18M"),
    (("tasks", 0, "deadline", "duration"), "PT36H"),
    (("document", "date"), "2024-02-29"),
    (("document", "period"), None),
    (("tasks", 0, "deadline"), None),
    (("tasks", 0, "title"), None),  # an unreadable cell
    (("indicators", 0, "target"), None),
    (("findings", 0, "at"), None),
    (("source", "engine"), None),
]


@pytest.mark.parametrize(("path", "value"), GOOD_VALUES)
def test_what_is_right_is_taken_by_us_and_by_a_public_validator(path, value):
    content = whole()
    put(content, path, value)
    assert plan_content(load_plan(to_block(content))) == content
    jsonschema.validate(content, plan_json_schema())


def test_an_empty_text_where_null_is_allowed_becomes_null():
    content = whole()
    content["document"]["place"] = " "
    assert load_plan(to_block(content)).document.place is None


def test_whole_figures_are_written_without_a_fraction():
    content = whole()
    content["indicators"][0]["target"]["value"] = 60.0
    assert "    value: 60\n" in dump_plan(Plan.model_validate(content))


def test_plans_are_frozen():
    plan = load_plan(to_block(whole()))
    with pytest.raises(ValidationError):
        plan.tasks[0].title = "x"  # type: ignore[misc]


# ── partial gold ──────────────────────────────────────────────────────────


def test_gold_may_leave_out_collections_and_keys_and_tells_which():
    content = whole()
    for collection in ("evidence", "source", "findings"):
        del content[collection]
    del content["document"]["signer"]["role"], content["tasks"][0]["title"]
    del content["citations"][0]["cited_in"], content["schema"]
    gold = load_gold(to_block(content))
    assert gold.left_out == (
        "document/signer.role", "tasks/III.1/title", "citations[1]/cited_in",
        "findings", "source", "evidence",
    )  # fmt: skip
    assert gold.content["tasks"][0]["lead"] == ["van-phong"] and "title" not in gold.content["tasks"][0]


def test_a_whole_plan_is_gold_with_nothing_left_out():
    assert load_gold(to_block(whole())).left_out == ()


def test_gold_that_is_partial_is_still_checked():
    content = whole()
    del content["source"]
    content["tasks"][0]["lead"] = ["so-y-te"]
    with pytest.raises(InvalidPlan, match="not in units"):
        load_gold(to_block(content))
    del content["units"]  # then the ids cannot be looked up, and stand for themselves
    load_gold(to_block(content))


# ── the published schema ──────────────────────────────────────────────────


def test_the_published_schema_is_current():
    published = Path(schemas.__file__).with_name("plan.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run python -m schemas"


def test_the_schema_is_a_schema_and_every_part_is_described():
    schema = plan_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:kehoach:plan:1" and schema["title"] and schema["description"]
    for part in [schema, *schema["$defs"].values()]:
        assert part["description"] and part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field.get("description", "").endswith("."), name
    assert set(schema["required"]) == set(whole())


# What JSON Schema cannot say: links, the calendar, corners in order, a key of a rule given twice.
OURS_ALONE = ("not in units", "x0 <= x1", "key must", "not a calendar date")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (path, value)
        for path, value, _, says in WRONG
        if not any(words in says for words in OURS_ALONE) and value != "FREQ=MONTHLY;FREQ=DAILY"
    ],
)
def test_a_public_validator_refuses_what_is_wrong(path, value):
    content = whole()
    put(content, path, value)
    assert not jsonschema.Draft202012Validator(plan_json_schema()).is_valid(content)


def test_a_public_validator_takes_the_whole_plan_and_misses_each_key():
    validator = jsonschema.Draft202012Validator(plan_json_schema())
    assert validator.is_valid(whole())
    for key in whole():
        assert not validator.is_valid({k: v for k, v in whole().items() if k != key}), key


def test_schemas_needs_nothing_of_ours_and_no_ocr_package():
    code = (
        "import sys, schemas; "
        "bad = {m.split('.')[0] for m in sys.modules} & "
        "{'pipeline', 'pytesseract', 'cv2', 'numpy', 'spacy', 'pdfplumber', 'rapidfuzz'}; print(sorted(bad))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
