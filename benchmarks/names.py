"""How well names are found: traps by family, recall of designations, and what it costs.

Run ``python benchmarks/names.py``; with ``--failures`` every wrong sentence is printed with what
was found in it, with ``--speed`` the cost of finding names is measured against the parser's, with
``--dev`` the development sets beside the checkout are scored. The data, ``traps.toml``,
``designations.toml`` and ``coreference.toml`` under ``tests/data``, say how they are read.
"""

from __future__ import annotations

import argparse
import gc
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import actorgraph as ag
from actorgraph.schema import Extraction, Mention

if TYPE_CHECKING:
    from actorgraph.extract.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
"""Development sets and a larger corpus, where they lie beside the checkout."""

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_SAMPLE = 60
_ROUNDS = 3

Stretch = str | Sequence[str]
Span = tuple[int, int]


class Problem(NamedTuple):
    """What is wrong with one sentence."""

    kind: str
    """missing, type, id, kind, split, merged or forbidden."""
    detail: str


@dataclass(frozen=True, slots=True)
class Trap:
    """One sentence of ``traps.toml``."""

    family: str
    text: str
    expect: Sequence[Mapping[str, Any]] = ()
    same: Sequence[Sequence[Stretch]] = ()
    apart: Sequence[Sequence[Stretch]] = ()
    forbid: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Designation:
    """One name of ``designations.toml`` in its sentence."""

    system: Stretch
    sentence: str
    same_as: str | None = None

    @property
    def name(self) -> str:
        """The form to show."""
        return _options(self.system)[0]


def load_traps(path: Path = DATA / "traps.toml") -> list[Trap]:
    """Read the trap sentences."""
    return [Trap(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["trap"]]


@dataclass(frozen=True, slots=True)
class Reference:
    """One text of ``coreference.toml``: whom its pronouns and descriptions stand for, or no one."""

    text: str
    links: Sequence[tuple[Stretch, Stretch]] = ()
    none: Sequence[Stretch] = ()


def load_references(path: Path = DATA / "coreference.toml") -> list[Reference]:
    """Read the pronouns and descriptions."""
    return [Reference(**row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def load_designations(path: Path = DATA / "designations.toml") -> list[Designation]:
    """Read the names of systems."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["designation"]
    return [Designation(**row) for row in rows]


def spans_of(text: str, stretch: Stretch, *, whole: bool = False) -> list[Span]:
    """Where a stretch stands: all its occurrences, or the one that ``#n`` names.

    Args:
        text: The sentence.
        stretch: As in the data: ``"Ivanov"``, ``"Ivanov#2"`` or a list of such.
        whole: Leave out the occurrences that begin a longer designation.
    """
    tail = r"(?!\w|[-‐‑–]\w)" if whole else r"(?!\w)"
    found = []
    for option in _options(stretch):
        form, _, ordinal = option.partition("#") if option[-1:].isdigit() else (option, "", "")
        head, end = (r"(?<!\w)" if form[0].isalnum() else "", tail if form[-1].isalnum() else "")
        spans = [m.span() for m in re.finditer(head + re.escape(form) + end, text)]
        found += spans[int(ordinal) - 1 : int(ordinal)] if ordinal else spans
    return found


def judge(trap: Trap, found: Extraction) -> list[Problem]:
    """Everything that is wrong with what was found in a sentence; nothing if it is right."""
    at = _by_span(found.mentions, trap.text)
    problems = [p for wanted in trap.expect if (p := _check(wanted, at, trap.text))]
    for group in trap.same:
        ids = [{m.entity_id for m in _exact(at, trap.text, part)} for part in group]
        if not set.intersection(*ids):
            problems.append(Problem("split", " | ".join(_options(part)[0] for part in group)))
    for group in trap.apart:
        for a, b in combinations(group, 2):
            shared = _ids_over(at, trap.text, a) & _ids_over(at, trap.text, b)
            problems += [
                Problem("merged", f"{_options(a)[0]} | {_options(b)[0]} as {i}")
                for i in sorted(shared)
            ]
    for banned in trap.forbid:
        problems += _violations(banned, at, trap.text)
    return problems


def _check(
    wanted: Mapping[str, Any], at: Sequence[tuple[Span, Mention]], text: str
) -> Problem | None:
    """The first thing wrong with the mention that is expected."""
    name = _options(wanted["text"])[0]
    candidates = _exact(at, text, wanted["text"])
    if not candidates:
        return Problem("missing", f"{name} ({wanted['type']})")
    for field, of in (("type", "type"), ("id", "entity_id"), ("kind", "kind")):
        if field in wanted:
            seen = sorted({str(getattr(m, of)) for m in candidates})
            candidates = [m for m in candidates if getattr(m, of) == wanted[field]]
            if not candidates:
                return Problem(field, f"{name}: {wanted[field]}, found {', '.join(seen)}")
    return None


def _violations(
    banned: Mapping[str, str], at: Sequence[tuple[Span, Mention]], text: str
) -> Iterator[Problem]:
    spans = [m.span() for m in re.finditer(re.escape(banned.get("text", "")), text)]
    for (start, end), mention in at:
        if (
            banned.get("type", mention.type) == mention.type
            and banned.get("id", mention.entity_id) == mention.entity_id
            and banned.get("contains", "") in text[start:end]
            and ("text" not in banned or any(s < end and start < e for s, e in spans))
        ):
            kind = "id" if "id" in banned else "forbidden"
            yield Problem(kind, f"{mention.text} as {mention.entity_id} ({mention.rule})")


def _options(stretch: Stretch) -> Sequence[str]:
    return [stretch] if isinstance(stretch, str) else stretch


def _by_span(mentions: Iterable[Mention], text: str) -> list[tuple[Span, Mention]]:
    """Mentions under their span without a leading article."""
    spans = []
    for mention in mentions:
        article = _ARTICLE.match(text, mention.start, mention.end)
        spans.append(((article.end() if article else mention.start, mention.end), mention))
    return spans


def _exact(at: Sequence[tuple[Span, Mention]], text: str, stretch: Stretch) -> list[Mention]:
    wanted = spans_of(text, _bare(stretch))
    return [mention for span, mention in at if span in wanted]


def _bare(stretch: Stretch) -> list[str]:
    return [_ARTICLE.sub("", option, count=1) if _ARTICLE.match(option) else option
            for option in _options(stretch)]  # fmt: skip


def _ids_over(at: Sequence[tuple[Span, Mention]], text: str, stretch: Stretch) -> set[str]:
    wanted = spans_of(text, stretch, whole=True)
    return {m.entity_id for (s, e), m in at if any(s < end and start < e for start, end in wanted)}


def show(found: Extraction) -> str:
    """The mentions of a sentence in one line."""
    return "; ".join(f"{m.text} = {m.entity_id} ({m.rule})" for m in found.mentions) or "nothing"


def report_traps(failures: bool) -> int:
    """Print right and wrong sentences by family; return how many designations were merged."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    merged, wrong = 0, []
    for trap in load_traps():
        found = ag.extract(trap.text)
        problems = judge(trap, found)
        total[trap.family] += 1
        right[trap.family] += not problems
        kinds.update(problem.kind for problem in problems)
        merged += sum(_is_merge(problem) for problem in problems)
        if problems:
            wrong.append((trap, found, problems))
    print("family               right    of")
    for family, count in total.items():
        print(f"{family:20} {right[family]:5} {count:5}")
    everything = total.total()
    print(f"{'all':20} {right.total():5} {everything:5}   {right.total() / everything:.1%}")
    print("problems: " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    if failures:
        for trap, found, problems in wrong:
            print(f"\n[{trap.family}] {trap.text}")
            for problem in problems:
                print(f"  {problem.kind}: {problem.detail}")
            print(f"  found: {show(found)}")
    return merged


def _is_merge(problem: Problem) -> bool:
    """Whether a designation stands for another system than it names."""
    return problem.kind in ("merged", "id") and bool(re.search(r"\d.*system:", problem.detail))


def known_ids(entry: Designation, gazetteer: Gazetteer) -> set[str]:
    """The systems of the lexicon that go by one of the entry's forms."""
    return {
        name.entity.id
        for form in _options(entry.system)
        for match in gazetteer.find(form)
        if (match.start, match.end) == (0, len(form))
        for name in match.names
        if name.entity.type == "system"
    }


def withheld_ids(entries: Sequence[Designation], gazetteer: Gazetteer) -> set[str]:
    """The entities taken out of the lexicon: those of every second name of the list."""
    return {i for entry in entries[1::2] for i in known_ids(entry, gazetteer)}


def reader_without(ids: Collection[str]) -> Callable[[str], Extraction]:
    """Extraction with a lexicon that was loaded without some of its entities."""
    from actorgraph.extract.extractor import Extractor
    from actorgraph.extract.gazetteer import load_lexicon
    from actorgraph.extract.language import load_nlp
    from actorgraph.extract.stating.triggers import load_relations
    from actorgraph.ingest import read_text, readable

    extractor = Extractor(load_nlp(), load_lexicon(without=ids), load_relations())
    return lambda text: extractor.extract(read_text(text), readable)


def is_found(entry: Designation, found: Extraction) -> bool:
    """Whether a system is found with exactly the entry's span."""
    at = _by_span(found.mentions, entry.sentence)
    return any(m.type == "system" for m in _exact(at, entry.sentence, entry.system))


def report_designations(failures: bool) -> int:
    """Print the recall of designations; return how many pairs of them became one system."""
    from actorgraph.extract.gazetteer import load_lexicon

    gazetteer = load_lexicon().gazetteer
    entries = load_designations()
    listed = {entry.name for entry in entries if known_ids(entry, gazetteer)}
    found = {entry.name: ag.extract(entry.sentence) for entry in entries}
    print("\ndesignations         right    of   recall, exact span")
    _print_recall(entries, found, {"in the lexicon": listed}, "by grammar alone", failures)
    without = withheld_ids(entries, gazetteer)
    read = reader_without(without)
    held = {entry.name for entry in entries if known_ids(entry, gazetteer) & without}
    print("\nwith every second name taken out of the lexicon")
    blind = {entry.name: read(entry.sentence) for entry in entries}
    groups = {"taken out": held, "left in the lexicon": listed - held}
    _print_recall(entries, blind, groups, "never in it", failures)
    return _print_merged(entries, found)


def _print_recall(
    entries: Sequence[Designation],
    found: Mapping[str, Extraction],
    groups: Mapping[str, Collection[str]],
    others: str,
    failures: bool,
) -> None:
    """Print how many names of each group are found, of the rest and of all; then the failures."""
    hits = {entry.name: is_found(entry, found[entry.name]) for entry in entries}
    grouped = set().union(*groups.values())
    rows = {**groups, others: hits.keys() - grouped, "all": hits.keys()}
    for label, members in rows.items():
        right = sum(hits[name] for name in members)
        print(f"{label:20} {right:5} {len(members):5}   {right / len(members):.1%}")
    for entry in entries if failures else ():
        if not hits[entry.name]:
            print(f"\n{entry.name}: {entry.sentence}\n  found: {show(found[entry.name])}")


def _print_merged(entries: Sequence[Designation], found: Mapping[str, Extraction]) -> int:
    """Print the pairs that became one system, and return how many they are."""
    identity = {
        e.name: {
            i
            for i in _ids_over(_by_span(found[e.name].mentions, e.sentence), e.sentence, e.system)
            if i.startswith("system:")
        }
        for e in entries
    }
    pairs = [
        (a.name, b.name, shared)
        for a, b in combinations(entries, 2)
        if (shared := identity[a.name] & identity[b.name])
        and a.same_as != b.name
        and b.same_as != a.name
    ]
    for a, b, shared in pairs:
        print(f"  one system: {a} and {b} as {', '.join(sorted(shared))}")
    return len(pairs)


class Links(NamedTuple):
    """Pronouns and descriptions of some texts: what was linked, and what should be."""

    right: int
    made: int
    wanted: int
    wrong: tuple[str, ...]


def judge_references(reference: Reference, found: Extraction) -> Links:
    """Count the links of a text; every one that is made and not wanted is wrong."""
    at = _by_span(found.mentions, reference.text)
    made = {(m.start, m.end): m.entity_id for m in found.mentions if m.rule == "coreference"}
    wanted = {}
    for stretch, name in reference.links:
        names = {m.entity_id for m in _exact(at, reference.text, name) if m.rule != "coreference"}
        wanted[spans_of(reference.text, stretch)[0]] = names
    right = sum(made.get(span) in names for span, names in wanted.items())
    wrong = [
        f"{reference.text[start:end]} as {entity}: {reference.text}"
        for (start, end), entity in made.items()
        if entity not in wanted.get((start, end), ())
    ]
    return Links(right, len(made), len(wanted), tuple(wrong))


def count_links(judged: Iterable[Links]) -> Links:
    """The links of several texts together."""
    rows = list(judged)
    right, made, wanted = (sum(row[column] for row in rows) for column in range(3))
    return Links(right, made, wanted, tuple(line for row in rows for line in row.wrong))


def report_references(failures: bool) -> None:
    """Print the precision and recall of pronouns and descriptions."""
    links = count_links(judge_references(r, ag.extract(r.text)) for r in load_references())
    print(
        f"\npronouns and descriptions: precision {links.right / links.made:.1%} of {links.made}, "
        f"recall {links.right / links.wanted:.1%} of {links.wanted}"
    )
    for line in links.wrong if failures else ():
        print(f"  {line}")


def report_speed() -> None:
    """Print the cost of finding names beside that of parsing the same text in the same run."""
    from actorgraph.extract.gazetteer import load_lexicon
    from actorgraph.extract.language import load_nlp
    from actorgraph.extract.mentions import find_mentions
    from actorgraph.extract.reading import Reading
    from actorgraph.extract.stating.cues import load_cues
    from actorgraph.ingest import read_documents, readable

    gc.freeze()  # as in a fresh process: what the traps left behind is not walked again
    loads = [_seconds(load_lexicon)[0] for _ in range(_ROUNDS)]
    lexicon, cues, nlp = load_lexicon(), load_cues(), load_nlp()
    has_vectors = nlp.vocab.vectors.size

    def is_word(word: str) -> bool:
        return nlp.vocab.has_vector(word) if has_vectors else True

    with tempfile.TemporaryDirectory() as folder:
        documents = list(read_documents(_corpus(Path(folder))))
    documents = documents[:: max(1, len(documents) // _SAMPLE)]
    characters = sum(len(document.text) for document in documents)
    shares, parsing, finding = [], 0.0, 0.0
    for _ in range(_ROUNDS):
        parsing = finding = 0.0
        for document in documents:
            texts = [readable(document, passage) for passage in document.passages]
            parsed, docs = _seconds(lambda texts=texts: list(nlp.pipe(texts, batch_size=256)))
            readings = [
                Reading(number, passage.start, passage.kind, passage.speaker, text, doc)
                for number, (passage, text, doc) in enumerate(
                    zip(document.passages, texts, docs, strict=True)
                )
            ]
            found, _ = _seconds(
                lambda readings=readings: find_mentions(readings, lexicon, cues, is_word)
            )
            parsing, finding = parsing + parsed, finding + found
        shares.append(finding / parsing)
    print(f"\nlexicon: {statistics.median(loads):.2f} s to load, {len(lexicon.entities)} entities")
    print(
        f"names: {statistics.median(shares):.1%} on top of the parser "
        f"({', '.join(f'{share:.1%}' for share in shares)}); {len(documents)} documents, "
        f"{characters} characters, parser {characters / parsing:.0f} a second of CPU, "
        f"names {characters / finding:.0f}"
    )


def _seconds(call: Callable[[], Any]) -> tuple[float, Any]:
    """CPU time of a call, and its result."""
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def _corpus(folder: Path) -> list[Path]:
    """The seeds, and the larger corpus where there is one."""
    archive = SHARED / "corpus" / "briefings.tar.gz"
    if not archive.exists():
        return [ROOT / "seeds"]
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return [ROOT / "seeds", folder]


def report_dev() -> None:
    """Print the scores on the development sets, where they lie beside the checkout."""
    script = SHARED / "eval" / "run_dev.py"
    if script.exists():
        print(flush=True)
        subprocess.run([sys.executable, script.name], cwd=script.parent, check=True)  # noqa: S603


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--failures", action="store_true", help="print what is wrong, and why")
    parser.add_argument("--speed", action="store_true", help="measure the cost of finding names")
    parser.add_argument("--dev", action="store_true", help="score the development sets as well")
    arguments = parser.parse_args()
    merged = report_traps(arguments.failures)
    pairs = report_designations(arguments.failures)
    report_references(arguments.failures)
    print(f"\nwrong merges of designations: {merged} in traps, {pairs} pairs in the list")
    if arguments.speed:
        report_speed()
    if arguments.dev:
        report_dev()


if __name__ == "__main__":
    main()
