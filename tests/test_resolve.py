import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.errors import CurationError
from actorgraph.graph.curation import Action, Curation, Judgement
from actorgraph.graph.resolve import resolve

from .extraction_cases import Text, extractions


def judge(action, *targets, **more):
    return Judgement(action=Action(action), targets=targets, **more)


def names(resolution):
    return {entity.id: entity.names for entity in resolution.entities}


def why(resolution, name):
    return next(d for d in resolution.decisions if d.name == name)


def of_type(type_, *forms, **more):
    """One document a form, all of one type."""
    return extractions(*(Text(f"d{n}").says(type_, form, **more) for n, form in enumerate(forms)))


@pytest.mark.parametrize(
    ("type_", "forms"),
    [
        ("organization", ["Missile Defense Agency", "Missile Defence Agency"]),
        ("organization", ["The Acme Institute", "Acme Institute"]),
        ("organization", ["U.S. Strategic Command", "US Strategic Command"]),
        ("system", ["S-500", "S 500", "S500"]),
        ("person", ["Recep Erdoğan", "Recep Erdogan"]),
        ("person", ["Dmitry Rogozin", "D. Rogozin", "Dmitry O. Rogozin", "Rogozin"]),
        ("person", ["Dmitri Rogozin", "Dmitry Rogozin"]),
        ("person", ["Joseph R. Biden Jr.", "Joe Biden", "Biden"]),
        ("person", ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelensky", "Zelenskyy"]),
        ("person", ["Ursula von der Leyen", "von der Leyen"]),
        ("person", ["Bashar al-Assad", "Assad"]),
        ("person", ["Fumio Kishida", "Kishida Fumio", "Kishida"]),
    ],
)
def test_one_entity_goes_by_these_names(type_, forms):
    (entity,) = resolve(of_type(type_, *forms)).entities

    assert set(forms) == set(entity.names)
    assert entity.mentions == entity.documents == len(forms)


@pytest.mark.parametrize(
    ("type_", "forms"),
    [
        ("system", ["S-300", "S-400"]),
        ("system", ["PAC-2", "PAC-3"]),
        ("system", ["Iskander-M", "Iskander-K"]),
        ("system", ["SM-3 Block IA", "SM-3 Block IB"]),
        ("organization", ["Iran Air", "Iraq Air"]),
        ("organization", ["Acme Institute", "Acme Institutes"]),
        ("person", ["Joe Biden", "Jill Biden"]),
        ("person", ["George Bush", "George W. Bush", "George H. W. Bush"]),
        ("person", ["D. Rogozin", "Dmitry Rogozin", "Denis Rogozin"]),
        ("person", ["Rogozin", "Dmitry Rogozin", "Alexei Rogozin"]),
        ("person", ["Boris Johnson", "Boris Johnston"]),
        ("person", ["Sasha Petrov", "Sasha Petrova"]),
        ("person", ["Smith"]),
    ],
)
def test_these_stay_apart(type_, forms):
    assert len(resolve(of_type(type_, *forms)).entities) == len(forms)


def test_the_fuller_name_gives_the_id():
    resolution = resolve(of_type("person", "Rogozin", "D. Rogozin", "Rogozin", "Dmitry Rogozin"))

    assert names(resolution) == {
        "person:dmitry-rogozin": ("Dmitry Rogozin", "Rogozin", "D. Rogozin")
    }
    assert resolution.entity_id("d1", "person:d-rogozin") == "person:dmitry-rogozin"


def test_the_lexicon_gives_the_id():
    resolution = resolve(
        extractions(
            Text("d1").says("person", "V. Putin", rule="lexicon"),
            Text("d2").says("person", "Vladimir Putin", times=5),
        )
    )

    assert set(names(resolution)) == {"person:v-putin"}


def test_what_the_lexicon_lists_twice_is_never_merged():
    resolution = resolve(
        extractions(
            Text("d1").says(
                "organization", "Defence Ministry", entity_id="organization:ru-mod", rule="lexicon"
            ),
            Text("d2").says(
                "organization", "Defense Ministry", entity_id="organization:ua-mod", rule="lexicon"
            ),
        )
    )

    assert len(resolution.entities) == 2
    assert why(resolution, "Defence Ministry").kept_apart == (
        "Defense Ministry (organization:ua-mod): the lexicon knows several of that name",
    )


def spelled_out(document_id, long, short, type_="organization"):
    """A document that introduces an abbreviation."""
    text = Text(document_id).says(type_, long)
    return text.says(type_, short, name=long, rule="abbreviation")


def test_a_bare_acronym_is_what_another_document_spells_out():
    resolution = resolve(
        extractions(
            spelled_out("d1", "Institute for Applied Defence", "IAD"),
            Text("d2").says("organization", "IAD"),
        )
    )

    assert names(resolution) == {
        "organization:institute-for-applied-defence": ("Institute for Applied Defence", "IAD")
    }
    assert why(resolution, "IAD").rule == "abbreviation"
    assert "spelled out as 'Institute for Applied Defence' in 1 document" in (
        why(resolution, "IAD").detail
    )


def test_an_acronym_read_as_another_type_follows_the_only_spelling():
    resolution = resolve(
        extractions(
            spelled_out("d1", "Ground-Based Interceptor", "GBI", "system"),
            Text("d2").says("organization", "GBI"),
        )
    )

    assert set(names(resolution)) == {"system:ground-based-interceptor"}


def test_an_acronym_of_two_entities_is_settled_by_its_document_or_not_at_all():
    resolution = resolve(
        extractions(
            spelled_out("d1", "Missile Defense Agency", "MDA"),
            spelled_out("d2", "Market Development Authority", "MDA"),
            Text("d3").says("organization", "MDA"),
            Text("d4").says("organization", "Missile Defense Agency").says("organization", "MDA"),
        )
    )

    assert resolution.entity_id("d3", "organization:mda") == "organization:mda"
    assert resolution.entity_id("d4", "organization:mda") == "organization:missile-defense-agency"
    agency = resolution.entities[-1]
    assert (agency.id, agency.mentions) == ("organization:missile-defense-agency", 4)
    unclear = next(d for d in resolution.decisions if d.entity_id == "organization:mda")
    assert unclear.kept_apart == (
        "Market Development Authority (organization:market-development-authority): "
        "both have that acronym",
        "Missile Defense Agency (organization:missile-defense-agency): both have that acronym",
    )


def test_a_surname_of_two_people_is_settled_by_its_document():
    resolution = resolve(
        extractions(
            Text("d1").says("person", "Dmitry Rogozin").says("person", "Rogozin"),
            Text("d2").says("person", "Alexei Rogozin"),
            Text("d3").says("person", "Rogozin"),
        )
    )

    assert resolution.entity_id("d1", "person:rogozin") == "person:dmitry-rogozin"
    assert resolution.entity_id("d3", "person:rogozin") == "person:rogozin"


def test_a_family_name_that_comes_first_is_known_from_one_document():
    """A given name alone says nobody; which part is the family's, the texts show."""
    full = Text("d1").says("person", "Cho Tae-Yong")
    full.says("person", "Cho", name="Cho Tae-Yong", rule="surname")
    shown = resolve(extractions(full, Text("d2").says("person", "Cho")))
    unshown = resolve(
        extractions(Text("d1").says("person", "Cho Tae-Yong"), Text("d2").says("person", "Cho"))
    )

    assert shown.entity_id("d2", "person:cho") == "person:cho-tae-yong"
    assert unshown.entity_id("d2", "person:cho") == "person:cho"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            [
                Text("d1").says("system", "Patriot", rule="lexicon"),
                Text("d2").says("person", "Patriot", times=9),
            ],
            {"system:patriot"},
        ),
        (
            [
                Text("d1").says("system", "Sky Shield", times=3),
                Text("d2").says("organization", "Sky Shield"),
            ],
            {"system:sky-shield"},
        ),
        (
            [
                Text("d1").says("system", "Sky Shield", times=2),
                Text("d2").says("organization", "Sky Shield"),
            ],
            {"system:sky-shield", "organization:sky-shield"},
        ),
        (
            [
                Text("d1").says("country", "Jordan", entity_id="country:jo", rule="lexicon"),
                Text("d2").says("person", "Ann Jordan"),
                Text("d3").says("person", "Jordan"),
            ],
            {"country:jo", "person:ann-jordan"},
        ),
        (
            [
                Text("d1").says("system", "Sky Shield", times=9),
                Text("d2").says("document", "Sky Shield"),
            ],
            {"system:sky-shield", "document:sky-shield"},
        ),
    ],
    ids=["lexicon", "majority", "no majority", "surname first", "a cited work is another thing"],
)
def test_a_name_typed_in_several_ways(texts, expected):
    assert set(names(resolve(extractions(*texts)))) == expected


def test_near_names_say_why_they_stay_apart():
    resolution = resolve(of_type("system", "PAC-2", "PAC-3"))

    assert why(resolution, "PAC-2").kept_apart == ("PAC-3 (system:pac-3): the designations differ",)


def test_every_name_has_its_reason():
    resolution = resolve(
        extractions(
            Text("d1")
            .says("person", "Dmitry Rogozin")
            .says("person", "he", name="Dmitry Rogozin", kind="pronoun", rule="coreference"),
            Text("d2").says("person", "Rogozin", times=2),
        )
    )

    assert [(d.name, d.rule, d.mentions, d.documents) for d in resolution.decisions] == [
        ("Rogozin", "surname", 2, ("d2",)),
        ("Dmitry Rogozin", "ner", 1, ("d1",)),
        ("he", "coreference", 1, ("d1",)),
    ]


def test_pronouns_and_descriptions_are_no_aliases():
    resolution = resolve(
        extractions(
            Text("d1")
            .says("organization", "NATO")
            .says("organization", "the alliance", name="NATO", kind="nominal")
        )
    )

    assert names(resolution) == {"organization:nato": ("NATO",)}
    assert resolution.entities[0].mentions == 2


def test_a_merged_entity_knows_what_its_parts_knew():
    (entity,) = resolve(
        extractions(
            Text("d1", date="2021-05").says("system", "S-500", subtype="other", country="ru"),
            Text("d2", date="2019").says(
                "system", "S 500", subtype="air_defence_system", identifiers={"x": "1"}
            ),
            Text("d3").says("system", "S500"),
        )
    ).entities

    assert (entity.subtype, entity.country, entity.identifiers) == (
        "air_defence_system",
        "ru",
        {"x": "1"},
    )
    assert (entity.first_seen, entity.last_seen) == ("2019", "2021-05")


def test_a_family_follows_its_merge():
    resolution = resolve(
        extractions(
            Text("d1").says("system", "S 300").says("system", "S-300PMU", family="system:s-300"),
            Text("d2").says("system", "S-300", times=2),
        )
    )

    assert {e.id: e.family for e in resolution.entities} == {
        "system:s-300": None,
        "system:s-300pmu": "system:s-300",
    }


CORPUS = (
    Text("d1").says("system", "S-400", rule="lexicon").says("organization", "Reuters"),
    Text("d2").says("system", "SA-21").says("person", "Patriot").says("person", "D. Rogozin"),
    Text("d3").says("person", "Dmitry Rogozin"),
)


@pytest.mark.parametrize(
    ("judgement", "expected"),
    [
        (
            judge("merge", "S-400", "SA-21"),
            {"S-400", "Reuters", "Patriot", "Dmitry Rogozin"},
        ),
        (
            judge("split", "D. Rogozin", "Dmitry Rogozin"),
            {"S-400", "SA-21", "Reuters", "Patriot", "Dmitry Rogozin", "D. Rogozin"},
        ),
        (
            judge("rename", "SA-21", to="Growler"),
            {"S-400", "Growler", "Reuters", "Patriot", "Dmitry Rogozin"},
        ),
        (
            judge("drop", "reuters"),
            {"S-400", "SA-21", "Patriot", "Dmitry Rogozin"},
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Judgement) else "",
)
def test_decisions_of_the_user_win(judgement, expected):
    resolution = resolve(extractions(*CORPUS), Curation(judgements=(judgement,)))

    assert {entity.name for entity in resolution.entities} == expected
    assert resolution.stale == ()


def test_a_dropped_entity_is_nobody():
    resolution = resolve(extractions(*CORPUS), Curation(judgements=(judge("drop", "Reuters"),)))

    assert resolution.entity_id("d1", "organization:reuters") is None


def test_a_retyped_entity_has_an_id_of_its_type():
    resolution = resolve(
        extractions(*CORPUS), Curation(judgements=(judge("retype", "Patriot", to="system"),))
    )

    assert resolution.entity_id("d2", "person:patriot") == "system:patriot"
    assert ("system:patriot", "system") in {(e.id, e.type) for e in resolution.entities}


def test_a_retyped_entity_joins_its_namesake():
    corpus = [*CORPUS, Text("d4").says("system", "Patriot")]
    resolution = resolve(
        extractions(*corpus), Curation(judgements=(judge("retype", "person:patriot", to="system"),))
    )

    patriot = next(e for e in resolution.entities if e.id == "system:patriot")
    assert patriot.mentions == 2


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (judge("rename", "Patriot", to="MIM-104"), "MIM-104"),
        (judge("retype", "Patriot", to="system"), "system:patriot"),
    ],
)
def test_a_later_decision_may_use_the_new_name_or_id(first, name):
    curation = Curation(judgements=(first, judge("drop", "Reuters"), judge("merge", "SA-21", name)))
    resolution = resolve(extractions(*CORPUS), curation)

    assert resolution.entity_id("d2", "system:sa-21") == resolution.entity_id(
        "d2", "person:patriot"
    )
    assert resolution.stale == ()


def test_a_merge_by_hand_crosses_types_and_says_so():
    merge = judge("merge", "S-400", "Patriot", author="jk", reason="a test")
    resolution = resolve(extractions(*CORPUS), Curation(judgements=(merge,)))

    assert resolution.entity_id("d2", "person:patriot") == "system:s-400"
    assert (why(resolution, "Patriot").rule, why(resolution, "Patriot").detail) == (
        "curation",
        "merged by hand (merge: [S-400, Patriot]; a test; jk)",
    )


def test_a_split_by_hand_is_noted_with_its_reason():
    split = judge("split", "system:s-400", "system:s400", reason="two museums")
    resolution = resolve(of_type("system", "S-400", "S400"), Curation(judgements=(split,)))

    assert why(resolution, "S400").kept_apart == (
        "S-400 (system:s-400): "
        "kept apart by hand (split: [system:s-400, system:s400]; two museums)",
    )


def test_a_split_outlasts_the_merges_of_both_sides():
    corpus = of_type("person", "Dmitry Rogozin", "Dmitri Rogozin", "D. Rogozin", "Rogozin")
    split = judge("split", "Dmitri Rogozin", "D. Rogozin")

    resolution = resolve(corpus, Curation(judgements=(split,)))

    dmitry, initial = (resolution.entity_id("d0", f"person:{n}-rogozin") for n in ("dmitry", "d"))
    assert dmitry == resolution.entity_id("d1", "person:dmitri-rogozin")
    assert dmitry != initial == "person:d-rogozin"


def test_a_name_merged_step_by_step_tells_every_step():
    merge = judge("merge", "Sky Shield", "SA-21")
    corpus = [
        Text("d1").says("system", "SA-21"),
        Text("d2").says("system", "Sky Shield"),
        Text("d3").says("organization", "Sky Shield", times=9),
    ]
    by_type = judge("merge", "system:sky-shield", "SA-21")

    resolution = resolve(extractions(*corpus), Curation(judgements=(by_type,)))

    assert why(resolution, "SA-21").entity_id == "organization:sky-shield"
    assert why(resolution, "SA-21").detail == (
        "merged by hand (merge: [system:sky-shield, SA-21]); "
        "'Sky Shield' is of type organization in 82% of its mentions"
    )
    unclear = resolve(extractions(*corpus), Curation(judgements=(merge,)))
    assert unclear.stale == (
        "merge: [Sky Shield, SA-21] ('Sky Shield' may be organization:sky-shield or "
        "system:sky-shield; give the id)",
    )


def test_two_new_names_for_what_proves_to_be_one_entity_are_an_error():
    clash = Curation(
        judgements=(
            judge("rename", "Dmitry Rogozin", to="D. O. Rogozin"),
            judge("rename", "Rogozin", to="Mr. Rogozin"),
        )
    )

    with pytest.raises(CurationError, match="change one entity in two ways"):
        resolve(of_type("person", "Dmitry Rogozin", "Rogozin"), clash)


def test_a_name_can_be_split_from_the_id_the_documents_give_it():
    corpus = [
        Text("d1")
        .says("system", "S-400", rule="lexicon", times=2)
        .says("system", "Growler", name="S-400", rule="lexicon")
    ]
    resolution = resolve(
        extractions(*corpus), Curation(judgements=(judge("split", "S-400", "Growler"),))
    )

    assert {e.id: e.mentions for e in resolution.entities} == {
        "system:growler": 1,
        "system:s-400": 2,
    }
    assert resolution.entity_id("d1", "system:s-400", "Growler") == "system:growler"
    assert resolution.entity_id("d1", "system:s-400", "S-400") == "system:s-400"


def test_decisions_that_clash_once_names_are_looked_up_are_an_error():
    corpus = [Text("d1").says("system", "S-400", name="S-400"), Text("d2").says("system", "SA-21")]
    clash = Curation(
        judgements=(judge("merge", "S-400", "SA-21"), judge("split", "system:s-400", "SA-21"))
    )

    with pytest.raises(CurationError, match=r"merge: \[S-400, SA-21\]"):
        resolve(extractions(*corpus), clash)


def test_decisions_about_unknown_names_are_reported():
    resolution = resolve(extractions(*CORPUS), Curation(judgements=(judge("drop", "Interfax"),)))

    assert resolution.stale == ("drop: Interfax (nothing is called 'Interfax')",)


def test_an_empty_corpus_resolves():
    assert resolve([]).entities == ()


FORMS = st.sampled_from(
    [
        ("person", "Dmitry Rogozin"),
        ("person", "D. Rogozin"),
        ("person", "Rogozin"),
        ("person", "Denis Rogozin"),
        ("person", "Patriot"),
        ("system", "Patriot"),
        ("system", "S-300"),
        ("system", "S 300"),
        ("organization", "MDA"),
        ("organization", "Missile Defense Agency"),
        ("organization", "Missile Defence Agency"),
    ]
)
RULES = st.sampled_from(["ner", "lexicon", "abbreviation"])


@st.composite
def corpora(draw):
    texts = []
    for number in range(draw(st.integers(1, 6))):
        text = Text(f"d{number}", date=f"20{number:02}")
        for type_, form in draw(st.lists(FORMS, max_size=5)):
            text.says(type_, form, rule=draw(RULES))
        if draw(st.booleans()):
            text.says("organization", "Missile Defense Agency")
            text.says("organization", "MDA", name="Missile Defense Agency", rule="abbreviation")
        texts.append(text.extraction)
    return texts


@settings(max_examples=60, deadline=None)
@given(corpora(), st.randoms())
def test_the_order_of_documents_does_not_matter(corpus, random):
    shuffled = list(corpus)
    random.shuffle(shuffled)
    one, other = resolve(corpus), resolve(shuffled)

    assert one.entities == other.entities
    assert one.decisions == other.decisions


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_every_mention_is_counted_once(corpus):
    resolution = resolve(corpus)

    mentions = sum(len(extraction.mentions) for extraction in corpus)
    assert sum(entity.mentions for entity in resolution.entities) == mentions
    assert sum(decision.mentions for decision in resolution.decisions) == mentions
