"""The colours of every export, so that the page and the files for Gephi agree.

Node colours are the palette of Okabe and Ito, "Color Universal Design" (2008), made to be told
apart by colour-blind readers; its black is replaced by a grey that shows on a dark page as well.
Edge colours take cool hues of the same palette for cooperation and warm ones for conflict, the
stronger hue for deeds and the lighter one for words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CO_MENTION = "co-mention"
"""The key of `EDGE_COLOURS` for pairs of names that only met in the text."""

NODE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "country": "#0072b2",
        "organization": "#e69f00",
        "person": "#cc79a7",
        "system": "#d55e00",
        "place": "#009e73",
        "agreement": "#56b4e9",
        "event": "#f0e442",
        "document": "#999999",
    }
)
"""Entity type -> ``#rrggbb``."""

EDGE_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "structural": "#707070",
        "verbal-cooperation": "#56b4e9",
        "material-cooperation": "#0072b2",
        "verbal-conflict": "#e69f00",
        "material-conflict": "#d55e00",
        CO_MENTION: "#c4c4c4",
    }
)
"""Quad class of a relation, or `CO_MENTION` -> ``#rrggbb``."""


def node_colour(entity_type: str) -> str:
    """Return the colour of an entity type; types of a user's ontology share one.

    >>> node_colour("country"), node_colour("vessel")
    ('#0072b2', '#666666')
    """
    return NODE_COLOURS.get(entity_type, "#666666")


def edge_colour(quad: str) -> str:
    """Return the colour of a quad class; unknown classes look structural.

    >>> edge_colour("material-conflict")
    '#d55e00'
    """
    return EDGE_COLOURS.get(quad, EDGE_COLOURS["structural"])
