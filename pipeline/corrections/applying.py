"""Corrections into a plan: the value, the evidence (`origin: person`) and the findings it settles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.corrections.entries import Correction
from pipeline.corrections.errors import CannotCorrect
from pipeline.corrections.field_values import kept_value, kind_at, with_value
from pipeline.export.doubts import Checked, split_key
from pipeline.rules import load_rules
from schemas import Finding, Place, Plan

UNFIT = "correction-unfit"
_SEVERITIES = ("error", "warning", "info")
_SHOWN = 80
"""Letters of a value that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The corrected plan; `unfit` are the corrections that it could not take."""

    plan: Plan
    unfit: tuple[Correction, ...]


def apply(plan: Plan, corrections: Sequence[Correction]) -> Applied:
    """`plan` as it was read, with its corrections, oldest first.

    A correction fits when it was made for the same file and the field holds the value that it
    was made for, or one that corrections of this field have given it. The last one of a field
    that does not fit becomes a finding.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for one in corrections:
        known[one.key].update((_gist(one.old), _gist(one.new)))
    plan = _without_earlier_report(plan)
    unfit: dict[str, Correction] = {}
    for one in corrections:
        unfit.pop(one.key, None)
        try:
            if one.content_sha256 != plan.source.sha256:
                raise CannotCorrect("no-field", one.key)
            if _gist(kept_value(plan, one.key)) not in known[one.key]:
                raise CannotCorrect("bad-value", one.key)
            plan = corrected(plan, one)
        except CannotCorrect:
            unfit[one.key] = one
    return Applied(_reported(plan, tuple(unfit.values())), tuple(unfit.values()))


def corrected(plan: Plan, correction: Correction) -> Plan:
    """`plan` with this one correction in it, whatever the field holds.

    Raises:
        CannotCorrect: if there is no such field, or the value is none of the contract's.
    """
    known = {unit.id for unit in plan.units}
    key = correction.key
    plan = with_value(plan, key, correction.new)
    places = _places(plan, correction)
    evidence = {**plan.evidence, key: places}
    for unit in plan.units:
        if unit.id not in known:
            evidence[f"units/{unit.id}/name"] = (places[0].model_copy(update={"text": unit.name}),)
    findings = tuple(one for one in plan.findings if not _settles(correction, one))
    return plan.model_copy(update={"evidence": evidence, "findings": findings})


def undone(plan: Plan, corrections: Sequence[Correction]) -> Plan:
    """`plan` as it was read, with all corrections but the last."""
    *rest, last = corrections
    with suppress(CannotCorrect):
        if _gist(kept_value(plan, last.key)) == _gist(last.new) != _gist(last.old):
            # Someone wrote the plan file by other means: what we take for the reading was corrected.
            plan = with_value(plan, last.key, last.old)
    return apply(plan, rest).plan


def shown(value: Any) -> str:
    """A kept value as a person reads it: a deadline or target by its text, a list by its entries."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _gist(value: Any) -> str:
    """Equal for values that were read from the same words: what follows from a deadline's text may
    be told better by a later version."""
    if isinstance(value, dict):
        value = value.get("text")
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, sort_keys=True)


def _places(plan: Plan, correction: Correction) -> tuple[Place, ...]:
    """The field's places as sure as can be; text and box stay those of the page."""
    words = shown(correction.new)
    if correction.place is not None:
        at = correction.place
        return (Place(page=at.page, box=at.box, text=words, confidence=1.0, origin="person"),)
    key = correction.key
    known = plan.evidence.get(key) or plan.evidence.get(key.rpartition(".")[0])
    if known:
        return tuple(place.model_copy(update={"confidence": 1.0, "origin": "person"}) for place in known)
    collection, item, _ = split_key(key)
    near = Checked(plan).place(f"{collection}/{item}" if item else collection)
    page = near.page if near else 1
    return (Place(page=page, box=None, text=words, confidence=1.0, origin="person"),)


def _settles(correction: Correction, finding: Finding) -> bool:
    """A person's word on a field ends the doubts about it; that a paper is secret, or no plan, stays
    until the value is another."""
    if finding.at is None or finding.code == UNFIT:
        return finding.at == correction.key
    at = finding.at == correction.key or finding.at.startswith(f"{correction.key}.")
    return at and not (finding.severity == "error" and correction.accepted)


def _without_earlier_report(plan: Plan) -> Plan:
    findings = tuple(one for one in plan.findings if one.code != UNFIT)
    return plan if len(findings) == len(plan.findings) else plan.model_copy(update={"findings": findings})


def _reported(plan: Plan, unfit: Sequence[Correction]) -> Plan:
    if not unfit:
        return plan
    rule = load_rules("findings")[UNFIT]
    found = [
        Finding(
            severity=rule["severity"],
            code=UNFIT,
            at=one.key,
            message=rule["vi"].format(
                at=one.key, old=_quoted(one.old), new=_quoted(one.new), now=_now(plan, one.key)
            ),
        )
        for one in unfit
    ]
    ordered = sorted((*plan.findings, *found), key=lambda finding: _SEVERITIES.index(finding.severity))
    return plan.model_copy(update={"findings": tuple(ordered)})


def _now(plan: Plan, key: str) -> str:
    try:
        kind_at(plan, key)
    except CannotCorrect:
        return ""
    return _quoted(kept_value(plan, key))


def _quoted(value: Any) -> str:
    words = shown(value)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
