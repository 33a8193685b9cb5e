"""Names of people: given name, middle names, surname, and when two of them may be one person."""

from __future__ import annotations

import re
from typing import NamedTuple

from .spelling import unaccent

_NOT_A_NAME = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame president minister senator general gen "
    "admiral adm colonel col lt maj capt ambassador secretary chancellor jr sr ii iii iv".split()
)
_PARTICLES = frozenset("van von der den de da di du la le ten ter dos del bin ibn".split())
_ARABIC_ARTICLE = re.compile(r"\b[ae]l-(?=\w)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# Forms of one given name: English short forms, and transliterations from Cyrillic.
_GIVEN = {
    variant: given
    for given, variants in {
        "ahmed": "ahmad",
        "alexander": "aleksandr alexandr aleksander",
        "alexei": "alexey aleksei aleksey alexej",
        "anatoly": "anatoli anatoliy anatolii",
        "andrei": "andrey andrej",
        "andrew": "andy",
        "anthony": "tony antony",
        "benjamin": "ben benny bibi binyamin",
        "catherine": "katherine kathryn kate cathy kathy",
        "charles": "charlie chuck",
        "christopher": "chris",
        "daniel": "dan danny",
        "david": "dave",
        "deborah": "deb debbie",
        "dmitry": "dmitri dmitriy dmitrii",
        "donald": "don",
        "edward": "ed ted eddie",
        "elizabeth": "liz beth",
        "evgeny": "yevgeny evgeni evgenii yevgeni yevgeniy evgeniy",
        "frederick": "fred",
        "gregory": "greg",
        "hussein": "hossein husain husayn",
        "jacob": "jake",
        "james": "jim jimmy",
        "jeffrey": "jeff geoffrey geoff",
        "jennifer": "jen jenny",
        "jonathan": "jon",
        "joseph": "joe",
        "joshua": "josh",
        "kenneth": "ken",
        "lawrence": "larry",
        "madeleine": "madeline",
        "margaret": "maggie peggy",
        "matthew": "matt",
        "michael": "mike",
        "mohammed": "mohamed mohammad muhammad muhammed",
        "nicholas": "nick",
        "nikolai": "nikolay nikolaj",
        "peter": "pete",
        "philip": "phil phillip",
        "raymond": "ray",
        "richard": "dick rick",
        "robert": "bob bobby rob",
        "ronald": "ron",
        "sergei": "sergey sergej",
        "stephen": "steven steve",
        "susan": "sue",
        "thomas": "tom tommy",
        "timothy": "tim",
        "vasily": "vasili vasiliy vasilii",
        "victoria": "vicky",
        "william": "bill billy will",
        "yuri": "yury yuriy iurii",
    }.items()
    for variant in variants.split()
}

# One sound, several spellings in Latin letters; applied in this order.
_SPELLINGS = (
    ("tch", "ch"),
    ("kh", "h"),
    ("ks", "x"),
    ("ou", "u"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("ie", "e"),
)
_REPEATED = re.compile(r"(.)\1+")


class PersonName(NamedTuple):
    """The parts of a person's name, folded; `given` is empty for a bare surname."""

    given: str
    middle: tuple[str, ...]
    surname: str


def parse_person(name: str) -> PersonName | None:
    """Take a name apart; None where it has no letters to speak of, or digits.

    Particles are dropped, so that *von der Leyen* and *Leyen* share a surname.

    >>> parse_person("Dr. Joseph R. Biden Jr.")
    PersonName(given='joseph', middle=('r',), surname='biden')
    >>> parse_person("Joe Biden").given
    'joseph'
    >>> parse_person("von der Leyen")
    PersonName(given='', middle=(), surname='leyen')
    """
    text = _ARABIC_ARTICLE.sub("", unaccent(name.casefold())).replace(".", " ")
    words = [word for word in _WORD.findall(text) if word not in _NOT_A_NAME]
    words = [word.replace("’", "'") for word in words if word not in _PARTICLES]
    if not words or len(words[-1]) < 2 or any(char.isdigit() for char in text):
        return None
    if len(words) == 1:
        return PersonName("", (), words[0])
    return PersonName(_GIVEN.get(words[0], words[0]), tuple(words[1:-1]), words[-1])


def may_be_one(a: PersonName, b: PersonName) -> bool:
    """Whether given and middle names do not speak against one person; surnames are not compared.

    >>> names = ("George Bush", "George H. Bush", "George W. Bush")
    >>> bush, elder, younger = map(parse_person, names)
    >>> may_be_one(bush, elder), may_be_one(elder, younger)
    (True, False)
    """
    if not _agree(a.given, b.given):
        return False
    return all(_agree(x, y) for x, y in zip(a.middle, b.middle, strict=False))


def _agree(a: str, b: str) -> bool:
    """Whether two name parts are equal, or one is the initial of the other."""
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def transliteration_key(surname: str) -> str:
    """Return the key under which Latin spellings of one foreign surname agree.

    >>> {transliteration_key(s) for s in ("zelensky", "zelenskyy", "zelenskiy")}
    {'zelenski'}
    >>> transliteration_key("johnson") == transliteration_key("johnston")
    False
    """
    for spelling, sound in _SPELLINGS:
        surname = surname.replace(spelling, sound)
    return _REPEATED.sub(r"\1", surname)
