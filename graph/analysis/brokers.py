"""Who stands between communities.

A broker joins two neighbours that belong to different communities and are not linked themselves
(Gould and Fernandez, 1989: brokerage between groups). How evenly its links spread over communities
is its participation coefficient (Guimerà and Amaral, 2005): 0 if all lead into one, near 1 if they
are spread over many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...schema import Entity
from ..answers.records import Record, entity_record
from ..answers.tables import Results


@dataclass(frozen=True)
class Broker:
    """An entity between communities."""

    entity: Entity
    brokered: int
    """Pairs of neighbours of two communities that only meet through others, such as this one."""
    participation: float
    """From 0, all links lead into one community, to nearly 1, they are spread over many."""
    communities: tuple[int, ...]
    """Numbers of the communities it is linked to, those with most links first."""

    @property
    def id(self) -> str:
        """Id of the entity."""
        return self.entity.id

    @property
    def name(self) -> str:
        """Name of the entity."""
        return self.entity.name


class BrokerList(Results[Broker]):
    """Entities between communities, those that join most pairs first."""

    columns = ("brokered", "participation", "name", "type", "communities")

    def cells(self, item: Broker) -> Iterable[tuple[str, ...]]:
        numbers = ", ".join(map(str, item.communities))
        share = f"{item.participation:.2f}"
        return [(str(item.brokered), share, item.name, item.entity.type, numbers)]

    def record(self, item: Broker) -> Record:
        return entity_record(item.entity) | {
            "brokered": item.brokered,
            "participation": item.participation,
            "communities": "; ".join(map(str, item.communities)),
        }


def find_brokers(
    pairs: Iterable[tuple[str, str]], clusters: Mapping[str, int], entities: Mapping[str, Entity]
) -> list[Broker]:
    """Return the entities that are linked to two communities or more, best brokers first.

    Args:
        pairs: Who is linked with whom, every pair once.
        clusters: Community number of every entity.
        entities: Entities by id.
    """
    near: dict[str, set[str]] = {}
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    closed = _closed(near, clusters)
    brokers = []
    for name in sorted(near):
        spread = Counter(clusters[other] for other in near[name])
        if len(spread) < 2:
            continue
        degree = len(near[name])
        across = (degree**2 - sum(n**2 for n in spread.values())) // 2
        brokers.append(
            Broker(
                entity=entities[name],
                brokered=across - closed[name],
                participation=round(1 - sum((n / degree) ** 2 for n in spread.values()), 4),
                communities=tuple(sorted(spread, key=lambda number: (-spread[number], number))),
            )
        )
    return sorted(brokers, key=lambda broker: (-broker.brokered, -broker.participation, broker.id))


def _closed(near: Mapping[str, set[str]], clusters: Mapping[str, int]) -> Counter[str]:
    """Count, for every entity, the linked pairs of its neighbours that span two communities."""
    closed: Counter[str] = Counter()
    for a, others in near.items():
        for b in others:
            if a < b and clusters[a] != clusters[b]:
                closed.update(others & near[b])
    return closed
