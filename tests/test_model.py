"""The questions people ask of a knowledge graph."""

from __future__ import annotations

import builtins
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from actorgraph.errors import AmbiguousEntity, ExportError, QueryError, UnknownEntity
from actorgraph.graph import writers
from actorgraph.graph.model import KnowledgeGraph, register_writer
from actorgraph.schema import Entity, Status


def names(found):
    return [item.name for item in found]


def statements(claims):
    return [(c.subject_id, c.relation, c.object_id) for c in claims]


# The fixture itself


def test_every_quotation_is_in_its_document(small_graph, make_graph):
    for graph in (small_graph, make_graph(50, 100, 1)):
        texts = {document.id: document.text for document in graph.documents}
        quoted = [claim.evidence for edge in graph.edges for claim in edge.claims]
        quoted += [example for pair in graph.comentions for example in pair.examples]
        assert quoted
        for evidence in quoted:
            assert texts[evidence.document_id][evidence.start : evidence.end] == evidence.exact


def test_the_small_graph_has_every_status_polarity_and_modality(small_graph):
    claims = small_graph.claims()
    assert {edge.status for edge in small_graph.edges} == set(Status)
    assert {claim.modality for claim in claims} == {"asserted", "reported", "hypothetical"}
    assert {claim.polarity for claim in claims} == {"affirmed", "negated"}


# Entities by name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("S-400", "system:s-400"),
        ("s400", "system:s-400"),
        ("S 400", "system:s-400"),
        ("the S-400", "system:s-400"),
        ("growler", "system:s-400"),
        ("system:s-400", "system:s-400"),
        ("turkiye", "country:tr"),
        ("US", "country:us"),
        ("almaz antey", "organization:almaz-antey"),
        ("MIM104", "system:patriot"),
    ],
)
def test_entities_are_found_whatever_the_case_hyphens_and_accents(small_graph, name, found):
    assert small_graph[name].id == found
    assert small_graph[small_graph[name]].id == found
    assert name in small_graph


@pytest.mark.parametrize("name", ["S-500", "S", "", "Sentinels", 400, None])
def test_what_is_not_there_is_not_in_the_graph(small_graph, name):
    assert name not in small_graph


def test_an_unknown_name_suggests_near_ones(small_graph):
    with pytest.raises(UnknownEntity, match="Did you mean") as caught:
        small_graph["Grouler"]
    assert caught.value.suggestions[0] == "Growler"


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Grouler", ["Growler"]),
        ("Russland", ["Russia"]),
        ("Valdai", ["Valdai Discussion Club"]),
        ("Patriot missile", ["Patriot"]),
        ("Turkye", ["Turkey"]),
        ("Stoltenburg", ["Stoltenberg"]),
        ("France", []),
        ("busy", []),
        ("harvest", []),
    ],
)
def test_what_is_suggested_looks_like_it_or_shares_its_words(small_graph, name, suggested):
    with pytest.raises(UnknownEntity) as caught:
        small_graph[name]
    assert list(caught.value.suggestions) == suggested


def test_each_entity_is_suggested_once(small_graph):
    with pytest.raises(UnknownEntity) as caught:
        small_graph["S-40"]
    owners = [small_graph[name].id for name in caught.value.suggestions]
    assert len(owners) == len(set(owners)) <= 3


def test_a_name_of_several_entities_lists_their_ids(small_graph):
    assert "Sentinel" in small_graph
    with pytest.raises(AmbiguousEntity) as caught:
        small_graph["Sentinel"]
    assert caught.value.candidates == ("system:an-mpq-64", "system:lgm-35a")


def test_a_name_of_the_wrong_type_suggests_the_id(small_graph):
    assert small_graph.entity("Russia", type="country").id == "country:ru"
    with pytest.raises(UnknownEntity) as caught:
        small_graph.entity("Russia", type="system")
    assert caught.value.suggestions == ("country:ru",)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Arrow", "system:arrow"), ("ARROW", "organization:arrow"), ("arrow", "system:arrow")],
)
def test_a_name_as_written_beats_another_spelling_and_a_main_name_an_alias(name, found):
    graph = KnowledgeGraph(
        entities=[
            Entity(id="system:arrow", name="Arrow", type="system"),
            Entity(id="organization:arrow", name="Arms Watch", type="organization",
                   aliases=("ARROW",)),
        ]
    )  # fmt: skip
    assert graph[name].id == found


@pytest.mark.parametrize(
    ("text", "type_", "found"),
    [
        ("valdai", None, ["Valdai Discussion Club"]),
        ("valdai", "organization", ["Valdai Discussion Club"]),
        ("valdai", "system", []),
        ("club valdai", None, ["Valdai Discussion Club"]),
        ("s-", "system", ["S-400", "S-300", "AN/MPQ-64", "LGM-35A"]),
        ("sentinel", None, ["AN/MPQ-64", "LGM-35A"]),
        ("400", None, ["S-400"]),
        ("Stoltenburg", None, ["Jens Stoltenberg"]),
        ("", "person", ["Jens Stoltenberg"]),
    ],
)
def test_search_ranks_exact_names_then_beginnings_then_parts(small_graph, text, type_, found):
    assert names(small_graph.search(text, type=type_)) == found


def test_search_is_limited(small_graph):
    assert len(small_graph.search("", limit=3)) == 3


def test_a_graph_is_a_collection_of_its_entities(small_graph):
    assert len(small_graph) == len(list(small_graph)) == 13
    assert [entity.id for entity in small_graph] == sorted(entity.id for entity in small_graph)


def test_tab_completes_every_name_those_shown_first(small_graph):
    offered = small_graph._ipython_key_completions_()
    assert offered[:13] == names(small_graph)
    assert {"Growler", "Moscow", "SA-21"} <= set(offered[13:])
    assert len(offered) == len(set(offered))
    assert all(name in small_graph for name in offered)


def test_the_repr_counts_what_is_in_it(small_graph, make_graph):
    assert repr(small_graph) == (
        "<KnowledgeGraph 'seeds': 13 entities, 11 stated relations, 5 co-mentions, 2 documents>"
    )
    assert repr(make_graph(1000, 2, 1)).endswith(
        "1,000 entities, 2 stated relations, 0 co-mentions, 1 document>"
    )


def test_a_notebook_shows_a_table_and_a_picture(small_graph):
    html = small_graph._repr_html_()
    assert "<tr><th>stated relations</th><td>11</td></tr>" in html
    assert html.count("<circle") == 13


def test_names_are_escaped_in_a_notebook():
    graph = KnowledgeGraph(
        title="<b>", entities=[Entity(id="person:x", name="<script>", type="person")]
    )
    assert "<script>" not in graph._repr_html_() + graph.search("script")._repr_html_()


def test_a_link_to_nowhere_is_refused(small_graph):
    with pytest.raises(ValueError, match="country:ru"):
        KnowledgeGraph(entities=small_graph.entities[1:], comentions=small_graph.comentions)


def test_an_empty_graph_answers_too():
    graph = KnowledgeGraph()
    assert graph
    assert len(graph) == 0
    assert graph.layout() == graph.centrality() == graph.clusters() == {}
    for answer in (graph.top(), graph.communities(), graph.claims(), graph.search("x")):
        assert list(answer) == []
        assert repr(answer)
    assert graph._repr_html_()
    assert not graph.diff(graph)
    with pytest.raises(UnknownEntity):
        graph["Acme"]


# Neighbours


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Turkey", "NATO", "S-400"}),
        ({"relation": "operates"}, {"S-400"}),
        ({"type": "country"}, {"Turkey"}),
        ({"direction": "in"}, set()),
        ({"modality": "reported"}, set()),
        ({"relation": "co_mentioned_with"}, {"NATO", "Valdai Discussion Club", "S-400"}),
        ({"relation": "co_mentioned_with", "type": "system"}, {"S-400"}),
    ],
)
def test_neighbors_of_russia(small_graph, asked, found):
    assert set(names(small_graph.neighbors("Russia", **asked))) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Turkey", "Russia", "Almaz-Antey", "S-300", "Patriot"}),
        ({"facts_only": False}, {"Turkey", "Russia", "Almaz-Antey", "S-300", "Patriot", "NATO"}),
        ({"direction": "out"}, {"S-300", "Patriot"}),
        ({"relation": "operated_by"}, {"Russia"}),
        ({"relation": "operates", "direction": "out"}, set()),
        ({"modality": "asserted"}, {"Turkey", "Russia", "Almaz-Antey", "S-300"}),
        ({"modality": "reported"}, {"Patriot"}),
        ({"modality": "hypothetical"}, set()),
    ],
)
def test_neighbors_of_a_system_leave_out_what_is_denied(small_graph, asked, found):
    assert set(names(small_graph.neighbors("S-400", **asked))) == found


def test_what_is_only_planned_can_be_asked_for(small_graph):
    assert "United States" not in names(small_graph.neighbors("Turkey"))
    assert names(small_graph.neighbors("Turkey", modality="hypothetical")) == ["United States"]


def test_a_neighbor_carries_its_edges(small_graph):
    (turkey,) = small_graph.neighbors("S-400", relation="acquires")
    assert turkey.id == "country:tr"
    assert [edge.key for edge in turkey.edges] == [("country:tr", "acquires", "system:s-400")]
    assert turkey.n_evidence == 2


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"relation": "operats"}, "Did you mean 'operates'"),
        ({"type": "sytem"}, "Did you mean 'system'"),
        ({"modality": "sure"}, "Known: asserted, hypothetical, reported"),
        ({"direction": "up"}, "'both', 'out' or 'in'"),
    ],
)
def test_a_wrong_word_is_an_error_that_helps(small_graph, asked, message):
    with pytest.raises(QueryError, match=message):
        small_graph.neighbors("Russia", **asked)


# Claims


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({}, 12),
        ({"subject": "Russia"}, 3),
        ({"subject": "Moscow", "object": "NATO"}, 1),
        ({"subject": "NATO", "object": "Russia"}, 0),
        ({"about": "S-400"}, 8),
        ({"about": "Kaliningrad"}, 1),
        ({"about": "Turkey", "subject": "Russia"}, 1),
        ({"relation": "operates"}, 3),
        ({"relation": "operated_by", "subject": "S-400"}, 2),
        ({"modality": "hypothetical"}, 1),
        ({"polarity": "negated"}, 2),
        ({"speaker": "Stoltenberg"}, 1),
        ({"speaker": "One analyst"}, 1),
        ({"document": "review.md"}, 7),
        ({"document": "Air defence in the north", "subject": "Turkey"}, 2),
        ({"min_confidence": 0.9}, 9),
        ({"since": "2019-07-13"}, 10),
        ({"since": "2019"}, 11),
        ({"until": "2019-07-12"}, 2),
        ({"until": "2019"}, 5),
        ({"since": "2021-03-15"}, 7),
        ({"since": "2018", "until": "2020"}, 4),
    ],
)
def test_claims_are_filtered_by_who_what_when_and_how_firmly(small_graph, asked, n):
    assert len(small_graph.claims(**asked)) == n


def test_claims_come_in_the_order_of_their_dates(small_graph):
    dates = [claim.event_date or claim.evidence.date for claim in small_graph.claims()]
    assert dates == sorted(dates)


def test_a_symmetric_relation_may_be_asked_from_either_side(small_graph):
    parts = {
        "entities": small_graph.entities,
        "documents": small_graph.documents,
        "relations": small_graph.relations,
    }
    (edge,) = [edge for edge in small_graph.edges if edge.relation == "member_of"]
    claims = [claim.model_copy(update={"relation": "cooperates_with"}) for claim in edge.claims]
    edge = edge.model_copy(update={"relation": "cooperates_with", "claims": tuple(claims)})
    graph = KnowledgeGraph(edges=[edge], **parts)
    for subject, object_ in (("Turkey", "NATO"), ("NATO", "Turkey")):
        assert len(graph.claims(subject=subject, object=object_, relation="cooperates_with")) == 1
        found = graph.neighbors(subject, relation="cooperates_with", direction="out")
        assert names(found) == [object_]


def test_what_has_no_date_is_left_out_when_dates_are_asked_for(small_graph):
    edges = []
    for edge in small_graph.edges:
        undated = [
            claim.model_copy(
                update={
                    "event_date": None,
                    "evidence": claim.evidence.model_copy(update={"date": None}),
                }
            )
            for claim in edge.claims
        ]
        edges.append(edge.model_copy(update={"claims": tuple(undated)}))
    graph = KnowledgeGraph(entities=small_graph.entities, edges=edges)
    assert len(graph.claims()) == 12
    assert len(graph.claims(since="1900")) == len(graph.claims(until="2100")) == 0
    assert len(graph.timeline("S-400")) == 0


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"subject": "Rusia"}, UnknownEntity),
        ({"speaker": "nobody at all"}, UnknownEntity),
        ({"relation": "bought"}, QueryError),
        ({"polarity": "no"}, QueryError),
        ({"document": "missing.txt"}, QueryError),
        ({"since": "last year"}, QueryError),
        ({"since": "2021-13"}, QueryError),
        ({"until": "3/2/2021"}, QueryError),
        ({"until": 2021}, QueryError),
    ],
)
def test_claims_refuse_what_the_graph_does_not_know(small_graph, asked, error):
    with pytest.raises(error):
        small_graph.claims(**asked)


def test_claim_lists_are_narrowed_by_chaining(small_graph):
    claims = small_graph.claims(about="S-400")
    assert len(claims.since("2021")) == 4
    assert len(claims.until("2018")) == 1
    assert len(claims.affirmed()) == 6
    assert len(claims.affirmed().asserted()) == 5
    assert [(c.value, c.n) for c in claims.by("modality")] == [("asserted", 5), ("reported", 3)]
    assert len(claims.evidence) == 8
    assert len(claims.negated()) == 2
    assert len(claims.reported()) == 3
    assert len(small_graph.claims().hypothetical()) == 1
    for name in ("Kaliningrad", small_graph["Kaliningrad"], "place:kaliningrad"):
        assert len(claims.about(name)) == 1
    assert len(claims.said_by("Stoltenberg")) == len(claims.said_by("one analyst")) == 1
    assert {c.value: c.n for c in claims.by("year")} == {"2017": 1, "2019": 3, "2021": 4}
    with pytest.raises(UnknownEntity):
        claims.about("Atlantis")
    with pytest.raises(UnknownEntity):
        claims.said_by("nobody at all")
    with pytest.raises(QueryError, match="relation"):
        claims.by("colour")


def test_answers_are_sequences(small_graph):
    claims = small_graph.claims()
    assert claims[0] is next(iter(claims))
    assert type(claims[:3]) is type(claims)
    assert len(claims[:3]) == 3
    assert claims[-1] in claims


def test_a_prompt_shows_twenty_rows_and_print_shows_all(make_graph):
    claims = make_graph(60, 90, 1).claims()
    assert "and 40 more" in repr(claims)
    assert "and 40 more" in claims._repr_html_()
    assert "more" not in str(claims)
    assert str(claims).count("operates") == 60


def test_square_brackets_are_not_read_as_markup():
    graph = KnowledgeGraph(entities=[Entity(id="system:x", name="[red]X[/red]", type="system")])
    assert "[red]X[/red]" in str(graph.search("x"))


def test_answers_print_the_same_in_every_terminal_width(small_graph, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert str(small_graph.neighbors("Russia")).splitlines() == [
        "Neighbours of Russia (3)",
        "",
        "  relation   name     type           status     evidence   sources   belief",
        " ───────────────────────────────────────────────────────────────────────────",
        "  supplies   Turkey   country        affirmed          1         1     0.90",
        "  opposes    NATO     organization   affirmed          1         1     0.80",
        "  operates   S-400    system         affirmed          1         1     0.95",
    ]
    monkeypatch.setenv("COLUMNS", "20")
    assert "supplies   Turkey   country" in str(small_graph.neighbors("Russia"))


# Evidence


def test_evidence_of_two_entities_is_stated_first_and_named_together_then(small_graph):
    stated, together = small_graph.evidence("NATO", "Russia")
    assert stated.statement == "Russia opposes NATO (asserted)"
    assert stated.speaker == "Northern Review"
    assert stated.claim is not None
    assert together.claim is None
    assert together.sentence.startswith("The Valdai Discussion Club follows")
    assert (together.source, together.date) == ("Turkey takes delivery of S-400", "2019-07-13")


def test_evidence_finds_further_roles_and_denials(small_graph):
    found = [citation.statement for citation in small_graph.evidence("Turkey", "S-400")]
    assert found == [
        "Russia supplies Turkey (item: S-400) (asserted)",
        "Turkey acquires S-400 (asserted)",
        "Turkey acquires S-400 (reported not)",
    ]


def test_evidence_of_one_entity_quotes_each_mere_naming_once(small_graph):
    named = [c for c in small_graph.evidence("Valdai Discussion Club") if c.claim is None]
    places = [citation.place for citation in named]
    assert len(places) == len(set(places)) == 2


def test_a_timeline_is_dated_and_sorted(small_graph):
    timeline = small_graph.timeline("Turkey")
    assert [claim.event_date or claim.evidence.date for claim in timeline] == [
        "2017", "2019-07-12", "2019-07-13", "2021-03", "2021-03",
    ]  # fmt: skip


# Paths


def test_a_path_is_a_chain_of_facts_with_the_evidence_of_each_step(small_graph):
    (path,) = small_graph.path("Almaz-Antey", "NATO")
    assert str(path) in (
        "Almaz-Antey – S-400 – Russia – NATO",
        "Almaz-Antey – S-400 – Turkey – NATO",
    )
    assert path.is_stated
    assert all(hop.evidence for hop in path.hops)


def test_a_stated_path_goes_before_a_shorter_one_by_co_mention(small_graph):
    (stated,) = small_graph.path("S-400", "Russia")
    assert [edge.relation for edge in stated.hops[0].edges] == ["operates"]
    paths = small_graph.path("Valdai Discussion Club", "Patriot")
    assert "no source states a relation" in paths.note
    assert [hop.is_stated for hop in paths[0].hops] == [False, True, True]
    assert paths[0].hops[0].evidence


def test_paths_over_what_is_only_planned_must_be_asked_for(small_graph):
    (facts,) = small_graph.path("United States", "Turkey")
    (anything,) = small_graph.path("United States", "Turkey", facts_only=False)
    assert len(facts.hops) == 3
    assert len(anything.hops) == 1


def test_several_paths_come_shortest_first(small_graph):
    paths = small_graph.path("United States", "Turkey", k=3)
    lengths = [len(path.hops) for path in paths]
    assert lengths == sorted(lengths)
    assert len({str(path) for path in paths}) == 3


def test_no_path_says_so(small_graph):
    apart = small_graph.subgraph(relations=["member_of", "replaces"])
    for graph, a, b in ((small_graph, "LGM-35A", "Turkey"), (apart, "NATO", "S-300")):
        paths = graph.path(a, b)
        assert len(paths) == 0
        assert "Nothing links the two" in str(paths)


# Importance and communities


def test_top_ranks_by_the_measure_asked_for(small_graph):
    top = small_graph.top(3, by="mentions")
    assert names(top) == ["Turkey", "S-400", "Russia"]
    assert top.scores == {"country:tr": 9, "system:s-400": 9, "country:ru": 6}
    assert names(small_graph.top(2, by="degree", type="system")) == ["S-400", "Patriot"]
    with pytest.raises(QueryError, match="pagerank, degree, betweenness"):
        small_graph.top(by="fame")


def test_communities_hold_two_or_more_and_are_labelled_by_their_centre(small_graph):
    communities = small_graph.communities()
    sizes = [len(community.members) for community in communities]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) > 1
    assert communities[0].label.split(", ") == names(communities[0].members[:3])
    clusters = small_graph.clusters()
    for community in communities:
        assert {clusters[entity.id] for entity in community.members} == {community.number}


# Explanations


def test_why_explains_the_name_asked_for_first(small_graph):
    assert [decision.name for decision in small_graph.why("growler")] == ["Growler", "S-400"]
    assert small_graph.why("S-400")[0].kept_apart == ("S-300 (digits differ)",)
    assert [d.name for d in small_graph.why(small_graph["Turkey"])] == ["Ankara"]
    assert [d.entity_id for d in small_graph.why("Sentinel")] == ["system:an-mpq-64"]


def test_why_says_so_where_nothing_was_decided(small_graph):
    assert "no decision" in small_graph.why("Patriot").note
    with pytest.raises(UnknownEntity, match="Growler"):
        small_graph.why("Growlr")


def test_why_edge_shows_rule_wording_and_sentence_of_each_claim(small_graph, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    edges = small_graph.why_edge("S-400", "Turkey")
    assert [edge.status for edge in edges] == [Status.CONTESTED]
    printed = str(edges)
    for words in ("verb:acquires (0.95)", "took delivery of", "reported not", "weight"):
        assert words in printed


def test_a_dossier_cites_a_source_on_every_line_but_names(small_graph):
    dossier = small_graph.dossier("Growler")
    for section in dossier.sections:
        for line in section.lines:
            assert line.sources or section.heading == "Names"
            assert all(1 <= number <= len(dossier.sources) for number in line.sources)
    cited = {n for section in dossier.sections for line in section.lines for n in line.sources}
    assert cited == set(range(1, len(dossier.sources) + 1))


def test_a_dossier_keeps_facts_plans_and_denials_apart(small_graph):
    sections = {s.heading: [line.text for line in s.lines] for s in
                small_graph.dossier("S-400").sections}  # fmt: skip
    assert any("Russia operates S-400" in line for line in sections["What sources state"])
    assert sections["What is denied"] == [
        "NATO operates S-400 (reported not; 1 sentence, 1 source)"
    ]
    assert sections["What sources disagree on"] == [
        "Turkey acquires S-400 (asserted, reported not; 2 sentences, 2 sources)"
    ]
    assert "What is planned, feared or supposed" not in sections


def test_a_dossier_is_markdown(small_graph):
    text = small_graph.dossier("Jens Stoltenberg").to_markdown()
    assert text.startswith("# Jens Stoltenberg\n\nperson; official (person:jens-stoltenberg).\n")
    assert "## What Jens Stoltenberg says" in text
    assert "1. “Jens Stoltenberg said that NATO does not operate the S-400.”" in text


def test_a_dossier_is_a_page_whose_citations_lead_to_their_sources(small_graph):
    from lxml import html

    dossier = small_graph.dossier("S-400")
    page = html.fromstring(dossier.to_html())
    links = {link.get("href") for link in page.iter("a")}
    assert links == {f"#source-{n}" for n in range(1, len(dossier.sources) + 1)}
    assert all(len(page.xpath(f"//*[@id='{link[1:]}']")) == 1 for link in links)
    lines = [line.text for section in dossier.sections for line in section.lines]
    assert [item.text for item in page.xpath("//ul/li")] == lines
    assert not page.xpath("//script|//link|//img")
    assert dossier._repr_html_() in dossier.to_html()


def test_a_dossier_as_plain_values_holds_every_line(small_graph):
    dossier = small_graph.dossier("S-400")
    values = json.loads(json.dumps(dossier.to_dict()))
    assert values["id"] == "system:s-400"
    assert [len(s["lines"]) for s in values["sections"]] == [len(s.lines) for s in dossier.sections]
    assert len(values["sources"]) == len(dossier.sources)


def test_a_dossier_escapes_markdown_and_html_of_the_source():
    graph = KnowledgeGraph(entities=[Entity(id="system:x", name="<i>*X*_[1]", type="system")])
    assert graph.dossier("system:x").to_markdown().startswith("# \\<i\\>\\*X\\*\\_\\[1\\]\n")
    assert "<h1>&lt;i&gt;*X*_[1]</h1>" in graph.dossier("system:x").to_html()


# Parts of a graph


@pytest.mark.parametrize(
    ("asked", "entities", "edges", "comentions"),
    [
        ({}, 13, 11, 5),
        ({"entities": ["Russia", "Growler"]}, 2, 1, 1),
        ({"entities": ["LGM-35A", "Russia"], "relations": ["operates"]}, 2, 0, 0),
        ({"around": "Patriot"}, 3, 2, 0),
        ({"around": "Patriot", "hops": 0}, 1, 0, 0),
        ({"around": "Patriot", "types": ["country"]}, 2, 1, 0),
        ({"types": ["system"]}, 5, 2, 0),
        ({"relations": ["operates", "produced_by"]}, 6, 4, 0),
        ({"relations": ["co_mentioned_with"]}, 6, 0, 5),
        ({"modality": "hypothetical"}, 2, 1, 0),
        ({"facts_only": True}, 10, 9, 5),
        ({"min_belief": 0.9}, 8, 6, 0),
    ],
)  # fmt: skip
def test_subgraph_keeps_what_meets_all_conditions(small_graph, asked, entities, edges, comentions):
    part = small_graph.subgraph(**asked)
    assert (len(part), len(part.edges), len(part.comentions)) == (entities, edges, comentions)
    ids = {entity.id for entity in part}
    assert all({edge.subject_id, edge.object_id} <= ids for edge in part.edges)
    assert {decision.entity_id for decision in part.decisions} <= ids


def test_a_subgraph_keeps_the_documents_it_quotes(small_graph):
    part = small_graph.subgraph(around="Patriot")
    assert [document.path for document in part.documents] == ["review.md"]
    assert part.title == small_graph.title
    assert part.relations == small_graph.relations


# Other programs


def test_networkx_gets_flat_attributes_and_the_relation_as_key(small_graph):
    network = small_graph.to_networkx()
    assert network.nodes["system:s-400"]["aliases"] == "Growler; SA-21; S-400 Triumf"
    edge = network.edges["country:tr", "system:s-400", "acquires"]
    assert (edge["status"], edge["weight"], edge["wordings"]) == (
        "contested", 2, "taken delivery of; took delivery of",
    )  # fmt: skip
    assert network.edges["country:ru", "organization:nato", "co_mentioned_with"]["weight"] == 2
    assert network.number_of_edges() == 16
    assert small_graph.to_networkx(comentions=False).number_of_edges() == 11
    values = [v for _, attributes in network.nodes(data=True) for v in attributes.values()]
    values += [v for *_, attributes in network.edges(data=True) for v in attributes.values()]
    assert {type(value) for value in values} == {str, int, float}


def test_pandas_gets_four_tables(small_graph):
    pytest.importorskip("pandas")
    frames = small_graph.to_pandas()
    assert [len(frame) for frame in frames] == [13, 11, 12, 5]
    row = frames.claims.set_index("relation").loc["supplies"]
    assert (row["subject"], row["object"], row["qualifiers"]) == (
        "Russia", "Turkey", "item=system:s-400",
    )  # fmt: skip
    empty = KnowledgeGraph().to_pandas()
    assert list(empty.claims.columns) == list(frames.claims.columns)


def test_every_answer_becomes_a_data_frame(small_graph):
    pytest.importorskip("pandas")
    answers = [
        small_graph.search("s"),
        small_graph.top(),
        small_graph.neighbors("Russia"),
        small_graph.neighbors("Russia", relation="co_mentioned_with"),
        small_graph.claims(),
        small_graph.claims().by("relation"),
        small_graph.evidence("Russia"),
        small_graph.path("Russia", "NATO"),
        small_graph.communities(),
        small_graph.why("S-400"),
        small_graph.why_edge("Turkey", "S-400"),
        small_graph.diff(small_graph.subgraph(around="Russia")),
    ]
    for answer in answers:
        assert len(answer.to_pandas()) == len(answer) > 0


def test_every_answer_becomes_a_polars_frame_too(small_graph):
    answers = [
        small_graph.search("s"),
        small_graph.top(),
        small_graph.neighbors("Russia", relation="co_mentioned_with"),
        small_graph.claims(),
        small_graph.evidence("Russia"),
        small_graph.path("Russia", "NATO"),
        small_graph.brokers(),
        small_graph.associations(),
        small_graph.balance("Russia"),
        small_graph.compare_sources("The Harbour Gazette", "Northern Review"),
    ]
    for answer in answers:
        frame = answer.to_polars()
        assert frame.height == len(answer) > 0
        assert frame.columns == list(answer.to_pandas().columns)
    frames = small_graph.to_polars()
    assert [frame.height for frame in frames] == [13, 11, 12, 5]
    assert KnowledgeGraph().to_polars().claims.columns == frames.claims.columns


@pytest.mark.parametrize(
    ("ask", "nodes", "edges"),
    [
        (lambda kg: kg.claims(about="S-400"), 7, 8),
        (lambda kg: kg.neighbors("Russia"), 4, 3),
        (lambda kg: kg.neighbors("Russia", relation="co_mentioned_with"), 4, 3),
        (lambda kg: kg.path("Almaz-Antey", "Turkey"), 3, 2),
        (lambda kg: kg.why_edge("Turkey", "S-400"), 2, 1),
        (lambda kg: kg.associations(), 3, 3),
    ],
)
def test_an_answer_about_links_becomes_a_network(small_graph, ask, nodes, edges):
    network = ask(small_graph).to_networkx()
    assert (network.number_of_nodes(), network.number_of_edges()) == (nodes, edges)
    assert all(small_graph[node].name == name for node, name in network.nodes(data="name"))
    assert all(relation for *_, relation in network.edges(data="relation"))


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg: kg.claims(about="S-400"),
        lambda kg: kg.neighbors("Russia"),
        lambda kg: kg.neighbors("Russia", relation="co_mentioned_with"),
        lambda kg: kg.path("Almaz-Antey", "NATO", k=2),
        lambda kg: kg.why_edge("Turkey", "S-400"),
        lambda kg: kg.associations("Russia"),
        lambda kg: kg.contradictions(),
    ],
)
def test_every_answer_about_links_leads_to_sentences(small_graph, ask):
    texts = {document.id: document.text for document in small_graph.documents}
    found = ask(small_graph).evidence
    assert found
    for citation in found:
        evidence = citation.evidence
        assert texts[evidence.document_id][evidence.start : evidence.end] == citation.sentence


def test_without_pandas_the_error_says_how_to_get_it(small_graph, monkeypatch):
    real_import = builtins.__import__

    def no_pandas(name, *args, **kwargs):
        if name == "pandas":
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_pandas)
    with pytest.raises(ImportError, match=r"pip install 'actorgraph\[pandas\]'"):
        small_graph.to_pandas()


@pytest.fixture
def no_writers(monkeypatch):
    monkeypatch.setattr(writers, "_WRITERS", {})


def test_a_writer_is_found_by_the_longest_suffix(small_graph, no_writers, tmp_path):
    for suffix in (".json", ".graph.json"):
        register_writer(
            suffix, lambda graph, path, suffix=suffix: path.write_text(f"{graph.title} {suffix}")
        )
    assert small_graph.write(tmp_path / "a.json").read_text() == "seeds .json"
    assert small_graph.write(str(tmp_path / "a.GRAPH.JSON")).read_text() == "seeds .graph.json"
    assert small_graph.write_json(tmp_path / "a.txt").read_text() == "seeds .json"


def test_an_unknown_format_lists_the_known_ones(small_graph, no_writers, tmp_path):
    register_writer(".json", lambda graph, path: None)
    with pytest.raises(ExportError, match=r"'a.doc'.*\.json"):
        small_graph.write(tmp_path / "a.doc")
    with pytest.raises(ExportError, match=r"\.html"):
        small_graph.write_html(tmp_path / "a.html")


# Sameness


def test_the_order_of_the_input_does_not_matter(small_graph):
    other = KnowledgeGraph(
        title=small_graph.title,
        entities=reversed(small_graph.entities),
        edges=reversed(small_graph.edges),
        comentions=reversed(small_graph.comentions),
        documents=reversed(small_graph.documents),
        relations=dict(reversed(small_graph.relations.items())),
        provenance=dict(reversed(small_graph.provenance.items())),
        decisions=reversed(small_graph.decisions),
        stale=small_graph.stale,
    )
    assert everything(other) == everything(small_graph)


def test_the_hash_seed_does_not_matter(small_graph, tmp_path):
    saved = tmp_path / "graph.pickle"
    saved.write_bytes(pickle.dumps(small_graph))
    program = (
        "import pathlib, pickle, sys; sys.path.insert(0, sys.argv[1]); import test_model; "
        "graph = pickle.loads(pathlib.Path(sys.argv[2]).read_bytes()); "
        "print(test_model.everything(graph))"
    )
    here = str(Path(__file__).parent)
    texts = [
        subprocess.run(
            [sys.executable, "-c", program, here, str(saved)],
            env={**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) > 5000


def everything(graph):
    """All answers of a graph as one text."""
    asked = [entity.id for entity in graph]
    answers = [
        graph,
        *(graph.neighbors(name, facts_only=False) for name in asked),
        *(graph.neighbors(name, relation="co_mentioned_with") for name in asked),
        *(graph.evidence(name) for name in asked),
        *(graph.dossier(name) for name in asked),
        *(graph.path("Russia", name, k=3) for name in asked),
        graph.claims(),
        graph.top(13),
        graph.top(13, by="betweenness"),
        graph.communities(),
        graph.search(""),
        graph.why("S-400"),
        graph.diff(graph.subgraph(around="NATO")),
        json.dumps([graph.layout(), graph.centrality(), graph.clusters()]),
        graph._repr_html_(),
    ]
    return "\n".join(map(str, answers))
