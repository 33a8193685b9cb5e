"""The user's decisions: a YAML file, applied again on every build, that wins over every rule.

.. code-block:: yaml

    - merge: [S-400, Growler]            # one thing; the first name is the one to show
      reason: NATO reporting name
    - split: [Patriot, PAC-3]            # never one thing
    - rename: organization:valdai-club
      to: Valdai Discussion Club
    - retype: Iron Dome
      to: system
    - drop: Reuters                      # not an actor here
    - reject: claim-3f2a91               # a claim read wrongly
    - confirm: claim-77b0e4              # a claim checked by hand
      author: jk
      date: 2024-05-01

Entities go by id or by any of their names. Names that YAML would read as something else, such
as ``no`` or ``2014``, need quotes. Decisions are added by hand, by the methods of a graph
(``kg.merge("S-400", "Growler")``), or by ``actorgraph curate``; the latter two leave comments in
the file as they are.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from pydantic import ValidationError

from ..errors import CurationError
from ..shallow_yaml import is_shallow
from ..whole_files import replacing
from .curation import Action, Curation, Judgement, reasons_of

HEADER = "# Decisions applied on every build; see the documentation on curation.\n"
"""First line of a file that was not begun by hand."""

YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads plain values only; the one in C is ten times as fast, where it is there."""


def read_curation(path: str | Path) -> Curation:
    """Read a curation file; an empty file is an empty curation.

    Raises:
        CurationError: The file cannot be read, is malformed, or contradicts itself.
    """
    try:
        return parse_curation(Path(path).read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise CurationError(f"Cannot read {path}: {error}") from error


def parse_curation(text: str, path: str | Path) -> Curation:
    """Read the text of a curation file; `path` is where it stands, for messages.

    Raises:
        CurationError: The text is malformed or contradicts itself.
    """
    try:
        if not is_shallow(text, YAML_LOADER):
            raise CurationError(f"{path}: it is nested too deeply, or uses aliases (*name).")
        rows = yaml.load(text, YAML_LOADER)  # noqa: S506
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2021-02-30 is a ValueError
        raise CurationError(f"Cannot read {path}: {error}") from error
    if not isinstance(rows, list | None):
        raise CurationError(f"{path}: expected a list of decisions, each beginning with a dash.")
    judgements = []
    for number, row in enumerate(rows or (), start=1):
        try:
            judgements.append(_judgement(row))
        except ValidationError as error:
            reasons = "; ".join(reasons_of(error))
            raise CurationError(f"{path}, decision {number} ({row}): {reasons}.") from error
        except ValueError as error:
            raise CurationError(f"{path}, decision {number} ({row}): {error}.") from error
    return Curation(judgements=tuple(judgements))


def write_curation(curation: Curation, path: str | Path) -> None:
    """Write a curation file that `read_curation` reads; the old one is replaced in one step."""
    replace_file(Path(path), HEADER + as_yaml(curation.judgements))


def as_yaml(judgements: Iterable[Judgement]) -> str:
    """Decisions as they stand in a curation file."""
    rows = [_row(judgement) for judgement in judgements]
    if not rows:
        return ""
    return yaml.dump(rows, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def with_row(text: str, judgement: Judgement) -> str:
    """Add one decision at the end of a file, as far from the margin as the others."""
    rows = yaml.compose(text, Loader=YAML_LOADER)
    margin = " " * rows.start_mark.column if rows else ""
    end = "" if text.endswith("\n") or not text else "\n"
    return text + end + indent(as_yaml([judgement]), margin)


def without_row(text: str, number: int) -> str:
    """Cut the lines of one decision out of a file; comments on other lines stay.

    >>> print(without_row("# Checked.\\n- drop: A  # a museum\\n# Next:\\n- drop: B", 0))
    # Checked.
    # Next:
    - drop: B
    """
    rows: Any = yaml.compose(text, Loader=YAML_LOADER)
    row = rows.value[number]
    lines = text.splitlines(keepends=True)
    last = max(
        mark.line if mark.column else mark.line - 1 for mark in (n.end_mark for n in _leaves(row))
    )
    return "".join(lines[: row.start_mark.line] + lines[last + 1 :])


def replace_file(path: Path, text: str) -> None:
    """Give a file a new content in one step: whoever reads it sees the old or the new one."""
    path = path.resolve()
    with replacing(path) as stream:
        stream.write(text.encode())
        if path.exists():
            shutil.copymode(path, stream.name)


def _judgement(row: object) -> Judgement:
    if not isinstance(row, Mapping):
        raise ValueError("a decision is written as 'action: names'")
    fields: dict[str, Any] = dict(row)
    actions = [action for action in Action if action in fields]
    if len(actions) != 1:
        raise ValueError(f"a decision has exactly one of {', '.join(Action)}")
    targets = fields.pop(actions[0])
    targets = targets if isinstance(targets, list) else [targets]
    for name in (*targets, fields.get("to", "")):
        if not isinstance(name, str):
            raise ValueError(f"{name!r} is not a name; write it in quotes")
    if isinstance(fields.get("date"), date):
        fields["date"] = fields["date"].isoformat()
    return Judgement(**fields, action=actions[0], targets=tuple(targets))


def _row(judgement: Judgement) -> dict[str, object]:
    several = judgement.action.takes_several
    row: dict[str, object] = {
        judgement.action.value: judgement.targets if several else judgement.targets[0]
    }
    more = judgement.model_dump(include={"to", "reason", "author", "date"}, exclude_none=True)
    return row | more


def _leaves(node: yaml.Node) -> Iterator[yaml.Node]:
    """The values of a row that hold text: the end of a mapping lies beyond its comments."""
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair
    else:
        yield node


class _Dumper(yaml.SafeDumper):
    """Writes the names of a decision on its line: ``merge: [S-400, Growler]``."""


_Dumper.add_representer(
    tuple,
    lambda dumper, names: dumper.represent_sequence(
        "tag:yaml.org,2002:seq", names, flow_style=True
    ),
)
