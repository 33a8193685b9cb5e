"""What resolution counts, keeps and refuses, one small thing at a time."""

import pytest

from actorgraph.errors import CurationError
from actorgraph.graph.curation import Action, Curation, Judgement
from actorgraph.graph.resolution.census import Census
from actorgraph.graph.resolution.clusters import Clusters, Step
from actorgraph.graph.resolve import resolve
from actorgraph.schema import Document, Extraction, Mention

from .extraction_cases import Text, extractions


def split(*targets):
    return Curation(judgements=(Judgement(action=Action.SPLIT, targets=targets),))


def clusters_of(*names, rule="ner"):
    texts = (Text(f"d{n}").says("system", name, rule=rule) for n, name in enumerate(names))
    return Clusters(Census(extractions(*texts)))


# The census


def test_a_name_is_shown_as_most_documents_list_it_and_counted_by_mention():
    census = Census(
        extractions(
            Text("d1").says("system", "Sky Net", name="Sky Net", times=2),
            Text("d2").says("system", "Skynet", name="Skynet", entity_id="system:sky-net"),
            Text("d3").says("system", "Skynet", name="Skynet", entity_id="system:sky-net"),
        )
    )
    node = census.nodes["system:sky-net"]

    assert (node.name, node.mentions, node.documents) == ("Skynet", 4, {0, 1, 2})
    assert dict(node.forms["Sky Net"].documents.items()) == {0: 2}
    assert (node.forms["Skynet"].names, node.forms["Skynet"].rules) == (2, {"ner": 2})


@pytest.mark.parametrize(("words", "name"), [("Sky  Net", "Sky Net"), (" ", "system:sky-net")])
def test_what_no_document_lists_is_named_by_its_words_or_else_by_its_id(words, name):
    mention = Mention(
        document_id="d", start=0, end=8, text=words, type="system", entity_id="system:sky-net"
    )
    found = Extraction(document=Document(id="d", text="Sky  Net"), mentions=(mention,))

    assert Census([found]).nodes["system:sky-net"].name == name


@pytest.mark.parametrize(("subtypes", "kept"), [(["other", None], {}), (["tank"], {"tank": 1})])
def test_other_is_no_subtype(subtypes, kept):
    texts = (Text(f"d{n}").says("system", "Sky Net", subtype=s) for n, s in enumerate(subtypes))

    assert Census(extractions(*texts)).nodes["system:sky-net"].subtypes == kept


def test_of_two_identifiers_of_one_scheme_the_first_in_order_is_kept():
    texts = (
        Text(f"d{n}").says("system", "Sky Net", identifiers={"x": value})
        for n, value in enumerate("bac")
    )
    assert Census(extractions(*texts)).nodes["system:sky-net"].identifiers == {"x": "a"}


def test_a_name_that_gets_an_id_of_its_own_takes_its_uses_along():
    census = Census(
        extractions(
            Text("d1").says("person", "Ann Lee", rule="lexicon").says("person", "Lee",
                entity_id="person:ann-lee", rule="surname", times=3),
            Text("d2").says("person", "Ann Lee"),
        )
    )  # fmt: skip
    other = census.nodes[census.divide("person:ann-lee", "Lee")]
    node = census.nodes["person:ann-lee"]

    assert (other.id, other.mentions, other.documents) == ("person:lee", 3, {0})
    assert other.forms["Lee"].rules == {"surname": 3}
    assert other.forms["Lee"].names == 3
    assert (node.mentions, node.documents, set(node.forms)) == (2, {0, 1}, {"Ann Lee"})


# Clusters


def test_what_is_kept_apart_stays_so_when_either_is_merged():
    clusters = clusters_of("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = clusters.roots()
    clusters.keep_apart(alpha, bravo, "by hand")
    clusters.join(alpha, charlie, "test", "one")

    assert clusters.reason_apart(charlie, bravo) == clusters.reason_apart(bravo, alpha) == "by hand"
    clusters.merge(charlie, bravo, "test", "two")
    assert clusters.find(charlie) != clusters.find(bravo)
    assert clusters.notes[bravo] == {charlie: "by hand"}


def test_two_of_the_lexicon_are_not_merged_and_say_so():
    clusters = clusters_of("Alpha", "Bravo", rule="lexicon")
    alpha, bravo = clusters.roots()
    clusters.merge(alpha, bravo, "test", "one")

    assert clusters.roots() == [alpha, bravo]
    assert clusters.notes[alpha] == {bravo: "the lexicon lists both"}
    assert clusters.notes[bravo] == {alpha: "the lexicon lists both"}


def test_the_first_reason_to_stay_apart_is_kept():
    clusters = clusters_of("Alpha", "Bravo")
    clusters.note_apart(clusters.roots(), "first")
    clusters.note_apart(clusters.roots(), "second")

    assert clusters.notes["system:alpha"] == {"system:bravo": "first"}


def test_every_step_of_a_merge_is_told_and_a_root_has_none():
    clusters = clusters_of("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = clusters.roots()
    clusters.join(alpha, bravo, "first rule", "one")
    clusters.join(bravo, charlie, "second rule", "two")

    assert clusters.explain(alpha) == Step(charlie, "first rule", "one; two")
    assert clusters.explain(charlie) is None
    assert [node.id for node in clusters.members(charlie)] == [charlie, bravo, alpha]


def test_merging_what_is_one_already_changes_nothing():
    clusters = clusters_of("Alpha", "Bravo")
    alpha, bravo = clusters.roots()
    clusters.merge(alpha, bravo, "first rule", "one")
    clusters.merge(bravo, alpha, "second rule", "two")

    assert clusters.explain(alpha) == Step(bravo, "first rule", "one")
    assert clusters.explain(bravo) is None


# Rules


def person_counts(**times):
    """Documents that name people in full so often, and one that says *Lee* alone."""
    texts = [
        Text(f"d{n}").says("person", f"{given} Lee", times=often)
        for n, (given, often) in enumerate(times.items())
    ]
    return extractions(*texts, Text("last").says("person", "Lee"))


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"Ann": 10, "Bob": 1}, "person:ann-lee"),
        ({"Ann": 9, "Bob": 1}, "person:lee"),
        ({"Ann": 18, "Bob": 2}, "person:ann-lee"),
        ({"Ann": 17, "Bob": 2}, "person:lee"),
        ({"Ann": 20, "Bob": 2, "Carl": 1}, "person:lee"),
        ({"Ann": 1}, "person:ann-lee"),
    ],
)
def test_a_surname_of_several_is_that_of_the_one_who_is_nearly_always_meant(times, found):
    assert resolve(person_counts(**times)).entity_id("last", "person:lee") == found


def test_an_acronym_of_the_lexicon_is_not_what_one_document_spells_it_out_as():
    texts = (
        Text("d1").says("organization", "Oslo Test Office").says("organization", "OTO",
            entity_id="organization:oslo-test-office", rule="abbreviation"),
        Text("d2").says("organization", "OTO", rule="lexicon"),
    )  # fmt: skip
    resolution = resolve(extractions(*texts))

    assert resolution.entity_id("d2", "organization:oto") == "organization:oto"


@pytest.mark.parametrize(
    ("names", "rule", "reason"),
    [
        (("Sky Shield A", "Sky Shields A"), "lexicon", "the lexicon lists both"),
        (
            ("Sky Shield", "Sky Shields"),
            "ner",
            "similar spelling (95 %) does not make two names one",
        ),
        (("Alpha", "Alphe"), "ner", "similar spelling (80 %) does not make two names one"),
        (("Alph", "Alpe"), "ner", None),
        (("Sky 300", "Sky 400"), "ner", "the designations differ"),
        (("Sky Shield", "Sea Sword"), "ner", None),
    ],
)
def test_names_that_are_near_say_why_they_are_two(names, rule, reason):
    resolution = resolve(extractions(Text("d").says("system", names[0], rule=rule)
                                     .says("system", names[1], rule=rule)))  # fmt: skip
    apart = {note for decision in resolution.decisions for note in decision.kept_apart}

    assert {note.partition(": ")[2] for note in apart} == ({reason} if reason else set())


# Resolution


def test_without_the_words_a_divided_id_is_the_entity_that_kept_it():
    corpus = extractions(
        Text("d").says("person", "Ann Lee").says("person", "Lee", entity_id="person:ann-lee")
    )
    resolution = resolve(corpus, split("Ann Lee", "Lee"))

    assert resolution.entity_id("d", "person:ann-lee") == "person:ann-lee"
    assert resolution.entity_id("d", "person:ann-lee", "LEE") == "person:lee"
    assert resolution.entity_id("d", "person:ann-lee", "Ann Lee") == "person:ann-lee"
    assert resolution.entity_id("d", "person:nobody") is None


def test_a_resolution_shows_what_it_found_and_not_its_tables():
    shown = repr(resolve(extractions(Text("d").says("person", "Ann Lee"))))

    assert "Ann Lee" in shown
    assert "_canonical" not in shown
    assert "_placed" not in shown
    assert "_divided" not in shown


def test_a_retyped_entity_joins_the_one_that_has_its_new_id_whatever_that_is_called():
    corpus = extractions(
        Text("d1").says("person", "Patriot"),
        Text("d2").says("system", "MIM-104", entity_id="system:patriot", times=3),
    )
    retype = Judgement(action=Action.RETYPE, targets=("person:patriot",), to="system")
    [found] = resolve(corpus, Curation(judgements=(retype,))).entities

    assert (found.id, found.mentions, set(found.names)) == (
        "system:patriot",
        4,
        {"MIM-104", "Patriot"},
    )


def test_two_new_names_for_one_entity_contradict_each_other_by_whichever_name():
    renames = tuple(
        Judgement(action=Action.RENAME, targets=(target,), to=to)
        for target, to in [("Ann Lee", "A. Lee"), ("person:ann-lee", "Anne Lee")]
    )
    with pytest.raises(CurationError, match="contradict each other") as raised:
        resolve(extractions(Text("d").says("person", "Ann Lee")), Curation(judgements=renames))

    assert "A. Lee" in str(raised.value)
    assert "Anne Lee" in str(raised.value)


def test_what_a_document_calls_an_entity_by_name_is_an_alias_and_nothing_else_is():
    text = (
        Text("d")
        .says("person", "Ann Lee", aliases=("Lee the Elder",))
        .says("person", "Annie", name="Ann Lee")
        .says("person", "she", name="Ann Lee", kind="pronoun", times=3)
        .says("person", "the minister", name="Ann Lee", kind="nominal")
    )
    [found] = resolve(extractions(text)).entities

    assert found.names == ("Ann Lee", "Annie", "Lee the Elder")
    assert found.mentions == 6


def test_a_family_that_nobody_mentions_is_kept_as_it_is():
    texts = extractions(Text("d").says("system", "S-300PMU", family="system:s-300"))

    assert [entity.family for entity in resolve(texts).entities] == ["system:s-300"]


def test_why_two_are_apart_is_told_with_the_name_that_is_shown():
    text = (
        Text("d")
        .says("system", "PAC-2", entity_id="system:pac-2")
        .says("system", "the older one", name="PAC-2", kind="nominal", times=5)
        .says("system", "PAC-3")
    )
    told = {d.name: d.kept_apart for d in resolve(extractions(text)).decisions}

    assert told["PAC-2"] == ("PAC-3 (system:pac-3): the designations differ",)
    assert told["the older one"] == ()
