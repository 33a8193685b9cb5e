"""The interactive page: one file that holds the graph, its evidence and the code to explore it.

pyvis is the shell: its `Network` carries nodes, lines and options, and its vis-network bundle
draws them. Template, script and style are our own (`explorer/`), because pyvis' page loads from
the network and runs text it is given. Here

* nothing is loaded: a content security policy (W3C CSP Level 3) allows the page its own two
  scripts and one style, by their SHA-256, and no connection at all;
* no text of a document is markup: data travels as JSON in a block that is never executed, and the
  script only ever sets `textContent`;
* the same graph gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TextIO

from ..errors import ExportError
from ..schema import EntityType, GraphView
from .explorer.payload import Payload, select, visual_edges, visual_nodes
from .files import open_text
from .palette import CO_MENTION, EDGE_COLOURS, NODE_COLOURS, edge_colour, node_colour

_SCRIPTS = (
    "core.js",
    "state.js",
    "time.js",
    "view.js",
    "paths.js",
    "evidence.js",
    "drag.js",
    "graph.js",
    "labels.js",
    "parts.js",
    "entity.js",
    "panel.js",
    "search.js",
    "filters.js",
    "table.js",
    "picture.js",
    "tables.js",
    "graphs.js",
    "takeaway.js",
    "main.js",
)
"""The page's script, in the order in which its parts build on one another."""

_SHAPES = {
    EntityType.COUNTRY: "dot",
    EntityType.ORGANIZATION: "square",
    EntityType.PERSON: "triangle",
    EntityType.SYSTEM: "diamond",
    EntityType.PLACE: "triangleDown",
    EntityType.AGREEMENT: "hexagon",
    EntityType.EVENT: "star",
    EntityType.DOCUMENT: "ring",
}

_VIS_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 0},
    "nodes": {"chosen": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "selectable": True,
        "selectConnectedEdges": False,
    },
}

# Every character that could end the block, open a comment or upset a JavaScript parser; and lone
# surrogates, which no encoding can write.
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def write_html(graph: GraphView, target: Path | TextIO, *, max_nodes: int = 2000) -> None:
    """Write the graph as one interactive page that needs neither network nor server.

    Args:
        graph: The graph to show.
        target: A path, or a text file that stays open.
        max_nodes: How many entities are drawn at first; the most central are taken, the others
            can be searched for and pulled in.

    Raises:
        ExportError: If `max_nodes` is not positive, or the path cannot be written.
    """
    text = page(graph, max_nodes=max_nodes)
    if isinstance(target, str | Path):
        # No other line end than the hashed one, whatever the system's.
        with open_text(Path(target)) as stream:
            stream.write(text)
    else:
        target.write(text)


def page(graph: GraphView, *, max_nodes: int = 2000) -> str:
    """Return the interactive page as text. See `write_html`."""
    if max_nodes < 1:
        raise ExportError(f"A page of {max_nodes} nodes shows nothing; ask for at least 1.")
    # pyvis imports IPython, which is slow: only those who write a page wait for it.
    from jinja2 import Environment, PackageLoader
    from pyvis.network import Network

    selection = select(graph, max_nodes)
    payload = Payload(graph, selection).build()
    payload["legend"] = _legend(payload)

    network = Network(directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(_VIS_OPTIONS))
    # Not add_node and add_edge, which take quadratic time and drop parallel edges.
    network.nodes = visual_nodes(graph, selection)
    network.edges = visual_edges(payload)
    network.path = "page.html.j2"
    network.templateEnv = Environment(
        loader=PackageLoader("actorgraph.export", "explorer"), autoescape=True
    )
    network.templateEnv.filters["script_json"] = script_json
    library, script, style = _library(), _script(), _own("explorer.css")
    network.templateEnv.globals.update(
        library=library,
        script=script,
        style=style,
        policy=_policy(scripts=(library, script), style=style),
        title=graph.title.encode(errors="replace").decode(),  # a lone surrogate cannot be written
        payload=payload,
    )
    return str(network.generate_html())


def script_json(value: Any) -> Any:
    """Return JSON that can stand in a script element as it is.

    >>> print(script_json({"name": "</script>"}))
    {"name":"\\u003c/script\\u003e"}
    """
    from markupsafe import Markup

    if isinstance(value, str):  # pyvis hands over its options as JSON text
        value = json.loads(value)
    text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # noqa: S704


def _legend(payload: dict[str, Any]) -> dict[str, Any]:
    types = {entity["type"] for entity in payload["entities"]}
    known = [name for name in NODE_COLOURS if name in types]
    return {
        "types": [
            {"name": name, "colour": node_colour(name), "shape": _SHAPES.get(name, "dot")}
            for name in known + sorted(types.difference(known))
        ],
        "quads": {name: edge_colour(name) for name in EDGE_COLOURS if name != CO_MENTION},
        "comention": EDGE_COLOURS[CO_MENTION],
    }


def _policy(*, scripts: tuple[str, ...], style: str) -> str:
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)),
        "style-src": _hash(style),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _script() -> str:
    return '"use strict";\n' + "\n".join(map(_own, _SCRIPTS))


def _own(name: str) -> str:
    return _text(resources.files("actorgraph.export.explorer") / name)


def _library() -> str:
    """The vis-network bundle that pyvis ships, without the pointer to a map it does not ship."""
    bundle = resources.files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return re.sub(r"//# sourceMappingURL=\S*", "", _text(bundle))


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
