import sqlite3
from contextlib import closing

import pytest

from actorgraph.errors import StoreError
from actorgraph.graph.assemble import assemble
from actorgraph.graph.storage.rows import Findings
from actorgraph.graph.store import Store
from actorgraph.schema import (
    Claim,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Passage,
    PassageKind,
    Polarity,
)


def extraction(document_id="d1", title="A “title”"):
    """One document in which every field is used."""
    return Extraction(
        document=Document(
            id=document_id,
            text="Ankara says Turkey may not buy the S-400.",
            title=title,
            author="A. Author",
            publisher="Acme",
            date="2021-02",
            url="https://example.org/a",
            path="a.md",
            language="en",
            metadata={"section": "Opinion"},
            passages=(Passage(start=0, end=41, kind=PassageKind.QUOTE, speaker="MR. X"),),
        ),
        mentions=(
            Mention(
                document_id=document_id,
                start=12,
                end=18,
                text="Turkey",
                type="country",
                entity_id="country:tr",
                kind=MentionKind.NAME,
                rule="lexicon",
                score=0.75,
                sentence=0,
                paragraph=0,
            ),
            Mention(
                document_id=document_id,
                start=35,
                end=40,
                text="S-400",
                type="system",
                entity_id="system:s-400",
            ),
        ),
        entities=(
            Entity(
                id="system:s-400",
                name="S-400",
                type="system",
                subtype="air_defence_system",
                country="ru",
                aliases=("Growler", "SA-21"),
                identifiers={"x": "1"},
                family="system:s-300",
                mentions=1,
                documents=1,
                first_seen="2021-02",
                last_seen="2021-02",
            ),
            Entity(id="country:tr", name="Turkey", type="country"),
        ),
        claims=(
            Claim(
                id=f"{document_id}-c1",
                subject_id="country:tr",
                relation="acquires",
                object_id="system:s-400",
                polarity=Polarity.NEGATED,
                modality=Modality.HYPOTHETICAL,
                speaker_id="country:tr",
                speaker="Ankara",
                wording="buy",
                rule="svo",
                confidence=0.6,
                event_date="2021",
                evidence=Evidence(
                    document_id=document_id,
                    start=0,
                    end=41,
                    exact="Ankara says Turkey may not buy the S-400.",
                    prefix="",
                    suffix="",
                    date="2021-02",
                ),
                subject_mention=(12, 18),
                object_mention=(35, 40),
                qualifiers={"item": "system:s-400"},
            ),
        ),
        sentences=1,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    with Store(path) as store:
        yield store


def test_what_was_added_can_be_read_back(store, path):
    store.add(extraction(), "v1")

    with Store.open(path) as again:
        assert list(again) == [extraction()]
        assert list(again.documents()) == [extraction().document]
        assert again.document("d1") == extraction().document


def test_documents_come_in_the_order_of_their_ids(store):
    for name in ("d3", "d1", "d2"):
        store.add(extraction(name), "v1")

    assert [e.document.id for e in store] == ["d1", "d2", "d3"]
    assert [e.document.id for e in store] == ["d1", "d2", "d3"]
    assert len(store) == 3


def test_a_document_is_known_by_the_versions_that_read_it(store):
    store.add(extraction(), "v1")

    assert store.has("d1", "v1")
    assert not store.has("d1", "v2")
    assert not store.has("d2", "v1")


def test_adding_again_replaces(store):
    store.add(extraction(), "v1")
    store.add(extraction(title="Another"), "v2")

    assert list(store) == [extraction(title="Another")]
    assert store.has("d1", "v2")
    assert not store.has("d1", "v1")


def query(path, sql):
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(sql).fetchall()


def test_removing_leaves_nothing_behind(store, path):
    store.add(extraction(), "v1")
    store.remove("d1")

    assert store.document("d1") is None
    for table in ("documents", "mentions", "entities", "claims"):
        assert query(path, f"SELECT * FROM {table}") == []


def test_documents_that_a_build_does_not_take_in_are_forgotten(store):
    for name in ("d1", "d2", "d3"):
        store.add(extraction(name), "v1")
    with store.intake() as intake:
        assert intake.add(extraction("d2").document, "v1")
        assert not intake.add(extraction("d2").document, "v1")

    assert [d.id for d in store.documents()] == ["d2"]


def test_a_reading_that_fails_changes_nothing(store):
    def read(intake):
        intake.add(extraction("d2").document, "v1")
        raise OSError("cut off")

    store.add(extraction("d1"), "v1")
    with pytest.raises(OSError, match="cut off"), store.intake() as intake:
        read(intake)

    assert [d.id for d in store.documents()] == ["d1"]


def test_what_is_taken_in_is_pending_until_it_is_finished(store):
    with store.intake() as intake:
        intake.add(extraction().document, "v1")
    waiting = list(store.pending())
    before = list(store)
    store.finish(Findings.of(extraction()))

    assert (waiting, before) == ([extraction().document], [])
    assert (list(store), list(store.pending())) == ([extraction()], [])
    assert store.has("d1", "v1")


@pytest.mark.parametrize(
    ("key", "changes", "pending"),
    [
        ("v1", {}, 0),
        ("v1", {"path": "moved.md", "metadata": {"section": "News"}, "title": "New"}, 0),
        ("v2", {}, 1),
    ],
)
def test_a_document_that_is_known_is_pending_only_under_another_key(store, key, changes, pending):
    document = extraction().document.model_copy(update=changes)
    store.add(extraction(), "v1")
    with store.intake() as intake:
        intake.add(document, key)

    assert store.document("d1") == document
    assert (len(store.pending()), len(store)) == (pending, 1 - pending)
    assert len(query(store.path, "SELECT * FROM claims")) == 1 - pending


@pytest.mark.parametrize(("recipe", "pending"), [("r1", 0), ("r2", 1)])
def test_a_file_that_did_not_change_is_recalled_without_its_text(store, recipe, pending):
    with store.intake() as intake:
        assert intake.recall("hash", ["en"]) is None
        intake.add(extraction().document, "r1|content")
        intake.remember("hash", extraction().document)
    store.finish(Findings.of(extraction()))
    with store.intake() as intake:
        (document,) = intake.recall("hash", ["en"])
        intake.add_recalled(document, recipe)

    assert (document.id, document.language, document.is_placed) == ("d1", "en", True)
    assert [d.text for d in store.pending()] == [extraction().document.text] * pending
    assert len(store) == 1 - pending


def test_a_file_whose_document_was_lost_is_not_recalled(store):
    with store.intake() as intake:
        intake.add(extraction().document, "r1|content")
        intake.remember("hash", extraction().document)
    store.remove("d1")
    with store.intake() as intake:
        assert intake.recall("hash", ["en"]) is None


def test_a_document_that_cannot_be_stored_leaves_the_old_one(store):
    store.add(extraction(), "v1")
    twice = extraction().model_copy(update={"entities": extraction().entities * 2})

    with pytest.raises(sqlite3.IntegrityError):
        store.add(twice, "v2")

    assert list(store) == [extraction()]
    assert store.has("d1", "v1")


def test_the_last_run_is_remembered(store):
    assert store.provenance() == {}

    store.record_run({"actorgraph": "0.1", "model": "md"})
    store.record_run({"model": "sm", "actorgraph": "0.2"})

    assert store.provenance() == {"actorgraph": "0.2", "model": "sm"}


def test_one_document_may_be_read_while_others_are_added(store):
    for name in ("d1", "d2"):
        store.add(extraction(name), "v1")

    for found in store:
        store.add(found, "v2")

    assert store.has("d1", "v2")
    assert store.has("d2", "v2")


def test_views_join_names_and_titles(store, path):
    store.add(extraction(), "v1")

    (claim,) = query(
        path,
        "SELECT subject, relation, object, polarity, modality, speaker, title, sentence "
        "FROM v_claims",
    )
    mentions = query(path, "SELECT text, name, kind, title FROM v_mentions")

    assert claim == (
        "Turkey",
        "acquires",
        "S-400",
        "negated",
        "hypothetical",
        "Ankara",
        "A “title”",
        "Ankara says Turkey may not buy the S-400.",
    )
    assert mentions == [
        ("Turkey", "Turkey", "name", "A “title”"),
        ("S-400", "S-400", "name", "A “title”"),
    ]


def test_a_closed_store_is_one_file(path):
    with Store(path) as store:
        store.add(extraction(), "v1")

    assert [p.name for p in path.parent.iterdir()] == ["store.sqlite"]


def test_no_store_to_open(path):
    with pytest.raises(StoreError, match="There is no store at"):
        Store.open(path)
    assert not path.exists()


def test_no_folder_to_write_to(path):
    with pytest.raises(StoreError, match="Cannot open"):
        Store(path / "nowhere" / "store.sqlite")


def test_a_file_that_is_no_database(path):
    path.write_text("Turkey bought the S-400. " * 100)

    with pytest.raises(StoreError, match="no store, or a damaged one"):
        Store.open(path)


def test_a_database_that_is_no_store(path):
    query(path, "CREATE TABLE other (name TEXT)")

    with pytest.raises(StoreError, match="not a store of actorgraph"):
        Store.open(path)


def test_a_store_of_another_layout(path):
    Store(path).close()
    query(path, "UPDATE meta SET value = '99'")

    with pytest.raises(StoreError, match="layout 99"):
        Store.open(path)


def test_a_build_begins_a_store_of_an_older_layout_anew(path, caplog):
    with Store(path) as store:
        store.add(extraction("d1"), "v1")
    query(path, "UPDATE meta SET value = '1'")

    with pytest.raises(StoreError, match="older version"):
        Store.open(path)
    with Store.renewed(path) as store:
        assert len(store) == 0
        store.add(extraction("d1"), "v1")
    with Store.renewed(path) as store:
        assert len(store) == 1
    assert [record.message for record in caplog.records] == [
        f"{path} was made by an older version; all documents are read again."
    ]


def test_a_build_leaves_a_store_of_a_newer_layout_alone(path):
    with Store(path) as store:
        store.add(extraction("d1"), "v1")
    query(path, "UPDATE meta SET value = '99'")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="Upgrade actorgraph"):
        Store.renewed(path)

    assert path.read_bytes() == before


def test_a_damaged_store(path):
    with Store(path) as store:
        for number in range(50):
            store.add(extraction(f"d{number}"), "v1")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    with pytest.raises(StoreError, match="delete it and build again"), Store.open(path) as store:
        list(store)


@pytest.mark.parametrize(
    "damage",
    [
        "documents SET metadata = '{'",
        "documents SET text = 5",
        "entities SET aliases = 'x'",
        "entities SET type = NULL",
        "mentions SET text = x'ff'",
        "mentions SET entity_id = 7",
        "mentions SET quote_start = 'x'",
        "claims SET qualifiers = '{\"role\"'",
        "claims SET modality = 'sworn'",
        "claims SET confidence = 'high'",
        "claims SET exact = 3.5",
        "claims SET subject_start = 'x'",
    ],
)
def test_a_damaged_row_is_an_error_that_names_the_file(damage, store):
    store.add(extraction(), "v1")
    store.add(extraction("d2", title="Another"), "v1")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        schema = db.execute("SELECT sql FROM sqlite_master WHERE sql LIKE '%NOT NULL%'").fetchall()
        db.execute("PRAGMA writable_schema = 1")
        for (sql,) in schema:
            loose = sql.replace(" NOT NULL", "").replace(" TEXT", "").replace(" INTEGER,", ",")
            loose = loose.replace(" INTEGER\n", "\n").replace(" REAL", "")
            db.execute("UPDATE sqlite_master SET sql = ? WHERE sql = ?", (loose, sql))
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        db.execute(f"UPDATE {damage}")

    with Store(store.path) as damaged, pytest.raises(StoreError, match=r"store\.sqlite is damaged"):
        assemble(damaged, relations={})
