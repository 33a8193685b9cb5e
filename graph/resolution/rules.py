"""The rules that find one entity behind several ids, in the order they are asked.

Each looks at the whole corpus through its `Clusters`, merges what it is sure of, and notes what it
leaves apart. No rule compares all names with all others: candidates share a key. Names told
apart by digits or a single-letter suffix (*PAC-2*, *PAC-3*) merge only when equal after folding;
similarity is asked for surnames only, which have neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from ...schema import EntityType
from .census import Node
from .clusters import Clusters
from .persons import PersonName, may_be_one, parse_person, transliteration_key
from .spelling import fold, is_acronym, is_designation

Rule = Callable[[Clusters], None]

MAJORITY = 0.75
"""Share of mentions at which a name typed in several ways takes one type."""
SIMILARITY = 90
"""Least similarity (rapidfuzz ratio) of two transliterations of one surname."""
NEAR = 80
"""Similarity from which two names that were kept apart are worth a note."""
_WINDOW = 8
"""Neighbours, in sorted order, that a name is compared with for such notes."""

_ACRONYM_TYPES = (EntityType.ORGANIZATION, EntityType.SYSTEM, EntityType.AGREEMENT)


def same_name(clusters: Clusters) -> None:
    """One type, one name: spellings that differ in case, accents, dashes, articles and the like."""
    for roots in _shared(clusters, lambda root: (clusters.node(root).type, _key(clusters, root))):
        known = [root for root in roots if clusters.in_lexicon(root)]
        if len(known) > 1:
            clusters.note_apart(roots, "the lexicon knows several of that name")
            continue
        kept = clusters.best(roots)
        for root in roots:
            detail = f"{_name(clusters, root)!r} and {_name(clusters, kept)!r} are one name"
            clusters.merge(root, kept, "same name", detail)


def abbreviation(clusters: Clusters) -> None:
    """A bare acronym is what documents spell it out as, if all that do agree."""
    for root in clusters.roots():
        node = clusters.node(root)
        if node.type not in _ACRONYM_TYPES or node.in_lexicon or not is_acronym(node.name):
            continue
        spelled_out = clusters.census.acronyms.get(fold(node.name), {})
        found = sorted({clusters.find(name) for name in spelled_out} - {root})
        found = [other for other in found if clusters.node(other).type in _ACRONYM_TYPES]
        same_type = [other for other in found if clusters.node(other).type == node.type]
        candidates = same_type or found
        if len(candidates) == 1:
            documents = sorted({number for name in spelled_out for number in spelled_out[name]})
            times = f"{len(documents)} document{'s' if len(documents) > 1 else ''}"
            detail = (
                f"{node.name!r} is spelled out as {_name(clusters, candidates[0])!r} in {times}"
            )
            clusters.merge(root, candidates[0], "abbreviation", detail)
        elif candidates:
            _leave_unclear(clusters, root, candidates, "abbreviation", "both have that acronym")


def person_name(clusters: Clusters) -> None:
    """Full names that agree: *D. Rogozin*, *Dmitry O. Rogozin*; none of them fits two people."""
    blocks: dict[tuple[str, str], dict[str, PersonName]] = {}
    for root, name in _full_names(clusters).items():
        blocks.setdefault((name.surname, name.given[0]), {})[root] = name
    for _, names in sorted(blocks.items()):
        _merge_agreeing(clusters, names, may_be_one, "person name", "agrees with")


def transliteration(clusters: Clusters) -> None:
    """Equal given names and two Latin spellings of one surname: *Zelensky*, *Zelenskyy*."""
    blocks: dict[tuple[str, str], dict[str, PersonName]] = {}
    for root, name in _full_names(clusters).items():
        if len(name.given) > 1 and len(name.surname) >= 6:
            key = name.given, transliteration_key(name.surname)
            blocks.setdefault(key, {})[root] = name
    for _, names in sorted(blocks.items()):
        _merge_agreeing(clusters, names, _is_transliteration, "transliteration", "is spelled like")


def family_name_first(clusters: Clusters) -> None:
    """One name in both orders: *Kishida Fumio*, *Fumio Kishida*."""
    orders: dict[tuple[str, str], list[str]] = {}
    for root, name in _full_names(clusters).items():
        if not name.middle and len(name.given) > 1 and name.given != name.surname:
            first, second = sorted((name.given, name.surname))
            orders.setdefault((first, second), []).append(root)
    for roots in orders.values():
        kept = clusters.best(roots)
        for root in roots:
            detail = f"{_name(clusters, root)!r} is {_name(clusters, kept)!r} in another order"
            clusters.merge(root, kept, "family name first", detail)


def surname(clusters: Clusters) -> None:
    """A bare surname is the one person of the corpus who bears it, if there is just one."""
    bearers: dict[str, set[str]] = {}
    bare: dict[str, str] = {}
    for node in clusters.census.nodes.values():
        name = parse_person(node.name) if node.type == EntityType.PERSON else None
        if name is None:
            continue
        if name.given:
            for family in _family_names(node, name):
                bearers.setdefault(family, set()).add(clusters.find(node.id))
        elif not node.in_lexicon and clusters.find(node.id) == node.id:
            bare[node.id] = name.surname
    for root, key in sorted(bare.items()):
        candidates = sorted(bearers.get(key, ()))
        if len(candidates) == 1:
            detail = (
                f"{_name(clusters, root)!r} is the surname of one person here, "
                f"{_name(clusters, candidates[0])!r}"
            )
            clusters.merge(root, candidates[0], "surname", detail)
        elif (leader := _prevalent(clusters, candidates)) is not None:
            detail = (
                f"nearly all who are named in full with the surname {_name(clusters, root)!r} "
                f"are {_name(clusters, leader)!r}"
            )
            clusters.merge(root, leader, "surname", detail)
        elif candidates:
            _leave_unclear(clusters, root, candidates, "surname", "both have that surname")


def _family_names(node: Node, name: PersonName) -> Iterator[str]:
    """The surname, and the first name where a document calls the person by it: *Xi*."""
    yield name.surname
    if name.given != name.surname and any(fold(form) == name.given for form in node.forms):
        yield name.given


def _prevalent(clusters: Clusters, candidates: Sequence[str]) -> str | None:
    """The candidate with nearly all full names: presidents have namesakes, but few mean those."""
    if not candidates:
        return None
    counts = {root: clusters.mentions(root) for root in candidates}
    leader = max(sorted(counts), key=lambda root: counts[root])
    others = sum(counts.values()) - counts[leader]
    return leader if counts[leader] >= 10 and counts[leader] >= 9 * others else None


def one_type(clusters: Clusters) -> None:
    """One name typed in several ways is what the lexicon says, else what three in four say."""
    for roots in _shared(clusters, lambda root: _key(clusters, root)):
        roots = [
            root
            for root in roots
            if root not in clusters.unclear and clusters.node(root).type != EntityType.DOCUMENT
        ]
        if len({clusters.node(root).type for root in roots}) < 2:
            continue
        known = [root for root in roots if clusters.in_lexicon(root)]
        total = sum(map(clusters.mentions, roots))
        kept = clusters.best(roots)
        share = clusters.mentions(kept) / max(total, 1)
        shown = f"{_name(clusters, kept)!r} is of type {clusters.node(kept).type}"
        if len(known) == 1:
            detail = f"{shown} in the lexicon"
        elif not known and share >= MAJORITY:
            detail = f"{shown} in {share:.0%} of its mentions"
        else:
            clusters.note_apart(roots, "one name, but the documents disagree on its type")
            continue
        for root in roots:
            clusters.merge(root, kept, "type", detail)


RULES: Sequence[Rule] = (
    same_name,
    abbreviation,
    person_name,
    transliteration,
    family_name_first,
    surname,
    one_type,
)
"""All rules, in order."""


def note_near_names(clusters: Clusters) -> None:
    """Note which similar names stayed apart, and why.

    Sorted neighbourhoods (Hernández and Stolfo, 1995): every name is compared with the next few
    of its type, digits masked, so that all designations of one family lie side by side.
    """
    order = []
    for root in clusters.roots():
        key = _key(clusters, root)
        masked = "".join("0" if char.isdigit() else char for char in key)
        order.append((clusters.node(root).type, masked, key, root))
    order.sort()
    for place, (type_, masked, key, root) in enumerate(order):
        for other_type, other_masked, other_key, other in order[place + 1 : place + 1 + _WINDOW]:
            if other_type != type_:
                break
            similarity = fuzz.ratio(key, other_key)
            if similarity >= NEAR or masked == other_masked:
                clusters.note_apart((root, other), _why_apart(clusters, root, other, similarity))


def _why_apart(clusters: Clusters, a: str, b: str, similarity: float) -> str:
    if reason := clusters.reason_apart(a, b):
        return reason
    if clusters.in_lexicon(a) and clusters.in_lexicon(b):
        return "the lexicon lists both"
    if is_designation(_name(clusters, a)) or is_designation(_name(clusters, b)):
        return "the designations differ"
    return f"similar spelling ({similarity:.0f} %) does not make two names one"


def _name(clusters: Clusters, root: str) -> str:
    return clusters.node(root).name


def _key(clusters: Clusters, root: str) -> str:
    return fold(clusters.node(root).name)


def _shared(clusters: Clusters, key: Callable[[str], object]) -> list[list[str]]:
    """Groups of two or more roots with one key, each sorted, in the order of their first."""
    groups: dict[object, list[str]] = {}
    for root in clusters.roots():
        groups.setdefault(key(root), []).append(root)
    return [roots for roots in groups.values() if len(roots) > 1]


def _leave_unclear(
    clusters: Clusters, root: str, candidates: Iterable[str], rule: str, reason: str
) -> None:
    clusters.unclear.add(root)
    for candidate in candidates:
        clusters.note_apart((root, candidate), reason)
    clusters.place_by_document(root, candidates, rule)


def _full_names(clusters: Clusters) -> dict[str, PersonName]:
    """Roots of people with a given name or its initial."""
    names = {}
    for root in clusters.roots():
        node = clusters.node(root)
        name = parse_person(node.name) if node.type == EntityType.PERSON else None
        if name is not None and name.given:
            names[root] = name
    return names


def _is_transliteration(a: PersonName, b: PersonName) -> bool:
    return may_be_one(a, b) and fuzz.ratio(a.surname, b.surname) >= SIMILARITY


def _merge_agreeing(
    clusters: Clusters,
    names: Mapping[str, PersonName],
    agree: Callable[[PersonName, PersonName], bool],
    rule: str,
    verb: str,
) -> None:
    """Merge names that agree, unless one agrees with two that do not agree with each other."""
    if len(names) < 2:
        return
    agreeing: dict[str, set[str]] = {root: set() for root in names}
    for a, b in combinations(sorted(names), 2):
        if agree(names[a], names[b]):
            agreeing[a].add(b)
            agreeing[b].add(a)
    clear = {
        root
        for root, others in agreeing.items()
        if all(b in agreeing[a] for a, b in combinations(sorted(others), 2))
    }
    for root in sorted(names):
        others = sorted(agreeing[root])
        if root not in clear:
            clusters.unclear.add(root)
            for other in others:
                clusters.note_apart((root, other), "the name fits several people")
        elif others and root == min(clear & {root, *others}):
            group = sorted(clear & {root, *others})
            kept = _fullest(clusters, names, group)
            for other in group:
                pair = f"{_name(clusters, other)!r} {verb} {_name(clusters, kept)!r}"
                detail = f"{pair} and nobody else"
                clusters.merge(other, kept, rule, detail)


def _fullest(clusters: Clusters, names: Mapping[str, PersonName], roots: Sequence[str]) -> str:
    """The root to keep: known to the lexicon, else with a given name and not its initial."""
    known = [root for root in roots if clusters.in_lexicon(root)]
    written_out = [root for root in roots if len(names[root].given) > 1]
    return clusters.best(known or written_out or roots)
