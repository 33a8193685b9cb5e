"""No text of a document is ever run, whatever it holds."""

from xml.etree import ElementTree

import pytest

from actorgraph.graph.model import KnowledgeGraph
from actorgraph.schema import Claim, CoMention, Document, Edge, Entity, Evidence, RelationType

from ..fuzz.naughty import NAUGHTY

pytestmark = pytest.mark.browser


PAYLOADS = [
    "<script>bad('1')</script>",
    "</script><script>bad('2')</script>",
    "<img src=x onerror=bad('3')>",
    "<svg onload=bad('4')>",
    "<svg><script>bad('5')</script></svg>",
    "<iframe srcdoc=\"<script>parent.bad('6')</script>\">",
    "<a href=javascript:bad('7')>href</a>",
    "javascript:bad('8')",
    "data:text/html,<script>bad('9')</script>",
    "' onmouseover='bad(10)",
    "\" autofocus onfocus=\"bad('11')",
    "{{constructor.constructor('bad(12)')()}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{7*7}}{% endfor %}",
    "${bad(13)}",
    "<!--<script>bad('14')",
    "]]><script>bad('15')</script>",
    "\u2028bad('16')\u2029",
    "<style>*{background:url(//bad.example/17)}</style>",
    "<link rel=stylesheet href=//bad.example/18>",
    "<meta http-equiv=refresh content=0;url=//bad.example/19>",
    "<base href=//bad.example/20>",
    "<details open ontoggle=bad('21')>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=bad('22')></style></mglyph></math>",
    "&lt;script&gt;bad('23')&lt;/script&gt;",
    "vbscript:bad('24')",
    "\u202e<b onclick=bad('25')>\x00\ud83d",
    "<body onload=bad('26')>",
    "<video><source onerror=bad('27')></video>",
    "<audio src=x onerror=bad('28')>",
    "<input autofocus onfocus=bad('29')>",
    "<form action=javascript:bad('30')><button>href</button></form>",
    "<object data=javascript:bad('31')></object>",
    "<embed src=javascript:bad('32')>",
    "<template><script>bad('33')</script></template>",
    "</title><script>bad('34')</script>",
    "</style><script>bad('35')</script>",
    "</textarea></noscript><script>bad('36')</script>",
    "jAvAsCrIpT&colon;bad('37')",
    "\tjava\nscript:bad('38')",
    "https://x.example/\" onclick=\"bad('39')",
    "http://x.example/'><img src=x onerror=bad('40')>",
    "file:///etc/passwd",
    "blob:bad('42')",
    "\\u003cscript\\u003ebad('43')\\u003c/script\\u003e",
    "\\\"});bad('44');//",
    "__proto__",
    "constructor",
    "toString",
    "%3Cscript%3Ebad('48')%3C/script%3E",
    "+ADw-script+AD4-bad('49')+ADw-/script+AD4-",
    "＜script＞bad('50')＜/script＞",
    "(((a+)+)+)+$[\\",
]


# A call of `bad` is noticed, even one made while the page loads: there is no such function yet.
NAMES = [text.replace("alert", "bad") for text in NAUGHTY]


def hostile_graph(texts):
    """A graph in which every text of every noun is an attack."""
    entities = [
        Entity(id=f"system:{text}", name=text, type="system", subtype=text, aliases=(text + " ",),
               identifiers={text: text}, country=text, mentions=1 + i, first_seen=text)
        for i, text in enumerate(texts)
    ]  # fmt: skip
    documents = [
        Document(id=f"d{i} {text}", text="", title=text, author=text, publisher=text, date=text,
                 url=text, path=text)
        for i, text in enumerate(texts)
    ]  # fmt: skip
    edges, comentions = [], []
    for i, text in enumerate(texts):
        a, b = entities[i].id, entities[(i + 1) % len(texts)].id
        sentence = f"{text} met {texts[(i + 1) % len(texts)]}"
        quoted = Evidence(document_id=documents[i].id, start=0, end=len(sentence), exact=sentence,
                          prefix=text, suffix=text, date=text)  # fmt: skip
        claim = Claim(id=str(i), subject_id=a, relation=text, object_id=b, speaker=text,
                      wording=text, rule=text, event_date=text, evidence=quoted,
                      subject_mention=(0, len(text)), object_mention=(len(text) + 5, len(sentence)),
                      qualifiers={text: text})  # fmt: skip
        edges.append(Edge(subject_id=a, relation=text, object_id=b, claims=(claim,),
                          status="affirmed", belief=1, n_evidence=1, n_documents=1, n_sources=1,
                          first_date=text, last_date=text))  # fmt: skip
        x, y = sorted((a, b))
        comentions.append(CoMention(a=x, b=y, sentences=1, paragraphs=1, documents=1, npmi=0.5,
                                    log_likelihood=1, examples=(quoted,)))  # fmt: skip
    relations = {
        text: RelationType(name=text, inverse=f"{text} back", description=text, quad=text)
        for text in texts
    }
    return KnowledgeGraph(title=texts[1], entities=entities, edges=edges, comentions=comentions,
                          documents=documents, relations=relations,
                          provenance={text: text for text in texts})  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(PAYLOADS, id="attacks"),
        pytest.param(NAMES[::4], id="every fourth naughty string"),
        pytest.param(NAMES, id="naughty strings", marks=pytest.mark.slow),
    ],
)
def test_no_text_of_a_document_is_ever_run(read, texts):
    assert len(set(texts)) >= 40
    reader = read(hostile_graph(texts))
    reader.run("globalThis.harm = []; globalThis.bad = (what) => harm.push(String(what)); null")
    reader.run(
        """() => {
          actorgraph.state.listen(() => {
            const links = [...document.links].map((link) => link.getAttribute('href'));
            harm.push(...links.filter((href) => href !== '#panel' && !/^https?:/.test(href)));
          });
          for (const node of actorgraph.data.entities.keys()) actorgraph.state.selectNode(node);
          for (const pair of actorgraph.pairs) actorgraph.state.selectPair(pair);
          actorgraph.state.showPath(0, 9);
          actorgraph.state.change({ view: 'table', rows: 'nodes' });
          actorgraph.state.change({ rows: 'relations' });
          actorgraph.state.change({ view: 'graph', doc: 3 });
          const box = document.getElementById('search');
          for (const entity of actorgraph.data.entities) {
            box.value = entity.name;
            box.dispatchEvent(new Event('input'));
          }
        }"""
    )
    reader.page.mouse.move(640, 400)
    reader.page.wait_for_timeout(300)

    assert reader.run("harm") == []
    reader.run("actorgraph.state.reset()")
    reader.settle()
    assert reader.run("[...document.querySelectorAll('a[href]')].map((a) => a.protocol)") == [
        "file:"
    ]
    assert reader.run("document.querySelectorAll('iframe, base, object, embed, img').length") == 0
    for kind in ("svg", "nodes.csv", "relations.csv", "json", "graphml"):
        assert reader.export(kind)
    ElementTree.fromstring(reader.export("svg"))
    ElementTree.fromstring(reader.export("graphml"))
