// What is shown, as graphs for other programs: GraphML 1.0, and GEXF 1.3 with places and colours.
((ag) => {
  const { data, visual, words, typeOf, round, legalXml } = ag;

  const COLUMNS = {
    node: { entity_type: "string", subtype: "string", aliases: "string", mentions: "int", documents: "int" },
    edge: { relation: "string", status: "string", evidence: "int", npmi: "double", undirected: "boolean" },
  };
  const GEXF_TYPES = { int: "integer" };

  // ---- rows -----------------------------------------------------------------------------------

  const idOf = (node) => legalXml(data.entities[node].id);

  function nodeRows(view) {
    return ag.view.nodesOf(view).map((node) => {
      const { name, type, subtype, aliases = [], mentions, documents } = data.entities[node];
      return { node, id: idOf(node), label: name, fields: { entity_type: type, subtype, aliases: aliases.join("; "), mentions, documents } };
    });
  }

  /** All as directed, for networkx reads no file of mixed direction; a column tells which have none. */
  function edgeRows(view) {
    const stated = ag.view.edgesOf(view).map((edge) => ({
      id: `e${edge.id}`, source: idOf(edge.s), target: idOf(edge.o), label: words(edge.relation), weight: Math.max(1, edge.evidence),
      colour: ag.graph.quadColour(edge.relation),
      fields: { relation: edge.relation, status: edge.status, evidence: edge.evidence, undirected: Boolean(ag.relationOf(edge.relation).symmetric) },
    }));
    const met = ag.view.comentionsOf(view).map((co) => ({
      id: `c${co.id}`, source: idOf(co.a), target: idOf(co.b), label: "co-mentioned with", weight: Math.max(1, co.sentences),
      colour: data.legend.comention,
      fields: { relation: "co_mentioned_with", status: "co-mention", evidence: co.sentences, npmi: co.npmi, undirected: true },
    }));
    return [...stated, ...met];
  }

  const told = (fields) => Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");

  // ---- XML ------------------------------------------------------------------------------------

  /** An XML document of one vocabulary: a root, and how its elements are made. */
  function vocabulary(namespace, rootName) {
    const file = document.implementation.createDocument(namespace, rootName);
    const make = (name, attributes, ...children) => fill(file.createElementNS(namespace, name), attributes, children);
    const makeIn = (other, name, attributes) => fill(file.createElementNS(other, name), attributes, []);
    return { root: file.documentElement, make, makeIn, text: () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n` };
  }

  function fill(node, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  /** GraphML 1.0, without a column called "type": Gephi gives that name a meaning of its own. */
  function toGraphml() {
    const { root, make, text } = vocabulary("http://graphml.graphdrawing.org/xmlns", "graphml");
    const values = (kind, fields) => told(fields).map(([name, value]) => make("data", { key: `${kind}_${name}` }, legalXml(String(value))));
    const columns = (kind, extra) => Object.entries({ ...extra, ...COLUMNS[kind] })
      .map(([name, type]) => make("key", { id: `${kind}_${name}`, for: kind, "attr.name": name, "attr.type": type }));
    const view = ag.view.current;
    const nodes = nodeRows(view).map(({ id, label, fields }) => make("node", { id }, ...values("node", { label, ...fields })));
    const edges = edgeRows(view).map(({ id, source, target, label, weight, fields }) =>
      make("edge", { id, source, target }, ...values("edge", { label, weight, ...fields })));
    root.append(...columns("node", { label: "string" }), ...columns("edge", { label: "string", weight: "double" }),
      make("graph", { id: "G", edgedefault: "directed" }, ...nodes, ...edges));
    return text();
  }

  /** GEXF 1.3, as Gephi writes it itself: parallel edges stay apart by their kind. */
  function toGexf() {
    const VIZ = "http://gexf.net/1.3/viz";
    const { root, make, makeIn, text } = vocabulary("http://gexf.net/1.3", "gexf");
    const viz = (name, attributes) => makeIn(VIZ, `viz:${name}`, attributes);
    const paint = (colour) => {
      const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
      return viz("color", { r, g, b });
    };
    const values = (fields) => make("attvalues", {}, ...told(fields).map(([name, value]) => make("attvalue", { for: name, value: legalXml(String(value)) })));
    const columns = (kind) => make("attributes", { class: kind },
      ...Object.entries(COLUMNS[kind]).map(([name, type]) => make("attribute", { id: name, title: name, type: GEXF_TYPES[type] || type })));
    const view = ag.view.current;
    const nodes = nodeRows(view).map(({ node, id, label, fields }) => {
      const { x, y } = ag.graph.placeOf(node);
      return make("node", { id, label: legalXml(label) }, values(fields),
        viz("size", { value: visual.nodes[node].size }), viz("position", { x: round(x), y: round(y), z: 0 }), paint(typeOf(node).colour));
    });
    const edges = edgeRows(view).map(({ id, source, target, label, weight, colour, fields }) =>
      make("edge", { id, source, target, label: legalXml(label), weight, kind: legalXml(fields.relation) }, values(fields), paint(colour)));
    root.setAttribute("version", "1.3");
    root.append(make("meta", {}, make("creator", {}, "actorgraph"), make("description", {}, legalXml(data.title))),
      make("graph", { defaultedgetype: "directed" }, columns("node"), columns("edge"), make("nodes", {}, ...nodes), make("edges", {}, ...edges)));
    return text();
  }

  ag.graphs = { toGraphml, toGexf };
})(globalThis.actorgraph);
