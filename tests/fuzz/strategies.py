"""What people hand to the program, well meant and not: texts, files, names, decisions, graphs."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

from .mutation import damaged
from .naughty import NAUGHTY

CORPUS = Path(__file__).with_name("corpus")
_GROUPS = (
    *((".txt", ".md"), (".html", ".rss", ".atom"), (".docx", ".odt", ".epub", ".zip")),
    *((".csv", ".tsv"), (".json", ".jsonl"), (".yaml",)),
)
"""Files that are damaged with pieces of one another."""

any_character = st.characters(exclude_categories=())
words = st.sampled_from(
    """Turkey Russia NATO S-400 Oslo Norway THAAD Ankara the The of and said says bought sold may
    not Mr. Dr. J. U.S. Jens Stoltenberg 2019 12 July missile radar “the” (IAMD) [1] AN/TPY-2 # - >
    --- *** | ``` Q: A: MR. KIRBY: By Share this Abstract <p> &amp; https://a.example/b_(c)
    """.split()
)
lines = st.lists(words | st.sampled_from(NAUGHTY), max_size=12).map(" ".join)
texts = (
    st.lists(lines, max_size=12).map("\n".join)
    | st.text(any_character, max_size=200)
    | st.lists(lines, max_size=8).map("\n\n".join)
)
"""Texts that look like documents, and texts that do not."""
fields = st.none() | st.sampled_from(NAUGHTY) | lines | st.text(any_character, max_size=20)
metadata = st.dictionaries(st.sampled_from(NAUGHTY) | words, lines, max_size=4)

_tags = st.sampled_from(
    """p div table tr td ul li blockquote h1 h7 script style template svg article main time meta
    a b br body head html title iframe select pre code math x:y""".split()
)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opened = st.tuples(
        _tags, st.sampled_from(("", " a=1", " datetime='2021'", ' x="', " onload=b"))
    )
    return st.tuples(opened, st.lists(inside, max_size=4), st.booleans()).map(
        lambda made: (
            f"<{made[0][0]}{made[0][1]}>{''.join(made[1])}{f'</{made[0][0]}>' if made[2] else ''}"
        )
    )


markup = st.recursive(lines, _element, max_leaves=12).map(
    lambda page: page.encode(errors="replace")
)
"""Pages of elements in one another, closed or not."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | lines,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(("text", "title", "date", "body", "url", "id", "nodes", "name"))
            | st.sampled_from(NAUGHTY),
            inside,
            max_size=4,
        )
    ),
    max_leaves=10,
)
json_files = json_values.map(lambda value: json.dumps(value).encode())

_scalars = (
    lines
    | st.integers(-3, 9999)
    | st.booleans()
    | st.none()
    | st.dates()
    | st.sampled_from(NAUGHTY)
)
_actions = ("merge", "split", "rename", "retype", "drop", "reject", "confirm", "to", "author")


@st.composite
def yaml_lists(draw: st.DrawFn) -> bytes:
    """Lists of decisions or names, with keys that fit and values that often do not."""
    import yaml

    keys = st.sampled_from(
        (*_actions, "date", "reason", "name", "type", "aliases", "id", "country")
    )
    rows = draw(
        st.lists(
            st.dictionaries(keys, _scalars | st.lists(_scalars, max_size=3), max_size=4)
            | _scalars
            | st.fixed_dictionaries({"merge": st.lists(words, min_size=2, max_size=3)})
            | st.fixed_dictionaries({"name": words, "type": words}),
            max_size=5,
        )
    )
    return str(yaml.safe_dump(rows, allow_unicode=True)).encode(errors="replace")


@st.composite
def toml_files(draw: st.DrawFn) -> bytes:
    """Relations with triggers, of fields that fit and of others."""
    plain = st.sampled_from(
        ('"supply"', '"x y"', '""', "3", "true", "[]", '["a"]', "[1]", "{}", "nan")
    )
    names = st.sampled_from(("escorts", "supplies", "a-b", '""', '"a b"'))
    keys = st.sampled_from(
        """verbs nouns adjectives phrases to particle with_noun complement irrealis subject swap
        domain range confidence own_word denies modal together reciprocal x""".split()
    )
    tables = []
    for name in draw(st.lists(names, max_size=3, unique=True)):
        head = draw(st.dictionaries(st.sampled_from(("inverse", "symmetric", "quad")), plain))
        tables.append(f"[{name}]\n" + "".join(f"{k} = {v}\n" for k, v in head.items()))
        for row in draw(st.lists(st.dictionaries(keys, plain, max_size=5), max_size=3)):
            tables.append(
                f"[[{name}.triggers]]\n" + "".join(f"{k} = {v}\n" for k, v in row.items())
            )
    return "\n".join(tables).encode()


def seed(name: str) -> bytes:
    """A file of the corpus."""
    return (CORPUS / name).read_bytes()


def damaged_file(*names: str) -> st.SearchStrategy[bytes]:
    """Damaged copies of files of the corpus."""
    kinds = {Path(name).suffix for name in names}
    kin = {suffix for group in _GROUPS if kinds & set(group) for suffix in group} | kinds
    others = [path.read_bytes() for path in sorted(CORPUS.iterdir()) if path.suffix in kin]
    numbers = st.integers(0, 2**40)
    return st.builds(
        lambda data, number: damaged(data, number, others),
        st.sampled_from([seed(name) for name in names]),
        numbers,
    )
