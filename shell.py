"""An interactive Python prompt with a graph loaded: IPython where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .graph.model import KnowledgeGraph

_QUESTIONS = (
    ("kg[{name!r}]", "an entity, by any name; Tab completes"),
    ("kg.neighbors({name!r})", "what it is linked to"),
    ("kg.evidence({name!r}, {other!r})", "the sentences that link two"),
    ("kg.claims(about={name!r}).by('relation')", "what is stated, counted"),
    ("kg.path({name!r}, {other!r})", "how two are connected"),
)

# An error tells what to do in one line; %tb shows where it was raised.
_IPYTHON = ["--no-banner", "--no-confirm-exit", "--InteractiveShell.xmode=Minimal"]


def open_shell(graph: KnowledgeGraph) -> None:
    """Open a prompt in which ``kg`` is the graph and ``ag`` the package; return when it is left."""
    import actorgraph

    names = {"kg": graph, "ag": actorgraph}
    banner = banner_of(graph)
    try:
        from IPython import start_ipython
    except ImportError:
        import code

        code.interact(banner=banner, local=names, exitmsg="")
    else:
        print(banner)
        start_ipython(argv=_IPYTHON, user_ns=names)


def banner_of(graph: KnowledgeGraph) -> str:
    """Return the graph in a line, and five lines to begin with that work on it."""
    name, other = _two_names(graph)
    lines = [(call.format(name=name, other=other), meaning) for call, meaning in _QUESTIONS]
    width = max(len(call) for call, _ in lines)
    return "\n".join([repr(graph), *(f"  {call:<{width}}  # {what}" for call, what in lines)])


def _two_names(graph: KnowledgeGraph) -> tuple[str, str]:
    """The most mentioned entity, and the one that most links it."""
    top = graph.top(1, by="mentions")
    if not top:
        return "NATO", "Russia"
    near = graph.neighbors(top[0])
    return top[0].name, near[0].name if near else top[0].name
