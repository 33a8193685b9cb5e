"""Inflected forms of the trigger words, so that text needs no lemmatizer.

Regular English inflection by rule; the irregular verbs that the lexicon uses are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IRREGULAR = {
    "arise": "arose arisen",
    "be": "am is are was were been being 's 're",
    "bear": "bore borne",
    "beat": "beat beaten",
    "become": "became become",
    "begin": "began begun",
    "blow": "blew blown",
    "break": "broke broken",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "choose": "chose chosen",
    "come": "came come",
    "cut": "cut cutting",
    "deal": "dealt",
    "do": "did done",
    "draw": "drew drawn",
    "drive": "drove driven",
    "fall": "fell fallen",
    "feed": "fed",
    "feel": "felt",
    "fight": "fought",
    "find": "found",
    "flee": "fled",
    "fly": "flew flown",
    "forbid": "forbade forbidden",
    "forge": "forged",
    "forget": "forgot forgotten",
    "forgive": "forgave forgiven",
    "freeze": "froze frozen",
    "get": "got gotten getting",
    "give": "gave given",
    "go": "went gone",
    "grow": "grew grown",
    "have": "has had having 've",
    "hear": "heard",
    "hit": "hit hitting",
    "hold": "held",
    "keep": "kept",
    "know": "knew known",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "lend": "lent",
    "let": "let letting",
    "lie": "lay lain",
    "lose": "lost",
    "make": "made",
    "mean": "meant",
    "meet": "met",
    "overthrow": "overthrew overthrown",
    "pay": "paid",
    "prove": "proved proven",
    "put": "put putting",
    "quit": "quit quitting",
    "read": "read",
    "repay": "repaid",
    "ring": "rang rung",
    "rise": "rose risen",
    "run": "ran run running",
    "say": "said",
    "see": "saw seen",
    "seek": "sought",
    "sell": "sold",
    "send": "sent",
    "set": "set setting",
    "shake": "shook shaken",
    "shoot": "shot",
    "show": "showed shown",
    "shut": "shut shutting",
    "sink": "sank sunk",
    "sit": "sat sitting",
    "speak": "spoke spoken",
    "spend": "spent",
    "split": "split splitting",
    "stand": "stood",
    "strike": "struck stricken",
    "strive": "strove striven",
    "swear": "swore sworn",
    "take": "took taken",
    "teach": "taught",
    "tear": "tore torn",
    "tell": "told",
    "think": "thought",
    "throw": "threw thrown",
    "undertake": "undertook undertaken",
    "uphold": "upheld",
    "win": "won winning",
    "wind": "wound",
    "withdraw": "withdrew withdrawn",
    "withhold": "withheld",
    "write": "wrote written",
}
_PREFIXES = ("fore", "mis", "out", "over", "re", "under", "up")
_PLAIN_O = frozenset("euro kilo memo photo".split())
_DOUBLING = frozenset(
    """abet admit ban bar beg bid brag commit compel confer control defer deter drop equal equip
    expel fit fret get grab gun hit jam kidnap man occur outgun outstrip outwit pen permit plan plot
    plug prefer propel rap rebel rebut refer regret rid rig rob scrap ship shun skip slam slap snap
    snub spot spur stem step stop strip submit swap tap top transfer transmit trap trim veto
    worship""".split()
)


def verb_forms(lemma: str) -> Iterator[str]:
    """All forms of a verb, the lemma first; of a phrasal verb, forms of its first word.

    >>> sorted(set(verb_forms("deploy")))
    ['deploy', 'deployed', 'deploying', 'deploys']
    """
    prefix = next((p for p in _PREFIXES if lemma.removeprefix(p) in _IRREGULAR), "")
    if prefix and lemma.startswith(prefix) and lemma not in _IRREGULAR:  # overtake
        yield from (prefix + form for form in verb_forms(lemma.removeprefix(prefix)))
        return
    yield lemma
    if lemma == "be":
        yield from _IRREGULAR["be"].split()
        return
    stem = lemma + lemma[-1] if lemma in _DOUBLING and lemma[-1] not in "lo" else lemma
    if lemma in _DOUBLING and lemma[-1] == "l":
        stem = lemma + "l"
    yield _with_s(lemma)
    if lemma.endswith("ie"):
        yield lemma[:-2] + "ying"
    elif lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        yield lemma[:-1] + "ing"
    else:
        yield stem + "ing"
    if lemma in _IRREGULAR:
        yield from _IRREGULAR[lemma].split()
        return
    if lemma.endswith("e"):
        yield lemma + "d"
    elif re.search(r"[^aeiou]y$", lemma):
        yield lemma[:-1] + "ied"
    else:
        yield stem + "ed"
    if lemma.endswith("l") and re.search(r"[^aeiou][aeiou]l$", lemma):  # British travelled
        yield from (lemma + "led", lemma + "ling")


def noun_forms(lemma: str) -> Iterator[str]:
    """Singular and plural of a noun.

    >>> list(noun_forms("ally"))
    ['ally', 'allies']
    """
    yield lemma
    yield {"man": "men", "woman": "women", "crisis": "crises"}.get(lemma) or _with_s(lemma)


def _with_s(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x", "z", "o")) and word not in _PLAIN_O:
        return word + "es"
    return word + "s"


BE = frozenset(verb_forms("be"))
"""Forms of the verb that joins a subject to what it is: *is*, *were*, *been*."""
