"""Build the data of `pipeline.language`: n-gram counts, channels, place names.

    python scripts/build_language_model.py places
    python scripts/build_language_model.py channel --lang eng --data COUNTS_FOLDER --pages 60
    python scripts/build_language_model.py channel --lang vie --data COUNTS_FOLDER --pages 60
    python scripts/build_language_model.py counts --data COUNTS_FOLDER

In this order: channels are learned with place names, counts are cleaned by the channel's slips.

Sources. COUNTS_FOLDER holds unigrams, bigrams and trigrams (.tsv.gz: words, tab, count) of 35.6
million tokens of Vietnamese codified laws, gazettes and administrative documents from public
repositories. Place names, before and after the reorganisation of July 2025, are those of the
package `vietnamadminunits` 1.0.4 (MIT licence; only its data files are read). Phrases come from
`pipeline/rules`. Channels are learned from pages set in Liberation Serif 2 with sentences drawn
at random from the counts, worn, and read here with Tesseract; no document is learned from.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import files as files_of
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.language.channel import learn, load_channel, write_channel
from pipeline.language.ngrams import packed_arrays
from pipeline.language.tokens import VIETNAMESE_LETTERS, bare
from pipeline.rules import load_rules
from pipeline.syllables import is_syllable
from scripts.clean_counts import cleaned, usual_slips
from scripts.training_pages import CONDITIONS, Followers, Pair, read_pairs, sentences, set_page, wear

DATA = Path(__file__).resolve().parents[1] / "pipeline" / "language" / "data"
FONTS = Path("/usr/share/fonts/truetype/liberation2")
PLACES = "vietnamadminunits"
PHRASE_RULES = ("fields", "columns", "sections", "letterhead", "closing", "document_types", "units")
Grams = Counter[tuple[str, ...]]

_PLACE_WEIGHT = {"tỉnh": 60, "thành": 60, "huyện": 12, "quận": 12, "thị": 8}
_PHRASE_WEIGHT = 25
_OFFICE_WEIGHT = 60
_LEAST_TRIGRAM = 4


def main() -> None:
    """Build one part, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["counts", "places", "channel"])
    parser.add_argument("--data", type=Path, help="folder of the syllable counts")
    parser.add_argument("--lang", choices=["eng", "vie"], default="eng")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--fonts", type=Path, default=FONTS)
    parser.add_argument("--pairs", type=Path, help="keep the pairs read in this file, or read them from it")
    given = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    if given.what == "places":
        write_places()
    elif given.what == "counts":
        write_counts(given.data)
    else:
        write_channel_of(given)


# ── places ────────────────────────────────────────────────────────────────


def write_places() -> None:
    """All units of both reorganisations, one a line, sorted, gzip."""
    names = sorted(set(_place_names()))
    (DATA / "places.txt.gz").write_bytes(gzip.compress("\n".join(names).encode("utf-8"), 9, mtime=0))
    print(len(names), "places")


def _place_names() -> Iterator[str]:
    for entry in files_of(PLACES) or ():
        if entry.name in ("parser_legacy.json", "parser_from_2025.json"):
            yield from _names_in(json.loads(Path(str(entry.locate())).read_text(encoding="utf-8")))


def _names_in(node: Any) -> Iterator[str]:
    if not isinstance(node, dict):
        return
    for key in ("province", "district", "ward"):
        name = node.get(key)
        if isinstance(name, str) and " " in name:
            yield name
    for below in node.values():
        yield from _names_in(below)


def read_places() -> list[str]:
    """The names as `write_places` left them."""
    return gzip.decompress((DATA / "places.txt.gz").read_bytes()).decode("utf-8").split("\n")


# ── counts ────────────────────────────────────────────────────────────────


def write_counts(folder: Path) -> None:
    """The counts with place names and phrases added, and without what was never printed."""
    kept = {gram[0]: count for gram, count in _grams(folder / "unigrams.tsv.gz") if _wanted(gram[0], count)}
    two = Counter({gram: n for gram, n in _grams(folder / "bigrams.tsv.gz") if _all_in(gram, kept)})
    trigrams = ((gram, n) for gram, n in _grams(folder / "trigrams.tsv.gz") if n >= _LEAST_TRIGRAM)
    three = Counter({gram: n for gram, n in trigrams if _all_in(gram, kept)})
    slips = usual_slips(load_channel("vietnamese"), set(kept))
    two, three = cleaned(two, slips, kept), cleaned(three, slips, kept)
    ones: Counter[str] = Counter(kept)
    for phrase, weight in _phrases():
        words = phrase.split()
        padded = ["|", *words, "|"]
        ones.update(dict.fromkeys(padded, weight))
        two.update(dict.fromkeys(pairwise(padded), weight))
        three.update(dict.fromkeys(zip(padded, padded[1:], padded[2:], strict=False), weight))
    arrays = packed_arrays(ones, two, three)
    np.savez_compressed(DATA / "syllables.npz", **arrays)
    print(len(ones), len(two), len(three), (DATA / "syllables.npz").stat().st_size)


def _grams(path: Path) -> Iterator[tuple[tuple[str, ...], int]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words, count = line.rstrip("\n").split("\t")
            yield tuple(words.split()), int(count)


def _wanted(word: str, count: int) -> bool:
    """Syllables, and the abbreviations and foreign words that are frequent enough to be meant."""
    if word in "|#":
        return True
    return count >= (8 if is_syllable(word) else 40) and bool(re.fullmatch(r"[^\W\d_]{1,12}", word))


def _all_in(gram: tuple[str, ...], kept: dict[str, int]) -> bool:
    return all(word in kept for word in gram)


def _phrases() -> Iterator[tuple[str, int]]:
    for name in read_places():
        words = bare(name)
        yield words, _PLACE_WEIGHT.get(words.split()[0], 4)
    for text in _office_phrases():
        yield bare(text), _OFFICE_WEIGHT
    for rules in PHRASE_RULES:
        for text in _texts(load_rules(rules)):
            words = bare(text)
            if len(words.split()) > 1 and all(map(is_syllable, words.split())) and words != text.upper():
                yield words, _PHRASE_WEIGHT


def _office_phrases() -> Iterator[str]:
    """The wordings of plans: those listed, levels of administration, field labels."""
    language, fields = load_rules("language"), load_rules("fields")
    yield from language["phrases"]
    for before in language["before_a_level"]:
        yield from (f"{before} {level}" for level in language["levels"])
    for role in fields["roles"].values():
        for duty in role.get("duties", ()):
            yield from (f"{head} {duty}" for head in fields["heads"])


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


# ── channels ──────────────────────────────────────────────────────────────


def write_channel_of(given: argparse.Namespace) -> None:
    """Set, wear and read pages; learn; write."""
    if given.pairs and given.pairs.exists():
        pairs = _pairs_from(given.pairs)
    else:
        pairs = list(_read_pages(given))
        if given.pairs:
            rows = (
                f"0\t{pair.condition}\t{pair.confidence:.3f}\t{pair.printed}\t{pair.read}" for pair in pairs
            )
            given.pairs.write_text("\n".join(rows), encoding="utf-8")
    counts: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        printed, read = _core(pair.printed), _core(pair.read)
        if printed.isalpha() and 0 < len(read) <= 2 * len(printed) + 2:
            counts[printed, read] += 1
    name = "english" if given.lang == "eng" else "vietnamese"
    channel = learn(counts, VIETNAMESE_LETTERS)
    if given.lang == "eng":
        channel = channel.with_families().with_shapes(load_rules("language")["shapes"])
    write_channel(channel, DATA / f"channel.{name}.json.gz")
    print(name, sum(counts.values()), "words", len(counts), "pairs")


def _core(word: str) -> str:
    return word.strip(".,;:()\"'“”‘’[]")


def _read_pages(given: argparse.Namespace) -> Iterator[Pair]:
    source = sentences(_followers(given.data), read_places(), 7 if given.lang == "eng" else 11)
    for page in range(given.pages):
        english = given.lang == "eng"
        seed = (1000 if english else 5000) + page
        dpi = (200, 300, 200, 150)[page % 4] if english else 200
        mild = ("clean", "office", "worn", "clean", "photographed")
        condition = mild[page % 5] if english else CONDITIONS[page % len(CONDITIONS)]
        pixels, placed = set_page(source, dpi, given.fonts, seed)
        yield from read_pairs(wear(pixels, condition, seed), placed, given.lang, dpi, condition)


def _pairs_from(path: Path) -> list[Pair]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return [Pair(row[3], row[4], float(row[2]), row[1]) for row in rows]


def _followers(folder: Path) -> Followers:
    """What comes after two syllables and how often, flattened so that rare letters are seen too."""
    followers: Followers = {}
    for (first, second, third), count in _grams(folder / "trigrams.tsv.gz"):
        if count >= 12 and (third in "|#" or is_syllable(third)):
            options, counts = followers.setdefault((first, second), ([], []))
            options.append(third)
            counts.append(int(count**0.7))
    return followers


if __name__ == "__main__":
    main()
