"""Who a whole sentence is ascribed to: *according to X*, *X: ...*, *as Y reported*, a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .grammar import is_passive, subjects
from .triggers import RelationLexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_VIEWS = frozenset(
    """account accounts assessment estimation eyes judgement judgment opinion reckoning retelling
    telling tellings view words""".split()
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_QUOTATION = re.compile(r"“[^“”]*”?|\"[^\"]*\"?")
_QUOTES = ("“", '"')
_WHEN = ("after", "because", "before", "if", "once", "since", "until", "when", "while")
"""Begin a clause of time or reason: *when its history is written*."""
_PRESENT = frozenset("i we you one".split())
"""Those a speaker has before him report nothing: *as you have seen*, *I think*."""
_REACH = 14
"""How many tokens a reporting verb may stand away from the quotation."""


class Quotation(NamedTuple):
    """A quoted sentence."""

    start: int
    """Its first token."""
    end: int
    """The token after the last."""
    speaker: Token


def sources(sentence: Span, path: set[int], lexicon: RelationLexicon) -> Iterator[Token | None]:
    """Yield the heads of the phrases that name who says what a sentence states.

    Args:
        sentence: The sentence.
        path: Indices of the word that states it and of all that governs it; what stands there is
            read by its scope, not as a source of the whole sentence.
        lexicon: Knows the verbs of saying.
    """
    name, quoted = _before_colon(sentence)
    if name is not None and (quoted or name.i not in path):
        yield name
    for token in sentence:
        # in the view of Germany, by all accounts
        in_view = token.lower_ in _VIEWS and token.head.lower_ in ("by", "in")
        if (token.lower_ == "according" and not _is_elsewhere(token, path)) or in_view:
            yield next((c for p in token.children for c in p.children if c.dep_ == "pobj"), None)
        elif token.i not in path and token.head.i in path and _is_aside(token, lexicon):
            yield speaker_of(token)


def _is_elsewhere(preposition: Token, path: set[int]) -> bool:
    """*Fields it, prompting, according to X, a threat*: the source of another clause only."""
    verb = preposition.head
    return (
        verb.dep_ in ("advcl", "acl", "relcl", "conj")
        and verb.i not in path
        and (verb.i < preposition.i)
    )


def _is_aside(token: Token, lexicon: RelationLexicon) -> bool:
    """A parenthesis of saying: *India, the newspaper writes, operates*; *as reported by X*."""
    if token.dep_ not in ("parataxis", "ccomp", "advcl", "dep"):
        return False
    if not lexicon.is_a(token.lower_, "report"):
        return False
    if any(c.dep_ in ("ccomp", "xcomp") or c.lower_ in _WHEN for c in token.children):
        return False  # as this continues to hold
    if not lexicon.is_a(token.lower_, "telling") and any(
        c.dep_ == "dobj" and c.lower_ != "it" for c in token.children
    ):
        return False
    return any(c.dep_ in (*_SUBJECTS, "agent") and c.lower_ not in _PRESENT for c in token.children)


def speaker_of(verb: Token) -> Token | None:
    """Who says so; of an adjective (*is concerned that*) its bearer.

    A parenthesis inside a clause takes the subject of the clause for its own: *India, the paper
    says, operates it*. The one who speaks is the nearer, as where the parser takes a phrase before
    the subject for another. The one spoken to (*you've said that*) is no source.
    """
    if verb.tag_[0] == "V":
        before = [c for c in verb.lefts if c.dep_ == "nsubj"]
        if len(before) > 1:
            return before[-1]
        if verb.dep_ == "parataxis":
            own = [c for c in verb.children if c.dep_ == "nsubj"]
            if len(own) > 1:
                return own[-1]
            beside = [c for s in own for c in s.children if c.dep_ == "appos" and c.i < verb.i]
            if beside:
                return beside[-1]
        found = subjects(verb) or _citing(verb)
    else:
        found = subjects(verb.head) if verb.dep_ in ("acomp", "attr") else []
    return found[0] if found and found[0].lower_ != "you" and found[0].tag_[0] != "W" else None


def _citing(verb: Token) -> list[Token]:
    """*Reuters, citing officials, reported that*, where the parser has the officials report."""
    aside = verb.head
    named = aside.dep_ == "advcl" and aside.head.tag_ in ("NNP", "NNPS")
    return [aside.head] if verb.dep_ == "ccomp" and named else []


def _before_colon(sentence: Span) -> tuple[Token | None, bool]:
    """The name that speaks in *Jens Stoltenberg (May 3): Russia threatens Estonia*.

    Returns:
        The name, and whether a quotation mark follows the colon.
    """
    name = sentence[0]
    inside = False
    for at, token in enumerate(sentence[1:14], 2):
        if token.text.endswith(":"):
            return name, sentence[at : at + 1].text in _QUOTES
        inside = (inside or token.text == "(") and token.text != ")"
        if not inside and token.text != ")":
            if token.tag_ not in ("NNP", "NNPS"):
                break
            name = token
    return None, False


def quotations(text: str, doc: Doc, lexicon: RelationLexicon) -> list[Quotation]:
    """The quoted sentences of a passage, of which `doc` is the parse.

    A quotation with no verb of saying beside it goes on from the one before: *“A,” X said. “B.”*
    """
    found: list[Quotation] = []
    if "“" not in text and '"' not in text:
        return found
    spans = [
        span
        for match in _QUOTATION.finditer(text)
        if (span := doc.char_span(*match.span(), alignment_mode="expand")) is not None
    ]
    spoken = [
        s for s in spans if len(s) > 4 and any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in s)
    ]
    inside = {t.i for s in spans for t in s}
    speaker: Token | None = None
    for span in spoken:
        beside = _verb_beside(doc, span, inside, lexicon)
        speaker = beside if beside is not None else speaker
        if speaker is not None:
            found.append(Quotation(span.start, span.end, speaker))
    return found


def _verb_beside(doc: Doc, span: Span, inside: set[int], lexicon: RelationLexicon) -> Token | None:
    """The subject of the verb of saying right after a quotation, else of the one before it."""
    after = doc[span.end : min(span.end + _REACH, doc[span.end - 1].sent.end)]
    so_said = doc[span.end : span.end + 2]
    if so_said.text.lower() in ("so said", "thus spoke"):
        after = doc[span.end : min(span.end + _REACH, len(doc))]
    before = doc[max(doc[span.start].sent.start, span.start - _REACH) : span.start]
    for token in (*after, *reversed(before)):
        word = token.lower_
        if token.i in inside or not lexicon.is_a(word, "report") or lexicon.is_a(word, "mental"):
            continue
        if is_passive(token):
            continue
        who = speaker_of(token) if token.tag_[0] == "V" else None
        if who is not None and who.i not in inside:
            return who
    return None
