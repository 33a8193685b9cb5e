"""An analyst corrects a graph: every decision is checked, kept, seen at once, and survives."""

import re
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

import actorgraph as ag
from actorgraph.cli import app
from actorgraph.curate import Review
from actorgraph.errors import CurationError, QueryError, UnknownEntity
from actorgraph.export.json import write_json
from actorgraph.graph.curation import Action, Curation, Judgement, judge
from actorgraph.graph.curation_file import read_curation
from actorgraph.graph.curator import Curator
from actorgraph.graph.review import KEPT_APART_SINCE, MERGED_BY, quote_doubt
from actorgraph.graph.store import Store
from actorgraph.schema import Passage

from .extraction_cases import Text


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    """Decisions are signed by no one, on whatever machine."""
    monkeypatch.delenv("USER", raising=False)
    monkeypatch.delenv("USERNAME", raising=False)


class Corpus:
    """A folder with a store that is filled by hand; `load` is what `actorgraph.load` does."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "curation.yaml"
        with Store(folder / "store.sqlite") as store:
            store.record_run({"title": "Test", "relations": "{}"})

    def add(self, *texts):
        with Store(self.folder / "store.sqlite") as store:
            for text in texts:
                store.add(with_passage(text.extraction), key="v1")
        return self

    def remove(self, document_id):
        with Store(self.folder / "store.sqlite") as store:
            store.remove(document_id)
        return self

    def load(self):
        return ag.load(self.folder)


def with_passage(extraction):
    """A document whose whole text is to be read."""
    passages = (Passage(start=0, end=len(extraction.document.text)),)
    document = extraction.document.model_copy(update={"passages": passages})
    return extraction.model_copy(update={"document": document})


@pytest.fixture
def corpus(tmp_path):
    """Two reports on air defence: Growler is the S-400, and nobody told the program."""
    return Corpus(tmp_path).add(
        Text("d1", date="2021-03")
        .says("country", "Russia")
        .says("system", "S-400")
        .claims("operates", claim_id="claim-good")
        .says("system", "Growler")
        .stop()
        .says("person", "Patriot")
        .says("organization", "Reuters")
        .claims("affiliated_with", claim_id="claim-bad", confidence=0.5)
        .stop(),
        Text("d2", date="2022")
        .says("country", "Russia")
        .says("system", "S-400")
        .says("system", "Growler")
        .says("person", "Patriot")
        .says("organization", "Reuters")
        .says("organization", "Valdai Club")
        .stop(),
    )


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run("list", keys="yn")``: `actorgraph curate` on the corpus, with keys piped in."""
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments, keys=""):
        result = CliRunner().invoke(
            app, ["curate", *arguments, "--graph", str(tmp_path)], input=keys
        )
        if isinstance(result.exception, Exception):
            raise result.exception
        return result

    return invoke


def name_of(kg, name):
    return kg[name].name


def claim_ids(kg):
    return {claim.id for claim in kg.claims()}


def decisions_of(path):
    return [str(judgement) for judgement in read_curation(path).judgements]


DECISIONS = {
    "merge: [system:s-400, system:growler]": (
        lambda kg: kg.merge("S-400", "Growler"),
        lambda kg: kg["Growler"] == kg["S-400"],
    ),
    "split: [system:s-400, system:growler]": (
        lambda kg: kg.split("S-400", "Growler"),
        lambda kg: kg["Growler"] != kg["S-400"],
    ),
    "rename: organization:valdai-club, to: Valdai Discussion Club": (
        lambda kg: kg.rename("Valdai Club", "Valdai Discussion Club"),
        lambda kg: name_of(kg, "Valdai Club") == "Valdai Discussion Club",
    ),
    "retype: person:patriot, to: system": (
        lambda kg: kg.retype("Patriot", "system"),
        lambda kg: kg["Patriot"].id == "system:patriot",
    ),
    "drop: organization:reuters": (
        lambda kg: kg.drop("Reuters"),
        lambda kg: "Reuters" not in kg,
    ),
    "reject: claim-bad": (
        lambda kg: kg.reject("claim-bad"),
        lambda kg: "claim-bad" not in claim_ids(kg),
    ),
    "confirm: claim-good": (
        lambda kg: kg.confirm(next(c for c in kg.claims() if c.id == "claim-good")),
        lambda kg: {c.confidence for c in kg.claims() if c.id == "claim-good"} == {1.0},
    ),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_is_kept_and_seen_at_once_in_a_new_graph(decision, corpus):
    decide, holds = DECISIONS[decision]
    before = corpus.load()
    is_open = holds(before)
    after = decide(before)

    assert holds(after)
    assert holds(before) == is_open
    assert decisions_of(corpus.file) == [decision]
    assert after.stale == ()


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_survives_a_rebuild_an_added_and_a_removed_document(decision, corpus):
    decide, holds = DECISIONS[decision]
    decided = decide(corpus.load())
    added = Text("d3").says("system", "Growler").says("organization", "Reuters")
    added = added.says("person", "Patriot")
    kept = "d1" if "claim" in decision else "d2"

    rebuilt = corpus.load()
    assert (rebuilt.entities, rebuilt.edges) == (decided.entities, decided.edges)
    assert holds(rebuilt)
    corpus.add(added.says("organization", "Valdai Club"), Text("d4").says("system", "S-400"))
    assert holds(corpus.load())
    corpus.remove({"d1": "d2", "d2": "d1"}[kept])
    assert holds(corpus.load())
    assert corpus.load().stale == ()


def test_a_split_takes_two_names_of_one_entity_apart(tmp_path):
    text = Text("d1").says("system", "S-400").says("system", "Growler", name="S-400")
    kg = Corpus(tmp_path).add(text).load().split("Growler", "S-400")

    assert kg["Growler"].id == "system:growler"
    assert decisions_of(tmp_path / "curation.yaml") == ["split: [Growler, S-400]"]
    kg = kg.rename("Growler", "EA-18G")
    assert (name_of(kg, "Growler"), kg.stale) == ("EA-18G", ())


def test_a_name_of_several_types_is_kept_by_id_so_that_it_stays_clear(tmp_path):
    corpus = Corpus(tmp_path).add(
        Text("d1").says("person", "Patriot"), Text("d2").says("system", "Patriot", times=9)
    )

    assert "Patriot" not in corpus.load().drop("Patriot")
    assert decisions_of(corpus.file) == ["drop: system:patriot"]


def test_later_decisions_may_use_names_that_earlier_ones_gave(corpus):
    kg = corpus.load().retype("Patriot", "system").rename("Patriot", "MIM-104")
    kg = kg.merge("MIM-104", "Growler").drop("Reuters")

    assert name_of(corpus.load(), "Growler") == "MIM-104"
    assert corpus.load().stale == ()


def test_a_decision_whose_subject_is_gone_is_reported_and_stays(corpus):
    corpus.load().rename("Valdai Club", "Valdai Discussion Club")
    corpus.load().reject("claim-bad")
    corpus.remove("d1").remove("d2").add(Text("d3").says("country", "Russia"))

    assert corpus.load().stale == (
        "rename: organization:valdai-club, to: Valdai Discussion Club "
        "(nothing is called 'organization:valdai-club')",
        "reject: claim-bad (no claim has that id)",
    )
    assert len(read_curation(corpus.file).judgements) == 2


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (
            lambda kg: kg.merge("S-400", "Growler"),
            lambda kg: kg.split("Growler", "S-400"),
            "split: [Growler, S-400]",
        ),
        (
            lambda kg: kg.split("S-400", "Growler"),
            lambda kg: kg.merge("Growler", "S-400"),
            "merge: [system:growler, system:s-400]",
        ),
        (
            lambda kg: kg.rename("Russia", "RF"),
            lambda kg: kg.rename("RF", "Rus"),
            "rename: country:russia, to: Rus",
        ),
        (
            lambda kg: kg.retype("Russia", "place"),
            lambda kg: kg.retype("Russia", "person"),
            "retype: place:russia, to: person",
        ),
        (
            lambda kg: kg.reject("claim-bad"),
            lambda kg: kg.confirm("claim-bad"),
            "confirm: claim-bad",
        ),
        (
            lambda kg: kg.merge("Growler", "Reuters"),
            lambda kg: kg.drop("Growler"),
            "drop: system:growler",
        ),
    ],
)
def test_a_contradiction_is_refused_and_both_decisions_are_shown(first, second, refused, corpus):
    kg = first(corpus.load())
    (kept,) = decisions_of(corpus.file)

    with pytest.raises(CurationError, match="contradict") as caught:
        second(kg)
    assert kept in str(caught.value)
    assert refused in str(caught.value)
    assert decisions_of(corpus.file) == [kept]


def test_a_contradiction_by_other_names_is_refused_too(corpus):
    corpus.file.write_text("- split: [Growler, S-400]\n", encoding="utf-8")

    with pytest.raises(CurationError) as caught:
        corpus.load().merge("S-400", "Growler")
    for decision in ("split: [Growler, S-400]", "merge: [system:s-400, system:growler]"):
        assert decision in str(caught.value)
    assert corpus.load()["Growler"] != corpus.load()["S-400"]


@pytest.mark.parametrize(
    ("decide", "error", "message"),
    [
        (lambda kg: kg.reject("claim-0"), QueryError, "no claim has that id"),
        (lambda kg: kg.drop("Reutters"), UnknownEntity, "Did you mean 'Reuters'"),
        (lambda kg: kg.merge("NATO", "Growler"), UnknownEntity, "'NATO'"),
        (lambda kg: kg.merge("S-400", "s-400"), CurationError, "two different names"),
        (lambda kg: kg.rename("S-400", " "), CurationError, "needs a value"),
        (lambda kg: kg.retype("S-400", "sistem"), QueryError, "Did you mean 'system'"),
        (lambda kg: kg.undo(), QueryError, "no decision to take back"),
    ],
)
def test_what_cannot_be_decided_is_explained_and_not_kept(decide, error, message, corpus):
    with pytest.raises(error, match=message):
        decide(corpus.load())
    assert not corpus.file.exists()


def test_a_graph_without_a_folder_says_how_to_get_one(corpus):
    for kg in (ag.load(corpus.load().write_json(corpus.folder / "g.json")), part_of(corpus)):
        assert kg.curation == Curation()
        with pytest.raises(QueryError, match="out="):
            kg.drop("Reuters")


def part_of(corpus):
    return corpus.load().subgraph(around="S-400")


def test_the_last_decision_or_any_other_can_be_taken_back(corpus):
    before = corpus.load()
    kg = before.merge("S-400", "Growler").drop("Reuters").drop("Patriot")

    kg = kg.undo()
    assert ("Reuters" in kg, "Patriot" in kg) == (False, True)
    kg = kg.undo(kg.curation.judgements[0])
    assert decisions_of(corpus.file) == ["drop: organization:reuters"]
    assert kg.undo().entities == before.entities


def test_a_decision_is_signed_and_dated_only_as_told(corpus, monkeypatch):
    monkeypatch.setenv("USER", "jk")
    kg = corpus.load().drop("Reuters", "only the source")
    kg = kg.drop("Growler", author="mb", date="2024-05-01")

    assert [j.because for j in kg.curation.judgements] == ["only the source; jk", "mb 2024-05-01"]


def test_decisions_go_to_the_file_that_was_named_at_the_build(corpus):
    mine = corpus.folder / "mine.yaml"
    mine.write_text("- drop: Reuters\n", encoding="utf-8")
    with Store(corpus.folder / "store.sqlite") as store:
        store.record_run({"relations": "{}", "curation": "mine.yaml"})

    kg = corpus.load()
    assert "Reuters" not in kg
    assert "curation" not in kg.provenance
    kg.drop("Growler")
    assert decisions_of(mine) == ["drop: Reuters", "drop: system:growler"]
    assert not corpus.file.exists()


# The file belongs to its users


@pytest.mark.parametrize(
    "text",
    [
        "# Mine.\n\n- drop: A   # a museum\n  reason: no actor\n\n# The end.\n",
        "  - drop: A\n  # indented\n",
        "- drop: A",
        "- merge: [A,\n    B]\n# Several lines.\n",
        "- drop: A\n  reason: >\n    folded\n    text\n\n# After it.\n",
        "",
        "# Nothing yet.\n",
    ],
)
def test_comments_and_layout_stay(text, tmp_path):
    curator = Curator(tmp_path / "curation.yaml", reassemble=None)
    curator.path.write_text(text, encoding="utf-8")
    drop = Judgement(action=Action.DROP, targets=("Z",))

    assert curator.keep(drop)
    assert curator.path.read_text(encoding="utf-8").startswith(text)
    assert curator.curation.judgements[-1] == drop
    curator.take_back(drop)
    assert curator.path.read_text(encoding="utf-8").rstrip("\n") == text.rstrip("\n")


def test_a_decision_between_others_is_cut_out_alone(tmp_path):
    curator = Curator(tmp_path / "curation.yaml", reassemble=None)
    text = "# One.\n- drop: A\n# Two.\n- merge: [B, C]  # gone\n  author: jk\n# Three.\n- drop: D\n"
    curator.path.write_text(text, encoding="utf-8")
    curator.take_back(curator.curation.judgements[1])

    assert curator.path.read_text(encoding="utf-8") == (
        "# One.\n- drop: A\n# Two.\n# Three.\n- drop: D\n"
    )


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("- drop: X\n", "# Three.\n"),
        ("- drop: X\n  reason: >\n    folded\n    text\n", "# Three.\n"),
        ("- drop: X\n  reason: |\n    kept\n\n", "# Three.\n"),
        ("- merge: [X,\n    Y]\n", "\n\n# Three.\n"),
        ('- drop: "X\n    Y"  # gone\n', ""),
    ],
)
def test_the_lines_of_a_decision_go_and_no_other(row, after, tmp_path):
    curator = Curator(tmp_path / "curation.yaml", reassemble=None)
    before, end = "# One.\n- drop: A\n\n", f"{after}- drop: D\n"
    curator.path.write_text(before + row + end, encoding="utf-8")
    curator.take_back(curator.curation.judgements[1])

    assert curator.path.read_text(encoding="utf-8") == before + end


def test_a_shared_file_stays_shared(tmp_path):
    shared, link = tmp_path / "shared.yaml", tmp_path / "curation.yaml"
    shared.write_text("- drop: A\n", encoding="utf-8")
    shared.chmod(0o664)
    link.symlink_to(shared)
    Curator(link, reassemble=None).keep(Judgement(action=Action.DROP, targets=("Z",)))

    assert link.is_symlink()
    assert shared.stat().st_mode & 0o777 == 0o664
    assert decisions_of(shared) == ["drop: A", "drop: Z"]


@pytest.mark.parametrize("text", ["[{drop: A}]\n", "- {drop: A}\n-\n  drop: B\n"])
def test_a_file_in_another_style_is_rewritten_without_loss(text, tmp_path):
    curator = Curator(tmp_path / "curation.yaml", reassemble=None)
    curator.path.write_text(text, encoding="utf-8")
    first, *others = curator.curation.judgements
    drop = Judgement(action=Action.DROP, targets=("Z",))
    curator.keep(drop)
    curator.take_back(first)

    assert curator.curation.judgements == (*others, drop)


def test_a_damaged_file_is_never_written_over(corpus):
    corpus.file.write_text("- drop: [A\n", encoding="utf-8")
    curator = Curator(corpus.file, reassemble=None)

    with pytest.raises(CurationError, match="Cannot read"):
        curator.keep(Judgement(action=Action.DROP, targets=("Z",)))
    assert corpus.file.read_text(encoding="utf-8") == "- drop: [A\n"


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(
    str.strip
)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), NAMES)
def test_what_is_kept_and_taken_back_leaves_no_trace(names, reason):
    with TemporaryDirectory() as folder:
        curator = Curator(Path(folder) / "curation.yaml", reassemble=None)
        drops = [Judgement(action=Action.CONFIRM, targets=(n,), reason=reason) for n in names]
        texts = []
        for drop in drops:
            texts.append(curator.path.read_text("utf-8") if curator.path.exists() else None)
            curator.keep(drop)
        assert curator.curation.judgements == tuple(drops)
        for drop, text in zip(reversed(drops[1:]), reversed(texts[1:]), strict=True):
            curator.take_back(drop)
            assert curator.path.read_text("utf-8") == text


# What is worth a look

MERGES = {
    "surname": [Text("d1").says("person", "Dmitry Rogozin"), Text("d2").says("person", "Rogozin")],
    "person name": [
        Text("d1").says("person", "Dmitry Rogozin"),
        Text("d2").says("person", "D. Rogozin"),
    ],
    "transliteration": [
        Text("d1").says("person", "Volodymyr Zelensky", times=2),
        Text("d2").says("person", "Volodymyr Zelenskyy"),
    ],
    "abbreviation": [
        Text("d1")
        .says("organization", "Sky Defence Agency")
        .says("organization", "SDA", name="Sky Defence Agency", rule="abbreviation"),
        Text("d2").says("organization", "SDA"),
    ],
    "short form": [
        Text("d1")
        .says("organization", "Valdai Discussion Club")
        .says("organization", "Valdai", name="Valdai Discussion Club", rule="short form")
    ],
}
NEAR_MISSES = {
    "one name, but the documents disagree on its type": [
        Text("d1").says("person", "Scholz", times=3),
        Text("d2").says("organization", "Scholz", times=2),
    ],
    "the name fits several people": [
        Text("d1").says("person", "D. Rogozin"),
        Text("d2").says("person", "Dmitry Rogozin"),
        Text("d3").says("person", "Denis Rogozin"),
    ],
    "both have that": [
        Text("d1").says("person", "Rogozin"),
        Text("d2").says("person", "Dmitry Rogozin"),
        Text("d3").says("person", "Oleg Rogozin"),
    ],
    "similar spelling": [
        Text("d1").says("organization", "National Wealth Fund"),
        Text("d2").says("organization", "National Wealth Fund of"),
    ],
}


def decided(kg, answer):
    for judgement in answer:
        kg = kg.curator.judge(judgement)
    return kg


def ends(doubt):
    """The two names that a doubt about names may merge."""
    return doubt.if_yes[0].targets


@pytest.mark.parametrize("rule", MERGED_BY)
def test_a_merge_by_a_rule_may_be_doubted_and_undone(rule, tmp_path):
    kg = Corpus(tmp_path).add(*MERGES[rule]).load()
    (doubt,) = kg.doubts()
    owner, name = ends(doubt)

    assert doubt.because.startswith("merged: ")
    assert decided(kg, doubt.if_yes)[name].id == owner
    kg = kg.undo()
    assert decided(kg, doubt.if_no)[name].id != owner


@pytest.mark.parametrize("reason", KEPT_APART_SINCE)
def test_two_that_were_left_apart_may_be_merged(reason, tmp_path):
    kg = Corpus(tmp_path).add(*NEAR_MISSES[reason]).load()
    doubt = kg.doubts()[0]
    _, b = ends(doubt)

    assert doubt.because.startswith(f"kept apart: {reason}")
    assert b not in decided(kg, doubt.if_yes)
    kg = kg.undo()
    assert b in decided(kg, doubt.if_no)


def test_what_is_sure_or_no_name_is_not_asked_about(tmp_path):
    text = Text("d1").says("system", "PAC-2").says("system", "PAC-3")
    text.claims("operates", confidence=0.9)
    text.says("person", "Dmitry Rogozin")
    text.says("person", "the envoy", name="Dmitry Rogozin", kind="nominal", rule="surname")

    assert list(Corpus(tmp_path).add(text).load().doubts()) == []


def test_a_doubtful_claim_shows_its_sentence_and_can_be_settled(corpus):
    kg = corpus.load()
    doubt = next(d for d in kg.doubts() if d.claims and d.claims[0].id == "claim-bad")

    assert doubt.question == "Does the sentence say so: Patriot affiliated with Reuters (asserted)?"
    assert [quote.exact for quote in quote_doubt(kg, doubt)] == ["Patriot Reuters"]
    assert doubt.score == 0.5
    assert "claim-bad" not in claim_ids(decided(kg, doubt.if_no))


def test_copies_of_a_sentence_are_one_question(tmp_path):
    copies = [
        Text(f"d{n}").says("country", "Russia").says("system", "S-400").claims("operates")
        for n in range(3)
    ]
    (doubt,) = Corpus(tmp_path).add(*copies).load().doubts()

    assert [str(judgement) for judgement in doubt.if_no] == [f"reject: d{n}-0" for n in range(3)]


def test_what_hangs_on_much_comes_first(tmp_path):
    corpus = Corpus(tmp_path).add(
        Text("d1").says("person", "Dmitry Rogozin").says("person", "Petr Ivanov"),
        Text("d2").says("person", "Ivanov").says("person", "Rogozin", times=5),
    )
    questions = [str(doubt) for doubt in corpus.load().doubts()]

    assert questions == [
        "Is 'Rogozin' the same as Dmitry Rogozin (person)?",
        "Is 'Ivanov' the same as Petr Ivanov (person)?",
    ]
    assert len(corpus.load().doubts(limit=1)) == 1


@pytest.mark.parametrize("answer", ["if_yes", "if_no"])
def test_what_was_decided_is_not_asked_again(answer, corpus):
    for _ in range(10):
        doubts = corpus.load().doubts()
        if not doubts:
            break
        decided(corpus.load(), getattr(doubts[0], answer))

    assert list(corpus.load().doubts()) == []
    assert len(read_curation(corpus.file).judgements) == 2


# In the terminal


@pytest.fixture
def three(tmp_path):
    """Three questions: on Rogozin, on Ivanov, and on one claim."""
    return Corpus(tmp_path).add(
        Text("d1", title="A briefing")
        .says("person", "Dmitry Rogozin")
        .says("person", "Petr Ivanov")
        .claims("opposes", claim_id="c1", confidence=0.8),
        Text("d2").says("person", "Ivanov", times=2).says("person", "Rogozin", times=5),
    )


ROGOZIN = "merge: [person:dmitry-rogozin, Rogozin]"
NOT_IVANOV = "split: [person:petr-ivanov, Ivanov]"


@pytest.mark.parametrize(
    ("keys", "decisions"),
    [
        ("ynn", [ROGOZIN, NOT_IVANOV, "reject: c1"]),
        ("y\nn\ny\n", [ROGOZIN, NOT_IVANOV, "confirm: c1"]),
        ("ssy", ["confirm: c1"]),
        ("yn", [ROGOZIN, NOT_IVANOV]),
        ("yq", [ROGOZIN]),
        ("yuq", []),
        ("nuy", [ROGOZIN]),
        ("ynuuysy", [ROGOZIN, "confirm: c1"]),
        ("suynq", [ROGOZIN, NOT_IVANOV]),
        ("u?xY", [ROGOZIN]),
        ("", []),
    ],
)
def test_a_review_keeps_what_was_answered(keys, decisions, three, run):
    result = run(keys=keys)

    assert result.exit_code == 0, result.output
    kept = decisions_of(three.file) if three.file.exists() else []
    assert kept == decisions
    assert f"Answered {len(decisions)} of 3 questions." in result.stdout


def test_a_review_shows_the_sentence_its_source_and_the_reason(three, run):
    shown = run(keys="ssq").stdout

    assert "1 of 3  Is 'Rogozin' the same as Dmitry Rogozin (person)?" in shown
    assert "'Rogozin' is the surname of one person here" in shown
    assert "Dmitry Rogozin Petr Ivanov  — A briefing" in shown
    assert "3 of 3  Does the sentence say so: Dmitry Rogozin opposes Petr Ivanov" in shown


def test_a_review_goes_on_where_the_last_one_ended(three, run):
    run(keys="ysq")
    shown = run(keys="n").stdout

    assert "1 of 2  Is 'Ivanov'" in shown
    assert decisions_of(three.file) == [ROGOZIN, NOT_IVANOV]
    assert three.load()["Ivanov"].id == "person:ivanov"


def test_an_answer_that_contradicts_a_decision_is_refused_and_asked_again(three):
    def keys():
        yield from "ss"
        three.load().curator.keep(judge(Action.REJECT, "c1"))
        yield from "ys"

    kg, console = three.load(), Console(file=StringIO())
    assert Review(kg, kg.doubts(), console, partial(next, keys())).run() == 0

    shown = console.file.getvalue()
    assert "reject: c1" in shown
    assert "confirm: c1" in shown
    assert decisions_of(three.file) == ["reject: c1"]


def test_an_answer_on_copies_is_kept_for_all_or_for_none(tmp_path):
    copies = [
        Text(f"d{n}").says("country", "Russia").says("system", "S-400").claims("operates")
        for n in range(3)
    ]
    kg = Corpus(tmp_path).add(*copies).load()
    review = Review(kg, kg.doubts(), Console(file=StringIO()), iter("ys").__next__)
    kg.curator.keep(judge(Action.REJECT, "d1-0"))

    assert review.run() == 0
    assert [str(judgement) for judgement in kg.curation.judgements] == ["reject: d1-0"]


def test_a_long_sentence_is_cut_around_what_is_asked_about(tmp_path):
    text = Text("d1").says("place", "Far", times=500).says("country", "Russia")
    text.says("system", "S-400").claims("operates", ends=(500, 501)).says("place", "Far", times=500)
    found = text.extraction
    claim = found.claims[0]
    whole = claim.evidence.model_copy(update={"start": 0, "exact": found.document.text.strip()})
    corpus = Corpus(tmp_path)
    with Store(tmp_path / "store.sqlite") as store:
        claims = (claim.model_copy(update={"evidence": whole}),)
        store.add(found.model_copy(update={"claims": claims}), key="v1")
    kg, console = corpus.load(), Console(file=StringIO())
    Review(kg, kg.doubts(), console, lambda: "q").run()

    shown = console.file.getvalue()
    assert "Russia S-400" in shown.replace("\n    ", " ")
    assert len(shown) < 1200
    assert shown.count("…") == 2


@pytest.mark.parametrize(
    ("arguments", "decision"),
    [
        (["merge", "S-400", "growler"], "merge: [system:s-400, system:growler]"),
        (["not-same", "S-400", "Growler"], "split: [system:s-400, system:growler]"),
        (["rename", "Valdai Club", "VDC"], "rename: organization:valdai-club, to: VDC"),
        (["retype", "Patriot", "system"], "retype: person:patriot, to: system"),
        (["drop", "Reuters"], "drop: organization:reuters"),
        (["reject", "claim-bad"], "reject: claim-bad"),
        (["confirm", "claim-good"], "confirm: claim-good"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_decision_can_be_taken_directly(arguments, decision, corpus, run):
    result = run(*arguments, "--reason", "seen", "--author", "jk", "--date", "2024-05")

    assert result.exit_code == 0, result.output
    assert "curation.yaml" in result.stdout
    (kept,) = read_curation(corpus.file).judgements
    assert (str(kept), kept.because) == (decision, "seen; jk 2024-05")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["merge", "S-400"], 2, "curate merge NAME NAME"),
        (["drop"], 2, "curate drop NAME"),
        (["list", "x"], 2, "curate list"),
        (["undo", "x"], 2, "curate undo [NUMBER]"),
        (["frob"], 2, "frob"),
        (["drop", "Reutters"], 1, "Did you mean 'Reuters'"),
        (["reject", "claim-0"], 1, "no claim has that id"),
        (["undo"], 1, "no decision to take back"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_is_explained(arguments, status, message, corpus, run):
    result = run(*arguments)

    assert (result.exit_code, message in result.stderr) == (status, True), result.output
    assert not corpus.file.exists()


def test_a_graph_without_a_folder_is_not_reviewed(corpus, tmp_path):
    write_json(corpus.load(), tmp_path / "graph.json")
    result = CliRunner().invoke(app, ["curate", "--graph", str(tmp_path / "graph.json")], input="y")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "kept in the folder of a graph" in result.stderr


def test_the_list_shows_what_fits_and_what_is_stale(corpus, run):
    assert "no decision" in run("list").stdout.lower()
    run("drop", "Reuters", "--reason", "only the source")
    run("reject", "claim-bad")
    corpus.remove("d1")

    rows = [re.split(r"\s{2,}", line.strip()) for line in run("list").stdout.splitlines()]
    assert ["1", "drop: organization:reuters", "only the source", "yes"] in rows
    assert ["2", "reject: claim-bad", "no claim has that id"] in rows


def test_decisions_are_taken_back_by_number_or_from_the_end(corpus, run):
    for name in ("Reuters", "Patriot", "Growler"):
        run("drop", name)

    assert "Taken back: drop: system:growler" in run("undo").stdout
    assert "Taken back: drop: organization:reuters" in run("undo", "1").stdout
    assert decisions_of(corpus.file) == ["drop: person:patriot"]


def test_decisions_that_prove_to_contradict_each_other_can_still_be_taken_back(corpus, run):
    corpus.file.write_text(
        "- split: [Growler, S-400]\n- merge: ['system:growler', 'system:s-400']\n", encoding="utf-8"
    )

    refused = run("list")
    assert (refused.exit_code, "contradict" in refused.stderr) == (1, True)
    assert run("undo").exit_code == 0
    assert corpus.load()["Growler"] != corpus.load()["S-400"]
