"""Documents by the thousand, made from a few sentences: the same number gives the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

ACTORS = (
    "Russia", "Turkey", "Norway", "Germany", "France", "China", "Iran", "Israel", "Japan", "Poland",
    "NATO", "the European Union", "Raytheon", "Lockheed Martin", "Almaz-Antey", "Kongsberg",
)  # fmt: skip
SYSTEMS = ("S-400", "S-300", "Patriot", "NASAMS", "Iron Dome", "THAAD", "IRIS-T", "F-35", "HIMARS")
SENTENCES = (
    "{a} took delivery of the {s} in {y}.",
    "{a} supplied the {s} to {b}.",
    "Officials of {a} met a delegation of {b} to discuss the {s}.",
    "{a} may buy the {s}, a spokesman for {b} said.",
    "{a} did not deploy the {s} near the border of {b}.",
    "According to {a}, the {s} of {b} was tested in {y}.",
    "Analysts in the capital doubted that the talks would change much before the winter.",
    "The {s} replaces an older system, and {a} pays {b} for its maintenance.",
)


def texts(number: int, sentences: int = 5, seed: int = 1) -> Iterator[str]:
    """Yield so many texts, no two alike."""
    for n in range(number):
        chance = random.Random(seed * 1_000_003 + n)  # noqa: S311
        lines = []
        for template in chance.choices(SENTENCES, k=sentences):
            a, b = chance.sample(ACTORS, 2)
            year = chance.randint(1995, 2024)
            line = template.format(a=a, b=b, s=chance.choice(SYSTEMS), y=year)
            lines.append(line[0].upper() + line[1:])
        yield f"Report {n}\n\n" + " ".join(lines) + "\n"


def write_documents(folder: Path, number: int, sentences: int = 5) -> Path:
    """Write so many files of one text each, a thousand a folder."""
    for n, text in enumerate(texts(number, sentences)):
        path = folder / f"{n // 1000:04}" / f"{n:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
