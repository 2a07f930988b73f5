"""The end of the body: closing paragraphs, recipients and signature (phần cuối văn bản).

Decree 30/2020/NĐ-CP, Appendix I: recipients on the left, who signed on the right. Text inputs
glue the two, some offices print the recipients below, and a seal covers part of what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.folding import fold
from pipeline.outline import Closing
from pipeline.parse.appendix_openings import opens_appendix
from pipeline.parse.farewell import farewell_start, without_scrap
from pipeline.parse.likeness import find_phrase, is_capitals, is_noise, letter_count, prefix_end
from pipeline.parse.signature_values import mended_signature
from pipeline.parse.signer import (
    is_signature_line,
    opens_authority,
    person_name,
    read_signature,
    split_glued_signature,
)
from pipeline.parse.strips import Strip, strips_of
from pipeline.parse.title import is_section_heading
from pipeline.rules import load_rules
from pipeline.types import EMPTY, Paragraph, Passage, Table, join_passages

_BULLET = re.compile(r"\s*[-–—•*+~«»¬·_◦▪=“\"'.]+\s*")
_MOST_STRIPS = 45
_BACK_STRIPS = 16
_CONTINUATION = 60


@dataclass(frozen=True, slots=True)
class Tail:
    """The closing block: its parts, the blocks it covers (`start` to `end`), and what found no place.

    `start` is the first closing paragraph, or the first line of recipients or signature; `end` is the
    first block after it, where appendices begin. Without a closing block both are the first appendix's
    heading, or the number of blocks.
    """

    closing: Closing
    start: int
    end: int
    loose: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The lines of the tail by what they are (local to one call)."""

    recipients: list[Passage] = field(default_factory=list)
    signature: list[Strip] = field(default_factory=list)
    loose: list[Passage] = field(default_factory=list)
    listing: bool = False
    copied: bool = False
    """The file copy was read: the list of recipients is complete."""
    end: int = 0


def parse_tail(blocks: Sequence[Paragraph | Table], after: int = 0) -> Tail:
    """Recipients, signer and closing paragraphs in `blocks[after:]`; `after` is where the letterhead ends."""
    strips = strips_of(blocks, after)
    anchor = _anchor(strips)
    if anchor is None:
        return _farewell_alone(blocks, after)
    begin = _back_over_signature(strips, anchor)
    found = _gather(strips, begin)
    first = strips[begin].block
    start = max(farewell_start(blocks, first), after)
    main, other = _signers(found.signature)
    signed, rest = read_signature(main)
    closing = replace(
        mended_signature(signed),
        recipients=tuple(filter(None, map(clean_recipient, found.recipients))),
        farewell=tuple(without_scrap(block.passage) for block in _paragraphs(blocks[start:first])),
    )
    loose = (*found.loose, *(strip.passage for strip in other), *rest)
    return Tail(closing, start, found.end, tuple(p for p in loose if not is_noise(p.text)))


def clean_recipient(passage: Passage) -> Passage:
    """Without its dash, its final mark and the scrawl read behind it; EMPTY where only a stain is left."""
    bullet = _BULLET.match(passage.text)
    whole = passage.part(bullet.end() if bullet else 0)
    scrap = next((m for m in re.finditer(r";\s", whole.text) if _is_scrawl(whole.text[m.end() :])), None)
    inner = (whole.part(0, scrap.start()) if scrap else whole).rstrip(";.,:*#~_|-–")
    letters = letter_count(inner.text)
    return EMPTY if letters < 2 or letters * 5 < len(inner.text) * 2 else inner


def _is_scrawl(text: str) -> bool:
    """Noise, save a code of a letter and a number: "Lưu: VT, TM; D15" says how many copies were made."""
    return is_noise(text) and not re.fullmatch(r"[A-ZĐ]{1,2}\d{1,3}[.;]?", text.strip())


def _paragraphs(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph]:
    return (block for block in blocks if isinstance(block, Paragraph) and not is_noise(block.text))


def _anchor(strips: Sequence[Strip]) -> int | None:
    """The line that gives the tail away: the recipients' label, else authority, file copy or a post.

    Appendices hold forms with labels and posts of their own: the body before them is asked first.
    """
    body = next((i for i, strip in enumerate(strips) if i and opens_appendix(strip.text)), len(strips))
    for test in _ANCHORS:
        found = next((i for i in range(body) if test(strips[i])), None)
        if found is not None:
            return found
    posts = (i for i in range(body - 1, -1, -1) if is_signature_line(strips[i]))
    return next(posts, next((i for i in range(body, len(strips)) if _ANCHORS[0](strips[i])), None))


def recipients_label_end(text: str) -> int | None:
    """Where the label `Nơi nhận:` ends that opens the line; null if the line has none."""
    if _BULLET.match(text):
        return None
    for label in load_rules("closing")["recipients_label"]:
        end = prefix_end(text, label, 0.78)
        if end is not None and (":" in text[end - 1 : end + 2] or len(text) - end <= 3):
            return end
    return None


def _is_file_copy(text: str) -> bool:
    """`- Lưu: VT`: the last entry of every list of recipients."""
    bullet = _BULLET.match(text)
    word = re.split(r"[\s:.,;]", text[bullet.end() :] if bullet else text, maxsplit=1)[0]
    return any(fold(word) == fold(copy) for copy in load_rules("closing")["file_copy"])


# In this order: the surest first, wherever in the document it stands.
_ANCHORS: tuple[Callable[[Strip], bool], ...] = (
    lambda strip: recipients_label_end(strip.text) is not None,
    lambda strip: opens_authority(strip.text) and len(strip.text) <= _CONTINUATION,
    lambda strip: _BULLET.match(strip.text) is not None and _is_file_copy(strip.text),
)


def _back_over_signature(strips: Sequence[Strip], anchor: int) -> int:
    """The first line of the tail: a signature, or the other column, may stand above the anchor."""
    begin = anchor
    for index in range(anchor - 1, max(anchor - _BACK_STRIPS, -1), -1):
        strip = strips[index]
        if strip.page < strips[anchor].page - 1:
            break
        if is_signature_line(strip) or strip.column != "full" or person_name(strip.passage):
            begin = index
        elif not is_noise(strip.text):
            break
    return begin


def _gather(strips: Sequence[Strip], begin: int) -> _Gathered:
    found = _Gathered(end=strips[begin].block + 1)
    for strip in strips[begin : begin + _MOST_STRIPS]:
        if _ends_tail(strip, strips[begin], found):
            break
        if not _take(strip, found):
            break
        found.end = strip.block + 1
    return found


def _ends_tail(strip: Strip, first: Strip, found: _Gathered) -> bool:
    text = strip.text
    if opens_appendix(text) or strip.page > first.page + 1:
        return True
    if any(find_phrase(text, words, 0.85) for words in load_rules("letterhead")["national"][:1]):
        return True
    # A further page is only reached by the rest of a signature or of a list of recipients.
    return strip.page > first.page and found.copied and not _signs(strip)


def _signs(strip: Strip) -> bool:
    return is_signature_line(strip) or person_name(strip.passage) is not None


def _take(strip: Strip, found: _Gathered) -> bool:
    """Put the line where it belongs; False if it is none of the tail's."""
    label = recipients_label_end(strip.text)
    if label is not None:
        found.listing = True
        rest = strip.part(label + len(strip.text[label:]) - len(strip.text[label:].lstrip(" :.")))
        return not rest.text or _take_inline(rest, found)
    if _signs(strip) or strip.column == "right":
        found.signature.append(strip)
        return True
    recipient, signature = split_glued_signature(strip.passage)
    if signature:
        found.signature.append(replace(strip, passage=signature, column="right"))
        strip = replace(strip, passage=recipient)
    return _take_recipient(strip, found)


def _take_inline(strip: Strip, found: _Gathered) -> bool:
    """What follows the label in its own line: recipients parted by semicolons, or a signature glued on."""
    if _signs(strip):
        found.signature.append(replace(strip, column="right"))
        return True
    at = 0
    for cut in [*(match.end() for match in re.finditer(r";\s+", strip.text)), len(strip.text)]:
        _take(strip.part(at, cut), found)
        at = cut
    return True


def _take_recipient(strip: Strip, found: _Gathered) -> bool:
    text = strip.text
    if is_noise(text) and not (found.recipients and text.startswith("(")):
        return True
    dashed = _BULLET.match(text) is not None
    if dashed and not found.copied and (found.listing or strip.column == "left" or found.signature):
        found.listing = True
        found.recipients.extend(_parted(strip.passage))
    elif _goes_on(strip, found):
        _continue_recipient(strip, found)
    elif is_capitals(text) and len(text) <= _CONTINUATION and (found.signature or strip.column == "left"):
        found.signature.append(strip)
    elif strip.column == "left" and not found.copied:
        found.loose.append(strip.passage)
    else:
        return False
    found.copied = found.copied or any(_is_file_copy(p.text) for p in found.recipients[-2:])
    return True


def _goes_on(strip: Strip, found: _Gathered) -> bool:
    """Whether a line without dash belongs to the list of recipients."""
    if found.copied:
        return strip.column == "left" and not found.recipients[-1].text.rstrip().endswith(".")
    return found.listing and not is_section_heading(strip.text)


def _continue_recipient(strip: Strip, found: _Gathered) -> None:
    """The rest of a wrapped recipient, or a further one that is printed without a dash."""
    last = found.recipients[-1] if found.recipients else EMPTY
    marks = (";", ".", ":", ",") if _parted_by_commas(found.recipients[:-1]) else (";", ".", ":")
    if last and not last.text.rstrip().endswith(marks):
        found.recipients[-1] = join_passages((last, strip.passage))
    else:
        found.recipients.extend(_parted(strip.passage))


def _parted_by_commas(recipients: Sequence[Passage]) -> bool:
    """Whether the entries above end with commas, as in papers of the Party."""
    ends = [recipient.text.rstrip()[-1:] for recipient in recipients]
    return "," in ends and ";" not in ends


def _parted(passage: Passage) -> Iterator[Passage]:
    """`- A; - B;` printed in one line as two."""
    at = 0
    for match in re.finditer(r";\s*(?=[-–]\s?\w)", passage.text):
        yield passage.part(at, match.end())
        at = match.end()
    yield passage.part(at)


def _signers(strips: Sequence[Strip]) -> tuple[list[Strip], list[Strip]]:
    """The lines of the signer on the right, and those of a second one on the left."""
    right = [strip for strip in strips if strip.column == "right"]
    left = [strip for strip in strips if strip.column == "left"]
    if not any(map(is_signature_line, right)) or not any(map(is_signature_line, left)):
        return list(strips), []
    ours = [strip for strip in strips if strip.column != "left" and not _stands_under(strip, left, right)]
    return ours, [strip for strip in strips if strip not in ours]


def _stands_under(strip: Strip, left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Whether a line over both columns stands nearer to the left signer's than to the right one's."""
    box = strip.box
    if strip.column != "full" or box is None:
        return False
    x = box.centre[0]
    gaps = [min((abs(x - b.centre[0]) for s in side if (b := s.box)), default=0.0) for side in (left, right)]
    return gaps[0] < gaps[1]


def _farewell_alone(blocks: Sequence[Paragraph | Table], after: int) -> Tail:
    """A document whose signature is lost may still close with its `Trên đây là`."""
    indices = range(max(after, 1), len(blocks))
    stop = next(
        (i for i in indices if any(opens_appendix(s.text) for s in strips_of(blocks, i, i + 1))), None
    )
    end = len(blocks) if stop is None else stop
    start = max(farewell_start(blocks, end), min(after, end))
    passages = tuple(without_scrap(block.passage) for block in _paragraphs(blocks[start:end]))
    return Tail(Closing(farewell=passages), start, end)
