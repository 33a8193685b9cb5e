// What is shown, as a file: pictures for a report, tables for a spreadsheet, graphs for other programs.
((ag) => {
  const { data, visual, pairs, words, typeOf, el, svg, sign, round, $ } = ag;

  const nameOf = (node) => data.entities[node].name;

  const FORMATS = [
    ["Picture (PNG)", "png", png],
    ["Picture (SVG)", "svg", () => save("svg", "image/svg+xml", toSvg())],
    ["Nodes (CSV)", "nodes.csv", () => save("nodes.csv", "text/csv", nodesCsv())],
    ["Relations (CSV)", "relations.csv", () => save("relations.csv", "text/csv", relationsCsv())],
    ["Graph with evidence (JSON)", "json", () => save("json", "application/json", toJson())],
    ["Graph (GraphML)", "graphml", () => save("graphml", "application/xml", toGraphml())],
    ["Print", "print", () => globalThis.print()],
  ];

  const nodesShown = () => [...ag.view.current.nodes].sort((a, b) => a - b);

  // ---- saving -----------------------------------------------------------------------------------------

  function save(extension, type, content) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
    const stem = data.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60);
    el("a", { href: url, download: `${stem || "graph"}.${extension}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    ag.announce(`Saved ${extension}`);
  }

  function png() {
    const source = ag.graph.canvas;
    const sheet = el("canvas", { width: source.width, height: source.height });
    const context = sheet.getContext("2d");
    context.fillStyle = ag.graph.colours.canvas;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(source, 0, 0);
    sheet.toBlob((blob) => save("png", "image/png", blob));
  }

  // ---- SVG ----------------------------------------------------------------------------------------------

  /** The picture as it stands, in vectors: same window, same labels. */
  function toSvg() {
    const { body, canvas } = ag.graph.network;
    const { scale, translation } = body.view;
    const { clientWidth: width, clientHeight: height } = canvas.frame;
    const { colours } = ag.graph;
    const at = (node) => {
      const { x, y } = body.nodes[node];
      return [round(x * scale + translation.x), round(y * scale + translation.y)];
    };
    const view = ag.view.current;
    const drawn = (node) => body.nodes[node];
    const lines = [...view.pairs].filter(([id]) => drawn(pairs[id].a) && drawn(pairs[id].b)).map(([id, kept]) => svgLine(pairs[id], kept, at, scale, body));
    const signs = nodesShown().filter(drawn).reverse().map((node) => sign(typeOf(node), ...at(node), round(visual.nodes[node].size * scale), colours.canvas));
    const labels = ag.labels.placed.map((label) => svgLabel(label, colours));
    const picture = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif" },
      svg("title", {}, legalXml(data.title)), svg("rect", { width: "100%", height: "100%", fill: colours.canvas }), lines, signs, labels);
    return new XMLSerializer().serializeToString(picture);
  }

  function svgLine(pair, kept, at, scale, body) {
    const look = ag.graph.lineLook({ a: pair.a, edges: kept.edges });
    const [x1, y1] = at(pair.a);
    const [x2, y2] = at(pair.b);
    const width = Math.max(0.4, round(look.width * scale));
    const parts = [svg("line", { x1, y1, x2, y2, stroke: look.color.color, "stroke-width": width, "stroke-dasharray": look.dashes ? look.dashes.map((dash) => round(dash * scale)).join(" ") : undefined })];
    const size = Math.max(3, 4 * width);
    const angle = Math.atan2(y2 - y1, x2 - x1);
    const head = (node, [x, y], turn) => {
      const gap = body.nodes[node].options.size * scale;
      const turned = (along, across) => `${round(x - Math.cos(turn) * along - Math.sin(turn) * across)},${round(y - Math.sin(turn) * along + Math.cos(turn) * across)}`;
      return svg("polygon", { points: [turned(gap, 0), turned(gap + size, size / 2.4), turned(gap + size, -size / 2.4)].join(" "), fill: look.color.color });
    };
    if (look.arrows && look.arrows.to.enabled) parts.push(head(pair.b, [x2, y2], angle));
    if (look.arrows && look.arrows.from.enabled) parts.push(head(pair.a, [x1, y1], angle + Math.PI));
    if (look.arrows && look.arrows.middle.enabled) parts.push(middleMark(look, (x1 + x2) / 2, (y1 + y2) / 2, angle, size));
    return parts;
  }

  function middleMark(look, x, y, angle, size) {
    if (look.arrows.middle.type === "circle") return svg("circle", { cx: round(x), cy: round(y), r: round(size / 2), fill: look.color.color });
    const [dx, dy] = [Math.sin(angle) * size * 0.8, Math.cos(angle) * size * 0.8];
    return svg("line", { x1: round(x - dx), y1: round(y + dy), x2: round(x + dx), y2: round(y - dy), stroke: look.color.color, "stroke-width": 2 });
  }

  function svgLabel({ text, size, strong, kind, x, y, w, h }, colours) {
    return svg("text", {
      x: round(x + w / 2), y: round(y + h / 2), "text-anchor": "middle", "dominant-baseline": "central",
      "font-size": size, "font-weight": strong ? 600 : 400, fill: kind === "line" ? colours.muted : colours.ink,
      stroke: colours.canvas, "stroke-width": 3, "paint-order": "stroke",
    }, legalXml(text));
  }

  // ---- tables --------------------------------------------------------------------------------------------

  /** One CSV field. A spreadsheet would run text that begins like a formula, so it gets an apostrophe. */
  function field(value) {
    if (value === undefined || value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  // The mark at the start lets Excel read the file as UTF-8.
  const csv = (rows) => `\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

  function nodesCsv() {
    return csv([
      ["id", "name", "type", "subtype", "aliases", "mentions", "documents", "rank"],
      ...nodesShown().map((node) => {
        const entity = data.entities[node];
        return [entity.id, entity.name, entity.type, entity.subtype, (entity.aliases || []).join("; "), entity.mentions, entity.documents, entity.rank];
      }),
    ]);
  }

  function relationsCsv() {
    const view = ag.view.current;
    return csv([
      ["subject", "relation", "object", "status", "sentences", "documents", "belief", "npmi", "first_date", "last_date", "example", "source"],
      ...ag.view.edgesOf(view).map((edge) => {
        const { text, doc } = data.evidence[view.claims.get(edge.id)[0].ev];
        return [nameOf(edge.s), edge.relation, nameOf(edge.o), edge.status, edge.evidence, edge.documents, edge.belief, null, edge.first, edge.last, text, source(doc)];
      }),
      ...ag.view.comentionsOf(view).map((co) => {
        const example = co.examples.length ? data.evidence[co.examples[0]] : {};
        return [nameOf(co.a), "co_mentioned_with", nameOf(co.b), "co-mention", co.sentences, co.documents, null, co.npmi, null, null, example.text, example.text && source(example.doc)];
      }),
    ]);
  }

  const source = (doc) => data.documents[doc].url || data.documents[doc].label;

  // ---- graphs ----------------------------------------------------------------------------------------------

  function toJson() {
    const view = ag.view.current;
    const id = (node) => data.entities[node].id;
    const cited = (ev) => {
      const { text, start, end, doc, date } = data.evidence[ev];
      const { id: document, label, url } = data.documents[doc];
      return { sentence: text, start, end, date, document, title: label, url };
    };
    return JSON.stringify({
      title: data.title,
      provenance: data.provenance,
      filters: ag.state.encode(),
      entities: nodesShown().map((node) => data.entities[node]),
      edges: ag.view.edgesOf(view).map((edge) => ({
        subject: id(edge.s), relation: edge.relation, object: id(edge.o), status: edge.status, belief: edge.belief,
        claims: view.claims.get(edge.id).map((claim) => ({
          polarity: claim.polarity || "affirmed", modality: claim.modality || "asserted", speaker: claim.speaker,
          wording: claim.wording, confidence: claim.confidence ?? 1, ...cited(claim.ev),
        })),
      })),
      comentions: ag.view.comentionsOf(view).map((co) => ({
        a: id(co.a), b: id(co.b), sentences: co.sentences, paragraphs: co.paragraphs, documents: co.documents, npmi: co.npmi, log_likelihood: co.ll, examples: co.examples.map(cited),
      })),
    }, null, 1);
  }

  const GRAPHML_KEYS = {
    node: { label: "string", entity_type: "string", subtype: "string", mentions: "int", documents: "int" },
    edge: { label: "string", relation: "string", status: "string", weight: "double", evidence: "int", npmi: "double" },
  };

  /** GraphML 1.0, without edge attributes called "type": Gephi gives those a meaning of its own. */
  function toGraphml() {
    const NS = "http://graphml.graphdrawing.org/xmlns";
    const file = document.implementation.createDocument(NS, "graphml");
    const make = (name, attributes, ...children) => {
      const node = file.createElementNS(NS, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      node.append(...children);
      return node;
    };
    const values = (kind, fields) => Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([name, value]) => make("data", { key: `${kind}_${name}` }, legalXml(String(value))));
    const graph = make("graph", { id: "G", edgedefault: "directed" });
    for (const node of nodesShown()) {
      const { id, name, type, subtype, mentions, documents } = data.entities[node];
      graph.append(make("node", { id: legalXml(id) }, ...values("node", { label: name, entity_type: type, subtype, mentions, documents })));
    }
    const line = (id, a, b, directed, fields) => graph.append(make("edge", { id, source: legalXml(data.entities[a].id), target: legalXml(data.entities[b].id), directed }, ...values("edge", fields)));
    const view = ag.view.current;
    ag.view.edgesOf(view).forEach((edge) => line(`e${edge.id}`, edge.s, edge.o, true, { label: words(edge.relation), relation: edge.relation, status: edge.status, weight: Math.max(1, edge.evidence), evidence: edge.evidence }));
    ag.view.comentionsOf(view).forEach((co) => line(`c${co.id}`, co.a, co.b, false, { label: "co-mentioned with", relation: "co_mentioned_with", status: "co-mention", weight: Math.max(1, co.sentences), evidence: co.sentences, npmi: co.npmi }));
    for (const [kind, keys] of Object.entries(GRAPHML_KEYS)) {
      for (const [name, type] of Object.entries(keys)) file.documentElement.append(make("key", { id: `${kind}_${name}`, for: kind, "attr.name": name, "attr.type": type }));
    }
    file.documentElement.append(graph);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
  }

  // XML 1.0 has no way to write these characters.
  const legalXml = (text) => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");

  // ---- the menu ---------------------------------------------------------------------------------------------

  function start() {
    const menu = $("take-menu");
    const button = $("take");
    const open = (yes) => {
      menu.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    };
    const items = FORMATS.map(([label, name, act]) => el("button", {
      type: "button", role: "menuitem", "data-format": name, tabindex: "-1", onclick: () => {
        open(false);
        button.focus();
        act();
      },
    }, label));
    menu.append(...items);
    button.addEventListener("click", () => {
      open(menu.hidden);
      if (!menu.hidden) items[0].focus();
    });
    menu.addEventListener("keydown", (event) => {
      const here = items.indexOf(document.activeElement);
      const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
      if (next !== undefined) items[(next + items.length) % items.length].focus();
      else if (event.key === "Escape") {
        open(false);
        button.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu-anchor")) open(false);
    });
  }

  ag.takeaway = { start, toSvg, nodesCsv, relationsCsv, toJson, toGraphml };
})(globalThis.actorgraph);
