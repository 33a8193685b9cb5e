"""A few inputs for every target of ``tests/fuzz``; ``tests/fuzz/run.py`` gives them many."""

import pytest
from hypothesis import HealthCheck, given, settings

from .fuzz.strategies import CORPUS
from .fuzz.targets import EXTRACTION, READERS, TARGETS


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_nothing_but_our_own_errors_escapes(target):
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(target.inputs)
    def holds(value):
        target.check(value)

    holds()


@pytest.mark.parametrize("name", READERS)
def test_every_file_of_the_corpus_is_read(name):
    READERS[name]((CORPUS / name).read_bytes())


@pytest.mark.model
def test_any_text_can_be_extracted_from():
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EXTRACTION.inputs)
    def holds(text):
        EXTRACTION.check(text)

    holds()
