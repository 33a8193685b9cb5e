"""YAML from strangers, looked at before it is loaded.

The loader in C recurses until the stack overflows, and with aliases (``*name``) a few lines can
stand for gigabytes. What a person writes needs neither.
"""

from __future__ import annotations

from typing import Any

MAX_DEPTH = 50
"""Collections within collections."""


def is_shallow(text: str, loader: Any) -> bool:
    """Whether YAML can be loaded safely: it is nested to a bounded depth, and without aliases.

    Raises:
        yaml.YAMLError: It is no YAML.

    >>> import yaml
    >>> is_shallow("a: [b, c]", yaml.SafeLoader), is_shallow("[" * 60 + "]" * 60, yaml.SafeLoader)
    (True, False)
    """
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            return False
    return True
