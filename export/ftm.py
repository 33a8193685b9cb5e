"""FollowTheMoney: entities and links for Aleph, OpenSanctions and other tools of investigators.

Specification: https://followthemoney.tech, model version 4; one entity a line, as ``ftm`` and
``alephclient`` read it (``entities.ftm.json``).

Every entity, document and stated fact is a FollowTheMoney entity. A fact is a link of the schema
that fits its relation and both its ends (membership, directorship, employment, ownership, payment,
succession, participation in a project, documentation, sanction), and an ``UnknownLink`` otherwise;
its ``role`` keeps our relation, its ``summary`` the sentences that state it, its ``proof`` the
documents.

Kept: names, aliases, countries, Wikidata ids; facts with sentences, event dates, sources. Lost:
co-mentions, relations that are only planned or denied, polarity, modality, speakers, offsets, ids
as they are: FollowTheMoney has no place for them. Systems are assets, agreements are projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..schema import Claim, Document, Edge, Entity, GraphView, Polarity
from .gexf import interval
from .jsonl import Record, write_lines
from .xml import clean

_SCHEMATA: Mapping[tuple[str, str | None], str] = {
    ("country", None): "PublicBody",
    ("organization", None): "Organization",
    ("organization", "government_body"): "PublicBody",
    ("organization", "armed_force"): "PublicBody",
    ("organization", "intelligence"): "PublicBody",
    ("organization", "company"): "Company",
    ("person", None): "Person",
    ("system", None): "Asset",
    ("system", "aircraft"): "Airplane",
    ("system", "uav"): "Airplane",
    ("system", "ship_submarine"): "Vessel",
    ("system", "ground_vehicle"): "Vehicle",
    ("system", "programme"): "Project",
    ("agreement", None): "Project",
    ("place", None): "Address",
    ("event", None): "Event",
    ("document", None): "Article",
}
"""Type and subtype -> schema; a type of a user's ontology is an asset, the least specific thing."""

_TOPICS: Mapping[tuple[str, str | None], str] = {
    ("country", None): "gov.national",
    ("organization", "alliance_igo"): "gov.igo",
    ("organization", "government_body"): "gov",
    ("organization", "armed_force"): "mil",
    ("organization", "intelligence"): "gov.security",
    ("organization", "party"): "pol.party",
    ("person", "journalist"): "role.journo",
}

_KINDS: Mapping[str, frozenset[str]] = {
    "PublicBody": frozenset({"Organization", "LegalEntity"}),
    "Organization": frozenset({"Organization", "LegalEntity"}),
    "Company": frozenset({"Organization", "LegalEntity", "Asset"}),
    "Person": frozenset({"Person", "LegalEntity"}),
    "Asset": frozenset({"Asset"}),
    "Airplane": frozenset({"Asset"}),
    "Vessel": frozenset({"Asset"}),
    "Vehicle": frozenset({"Asset"}),
    "Project": frozenset({"Project"}),
    "Article": frozenset({"Document"}),
}
"""Schema -> what it may stand for at the end of a link."""


class _Link(NamedTuple):
    """A schema for a relation: the property for each end, and what may stand there."""

    schema: str
    subject: str
    subject_kind: str
    object: str
    object_kind: str


_LINKS: Mapping[str, _Link] = {
    "member_of": _Link("Membership", "member", "LegalEntity", "organization", "Organization"),
    "affiliated_with": _Link("Membership", "member", "LegalEntity", "organization", "Organization"),
    "leads": _Link("Directorship", "director", "LegalEntity", "organization", "Organization"),
    "holds_position_in": _Link("Employment", "employee", "Person", "employer", "Organization"),
    "acquires": _Link("Ownership", "owner", "LegalEntity", "asset", "Asset"),
    "funds": _Link("Payment", "payer", "LegalEntity", "beneficiary", "LegalEntity"),
    "replaces": _Link("Succession", "successor", "LegalEntity", "predecessor", "LegalEntity"),
    "develops": _Link("ProjectParticipant", "participant", "LegalEntity", "project", "Project"),
    "produces": _Link("ProjectParticipant", "participant", "LegalEntity", "project", "Project"),
    "party_to": _Link("ProjectParticipant", "participant", "LegalEntity", "project", "Project"),
    "comments_on": _Link("Documentation", "document", "Document", "entity", ""),
    "finds_weakness_in": _Link("Documentation", "document", "Document", "entity", ""),
}
_UNKNOWN = _Link("UnknownLink", "subject", "", "object", "")
_WITHOUT_ROLE = frozenset({"Payment", "Sanction"})


def write_ftm(graph: GraphView, target: Path | BinaryIO) -> None:
    """Write the graph as FollowTheMoney entities; the same graph always gives the same bytes.

    Args:
        graph: The graph.
        target: A path, or a binary file that stays open.

    Raises:
        ExportError: The path cannot be written.
    """
    write_lines(_records(graph), target)


def _records(graph: GraphView) -> Iterator[Record]:
    documents = {document.id: document for document in graph.documents}
    entities = {entity.id: entity for entity in graph.entities}
    for _, document in sorted(documents.items()):
        yield _document(document)
    for _, entity in sorted(entities.items()):
        yield _entity(entity)
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        if edge.status.is_fact:
            ends = entities[edge.subject_id], entities[edge.object_id]
            yield _fact(edge, *ends, documents)


def _document(document: Document) -> Record:
    return _record(
        _document_id(document.id),
        "Article",
        title=[document.label],
        author=[document.author],
        publisher=[document.publisher],
        publishedAt=[_date(document.date)],
        sourceUrl=[_url(document.url)],
        fileName=[document.path],
    )


def _entity(entity: Entity) -> Record:
    kind = (entity.type, entity.subtype)
    return _record(
        _entity_id(entity.id),
        _schema(entity),
        name=[_value(entity.name) or _entity_id(entity.id)],
        alias=entity.aliases,
        country=[_country(entity.country)],
        keywords=[entity.subtype],
        topics=[_TOPICS.get(kind) or _TOPICS.get((entity.type, None))],
        wikidataId=[_wikidata(entity.identifiers.get("wikidata"))],
    )


def _fact(
    edge: Edge, subject: Entity, object_: Entity, documents: Mapping[str, Document]
) -> Record:
    schema, ends = _ends(edge.relation, subject, object_)
    claims = [claim for claim in edge.claims if claim.polarity is Polarity.AFFIRMED]
    cited = [documents[d] for d in _cited(claims) if d in documents]
    return _record(
        f"fact-{_digest(*edge.key)}",
        schema,
        **ends,
        role=[] if schema in _WITHOUT_ROLE else [edge.relation],
        summary=[claim.evidence.exact for claim in claims],
        description=[f"status: {edge.status}, belief: {edge.belief:.2f}"],
        date=[_date(claim.event_date) for claim in claims],
        recordId=[claim.id for claim in claims],
        proof=[_document_id(document.id) for document in cited],
        publisher=[document.publisher for document in cited],
        sourceUrl=[_url(document.url) for document in cited],
    )


def _ends(relation: str, subject: Entity, object_: Entity) -> tuple[str, dict[str, list[str]]]:
    """The schema of a fact, and the properties that say what it links."""
    if relation == "sanctions":  # whoever imposes it is only named there
        return "Sanction", {"entity": [_entity_id(object_.id)], "authority": [subject.name]}
    link = _LINKS.get(relation, _UNKNOWN)
    if not (_may_be(subject, link.subject_kind) and _may_be(object_, link.object_kind)):
        link = _UNKNOWN
    return link.schema, {
        link.subject: [_entity_id(subject.id)],
        link.object: [_entity_id(object_.id)],
    }


def _may_be(entity: Entity, kind: str) -> bool:
    return not kind or kind in _KINDS.get(_schema(entity), ())


def _schema(entity: Entity) -> str:
    special = _SCHEMATA.get((entity.type, entity.subtype))
    return special or _SCHEMATA.get((entity.type, None), "Asset")


def _cited(claims: Iterable[Claim]) -> list[str]:
    return sorted({claim.evidence.document_id for claim in claims})


def _record(id_: str, schema: str, **properties: Iterable[str | None]) -> Record:
    """Leave out what is not known; values of a property are a set, here in sorted order."""
    told = {
        name: sorted({text for value in values if value and (text := _value(value))})
        for name, values in properties.items()
    }
    known = {name: values for name, values in told.items() if values}
    return {"id": id_, "schema": schema, "properties": known}


def _value(text: str) -> str:
    """Text on one line; empty where nothing of it can be seen, which the package would drop."""
    text = re.sub("[\x7f-\x9f]", "", clean(text))
    return text if any(c.isprintable() and not c.isspace() for c in text) else ""


def _entity_id(name: str) -> str:
    """``country:ru`` -> ``country.ru``: ids there are of letters, digits, dots and hyphens.

    >>> _entity_id("system:s-400"), _entity_id("a/b")[:11]
    ('system.s-400', 'entity-3ec6')
    """
    if re.fullmatch(r"[0-9A-Za-z-]+:[0-9A-Za-z-]*[0-9A-Za-z]", name) and name[0] != "-":
        return name.replace(":", ".")
    return f"entity-{_digest(name)}"


def _document_id(name: str) -> str:
    return f"document-{_digest(name)}"


def _digest(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha1(text, usedforsecurity=False).hexdigest()


def _date(text: str | None) -> str | None:
    return text if text and interval(text, "") else None


def _url(text: str | None) -> str | None:
    return text if text and re.match(r"https?://[\w.-]+", text) else None


def _country(code: str | None) -> str | None:
    return code if code and re.fullmatch("[a-z]{2}", code) else None


def _wikidata(identifier: str | None) -> str | None:
    return identifier if identifier and re.fullmatch("Q[0-9]+", identifier) else None
