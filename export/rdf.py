"""RDF: the graph as linked data, every claim with the place in its source that states it.

Specifications: RDF 1.1 Turtle (W3C 2014); for provenance PROV-O (W3C 2013); for evidence the Web
Annotation Data Model and Vocabulary (W3C 2017), with a text position and a text quote selector; for
types schema.org; OWL 2 for what a relation means.

* A stated relation that counts as fact is a triple: ``entity:country:ru relation:supplies
  entity:country:tr``. Whatever its status, it is also an ``ag:Edge`` with status, belief and
  counts, which refers to its claims. What is only planned or denied is never a plain triple.
* A claim is an ``ag:Claim``, a reified ``rdf:Statement`` with polarity, modality, wording and
  speaker, derived from (``prov:wasDerivedFrom``) a document. An ``oa:Annotation`` has it as body
  and the sentence as target.
* A co-mention is an ``ag:CoMention`` of two entities, with its counts.

Kept: all nouns. Lost: the text of the documents, where in the sentence subject and object stand,
and half characters (lone surrogates), which become U+FFFD. Ids become IRIs under
``urn:actorgraph:`` with other characters percent-encoded. Dates are typed as precisely as they
were given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ..schema import Claim, CoMention, Document, Edge, Entity, Evidence, GraphView, RelationType
from .files import open_text
from .gexf import interval
from .text import escaped, finite

_PREFIXES = {
    "ag": "urn:actorgraph:vocabulary:",
    "entity": "urn:actorgraph:entity:",
    "relation": "urn:actorgraph:relation:",
    "edge": "urn:actorgraph:edge:",
    "claim": "urn:actorgraph:claim:",
    "evidence": "urn:actorgraph:evidence:",
    "document": "urn:actorgraph:document:",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "wikidata": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CLASSES = {
    "country": "schema:Country",
    "organization": "schema:Organization",
    "person": "schema:Person",
    "system": "schema:Product",
    "place": "schema:Place",
    "event": "schema:Event",
    "agreement": "schema:CreativeWork",
    "document": "schema:CreativeWork",
}
"""Entity type -> schema.org; other types are things."""

_AGENTS = frozenset({"country", "organization", "person"})

Property = tuple[str, str | None]
"""A predicate and an object as Turtle writes them; None where there is nothing to say."""


def write_rdf(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write the graph as Turtle; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    with open_text(target) as stream:
        stream.writelines(_lines(graph))


def _lines(graph: GraphView) -> Iterator[str]:
    for prefix, namespace in _PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    yield _about(graph)
    for name in sorted(graph.relations):
        yield _relation(graph.relations[name])
    for document in sorted(graph.documents, key=lambda document: document.id):
        yield _document(document)
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        yield _entity(entity)
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        yield _edge(edge)
        for claim in edge.claims:
            yield _claim(claim)
            yield _annotation((claim.id,), _iri("claim", claim.id), [claim.evidence])
    for comention in sorted(graph.comentions, key=lambda comention: (comention.a, comention.b)):
        yield from _comention(comention)


def _about(graph: GraphView) -> str:
    versions = [("ag:version", _text(f"{k} {v}")) for k, v in sorted(graph.provenance.items())]
    return _subject(
        "<urn:actorgraph:graph>",
        [
            ("a", "prov:Entity, schema:Dataset"),
            ("dcterms:title", _text(graph.title)),
            ("prov:wasGeneratedBy", "<urn:actorgraph:build>"),
        ],
    ) + _subject("<urn:actorgraph:build>", [("a", "prov:Activity"), *versions])


def _relation(relation: RelationType) -> str:
    same = relation.symmetric or relation.inverse == relation.name
    return _subject(
        _iri("relation", relation.name),
        [
            ("a", "owl:ObjectProperty, owl:SymmetricProperty" if same else "owl:ObjectProperty"),
            ("rdfs:label", _text(relation.name.replace("_", " "))),
            ("rdfs:comment", _text(relation.description)),
            ("owl:inverseOf", None if same else _iri("relation", relation.inverse)),
            ("ag:quad", _text(relation.quad)),
            ("ag:plover", _text(relation.plover)),
            ("rdfs:seeAlso", _wikidata(relation.wikidata)),
        ],
    )


def _document(document: Document) -> str:
    return _subject(
        _iri("document", document.id),
        [
            ("a", "schema:Article, prov:Entity"),
            ("schema:name", _text(document.label)),
            ("schema:author", _text(document.author)),
            ("schema:publisher", _text(document.publisher)),
            ("schema:datePublished", _date(document.date)),
            ("schema:url", _text(document.url)),
            ("schema:inLanguage", _text(document.language)),
            ("ag:path", _text(document.path)),
            *(("ag:metadata", _text(f"{k}={v}")) for k, v in sorted(document.metadata.items())),
        ],
    )


def _entity(entity: Entity) -> str:
    agent = ", prov:Agent" if entity.type in _AGENTS else ""
    pairs = sorted(entity.identifiers.items())
    return _subject(
        _iri("entity", entity.id),
        [
            ("a", _CLASSES.get(entity.type, "schema:Thing") + agent),
            ("schema:name", _text(entity.name)),
            *(("schema:alternateName", _text(alias)) for alias in entity.aliases),
            ("ag:type", _text(entity.type)),
            ("ag:subtype", _text(entity.subtype)),
            ("ag:country", _text(entity.country)),
            ("ag:variantOf", _iri("entity", entity.family) if entity.family else None),
            ("owl:sameAs", _wikidata(entity.identifiers.get("wikidata"))),
            *(("schema:identifier", _text(f"{key}={value}")) for key, value in pairs),
            ("ag:mentions", str(entity.mentions)),
            ("ag:documents", str(entity.documents)),
            ("ag:firstSeen", _date(entity.first_seen)),
            ("ag:lastSeen", _date(entity.last_seen)),
        ],
    )


def _edge(edge: Edge) -> str:
    subject, relation, object_ = _triple(edge)
    fact = f"{subject} {relation} {object_} .\n" if edge.status.is_fact else ""
    return fact + _subject(
        _iri("edge", *edge.key),
        [
            ("a", "ag:Edge, rdf:Statement"),
            ("rdf:subject", subject),
            ("rdf:predicate", relation),
            ("rdf:object", object_),
            ("ag:status", _text(edge.status.value)),
            ("ag:belief", _double(edge.belief)),
            ("ag:sentences", str(edge.n_evidence)),
            ("ag:documents", str(edge.n_documents)),
            ("ag:sources", str(edge.n_sources)),
            ("ag:firstDate", _date(edge.first_date)),
            ("ag:lastDate", _date(edge.last_date)),
            *(("ag:claim", _iri("claim", claim.id)) for claim in edge.claims),
        ],
    )


def _claim(claim: Claim) -> str:
    subject, relation, object_ = _triple(claim)
    pairs = sorted(claim.qualifiers.items())
    speaker = _iri("entity", claim.speaker_id) if claim.speaker_id else None
    return _subject(
        _iri("claim", claim.id),
        [
            ("a", "ag:Claim, rdf:Statement, prov:Entity"),
            ("rdf:subject", subject),
            ("rdf:predicate", relation),
            ("rdf:object", object_),
            ("ag:polarity", _text(claim.polarity.value)),
            ("ag:modality", _text(claim.modality.value)),
            ("ag:wording", _text(claim.wording)),
            ("ag:rule", _text(claim.rule)),
            ("ag:confidence", _double(claim.confidence)),
            ("ag:speaker", _text(claim.speaker)),
            ("prov:wasAttributedTo", speaker),
            ("ag:eventDate", _date(claim.event_date)),
            *(("ag:qualifier", _text(f"{key}={value}")) for key, value in pairs),
            ("prov:wasDerivedFrom", _iri("document", claim.evidence.document_id)),
            ("prov:wasGeneratedBy", "<urn:actorgraph:build>"),
        ],
    )


def _comention(comention: CoMention) -> Iterator[str]:
    name = _iri("edge", comention.a, comention.b)
    ends = (_iri("entity", comention.a), _iri("entity", comention.b))
    yield _subject(
        name,
        [
            ("a", "ag:CoMention"),
            ("ag:between", ", ".join(ends)),
            ("ag:sentences", str(comention.sentences)),
            ("ag:paragraphs", str(comention.paragraphs)),
            ("ag:documents", str(comention.documents)),
            ("ag:npmi", _double(comention.npmi)),
            ("ag:logLikelihood", _double(comention.log_likelihood)),
        ],
    )
    if comention.examples:
        yield _annotation((comention.a, comention.b), name, comention.examples)


def _annotation(names: tuple[str, ...], body: str, passages: Iterable[Evidence]) -> str:
    """Say which sentences a claim or a co-mention rests on."""
    return _subject(
        _iri("evidence", *names),
        [
            ("a", "oa:Annotation"),
            ("oa:hasBody", body),
            *(("oa:hasTarget", _target(evidence)) for evidence in passages),
        ],
    )


def _target(evidence: Evidence) -> str:
    quoted = _blank(
        [
            ("a", "oa:TextQuoteSelector"),
            ("oa:exact", _quoted(evidence.exact)),
            ("oa:prefix", _text(evidence.prefix)),
            ("oa:suffix", _text(evidence.suffix)),
        ]
    )
    place = _blank(
        [
            ("a", "oa:TextPositionSelector"),
            ("oa:start", str(evidence.start)),
            ("oa:end", str(evidence.end)),
        ]
    )
    return _blank(
        [
            ("a", "oa:SpecificResource"),
            ("oa:hasSource", _iri("document", evidence.document_id)),
            ("oa:hasSelector", f"{place}, {quoted}"),
            ("schema:datePublished", _date(evidence.date)),
        ]
    )


def _subject(name: str, properties: Iterable[Property]) -> str:
    told = " ;\n    ".join(f"{predicate} {value}" for predicate, value in properties if value)
    return f"\n{name} {told} .\n"


def _blank(properties: Iterable[Property]) -> str:
    told = " ; ".join(f"{predicate} {value}" for predicate, value in properties if value)
    return f"[ {told} ]"


def _triple(noun: Edge | Claim) -> tuple[str, str, str]:
    return (
        _iri("entity", noun.subject_id),
        _iri("relation", noun.relation),
        _iri("entity", noun.object_id),
    )


_LOCAL = re.compile(r"(?:[A-Za-z0-9_:]|%[0-9A-F]{2})(?:[A-Za-z0-9_:.-]|%[0-9A-F]{2})*(?<!\.)")


def _iri(prefix: str, *names: str) -> str:
    """Return a prefixed name, or the whole IRI where Turtle does not let it be shortened.

    >>> _iri("entity", "system:s-400"), _iri("edge", "a", "b/c")
    ('entity:system:s-400', '<urn:actorgraph:edge:a/b%2Fc>')
    """
    path = "/".join(quote(name.encode("utf-8", "surrogatepass"), safe=":") for name in names)
    return f"{prefix}:{path}" if _LOCAL.fullmatch(path) else f"<{_PREFIXES[prefix]}{path}>"


def _wikidata(identifier: str | None) -> str | None:
    known = identifier and re.fullmatch(r"[PQ][0-9]+", identifier, re.ASCII)
    return f"wikidata:{identifier}" if known else None


def _text(text: str | None) -> str | None:
    return _quoted(text) if text else None


def _date(text: str | None) -> str | None:
    """A date typed by its precision; what is no date of the calendar stays text."""
    if not text or interval(text, "") is None:
        return _text(text)
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    return f"{_quoted(text)}^^xsd:{kind}"


def _double(number: float) -> str:
    return f'"{finite(number)!r}"^^xsd:double'


def _quoted(text: str) -> str:
    return '"' + escaped(text, '"') + '"'
