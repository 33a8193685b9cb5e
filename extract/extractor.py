"""One document through all stages of extraction: parse, names, referents, relations, claims.

Extraction depends on nothing but the document, the lexicon and the model, so that its result can be
kept under a hash of the three and computed anywhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from ..schema import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Passage,
    PassageKind,
)
from .attribution import ascribe
from .coreference import Referents
from .gazetteer import Lexicon
from .mentions import find_mentions
from .naming.role_actors import RoleActors
from .parsing.inference import parse
from .reading import Found, Reading, Roster, squeezed
from .referring.groups import GROUP, PAIR
from .referring.speakers import SPEAKER, find_speakers, first_person
from .relations import Matcher
from .stating.arguments import Arguments
from .stating.constructions import find_constructions
from .stating.cues import Cues, load_cues
from .stating.dates import event_date
from .stating.grammar import conjuncts
from .stating.hearsay import Quotation, quotations
from .stating.postings import find_postings
from .stating.qualifiers import qualifiers_of
from .stating.statements import Statement
from .stating.triggers import RelationLexicon
from .stating.untyped import untyped_statements
from .stating.works import find_titles

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

Readable = Callable[[Document, Passage], str]
"""Gives the text of a passage for the parser: of equal length, without line breaks and mark-up."""

AT_ONCE = 200_000
"""Characters of a document that are read together, some 70 pages: what bounds memory."""
_ONE_AT_A_TIME = Lock()
"""The model is shared by all threads, and so are the words it is to forget."""
_CONTEXT = 40
_WORTH_A_TYPE = (SPEAKER, PAIR, GROUP)
"""Rules of mentions that take part in typed relations only: *I*, *we*, *the two leaders*."""
_FIRST_PERSON = ("i", "we")
_LASTING = ("construction:office", "posting")
"""Rules for offices, which their holders have for years: a date beside the name is another's."""


class Extractor:
    """Finds the mentions, entities and claims of documents.

    Args:
        nlp: The language model, see `load_nlp`.
        lexicon: Names, see `load_lexicon`.
        relations: Relations and their triggers, see `load_relations`.
    """

    def __init__(self, nlp: Language, lexicon: Lexicon, relations: RelationLexicon) -> None:
        self.nlp = nlp
        self.lexicon = lexicon
        self.relations = relations
        self.cues: Cues = load_cues()

    def extract(self, document: Document, readable: Readable) -> Extraction:
        """Extract from one segmented document; a very long one is read in parts, each by itself.

        New words are forgotten with it: the vocabulary does not grow from document to document.
        """
        with _ONE_AT_A_TIME, self.nlp.memory_zone():
            return self._read(document, readable)

    def _read(self, document: Document, readable: Readable) -> Extraction:
        words = cache(lambda: {match.group() for match in _WORDS.finditer(document.text)})
        parts: list[Extraction] = []
        for passages in _parts(document.passages):
            texts = [squeezed(readable(document, passage)) for _, passage in passages]
            docs = parse(
                self.nlp,
                [
                    _truecased(text, passage.kind, words)
                    for (text, _), (_, passage) in zip(texts, passages, strict=True)
                ],
            )
            sentences = sum(part.sentences for part in parts)
            parts.append(self._extract(document, _readings(passages, texts, docs, sentences)))
        return parts[0] if len(parts) == 1 else _joined(document, parts)

    def _is_word(self, word: str) -> bool:
        vocab = self.nlp.vocab
        return vocab.has_vector(word) if vocab.vectors.size else True

    def _extract(self, document: Document, readings: Sequence[Reading]) -> Extraction:
        roster = find_mentions(readings, self.lexicon, self.cues, self._is_word)
        find_speakers(readings, document, roster, self.cues)
        for reading in readings:
            find_titles(reading, roster)
            reading.freeze()
        referents = Referents(roster)
        role_actors = RoleActors(roster)
        mentions: list[Mention] = []
        claims: list[Claim] = []
        matcher = Matcher(roster, self.relations)
        for reading in readings:
            roles = role_actors.resolve(reading)
            references, groups = referents.resolve(reading, roles)
            quoted = quotations(reading.text, reading.doc, self.relations)
            acting = {**roles, **groups, **first_person(reading, quoted, references)}
            arguments = Arguments(reading, references, acting)
            statements = list(self._statements(reading, arguments, roster, matcher))
            known = {(f.start, f.end, f.entity_id) for f in reading.found}
            ends = [f for s in statements for f in (s.subject, s.object)]
            extra = [f for f in ends if (f.start, f.end, f.entity_id) not in known]
            roster.count_unnamed(extra)
            spans = {
                (f.start, f.end, f.entity_id): f
                for f in [*reading.found, *(r[0] for r in references.values()), *extra]
            }
            mentions += [reading.label] if reading.label else []
            mentions += [_mention(document, reading, f) for _, f in sorted(spans.items())]
            claims += self._claims(document, reading, statements, quoted, arguments, roster)
        return Extraction(
            document=document,
            mentions=tuple(mentions),
            entities=roster.entities(),
            claims=tuple(claims),
            sentences=sum(len(r.sentence_starts) for r in readings),
        )

    def _statements(
        self, reading: Reading, arguments: Arguments, roster: Roster, matcher: Matcher
    ) -> Iterator[Statement]:
        best: dict[tuple[str, str, str, int], Statement] = {}
        pairs: set[tuple[str, str, int]] = set()
        sources: list[Iterator[Statement]] = [
            matcher.statements(reading, arguments),
            find_constructions(reading, arguments, roster, self.relations, self.cues),
            find_postings(reading, self.cues),
        ]
        for source in sources:
            for statement in source:
                sentence = statement.words[0].sent.start
                identity = (
                    statement.subject.entity_id,
                    statement.relation,
                    statement.object.entity_id,
                    sentence,
                )
                pairs.add((identity[0], identity[2], sentence))
                if identity not in best or best[identity].confidence < statement.confidence:
                    best[identity] = statement
        for statement in untyped_statements(reading, arguments, self.relations, roster):
            sentence = statement.words[0].sent.start
            if statement.subject.rule in _WORTH_A_TYPE:
                continue
            ends = statement.subject.entity_id, statement.object.entity_id
            if (*ends, sentence) not in pairs and (*ends[::-1], sentence) not in pairs:
                best[ends[0], statement.relation, ends[1], sentence] = statement
        denied = {
            (s.subject.entity_id, s.object.entity_id, s.words[0].i)
            for s in best.values()
            if s.attribution.negated
        }
        for identity in sorted(best, key=lambda k: (k[3], *k[:3])):
            statement = best[identity]
            if not (_repeats(statement, denied) or _crosses_cells(statement, reading)):
                yield statement

    def _claims(
        self,
        document: Document,
        reading: Reading,
        statements: Sequence[Statement],
        quoted: Sequence[Quotation],
        arguments: Arguments,
        roster: Roster,
    ) -> Iterator[Claim]:
        evidence: dict[int, Evidence] = {}
        for statement in statements:
            ascribe(statement.attribution, statement.words[0], quoted)
            sentence = statement.words[0].sent
            if sentence.start not in evidence:
                evidence[sentence.start] = _evidence(document, reading, sentence)
            yield _claim(document, reading, statement, evidence[sentence.start], arguments, roster)


def _repeats(statement: Statement, denied: set[tuple[str, str, int]]) -> bool:
    """Whether *refused* in *refused to supply* says again what *supply* states as denied."""
    subject, object_ = statement.subject.entity_id, statement.object.entity_id
    return not statement.attribution.negated and any(
        (subject, object_, word.i) in denied for word in statement.words[1:] if word.tag_[0] == "V"
    )


def _crosses_cells(statement: Statement, reading: Reading) -> bool:
    """Whether a statement reads two cells of a table as one sentence."""
    first, second = sorted([statement.subject, statement.object], key=lambda f: f.start)
    return " | " in reading.text[first.end : second.start]


def _parts(passages: Sequence[Passage]) -> Iterator[list[tuple[int, Passage]]]:
    """Runs of passages with their numbers, each so long that memory stays bounded."""
    part: list[tuple[int, Passage]] = []
    characters = 0
    for number, passage in enumerate(passages):
        length = passage.end - passage.start
        if part and characters + length > AT_ONCE:
            yield part
            part, characters = [], 0
        part.append((number, passage))
        characters += length
    if part:
        yield part


def _readings(
    passages: Sequence[tuple[int, Passage]],
    texts: Sequence[tuple[str, Sequence[int]]],
    docs: Sequence[Doc],
    sentences: int,
) -> list[Reading]:
    readings = []
    for (number, passage), (text, places), doc in zip(passages, texts, docs, strict=True):
        reading = Reading(number, passage.start, passage.kind, passage.speaker, text, doc)
        reading.places, reading.first_sentence = places, sentences
        sentences += len(reading.sentence_starts)
        readings.append(reading)
    return readings


def _joined(document: Document, parts: Sequence[Extraction]) -> Extraction:
    """The parts of a document as one; an entity keeps the name by which it comes first."""
    entities: dict[str, Entity] = {}
    for entity in chain.from_iterable(part.entities for part in parts):
        known = entities.get(entity.id, entity)
        names = (*known.aliases, *(n for n in entity.names if n not in known.names))
        mentions = entity.mentions + (known.mentions if entity.id in entities else 0)
        entities[entity.id] = known.model_copy(update={"aliases": names, "mentions": mentions})
    return Extraction(
        document=document,
        mentions=tuple(chain.from_iterable(part.mentions for part in parts)),
        entities=tuple(entities[entity_id] for entity_id in sorted(entities)),
        claims=tuple(chain.from_iterable(part.claims for part in parts)),
        sentences=sum(part.sentences for part in parts),
    )


_WORDS = re.compile(r"[A-Za-z]+")
_SMALL = frozenset(
    """a an and as at be been but by can could did do does for from had has have he her his how if
    in into is it its may might more most must new no nor not of off on or our out over says say she
    should so than that the their them then they this to under up wants want was we were what when
    where which who why will with would you""".split()
)


def _truecased(text: str, kind: PassageKind, known: Callable[[], Set[str]]) -> str:
    """A title in Title Case as a sentence, so that the parser can read it.

    A word is put in lower case if the document knows it so, or if it is a function word.
    """
    if kind not in (PassageKind.TITLE, PassageKind.HEADING):
        return text
    words = _WORDS.findall(text)
    if sum(w[0].isupper() for w in words) * 3 < len(words) * 2:
        return text
    body = known()

    def lower(match: re.Match[str]) -> str:
        word = match.group()
        is_plain = word.lower() in _SMALL or (word.lower() in body and not word.isupper())
        return word.lower() if match.start() > 0 and is_plain and len(word) > 1 else word

    return _WORDS.sub(lower, text)


def _mention(document: Document, reading: Reading, found: Found) -> Mention:
    start, end = reading.in_document(found.start, found.end)
    return Mention(
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        type=found.type,
        entity_id=found.entity_id,
        kind=found.kind,
        rule=found.rule,
        score=found.score,
        sentence=reading.sentence_of(found),
        paragraph=reading.index,
    )


def _evidence(document: Document, reading: Reading, sentence: Span) -> Evidence:
    start, end = reading.in_document(sentence.start_char, sentence.end_char)
    text = document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(
        document_id=document.id,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - _CONTEXT) : start],
        suffix=text[end : end + _CONTEXT],
        date=document.date,
    )


def _claim(
    document: Document,
    reading: Reading,
    statement: Statement,
    evidence: Evidence,
    arguments: Arguments,
    roster: Roster,
) -> Claim:
    attribution = statement.attribution
    speaker_id, speaker = _speaker(attribution.speaker, arguments, roster)
    modality = attribution.modality
    if reading.speaker and (speaker is None or speaker.casefold() in _FIRST_PERSON):
        modality += Modality.REPORTED
        speaker_id, speaker = reading.speaker_id, reading.speaker
    if statement.is_own_word and modality == Modality.ASSERTED:
        modality, speaker_id = Modality.REPORTED, statement.subject.entity_id
        speaker = reading.surface(statement.subject)
    subject = reading.in_document(statement.subject.start, statement.subject.end)
    object_ = reading.in_document(statement.object.start, statement.object.end)
    ends = statement.subject.entity_id, statement.relation, statement.object.entity_id
    identity = "|".join((document.id, str(evidence.start), *ends))
    return Claim(
        id="claim:" + hashlib.sha256(identity.encode()).hexdigest()[:16],
        subject_id=statement.subject.entity_id,
        relation=statement.relation,
        object_id=statement.object.entity_id,
        polarity=attribution.polarity,
        modality=modality,
        speaker_id=speaker_id,
        speaker=speaker,
        wording=" ".join(t.text for t in sorted(statement.words, key=lambda t: t.i)),
        rule=statement.rule,
        confidence=round(min(statement.confidence, 1.0), 3),
        event_date=None
        if statement.rule in _LASTING
        else event_date(statement.words[0], document.date),
        evidence=evidence,
        subject_mention=subject,
        object_mention=object_,
        qualifiers=qualifiers_of(statement, arguments),
    )


def _speaker(
    head: Token | None, arguments: Arguments, roster: Roster
) -> tuple[str | None, str | None]:
    """The entity that speaks, if it is one of the graph, and the words that name it."""
    if head is None:
        return None, None
    tier = next(arguments.tiers(head), [])
    speaker_id = tier[0].found.entity_id if tier else None
    if speaker_id in roster.lexicon.capitals:
        country = roster.lexicon.get(roster.lexicon.capitals[speaker_id])
        speaker_id = roster.known(country) if country else speaker_id
    if speaker_id is not None and not roster[speaker_id].surfaces:
        speaker_id = None  # a role that takes no part in a claim is no entity
    words = head.doc[head.left_edge.i : max(t.i for t in (head, *conjuncts(head))) + 1]
    return speaker_id, words.text.strip() if len(words) <= 12 else head.text
