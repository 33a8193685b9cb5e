"""Every regular expression of the product, and texts made to slow it down.

    .venv/bin/python tests/fuzz/patterns.py --characters 50000

The texts are made from the syntax tree of each expression: for every part that may repeat, words
that lead to it, the part many times over, and an end that fits nothing; and runs of every sort of
character that the expression names. Time beyond a straight line shows there, if anywhere: the
method is that of Davis et al. (2018), *The Impact of Regular Expression Denial of Service*, with
measured time in the place of a proof.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
_NO_PRODUCT = ("tests", "benchmarks", "build", "docs", "examples", ".venv", ".cache", "out", "dist")
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")
_CALLS = {f"re.{name}" for name in _METHODS}
_RUNS = (
    *("a", "A", "1", " ", "\n", ".", "-", ",", "'", "’", '"', "“", "(", "[", "<", ">", "#", "*"),
    *("_", "=", "|", "\\", "&", "/", ":", "\t", "é", "Aa ", "A ", "A, ", "A.A.", "a-", "of ", "1."),
    *("and A ", "By A, ", "![a](b ", "<a ", "<!--", "USS A ", "Mk ", "Type 1", "the ", "S-4", "x_"),
)
"""Texts that any expression gets, many times over."""
_ENDS = ("\x00", "  \x00", "", "!\n")
"""What may come after: nothing, or what most expressions do not go on with."""
HELD = {
    "extract/naming/doubt.py _TOWN_BEFORE": "looks at 40 characters",
    "formats/blocks.py _DECLARATION": "gets no mark-up that is never closed",
}
"""Expressions that take the square of the time, and what keeps them from it."""
SHORT, QUICK = 2_000, 0.001
"""Characters of a short text, and the seconds within which it is read in a straight line."""


class Pattern(NamedTuple):
    """A regular expression, where the product makes it, and which of its methods are called."""

    place: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]


class Interrupted(BaseException):
    """An expression took longer than it may."""


def product_patterns() -> Iterator[Pattern]:
    """Yield every regular expression of the product once a module that uses it."""
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] in _NO_PRODUCT or place.name.startswith("__"):
            continue
        module = importlib.import_module(".".join(("actorgraph", *place.with_suffix("").parts)))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = _methods(tree)
        for name, value in vars(module).items():
            for pattern in _in_value(value):
                # Of a list of expressions, and of one for other modules, any method may be called.
                yield Pattern(f"{place} {name}", pattern, frozenset(called.get(name, _METHODS)))
        for call in ast.walk(tree):
            name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
            if name in _CALLS and (pattern := _in_call(call, vars(module))):
                method = frozenset({name.removeprefix("re.")})
                yield Pattern(f"{place}:{call.lineno}", pattern, method)


def _methods(tree: ast.AST) -> dict[str, set[str]]:
    """Which methods a module calls on each of its names."""
    called: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called[node.value.id].add(node.attr)
    return called


def _in_value(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _in_value(part)
    elif isinstance(value, Mapping):
        yield from _in_value(list(value.values()))


def _in_call(call: ast.Call, names: dict[str, Any]) -> re.Pattern[Any] | None:
    """The expression of a call, where nothing but names of the module is in it."""
    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"] or [
        part for part in call.args[1:] if ast.unparse(part).startswith("re.")
    ]
    try:
        source, number = (
            eval(ast.unparse(part), dict(names))
            for part in (call.args[0], flags[0] if flags else ast.Constant(0))
        )
    except NameError:  # made of local names: words of the lexicon or of a question, escaped
        return None
    return re.compile(source, number)


# Texts


class Attack(NamedTuple):
    """A text made to slow an expression down, of any length."""

    before: str
    unit: str
    end: str

    def text(self, length: int) -> str:
        """The attack with its unit so often that it is about so long."""
        return self.before + self.unit * (length // len(self.unit)) + self.end


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """Yield the texts that are made for an expression."""
    source = pattern.pattern
    source = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE)
    for before, unit in dict.fromkeys((*_pumps(tree, ""), *_whole(tree))):
        if unit:
            yield from (Attack(before, unit, end) for end in _ENDS)
    yield from (Attack("", run, end) for run in _RUNS for end in _ENDS[:2])


def _whole(tree: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The beginning of what fits, up to each of its parts, again and again."""
    for size in range(1, len(tree) + 1):
        yield "", _fitting(tree[:size])


def _pumps(tree: Sequence[Any], before: str) -> Iterator[tuple[str, str]]:
    """What leads to each part that may repeat, with words that fit the part."""
    for code, argument in tree:
        if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, part = argument
            if most > 3:
                for variant in range(4):
                    yield before, _fitting(part, variant)
            yield from _pumps(part, before)
        elif code is sre.SUBPATTERN:
            yield from _pumps(argument[3], before)
        elif code is sre.ATOMIC_GROUP:
            yield from _pumps(argument, before)
        elif code is sre.BRANCH:
            for branch in argument[1]:
                yield from _pumps(branch, before)
        elif code in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _pumps(argument[1], before)
        before += _fitting([(code, argument)])


def _fitting(tree: Sequence[Any], variant: int = 0) -> str:
    """A text that fits an expression; `variant` chooses among its branches and characters."""
    text = ""
    for code, argument in tree:
        if code is sre.LITERAL:
            text += chr(argument)
        elif code is sre.NOT_LITERAL:
            text += "a" if argument != ord("a") else "b"
        elif code is sre.ANY:
            text += "a1 ."[variant % 4]
        elif code is sre.IN:
            text += _member(argument, variant)
        elif code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            text += _fitting(argument[2], variant) * max(argument[0], min(1, argument[1]))
        elif code is sre.SUBPATTERN:
            text += _fitting(argument[3], variant)
        elif code is sre.ATOMIC_GROUP:
            text += _fitting(argument, variant)
        elif code is sre.BRANCH:
            text += _fitting(argument[1][variant % len(argument[1])], variant)
    return text


_CANDIDATES = "aA1 .-,'’\"“(<>[]#*_=|\\&/:\t\n;é~!?@"


def _member(members: Sequence[Any], variant: int) -> str:
    """A character of a class, as another one for another variant."""
    fits = [character for character in _CANDIDATES if _is_member(members, character)]
    first = next((a for code, a in members if code is sre.LITERAL), None)
    if not fits:
        low = next((a[0] for code, a in members if code is sre.RANGE), 0)
        return chr(first if first is not None else low)
    return fits[variant % len(fits)]


def _is_member(members: Sequence[Any], character: str) -> bool:
    point, negated, found = ord(character), False, False
    for code, argument in members:
        if code is sre.NEGATE:
            negated = True
        elif code is sre.LITERAL:
            found = found or point == argument
        elif code is sre.RANGE:
            found = found or argument[0] <= point <= argument[1]
        elif code is sre.CATEGORY:
            found = found or bool(re.match(_CATEGORIES[argument], character))
    return found != negated


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}

# Time


def seconds(given: Pattern, text: str, limit: float) -> float:
    """Processor time that the methods which are called take for a text; infinite over the limit."""
    subject = text.encode() if isinstance(given.pattern.pattern, bytes) else text

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGPROF, interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, limit)
        started = time.process_time()
        if "match" in given.methods:
            given.pattern.match(subject)
        if "fullmatch" in given.methods:
            given.pattern.fullmatch(subject)
        if given.methods - {"match", "fullmatch"}:
            for _ in given.pattern.finditer(subject):
                pass
        signal.setitimer(signal.ITIMER_PROF, 0)  # here, as it may run out while it is stopped
        took = time.process_time() - started
    except Interrupted:
        took = float("inf")
    signal.signal(signal.SIGPROF, before)
    return took


def slowest(given: Pattern, length: int, limit: float) -> tuple[float, str]:
    """The longest time that an expression takes for a text, with that text; ends at the limit.

    Only texts that are not quick when they are short are made long: a square shows in both.
    """
    worst = 0.0, ""
    for attack in attacks(given.pattern):
        if seconds(given, attack.text(SHORT), limit) > QUICK:
            text = attack.text(length)
            worst = max(worst, (seconds(given, text, limit), text))
            if worst[0] > limit:
                break
    return worst


def main() -> int:
    """Measure every expression and print the slow ones."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--characters", type=int, default=50_000)
    parser.add_argument("--limit", type=float, default=1.0, help="seconds of processor time")
    parser.add_argument("--only", default="", help="only places that hold this")
    given = parser.parse_args()
    tried = slow = 0
    longest = 0.0
    for pattern in product_patterns():
        if given.only not in pattern.place or pattern.place in HELD:
            continue
        tried += 1
        worst, text = slowest(pattern, given.characters, given.limit)
        if worst > given.limit:
            slow += 1
            print(f"{pattern.place}: over {given.limit} s, {text[:60]!r} ...", flush=True)
        else:
            longest = max(longest, worst)
    print(f"{tried} expressions, {given.characters:,} characters: {slow} over {given.limit} s")
    print(f"The slowest of the others took {longest:.2f} s; {len(HELD)} are held by their callers.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
