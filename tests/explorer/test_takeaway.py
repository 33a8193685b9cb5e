"""What is shown, saved as a file that other programs read."""

import base64
import json
from xml.etree import ElementTree

import pytest

from actorgraph.schema import Entity

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def test_png_is_a_picture_of_the_window(small_graph, read):
    reader = read(small_graph)
    address = "data:image/png;base64," + base64.b64encode(reader.export("png")).decode()
    seen = reader.run(
        """async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const sheet = document.createElement('canvas');
          [sheet.width, sheet.height] = [image.width, image.height];
          const context = sheet.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, sheet.width, sheet.height);
          const colours = new Set();
          for (let i = 0; i < data.length; i += 4) {
            const part = (k) => data[i + k].toString(16).padStart(2, '0');
            colours.add('#' + part(0) + part(1) + part(2));
          }
          const { clientWidth, clientHeight } = document.getElementById('canvas');
          return {
            shape: Math.abs(image.width / image.height - clientWidth / clientHeight),
            missing: actorgraph.data.legend.types.map((type) => type.colour.toLowerCase())
              .filter((colour) => !colours.has(colour)),
          };
        }""",
        address,
    )
    assert seen["shape"] < 0.01
    assert seen["missing"] == []


def test_svg_holds_the_drawn_nodes_lines_and_names(small_graph, read):
    reader = read(small_graph, "#t=country")
    root = ElementTree.fromstring(reader.export("svg"))
    texts = [node.text for node in root.iter(f"{SVG}text")]

    signs = [node for kind in ("circle", "polygon") for node in root.iter(f"{SVG}{kind}")]

    assert "S-400" in texts
    assert "Russia" not in texts
    assert len(signs) >= len(reader.names())
    assert len([*root.iter(f"{SVG}line"), *root.iter(f"{SVG}path")]) >= len(reader.relations())


def test_csv_holds_what_is_shown_and_no_formula(small_graph, changed, read):
    risky = Entity(id="system:risky", name='=HYPERLINK("x")', type="system", mentions=1)
    reader = read(changed(small_graph, entities=[*small_graph.entities, risky]), "#t=country")
    rows = reader.export("nodes.csv").decode("utf-8-sig").splitlines()
    relations = reader.export("relations.csv").decode("utf-8-sig").splitlines()

    assert rows[0].startswith("id,name,type")
    assert len(rows) == 1 + 11
    assert any('"\'=HYPERLINK(""x"")"' in row for row in rows)
    assert not any("Russia" in row for row in rows)
    assert any(row.startswith("S-400,replaces,S-300,affirmed,1,1") for row in relations)


def test_json_holds_the_evidence_of_what_is_shown(small_graph, read):
    saved = json.loads(read(small_graph, "#co=0").export("json"))
    supplies = next(edge for edge in saved["edges"] if edge["relation"] == "supplies")

    assert len(saved["edges"]) == 11
    assert saved["comentions"] == []
    assert supplies["claims"][0]["sentence"].startswith("Russia supplied Turkey")
    assert supplies["claims"][0]["url"] == "https://gazette.example/s-400"


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_graph_files_are_read_by_networkx(small_graph, read, tmp_path, kind):
    import networkx as nx

    target = tmp_path / f"shown.{kind}"
    target.write_bytes(read(small_graph, "#t=person").export(kind))
    graph = nx.read_graphml(target) if kind == "graphml" else nx.read_gexf(target)
    s400 = graph.nodes["system:s-400"]
    denied = [d for a, b, d in graph.edges(data=True) if d["status"] == "denied"]

    assert len(graph) == 12
    assert graph.number_of_edges() == 11 + 5
    assert (s400["label"], s400["subtype"]) == ("S-400", "air_defence_system")
    assert s400["aliases"] == "Growler; SA-21; S-400 Triumf"
    assert [edge["relation"] for edge in denied] == ["operates"]


def test_gexf_carries_places_and_colours(small_graph, read):
    reader = read(small_graph)
    root = ElementTree.fromstring(reader.export("gexf"))
    viz = "{http://gexf.net/1.3/viz}"
    node = next(n for n in root.iter("{http://gexf.net/1.3}node") if n.get("label") == "Russia")
    place = reader.run("actorgraph.graph.placeOf(actorgraph.byId.get('country:ru'))")
    colour = node.find(f"{viz}color").attrib

    assert float(node.find(f"{viz}position").get("x")) == pytest.approx(place["x"], abs=0.1)
    assert float(node.find(f"{viz}position").get("y")) == pytest.approx(place["y"], abs=0.1)
    assert [int(colour[c]) for c in "rgb"] == [0x00, 0x72, 0xB2]
