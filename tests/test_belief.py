import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.graph.evidence.belief import Said, belief_of, sentence_key, status_of, weights_of
from actorgraph.schema import Modality, Polarity, Status

AFFIRMED, NEGATED = Polarity.AFFIRMED, Polarity.NEGATED
ASSERTED, REPORTED, HYPOTHETICAL = Modality

YES, SAID, MAY = (AFFIRMED, ASSERTED), (AFFIRMED, REPORTED), (AFFIRMED, HYPOTHETICAL)
NO, SAID_NO, MAY_NOT = (NEGATED, ASSERTED), (NEGATED, REPORTED), (NEGATED, HYPOTHETICAL)


def claim(
    polarity,
    modality,
    *,
    document="d1",
    publisher=None,
    sentence="Turkey bought it.",
    confidence=1.0,
):
    return Said(
        polarity=polarity,
        modality=modality,
        confidence=confidence,
        sentence=sentence_key(sentence),
        document=document,
        source=publisher or document,
        speaker=document,
        date=None,
    )


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ([YES], Status.AFFIRMED),
        ([SAID], Status.AFFIRMED),
        ([SAID, MAY], Status.AFFIRMED),
        ([YES, MAY_NOT], Status.AFFIRMED),
        ([YES, NO], Status.CONTESTED),
        ([SAID, SAID_NO], Status.CONTESTED),
        ([YES, SAID_NO, MAY], Status.CONTESTED),
        ([MAY], Status.HYPOTHETICAL),
        ([MAY, MAY_NOT], Status.HYPOTHETICAL),
        ([NO], Status.DENIED),
        ([SAID_NO, MAY], Status.DENIED),
        ([MAY_NOT], Status.DENIED),
    ],
)
def test_status_is_what_all_claims_amount_to(stances, expected):
    assert status_of([claim(*stance) for stance in stances]) is expected


def test_no_claims_have_no_status():
    with pytest.raises(ValueError, match="no status"):
        status_of([])


stances = st.builds(
    claim,
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
    document=st.sampled_from(["d1", "d2", "d3"]),
    publisher=st.sampled_from([None, "Acme"]),
    sentence=st.sampled_from(["A sentence.", "Another one.", "A third."]),
    confidence=st.sampled_from([0.2, 0.5, 0.9]),
)
claims = st.lists(stances, min_size=1, max_size=6)


@settings(deadline=None)
@given(claims, claims)
def test_status_does_not_depend_on_order_or_number(some, more):
    assert status_of(some + more) is status_of(more + some + some)


@settings(deadline=None)
@given(claims, st.randoms())
def test_belief_does_not_depend_on_order_or_copies(some, random):
    shuffled = [*some, *some]
    random.shuffle(shuffled)
    assert belief_of(shuffled) == belief_of(some)


@settings(deadline=None)
@given(claims)
def test_belief_is_a_share(some):
    assert 0 <= belief_of(some) <= 1


@settings(deadline=None)
@given(claims, st.sampled_from(Polarity), st.sampled_from(Modality))
def test_a_new_witness_never_pulls_the_other_way(some, polarity, modality):
    one = claim(polarity, modality, document="d4", sentence="A new one.", confidence=0.7)
    before, after = belief_of(some), belief_of([*some, one])

    assert after >= before if polarity is AFFIRMED else after <= before


@pytest.mark.parametrize(
    ("weighed", "expected"),
    [
        ([claim(*YES, confidence=0.8)], 0.8),
        ([claim(*SAID, confidence=0.8)], 0.56),
        ([claim(*MAY, confidence=0.8)], 0.2),
        ([claim(*YES, confidence=0.8), claim(*YES, confidence=0.8, document="d2")], 0.8),
        ([claim(*YES, confidence=0.8), claim(*YES, confidence=0.6)], 0.8),
        (
            [
                claim(*YES, confidence=0.8),
                claim(*YES, confidence=0.8, document="d2", sentence="It has it."),
            ],
            0.96,
        ),
        (
            [
                claim(*YES, confidence=0.8),
                claim(*YES, confidence=0.8, sentence="It has it."),
            ],
            0.88,
        ),
        ([claim(*YES, confidence=0.8), claim(*NO, confidence=0.5)], 0.4),
        ([claim(*NO)], 0.0),
    ],
    ids=[
        "asserted",
        "reported",
        "hypothetical",
        "a copy adds nothing",
        "the strongest claim of a sentence counts",
        "two sources",
        "one source twice",
        "denied in part",
        "denied",
    ],
)
def test_belief_follows_the_formula(weighed, expected):
    assert belief_of(weighed) == expected


def test_two_sentences_of_one_publisher_are_one_source():
    one = claim(*YES, confidence=0.8, publisher="Acme")
    other = claim(*YES, confidence=0.8, document="d2", publisher="Acme", sentence="B")

    assert belief_of([one, other]) == 0.88


def test_a_claim_that_repeats_a_stronger_one_weighs_nothing():
    weighed = [
        claim(*SAID, confidence=0.8, publisher="Acme"),
        claim(*YES, confidence=0.8, document="d2", publisher="Acme"),
        claim(*YES, confidence=0.5, sentence="It has it.", publisher="Acme"),
        claim(*SAID_NO, confidence=0.5, publisher="Acme"),
    ]

    assert weights_of(weighed) == [0.0, 0.8, 0.25, 0.35]
