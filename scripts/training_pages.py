"""Pages to learn from: sentences drawn at random from the syllable counts, set, worn and read.

The sentences mean little; they have the letters, the case, the numbers and the syllables of
administrative Vietnamese in the right shares, and nobody's text is in them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[Any]
Followers = dict[tuple[str, str], tuple[list[str], list[int]]]
Rect = tuple[float, float, float, float]

STYLES = ("Regular", "Regular", "Regular", "Regular", "Bold", "Italic", "BoldItalic")
CONDITIONS = ("clean", "office", "worn", "fax", "photographed", "faint")
_ABBREVIATIONS = (
    "UBND",
    "HĐND",
    "TTHC",
    "UBMTTQ",
    "CNTT",
    "KH-UBND",
    "QĐ-UBND",
    "CBCC",
    "VPCP",
    "BCĐ",
    "GDĐT",
)
_CODES = ("NĐ-CP", "QĐ-TTg", "KH-UBND", "NQ-CP", "TT-BTC", "QĐ-UBND", "CT-TTg", "NQ-HĐND", "KH-BCĐ", "TT-BYT")


@dataclass(frozen=True, slots=True)
class Pair:
    """A printed word and what the engine made of it, with the engine's confidence (0 to 1)."""

    printed: str
    read: str
    confidence: float
    condition: str


def sentences(followers: Followers, names: Sequence[str], seed: int) -> Iterator[list[str]]:
    """Paragraphs of 15 to 60 words without end, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        length = chance.randint(15, 60)
        history = ("|", "|")
        words: list[str] = []
        start = True
        while len(words) < length:
            options, counts = followers.get(history) or followers["|", "|"]
            token = chance.choices(options, counts)[0]
            history = (history[1], token)
            if token == "|":
                if words and words[-1][-1].isalnum():
                    words[-1] += chance.choice((",", ",", ";", ".", ":"))
                    start = words[-1].endswith((".", ":"))
                continue
            words += _printed(token, start, names, chance)
            start = False
        if chance.random() < 0.12:
            words = [word.upper() for word in words[: chance.randint(3, 12)]]
        yield words


def _printed(token: str, start: bool, names: Sequence[str], chance: random.Random) -> list[str]:
    if token == "#":
        if chance.random() < 0.4:
            date = f"{chance.randint(1, 28):02}/{chance.randint(1, 12)}/{chance.randint(2005, 2026)}"
            number = f"{chance.randint(1, 999)}/{chance.choice(_CODES)}"
            return ["số", number, "ngày", date]
        return [str(chance.randint(1, 200))]
    draw = chance.random()
    if draw < 0.015:
        return [chance.choice(_ABBREVIATIONS)]
    if draw < 0.03:
        return chance.choice(names).split()
    return [token[0].upper() + token[1:] if start or draw > 0.95 else token]


def set_page(
    paragraphs: Iterator[list[str]], dpi: int, fonts: Path, seed: int
) -> tuple[Pixels, list[tuple[str, Rect]]]:
    """One A4 page in Liberation Serif and where each word stands on it, in pixels."""
    chance = random.Random(seed)
    width, height = int(8.27 * dpi), int(11.69 * dpi)
    margin = int(0.8 * dpi)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    placed: list[tuple[str, Rect]] = []
    y = float(margin)
    while True:
        size = chance.choice((12, 13, 13, 14)) * dpi / 72
        font = ImageFont.truetype(str(fonts / f"LiberationSerif-{chance.choice(STYLES)}.ttf"), size)
        x = margin + 0.4 * dpi
        for word in next(paragraphs):
            advance = draw.textlength(word, font=font)
            if x + advance > width - margin:
                x, y = float(margin), y + size * 1.35
            if y + size * 1.4 > height - margin:
                return np.asarray(image), placed
            draw.text((x, y), word, fill=chance.randint(0, 25), font=font)
            placed.append((word, (x, y, x + advance, y + size * 1.2)))
            x += advance + size * chance.uniform(0.25, 0.33)
        y += size * 1.6


def wear(page: Pixels, condition: str, seed: int) -> Pixels:
    """The page as `condition` leaves it; the same for the same seed. Words stay where they are."""
    noise = np.random.default_rng(seed)
    worn: npt.NDArray[Any] = page.astype(np.float32)
    strength = noise.uniform(0.6, 1.0)
    if condition == "clean":
        return cv2.GaussianBlur(worn, (0, 0), 0.45).astype(np.uint8)
    if condition == "office":
        worn = cv2.GaussianBlur(worn, (0, 0), 0.7) * 0.94 + noise.normal(0, 7, page.shape)
    elif condition == "worn":
        worn = cv2.GaussianBlur(worn, (0, 0), 0.8 + 0.35 * strength)
        worn[noise.random(page.shape) < 0.004 * strength] = 40
        worn[noise.random(page.shape) < 0.02 * strength] = 235
        worn = worn * 0.9 + noise.normal(0, 16 * strength, page.shape)
    elif condition == "fax":
        small = cv2.resize(worn, None, fx=0.62, fy=0.5 + 0.12 * (1 - strength), interpolation=cv2.INTER_AREA)
        small = small + noise.normal(0, 14, small.shape)
        worn = np.where(small > 150, 255, 0).astype(np.float32)
        worn = cv2.resize(worn, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    elif condition == "photographed":
        rows = np.linspace(0.55, 1.0, page.shape[0])[:, None]
        columns = np.linspace(1.0, 0.7, page.shape[1])[None, :]
        worn = cv2.GaussianBlur(worn, (0, 0), 1.0 + 0.5 * strength) * rows * columns
        worn = worn + noise.normal(0, 6, page.shape)
    else:
        through = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]).astype(np.float32), (0, 0), 2.0)
        worn = 235 - (255 - worn) * (0.55 - 0.2 * strength) - (255 - through) * 0.12
        worn = cv2.GaussianBlur(worn.astype(np.float32), (0, 0), 0.9) + noise.normal(0, 8, page.shape)
    pixels = np.clip(worn, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 60])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def read_pairs(
    page: Pixels, placed: Sequence[tuple[str, Rect]], lang: str, dpi: int, condition: str
) -> list[Pair]:
    """Printed and read words that lie on each other and on no third."""
    config = f"--psm 6 --dpi {dpi}"
    data: dict[str, list[Any]] = pytesseract.image_to_data(
        Image.fromarray(page), lang=lang, config=config, output_type=pytesseract.Output.DICT
    )
    read = [
        (text, float(sure) / 100, (x, y, x + w, y + h))
        for text, sure, x, y, w, h in zip(
            data["text"], data["conf"], data["left"], data["top"], data["width"], data["height"], strict=True
        )
        if text.strip() and float(sure) >= 0
    ]
    over = [[i for i, (_, rect) in enumerate(placed) if _meet(rect, box)] for _, _, box in read]
    hits = [0] * len(placed)
    for covered in over:
        for index in covered:
            hits[index] += 1
    return [
        Pair(placed[covered[0]][0], text.strip(), sure, condition)
        for (text, sure, _), covered in zip(read, over, strict=True)
        if len(covered) == 1 and hits[covered[0]] == 1
    ]


def _meet(placed: Rect, box: Rect) -> bool:
    common = min(placed[2], box[2]) - max(placed[0], box[0])
    middle = (box[1] + box[3]) / 2
    return common > 0.25 * min(placed[2] - placed[0], box[2] - box[0]) and placed[1] < middle < placed[3]
