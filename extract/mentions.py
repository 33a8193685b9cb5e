"""Names in text: lexicon, designations, abbreviation pairs and the statistical tagger, in that order.

What the lexicon or the grammar of designations knows overrides the tagger, which finds next to no
weapon system; the tagger finds the people and bodies that no lexicon lists. Decisions that one
sentence leaves open are taken for the document as a whole: a name typed once with good reason keeps
its type, a surname stands for the one full name that ends with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..schema import EntityType, MentionKind, PassageKind
from . import abbreviations
from .architectures import find_architectures
from .cues import Cues
from .designations import find_designations, speaks_of_weapons
from .gazetteer import Gazetteer, Lexicon, LexiconEntity, Match, Name
from .names import UNIT, key, units, without_possessive
from .reading import Found, Reading, Roster

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "PRODUCT": EntityType.SYSTEM,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.AGREEMENT,
}
_SUPPORT = {
    EntityType.COUNTRY: {"GPE", "NORP", "LOC"},
    EntityType.PLACE: {"GPE", "LOC", "FAC"},
    EntityType.ORGANIZATION: {"ORG", "NORP"},
    EntityType.AGREEMENT: {"LAW", "ORG", "WORK_OF_ART"},
}
BODY_NOUNS = frozenset(
    """academy administration agency alliance army assembly association authority bank battalion
    board brigade bureau cabinet center centre church club coalition college command commission
    committee company congress consortium corporation corps council court department directorate
    division embassy federation fleet force forces foundation front fund group guard guards institute
    institution laboratory league legion magazine ministry mission movement navy network news office
    organisation organization parliament party police regiment secretariat senate service services
    society staff times tribune tribunal union university""".split()
)
_OFFICE_PARTS = frozenset(
    "affairs defence defense deputy senior special permanent counterparts ministers".split()
)
_PORTFOLIOS = frozenset(
    ("national security", "foreign affairs", "national defense", "national defence", "security")
)
_SITE_NOUNS = frozenset(
    """airfield airport aerodrome barrage base bay beach bridge canal cape castle cathedral church coast
    dam desert district governorate harbor harbour heights hill hospital island islands lake mosque
    mountain mountains oblast palace peninsula port prison province river road ridge sea shrine square
    street valley village wadi""".split()
)
_WHERE = re.compile(
    r"\b(near|outside|around|north of|south of|east of|west of|town of|city of|village of|province of)\s(?:the\s)?$",
    re.I,
)
_NO_BODIES = frozenset(
    """UAV UAVs IED IEDs VBIED VBIEDs ICBM ICBMs SLBM SLBMs SAM SAMs WMD WMDs MIRV MIRVs POW POWs GMT
    UTC GDP CEO MANPADS MANPAD ATGM ATGMs IRBM MRBM SRBM ABM ABMs NGO NGOs IDP IDPs AI""".split()
)
_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|its|their|our|his|her|former)\s+", re.I)
_QUOTES = " \t\"'“”‘’`()[]{}*_,;:"
_SLASHED = re.compile(r"[\w.]+(?:/[\w.]+)+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rank: int
    """3 certain, 2 lexicon, 1 tagger."""
    match: Match | None = None
    type: str = ""
    rule: str = "ner"


def find_mentions(readings: Sequence[Reading], lexicon: Lexicon, cues: Cues) -> Roster:
    """Find the names in a document's passages; fills ``reading.found``.

    Returns:
        The entities of the document, those of the lexicon under their canonical ids.
    """
    roster = Roster(lexicon)
    tagged = {id(r): list(_tagged(r, cues)) for r in readings}
    _distrust_titles(readings, tagged)
    types = _document_types(readings, tagged, lexicon, cues)
    for reading in readings:
        for candidate in _select(_candidates(reading, lexicon, tagged[id(reading)], types)):
            _enter(reading, candidate, roster, types, cues)
    for reading in readings:
        _pair_abbreviations(reading, roster)
    find_architectures(readings, roster)
    _find_again(readings, roster, lexicon)
    return roster


def _candidates(
    reading: Reading, lexicon: Lexicon, tagged: Iterable[_Candidate], types: dict[str, str]
) -> Iterator[_Candidate]:
    labels = [(e.start_char, e.end_char, e.label_) for e in reading.doc.ents]
    for match in _known_names(reading, lexicon):
        names = tuple(n for n in match.names if _supported(n, match, reading, labels, types))
        if names:
            several = len(UNIT.findall(reading.text[match.start : match.end])) > 1
            yield _Candidate(
                match.start, match.end, 3 if several else 2, Match(match.start, match.end, names)
            )
    for shape in find_designations(reading.text):
        if shape.strong or speaks_of_weapons(reading.text, shape.start, shape.end):
            yield _Candidate(shape.start, shape.end, 3, None, EntityType.SYSTEM, "designation")
    yield from _governments(reading, lexicon)
    yield from tagged


def _known_names(reading: Reading, lexicon: Lexicon) -> Iterator[Match]:
    """Lexicon names; of *Russian military analysts* only *Russian*, as the noun runs on."""
    for match in lexicon.gazetteer.find(reading.text, reading.units):
        last = re.search(r"\b[a-z]+$", reading.text[match.start : match.end])
        if last and match.names[0].entity.type == EntityType.ORGANIZATION:
            token = reading.doc.char_span(match.start, match.end, alignment_mode="expand")[-1]
            if token.dep_ in ("compound", "amod", "nmod") and token.head.i == token.i + 1:
                shorter = reading.text[match.start : match.start + last.start()]
                for inner in lexicon.gazetteer.find(shorter):
                    yield Match(match.start + inner.start, match.start + inner.end, inner.names)
                continue
        yield match


def _supported(
    name: Name,
    match: Match,
    reading: Reading,
    labels: Sequence[tuple[int, int, str]],
    types: dict[str, str],
) -> bool:
    """Whether the context supports a reading of a name that is also something else."""
    if not name.doubtful:
        return True
    if name.entity.type == EntityType.SYSTEM:
        return speaks_of_weapons(reading.text, match.start, match.end, 45)
    wanted = _SUPPORT.get(EntityType(name.entity.type), set())
    return any(
        start <= match.start and match.end <= end and end - start <= match.end - match.start + 6
        for start, end, label in labels
        if label in wanted
    )


def _governments(reading: Reading, lexicon: Lexicon) -> Iterator[_Candidate]:
    """*Government of Iraq*, *Syrian Government*: a body, where it is written as a name."""
    for found in re.finditer(r"\bGovernments? of (?:the )?(?=[A-Z])", reading.text):
        for match in lexicon.gazetteer.find(reading.text[found.end() : found.end() + 60]):
            if match.start == 0 and match.names[0].entity.type == EntityType.COUNTRY:
                yield _Candidate(
                    found.start(),
                    found.end() + match.end,
                    3,
                    None,
                    EntityType.ORGANIZATION,
                    "government",
                )
            break
    for match in lexicon.gazetteer.find(reading.text, reading.units):
        if (
            match.names[0].entity.type == EntityType.COUNTRY
            and reading.text.startswith(" Government", match.end)
            and not reading.text[match.end + 11 : match.end + 12].isalpha()
        ):
            yield _Candidate(
                match.start, match.end + 11, 3, None, EntityType.ORGANIZATION, "government"
            )


def _tagged(reading: Reading, cues: Cues) -> Iterator[_Candidate]:
    """The tagger's names, trimmed of articles, titles and possessives."""
    for entity in reading.doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        start, end = _trim(reading.text, entity.start_char, entity.end_char)
        if kind == EntityType.PERSON:
            start, end = _without_titles(reading.text, start, end, cues)
        elif kind == EntityType.ORGANIZATION:
            person = _holder(reading.text, start, end, cues)
            if person is not None:
                yield _Candidate(*person, 1, None, EntityType.PERSON)
                end = person[0]
            start, end = _trim(reading.text, *_without_office(reading.text, start, end, cues))
        surface = reading.text[start:end]
        if start < end and _plausible(surface, kind, reading, start, end):
            yield _Candidate(start, end, 1, None, kind)


def _holder(text: str, start: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """The surname at the end of an office: the *Haines* of *Director of National Intelligence Haines*."""
    words = [m for m in re.finditer(r"[^\s,]+", text[start:end])]
    before = re.search(r"(\w+)\s(?:of|for)\s(?:the\s)?$", text[:start])
    last = words[-1].group()
    if (
        len(words) > 1
        and before is not None
        and before.group(1).casefold() in cues.offices
        and last.istitle()
        and last.isalpha()
        and last.casefold() not in BODY_NOUNS | _OFFICE_PARTS
    ):
        return start + words[-1].start(), start + words[-1].end()
    return None


def _without_office(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    """A body without the office it is part of: *Defense Staff*, of *Defense Staff Gen*."""
    words = [m for m in re.finditer(r"\S+", text[start:end])]
    dropped = False
    while words and words[-1].group().casefold().strip(".,") in cues.titles | _OFFICE_PARTS:
        words.pop()
        dropped = True
    following = re.match(r"\s(\w+)", text[end:])
    runs_on = following is not None and following.group(1).casefold() in cues.offices
    if not words or ((dropped or runs_on) and words[-1].group().casefold() in _OFFICE_PARTS):
        return start, start
    if runs_on and " ".join(w.group().casefold() for w in words) in _PORTFOLIOS:
        return start, start
    return start, start + words[-1].end()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end:
        lead = _LEADING.match(text, start, end)
        if lead and lead.end() < end:
            start = lead.end()
        elif text[start] in _QUOTES:
            start += 1
        elif text[end - 1] in _QUOTES or text[end - 1].isspace():
            end -= 1
        elif (bare := without_possessive(text[start:end])) != text[start:end]:
            end = start + len(bare)
        elif text[end - 1] == "." and not re.search(
            r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Ltd|Jr|Sr|Co)\.)$", text[start:end]
        ):
            end -= 1
        else:
            break
    return start, end


def _without_titles(text: str, start: int, end: int, cues: Cues) -> tuple[int, int]:
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    while len(words) > 1 and words[0][2].casefold().rstrip(".,") in cues.titles:
        words.pop(0)
    while len(words) > 1 and words[-1][2].casefold().strip(".,") in cues.name_suffixes:
        words.pop()
    return start + words[0][0], start + words[-1][1]


def _plausible(surface: str, kind: str, reading: Reading, start: int, end: int) -> bool:
    if not any(c.isupper() for c in surface) or len(surface) < 2 or "\ufffd" in surface:
        return False
    if re.search(r"https?:|www\.|@|\.com\b|\.org\b|\d{4,}/|%s", surface):
        return False
    words = surface.split()
    if kind == EntityType.PERSON and (any(c.isdigit() for c in surface) or len(words) > 5):
        return False
    if kind == EntityType.SYSTEM and not speaks_of_weapons(reading.text, start, end, 40):
        return False
    if kind in (EntityType.EVENT, EntityType.AGREEMENT) and len(words) < 2:
        return False
    if surface in _NO_BODIES:
        return False
    if len(words) == 1 and start == 0 and reading.doc[0].tag_ not in ("NNP", "NNPS"):
        return False
    if kind == EntityType.SYSTEM and len(words) == 1 and surface.islower():
        return False
    if surface[0].islower() and not any(w[0].isupper() for w in words[1:]):
        return False
    return not re.fullmatch(r"[\W\d]+|\d.*", surface) or kind == EntityType.ORGANIZATION


def _distrust_titles(readings: Sequence[Reading], tagged: dict[int, list[_Candidate]]) -> None:
    """In Title Case every word looks like a name: one word alone must be tagged in the text too."""
    titles = (PassageKind.TITLE, PassageKind.HEADING)
    seen = {
        key(r.text[c.start : c.end])
        for r in readings
        if r.kind not in titles
        for c in tagged[id(r)]
    }
    for reading in readings:
        if reading.kind in titles and len(readings) > 1:
            tagged[id(reading)] = [
                c
                for c in tagged[id(reading)]
                if " " in reading.text[c.start : c.end]
                or key(reading.text[c.start : c.end]) in seen
            ]


def _document_types(
    readings: Sequence[Reading],
    tagged: dict[int, list[_Candidate]],
    lexicon: Lexicon,
    cues: Cues,
) -> dict[str, str]:
    """One type for every name that the tagger typed: the evidence of the whole document decides."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for candidate in tagged[id(reading)]:
            surface = reading.text[candidate.start : candidate.end]
            weight = 1 + 2 * (
                surface.split()[-1].casefold() in BODY_NOUNS
                and candidate.type == EntityType.ORGANIZATION
            )
            votes[key(surface)][candidate.type] += weight
            if _is_person_name(surface, cues):
                votes[key(surface)][EntityType.PERSON] += 2
            if surface.split()[-1].casefold() in _SITE_NOUNS:
                votes[key(surface)][EntityType.PLACE] += 3
            if surface.startswith("Operation "):
                votes[key(surface)][EntityType.EVENT] += 5
            if _WHERE.search(reading.text[max(0, candidate.start - 24) : candidate.start]):
                votes[key(surface)][EntityType.PLACE] += 3
    return {
        name: max(sorted(count), key=lambda kind, c=count: c[kind])  # type: ignore[misc]
        for name, count in votes.items()
    }


def _is_person_name(surface: str, cues: Cues) -> bool:
    words = surface.split()
    return (
        2 <= len(words) <= 3
        and words[0].casefold() in cues.given_names
        and all(w[:1].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in words)
        and words[-1].casefold() not in BODY_NOUNS
        and not any(w.isupper() and len(w) > 2 for w in words)
    )


def _select(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """A set without overlaps: the longer name wins unless the tagger swallowed known names."""
    pool = sorted(candidates, key=lambda c: (c.start, -c.end, -c.rank))
    certain = [c for c in pool if c.rank > 1]
    pool = [c for c in pool if c.rank > 1 or not _swallows(c, certain)]
    pool.sort(key=lambda c: (-(c.end - c.start), -c.rank, c.start))
    chosen: list[_Candidate] = []
    for candidate in pool:
        if not any(c.start < candidate.end and candidate.start < c.end for c in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _swallows(tagged: _Candidate, certain: Sequence[_Candidate]) -> bool:
    """Whether a tagged span holds known names that should stand by themselves."""
    inside = [c for c in certain if tagged.start <= c.start and c.end <= tagged.end]
    across = [
        c for c in certain if c.start < tagged.end and tagged.start < c.end and c not in inside
    ]
    if across:
        return True
    if any((c.start, c.end) == (tagged.start, tagged.end) for c in inside):
        return True
    if tagged.type in (
        EntityType.PLACE,
        EntityType.SYSTEM,
        EntityType.EVENT,
        EntityType.AGREEMENT,
    ):
        return any(_kind(c) in (EntityType.SYSTEM, EntityType.ORGANIZATION) for c in inside)
    if tagged.type == EntityType.PERSON:
        return any(_kind(c) in (EntityType.SYSTEM, EntityType.ORGANIZATION) for c in inside) or any(
            c.start == tagged.start
            and _kind(c) == EntityType.COUNTRY
            and c.match
            and c.match.names[0].kind == MentionKind.DEMONYM
            for c in inside
        )
    return any(_kind(c) == EntityType.SYSTEM for c in inside) or sum(c.rank for c in inside) > 3


def _kind(candidate: _Candidate) -> str:
    return candidate.match.names[0].entity.type if candidate.match else candidate.type


def _enter(
    reading: Reading, candidate: _Candidate, roster: Roster, types: dict[str, str], cues: Cues
) -> None:
    surface = reading.text[candidate.start : candidate.end]
    if candidate.match:
        name = _best_reading(candidate.match.names, types.get(key(surface)))
        _add(
            reading,
            candidate,
            roster.known(name.entity),
            name.entity.type,
            name.kind,
            "lexicon",
            0.95,
        )
        return
    kind = candidate.type
    if candidate.rule == "ner":
        kind = types.get(key(surface), kind)
        if kind == EntityType.ORGANIZATION and _SLASHED.fullmatch(surface):
            return
    name_form = _canonical_form(surface, kind)
    entity_id = roster.named(name_form, kind)
    score = {"designation": 0.9, "government": 0.9}.get(candidate.rule, 0.7)
    _add(reading, candidate, entity_id, kind, MentionKind.NAME, candidate.rule, score)


def _best_reading(names: Sequence[Name], tagged_type: str | None) -> Name:
    """Of several readings the one the tagger agrees with, else the first that is not doubtful."""
    wanted = {tagged_type, EntityType.COUNTRY} if tagged_type == EntityType.PLACE else {tagged_type}
    return min(
        names,
        key=lambda n: (
            n.doubtful,
            n.entity.type not in wanted,
            n.entity.type != EntityType.COUNTRY,
        ),
    )


def _canonical_form(surface: str, kind: str) -> str:
    """The name to show: without line breaks; a designation without plural and with its hyphen."""
    name = re.sub(r"\s+", " ", surface)
    if kind == EntityType.SYSTEM:
        name = re.sub(r"[‐‑‒–−]", "-", name)
        name = re.sub(r"(?<=\d)s$", "", name)
    return name


def _add(
    reading: Reading,
    at: _Candidate,
    entity_id: str,
    kind: str,
    mention_kind: MentionKind,
    rule: str,
    score: float,
) -> None:
    reading.found.append(Found(at.start, at.end, kind, entity_id, mention_kind, rule, score))


def _pair_abbreviations(reading: Reading, roster: Roster) -> None:
    """Give both forms of an abbreviation pair to one entity, found or new."""
    for pair in abbreviations.find_pairs(reading.text):
        long = _ending_at(reading, pair.long)
        short = next((f for f in reading.found if (f.start, f.end) == pair.short), None)
        if long is None and pair.aligned:
            long = _enter_long_form(reading, pair, roster)
        if long is None or long.type not in (
            EntityType.ORGANIZATION,
            EntityType.SYSTEM,
            EntityType.AGREEMENT,
        ):
            continue
        if short is None:
            short = Found(*pair.short, long.type, long.entity_id)
            if reading.covered(*pair.short):
                continue
            reading.found.append(short)
        elif short.rule == "lexicon" and long.rule != "lexicon":
            long.entity_id, long.type = short.entity_id, short.type
            continue
        short.entity_id, short.type, short.kind = long.entity_id, long.type, MentionKind.NAME
        short.rule, short.score = "abbreviation", 0.9
        roster[long.entity_id].aliases.add(reading.surface(short))


def _ending_at(reading: Reading, span: tuple[int, int]) -> Found | None:
    """The mention that ends with the long form (an alignment may miss its first words)."""
    hits = [f for f in reading.found if f.end == span[1] and f.kind == MentionKind.NAME]
    return max(hits, key=lambda f: f.end - f.start, default=None)


def _enter_long_form(reading: Reading, pair: abbreviations.Pair, roster: Roster) -> Found | None:
    """A long form that no rule found: typed by its head noun, if it is written as a name."""
    start, end = pair.long
    surface = reading.text[start:end]
    words = surface.split()
    capitals = sum(w[0].isupper() for w in words)
    if capitals < 2 or not words[0][0].isupper() or reading.covered(start, end):
        covering = [f for f in reading.found if start <= f.start and f.end <= end]
        if (
            capitals < 2
            or not words[0][0].isupper()
            or any(f.type == EntityType.SYSTEM for f in covering)
        ):
            return None
        for found in covering:
            reading.found.remove(found)
    kind = (
        EntityType.SYSTEM
        if re.search(
            r"\b(?:System|Missile|Radar|Satellite|Shield|Aircraft|Vehicle|Weapon)s?$", surface
        )
        else EntityType.AGREEMENT
        if re.search(r"\b(?:Treaty|Agreement|Convention|Protocol|Accords?)$", surface)
        else EntityType.ORGANIZATION
    )
    found = Found(
        start, end, kind, roster.named(surface, kind), MentionKind.NAME, "abbreviation", 0.85
    )
    reading.found.append(found)
    return found


def _find_again(readings: Sequence[Reading], roster: Roster, lexicon: Lexicon) -> None:
    """Names this document established, where the tagger overlooked or truncated them."""
    _merge_surnames(readings, roster)
    local = Gazetteer()
    for form, entity_id, rule in _established(readings, roster, lexicon):
        entity = LexiconEntity(entity_id, form, roster.type_of(entity_id), subtype=rule)
        local.add(Name(form, entity, MentionKind.NAME, False))
    for reading in readings:
        for match in local.find(reading.text, reading.units):
            if (
                reading.covered(match.start, match.end)
                or len({n.entity.id for n in match.names}) > 1
            ):
                continue
            entity = match.names[0].entity
            reading.found.append(
                Found(
                    match.start,
                    match.end,
                    entity.type,
                    entity.id,
                    MentionKind.NAME,
                    entity.subtype or "",
                    0.8,
                )
            )
    for reading in readings:
        for found in reading.found:
            roster[found.entity_id].surfaces[" ".join(reading.surface(found).split())] += 1


def _merge_surnames(readings: Sequence[Reading], roster: Roster) -> None:
    """A bare surname stands for the one full name of the document that ends with it."""
    full: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for found in reading.found:
            if found.type == EntityType.PERSON:
                parts = [u.folded for u in units(reading.surface(found))]
                if len(parts) > 1:
                    full[parts[-1]].add(found.entity_id)
    for reading in readings:
        for found in reading.found:
            parts = [u.folded for u in units(reading.surface(found))]
            owners = full.get(parts[-1], set()) if len(parts) == 1 else set()
            if (
                len(owners) == 1
                and found.rule == "ner"
                and found.type in (EntityType.PERSON, EntityType.ORGANIZATION)
            ):
                found.entity_id, found.type, found.rule = (
                    next(iter(owners)),
                    EntityType.PERSON,
                    "surname",
                )


def _established(
    readings: Sequence[Reading], roster: Roster, lexicon: Lexicon
) -> Iterator[tuple[str, str, str]]:
    heads: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, str]] = set()
    for reading in readings:
        for found in reading.found:
            surface = reading.surface(found)
            if (surface, found.entity_id) in seen or found.kind != MentionKind.NAME:
                continue
            seen.add((surface, found.entity_id))
            parts = [m.group() for m in UNIT.finditer(surface)]
            if found.rule in ("ner", "abbreviation", "government") and (
                len(parts) > 1 or found.rule == "abbreviation"
            ):
                yield surface, found.entity_id, "established"
            if found.type == EntityType.PERSON and len(parts) > 1 and len(parts[-1]) > 2:
                heads[parts[-1]].add(found.entity_id)
            if (
                found.type == EntityType.ORGANIZATION
                and len(parts) > 1
                and _distinctive(parts[0], lexicon)
            ):
                heads[parts[0]].add(found.entity_id)
    for form, owners in sorted(heads.items()):
        if len(owners) == 1 and not any(lexicon.gazetteer.find(form)):
            yield form, next(iter(owners)), "short form"


def _distinctive(word: str, lexicon: Lexicon) -> bool:
    """Whether the first word of a body's name can stand for it: *Valdai*, but not *Human*."""
    from .language import load_nlp

    vocab = load_nlp().vocab
    known = vocab.has_vector(word.lower()) if vocab.vectors.size else True
    return len(word) > 3 and word[0].isupper() and not known
