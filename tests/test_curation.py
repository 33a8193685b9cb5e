import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from actorgraph.errors import CurationError
from actorgraph.graph.curation import Action, Curation, Judgement, NameIndex
from actorgraph.graph.curation_file import HEADER, read_curation, write_curation
from actorgraph.schema import Entity

EXAMPLE = """
- merge: [S-400, Growler]
  reason: NATO reporting name
- split: [Patriot, PAC-3]
- rename: organization:valdai-club
  to: Valdai Discussion Club
- retype: Iron Dome
  to: system
- drop: Reuters
- reject: claim-1
- confirm: claim-2
  author: jk
  date: 2024-05-01
"""


def judge(action, *targets, **more):
    return Judgement(action=Action(action), targets=targets, **more)


def write(tmp_path, text):
    path = tmp_path / "curation.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_reads_as_judgements(tmp_path):
    assert [str(j) for j in read_curation(write(tmp_path, EXAMPLE)).judgements] == [
        "merge: [S-400, Growler]",
        "split: [Patriot, PAC-3]",
        "rename: organization:valdai-club, to: Valdai Discussion Club",
        "retype: Iron Dome, to: system",
        "drop: Reuters",
        "reject: claim-1",
        "confirm: claim-2",
    ]


def test_who_when_and_why_are_kept(tmp_path):
    first, *_, last = read_curation(write(tmp_path, EXAMPLE)).judgements

    assert (first.because, last.because) == ("NATO reporting name", "jk 2024-05-01")


def test_what_was_written_can_be_read_back(tmp_path):
    curation = read_curation(write(tmp_path, EXAMPLE))
    write_curation(curation, tmp_path / "copy.yaml")

    assert read_curation(tmp_path / "copy.yaml") == curation
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.yaml", "curation.yaml"]


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(
    str.strip
)


@settings(deadline=None)
@given(names, names)
def test_any_name_survives_the_file(tmp_path_factory, name, other):
    path = tmp_path_factory.mktemp("curation") / "curation.yaml"
    curation = Curation(
        judgements=(judge("rename", name, to=other), judge("confirm", "c", reason=name))
    )
    write_curation(curation, path)

    assert read_curation(path) == curation


@pytest.mark.parametrize(
    ("judgement", "lines"),
    [
        (judge("merge", "S-400", "Growler"), "- merge: [S-400, Growler]\n"),
        (judge("drop", "Эхо Москвы"), "- drop: Эхо Москвы\n"),
        (judge("drop", "no"), "- drop: 'no'\n"),
        (judge("reject", "c-1", reason="Asked."), "- reject: c-1\n  reason: Asked.\n"),
        (
            judge("retype", "Dome", to="system", reason="sold", author="jk", date="2024-05"),
            "- retype: Dome\n  to: system\n  author: jk\n  date: 2024-05\n  reason: sold\n",
        ),
        (
            judge("split", *(f"name {n} of many" for n in range(40))),
            f"- split: [{', '.join(f'name {n} of many' for n in range(40))}]\n",
        ),
    ],
)
def test_a_decision_is_written_as_a_person_would(tmp_path, judgement, lines):
    write_curation(Curation(judgements=(judgement,)), tmp_path / "curation.yaml")

    assert (tmp_path / "curation.yaml").read_text(encoding="utf-8") == HEADER + lines


def test_an_empty_curation_can_be_read_back(tmp_path):
    write_curation(Curation(), tmp_path / "curation.yaml")

    assert read_curation(tmp_path / "curation.yaml") == Curation()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("merge: [A, B]", "expected a list"),
        ("- [A, B]", "written as"),
        ("- glue: [A, B]", "exactly one of merge"),
        ("- merge: [A, B]\n  split: [A, B]", "exactly one of merge"),
        ("- merge: [A]", "two different names"),
        ("- merge: [NATO, nato]", "two different names"),
        ("- drop: [A, B]", "takes one name"),
        ("- drop: ''", "names nothing"),
        ("- rename: A", "needs a value for 'to'"),
        ("- drop: A\n  to: B", "takes no 'to'"),
        ("- drop: no", "False is not a name; write it in quotes"),
        ("- drop: A\n  raeson: typo", "Extra inputs"),
        ("- drop: [A", "Cannot read"),
        ("- drop: A\n- drop: [B, C]", r"curation\.yaml, decision 2 .*takes one name"),
        ("- drop: A\n- drop: B\n- 7", r"curation\.yaml, decision 3 \(7\): a decision is written"),
        ("- drop: A\n  author: 7", "decision 1.* valid string"),
        ("- drop: A\n  date: 2021-02-30", "Cannot read"),
        ("- &a drop: A\n- *a", "nested too deeply, or uses aliases"),
    ],
)
def test_a_malformed_file_says_what_to_mend(tmp_path, text, message):
    with pytest.raises(CurationError, match=message):
        read_curation(write(tmp_path, text))


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(CurationError, match="Cannot read"):
        read_curation(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    "judgements",
    [
        [judge("merge", "A", "B"), judge("split", "B", "A")],
        [judge("merge", "A", "B"), judge("merge", "B", "C"), judge("split", "a", "C")],
        [judge("rename", "A", to="B"), judge("rename", "a", to="C")],
        [judge("retype", "A", to="system"), judge("retype", "A", to="person")],
        [judge("drop", "A"), judge("merge", "A", "B")],
        [judge("drop", "A"), judge("rename", "A", to="B")],
        [judge("reject", "c1"), judge("confirm", "c1")],
    ],
)
def test_contradictions_are_shown_together(judgements):
    with pytest.raises(CurationError) as caught:
        Curation(judgements=tuple(judgements))

    for judgement in (judgements[0], judgements[-1]):
        assert str(judgement) in str(caught.value)


def test_the_same_decision_counts_once():
    drop = judge("drop", "A")

    assert Curation().add(drop).add(drop) == Curation(judgements=(drop,))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (judge("split", "A", "B"), judge("split", "b", "a"), True),
        (judge("merge", "A", "B"), judge("merge", "a", "b"), True),
        (judge("merge", "A", "B"), judge("merge", "B", "A"), False),  # it is shown as the first
        (judge("rename", "A", to="B"), judge("rename", "a", to="B", reason="known so"), True),
        (judge("drop", "A"), judge("drop", "A", author="jk", date="2024"), True),
        (judge("drop", "A"), judge("drop", "B"), False),
        (judge("drop", "system:a"), judge("drop", "system:A"), False),  # ids as they are written
        (judge("confirm", "Claim-1"), judge("confirm", "claim-1"), False),
    ],
)
def test_what_is_decided_twice_is_kept_once(one, other, same):
    kept = Curation().add(one).add(other).judgements

    assert kept == ((one,) if same else (one, other))


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (judge("drop", "A"), ""),
        (judge("drop", "A", reason="a museum"), "a museum"),
        (judge("drop", "A", author="jk"), "jk"),
        (judge("drop", "A", date="2024-05"), "2024-05"),
        (judge("drop", "A", reason="a museum", author="jk", date="2024"), "a museum; jk 2024"),
    ],
)
def test_a_decision_says_because_of_what_and_whom(judgement, words):
    assert judgement.because == words


def test_decisions_are_replaced_and_never_edited():
    drop = judge("drop", "A")

    with pytest.raises(ValidationError, match="frozen"):
        drop.targets = ("B",)
    with pytest.raises(ValidationError, match="frozen"):
        Curation().judgements = (drop,)
    assert len({drop, judge("drop", "A"), judge("drop", "B")}) == 2


ENTITIES = [
    Entity(id="system:s-400", name="S-400", type="system", aliases=("Growler",)),
    Entity(id="country:ge", name="Georgia", type="country"),
    Entity(id="place:georgia", name="Georgia", type="place"),
    Entity(id="organization:iss", name="ISS", type="organization"),
    Entity(id="organization:i-s-s", name="I.S.S.", type="organization"),
    Entity(id="system:s-300", name="S-300", type="system", aliases=("Favorit", "The Long Arm")),
    Entity(id="system:s-200", name="S-200", type="system", aliases=("The Long Arm",)),
    Entity(id="system:favorit", name="Favorit", type="system"),
]


@pytest.mark.parametrize(
    ("judgement", "expected"),
    [
        (judge("drop", "growler"), ()),
        (judge("drop", "system:s-400"), ()),
        (judge("drop", "S-500"), ("drop: S-500 (nothing is called 'S-500')",)),
        (
            judge("drop", "Georgia"),
            ("drop: Georgia ('Georgia' may be country:ge or place:georgia; give the id)",),
        ),
        (judge("reject", "c1"), ()),
        (judge("drop", "iss"), ()),  # one name, typed the same in two documents
        (
            judge("drop", "Long Arm"),
            ("drop: Long Arm ('Long Arm' may be system:s-200 or system:s-300; give the id)",),
        ),
        (judge("drop", "Favorit"), ()),  # a name goes before an alias
        (
            judge("merge", "S-400", "S-500", "S-600"),
            (
                "merge: [S-400, S-500, S-600] (nothing is called 'S-500')",
                "merge: [S-400, S-500, S-600] (nothing is called 'S-600')",
            ),
        ),
    ],
)
def test_decisions_about_nothing_are_stale(judgement, expected):
    assert Curation(judgements=(judgement,)).stale(ENTITIES) == expected


def test_decisions_about_unknown_claims_are_stale():
    curation = Curation(judgements=(judge("reject", "c1"), judge("confirm", "c2")))

    assert curation.stale_claims({"c2"}) == ("reject: c1 (no claim has that id)",)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Favorit", ("system:favorit",)),
        ("growler", ("system:s-400",)),
        ("ISS", ("organization:i-s-s", "organization:iss")),
        ("Georgia", ()),
        ("country:ge", ("country:ge",)),
        ("The Long Arm", ()),
        ("S-500", ()),
    ],
)
def test_whom_a_name_means(name, ids):
    assert NameIndex(ENTITIES).find(name) == ids
    assert (NameIndex(ENTITIES).problem(name) is None) == bool(ids)
