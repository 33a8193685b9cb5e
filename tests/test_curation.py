import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actorgraph.errors import CurationError
from actorgraph.graph.curation import Action, Curation, Judgement
from actorgraph.graph.curation_file import read_curation, write_curation
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


ENTITIES = [
    Entity(id="system:s-400", name="S-400", type="system", aliases=("Growler",)),
    Entity(id="country:ge", name="Georgia", type="country"),
    Entity(id="place:georgia", name="Georgia", type="place"),
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
    ],
)
def test_decisions_about_nothing_are_stale(judgement, expected):
    assert Curation(judgements=(judgement,)).stale(ENTITIES) == expected


def test_decisions_about_unknown_claims_are_stale():
    curation = Curation(judgements=(judge("reject", "c1"), judge("confirm", "c2")))

    assert curation.stale_claims({"c2"}) == ("reject: c1 (no claim has that id)",)
