"""Names and relations of the user's own."""

import pytest

import actorgraph as ag

NAMES = {
    "own.csv": "name,type,aliases\nBundle Shield,system,BSH|~Shield\n",
    "own.yaml": "- name: Bundle Shield\n  type: system\n  aliases: [BSH, ~Shield]\n",
}


@pytest.mark.model
@pytest.mark.parametrize("file", NAMES)
def test_a_name_of_ones_own_is_found(tmp_path, file):
    path = tmp_path / file
    path.write_text(NAMES[file], encoding="utf-8")

    found = ag.extract("Norway bought Bundle Shield. Its BSH radar works.", lexicon=path)

    assert [(c.subject_id, c.relation, c.object_id) for c in found.claims][:1] == [
        ("country:no", "acquires", "system:bundle-shield")
    ]
    assert "BSH" in next(e for e in found.entities if e.id == "system:bundle-shield").aliases


OBJECT = {"name": "Bundle Shield", "type": "system", "aliases": ["BSH", "~Shield"]}


@pytest.mark.model
@pytest.mark.parametrize(
    "lexicon",
    [
        OBJECT,
        [OBJECT],
        ag.Entity(
            id="system:bundle-shield",
            name="Bundle Shield",
            type="system",
            aliases=("BSH", "~Shield"),
        ),
        [{"id": "system:bundle-shield", "name": "Bundle Shield"}, {"name": "Fen", "type": "place"}],
    ],
    ids=["dictionary", "list", "entity", "type from the id"],
)
def test_a_name_given_as_an_object_is_found(lexicon):
    found = ag.extract("Norway bought Bundle Shield.", lexicon=lexicon)

    assert "system:bundle-shield" in {m.entity_id for m in found.mentions}


@pytest.mark.model
def test_objects_and_files_mix_and_are_part_of_the_key(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,type\nMarsh Light,system\n", encoding="utf-8")
    text = ag.Document(id="d", text="Norway bought Bundle Shield. Norway bought Marsh Light.")

    first = ag.build(text, tmp_path / "out", lexicon=[path], workers=1)
    both = ag.build(text, tmp_path / "out", lexicon=[path, OBJECT], workers=1)

    assert {e.id for e in first.entities} & {"system:bundle-shield", "system:marsh-light"} == {
        "system:marsh-light"
    }
    assert {"system:bundle-shield", "system:marsh-light"} <= {e.id for e in both.entities}


@pytest.mark.parametrize("entry", [{"type": "system"}, {"name": "Bundle Shield"}, {"name": ""}])
def test_a_name_object_without_its_parts_is_refused(entry):
    with pytest.raises(ag.LexiconError, match="has no"):
        ag.extract("Norway bought Bundle Shield.", lexicon=[entry])


OWN_PURCHASE = """
[test_drives]
inverse = "test_driven_by"
domain = ["country"]
range = ["system"]
[[test_drives.triggers]]
verbs = ["buy", "place"]
example = "Norway bought the Leopard 2."
"""


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    ["Norway bought the F-35.", "Norway placed the F-35 in service."],
    ids=["a word of the package", "a word the package reads with a noun"],
)
def test_a_relation_of_ones_own_goes_before_that_of_the_package(tmp_path, sentence):
    path = tmp_path / "own.toml"
    path.write_text(OWN_PURCHASE, encoding="utf-8")

    found = ag.extract(sentence, lexicon=path)

    assert [c.relation for c in found.claims] == ["test_drives"]


@pytest.mark.model
def test_a_relation_of_ones_own_is_read(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        "[shadows]\ninverse = 'shadowed_by'\n[[shadows.triggers]]\nverbs = ['shadow', 'tail']\n",
        encoding="utf-8",
    )

    found = ag.extract("NATO tailed the Kuznetsov. Norway shadowed Russia.", lexicon=path)

    assert ("country:no", "shadows", "country:ru") in {
        (c.subject_id, c.relation, c.object_id) for c in found.claims
    }


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("own.csv", "name,type\nBundle Shield\n", "line 2"),
        ("own.csv", "name,type\nBundle Shield,\n", "no type"),
        ("own.yaml", "- type: system\n", "entry 1 has no name"),
        ("own.yaml", "name: x\n", "no list"),
        ("own.yaml", "[", "no YAML"),
        ("own.toml", "[shadows\n", "own.toml"),
        ("own.toml", "[shadows]\ninverse = 'x'\n[[shadows.triggers]]\nverb = ['x']\n", "verb"),
        ("own.txt", "x", "a lexicon is"),
    ],
)
@pytest.mark.model
def test_a_malformed_file_is_explained(tmp_path, file, text, message):
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ag.LexiconError, match=message):
        ag.extract("Norway shadowed Russia.", lexicon=path)
