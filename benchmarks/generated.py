"""Documents by the thousand, made from a few sentences: the same number gives the same text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from actorgraph.schema import Claim, Document, Entity, Evidence, Extraction, Mention

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


class NameReader:
    """Finds the names above in generated documents, without a model: one claim a sentence."""

    _names = re.compile("|".join(map(re.escape, sorted(ACTORS + SYSTEMS, key=len, reverse=True))))
    _sentences = re.compile(r"[^.]+\.")

    def extract(self, document: Document, readable: object) -> Extraction:
        """Return the mentions of names, and for every sentence its first two as linked."""
        mentions: list[Mention] = []
        claims: list[Claim] = []
        for number, sentence in enumerate(self._sentences.finditer(document.text)):
            found = [
                Mention(
                    document_id=document.id,
                    start=name.start(),
                    end=name.end(),
                    text=name[0],
                    type="organization",
                    entity_id=f"organization:{name[0].lower().replace(' ', '-')}",
                    rule="lexicon",
                    sentence=number,
                    paragraph=0,
                )
                for name in self._names.finditer(document.text, *sentence.span())
            ]
            mentions += found
            claims += [
                Claim(
                    id=f"{document.id}:{a.start}",
                    subject_id=a.entity_id,
                    relation="supplies",
                    object_id=b.entity_id,
                    wording="supplied",
                    rule="first two names",
                    evidence=Evidence(
                        document_id=document.id,
                        start=sentence.start(),
                        end=sentence.end(),
                        exact=sentence[0],
                    ),
                    subject_mention=(a.start, a.end),
                    object_mention=(b.start, b.end),
                )
                for a, b in list(pairwise(found))[:1]
            ]
        entities = {m.entity_id: Entity(id=m.entity_id, name=m.text, type=m.type) for m in mentions}
        return Extraction(
            document=document,
            mentions=tuple(mentions),
            entities=tuple(entities.values()),
            claims=tuple(claims),
            sentences=len(self._sentences.findall(document.text)),
        )
