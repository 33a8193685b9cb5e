// The right column: what the graph claims, one entity, one pair, or one path; always with evidence.
((ag) => {
  const { data, pairs, byId, words, inverseWords, relationOf, count, day, span, numbers, el, icon, link, other, $ } = ag;
  const { selectNode, selectPair, focus, change, clear } = ag.state;

  const FIRST = 8; // rows before "show all"

  const nameOf = (node) => data.entities[node].name;

  function show(view) {
    const { node, pair, path } = view.state;
    const content =
      node !== null ? entityPanel(node, view)
      : pair !== null ? pairPanel(pair, view)
      : path !== null ? pathPanel(path, view)
      : overview(view);
    const panel = $("panel");
    const mark = [node, pair && pair.id, path && path.join(" ")].join("|");
    panel.replaceChildren(...content);
    // The same thing under other filters keeps its place; another thing starts at its top.
    if (panel.dataset.mark !== mark) panel.scrollTop = 0;
    panel.dataset.mark = mark;
  }

  // ---- building blocks --------------------------------------------------------------------------

  const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  const section = (title, note, ...children) =>
    el("section", {}, el("h3", {}, upper(title), note ? el("span", { class: "note" }, note) : null), ...children);

  const nodeButton = (node, text = nameOf(node)) =>
    el("button", { type: "button", class: "entity", onclick: () => selectNode(node) }, icon(data.entities[node].type), el("span", {}, text));

  const statusTag = (status) => (status === "affirmed" ? null : el("span", { class: `tag ${status}` }, status));

  function closeButton() {
    return el("button", { type: "button", class: "icon close", "aria-label": "Close", title: "Close (Esc)", onclick: clear },
      ag.cross());
  }

  /** A list that shows its first rows and the rest on demand. */
  function list(rows, first = FIRST) {
    const ul = el("ul", { class: "rows" }, rows.slice(0, first));
    if (rows.length <= first) return [ul];
    const more = el("button", { type: "button", class: "more" }, `Show all ${rows.length}`);
    more.addEventListener("click", () => {
      ul.append(...rows.slice(first));
      more.remove();
    });
    return [ul, more];
  }

  function meter(share) {
    const bar = el("span", { class: "bar" });
    bar.style.setProperty("--share", Math.max(0, Math.min(1, share)));
    return el("span", { class: "meter", "aria-hidden": "true" }, bar);
  }

  // ---- overview -----------------------------------------------------------------------------------

  function overview(view) {
    const edges = ag.view.edgesOf(view);
    const contested = edges.filter((edge) => edge.status === "contested");
    const strongest = edges.filter((edge) => ag.view.FACTS.has(edge.status)).sort((a, b) => shownEvidence(b) - shownEvidence(a) || a.id - b.id);
    const { counts } = data;
    return [
      el("header", { class: "head" }, el("h2", {}, "An edge is what a source says, not what is true.")),
      el("p", { class: "lead" },
        `${count(counts.documents, "document names", "documents name")} ${count(counts.entities, "actor or system", "actors and systems")}. `
        + `${count(counts.edges, "stated relation", "stated relations")} and ${count(counts.comentions, "co-mention")} link them. `
        + "Choose a node or a line to read the sentences behind it."),
      view.nodes.size ? section("Most central", "mentions", list(central(view))) : el("p", { class: "empty" }, "Nothing is left under these filters."),
      strongest.length ? section("Best evidenced", "sentences", list(strongest.slice(0, FIRST).map(edgeRow))) : null,
      contested.length ? section("Contested", "stated by some, denied by others", list(contested.map(edgeRow))) : null,
      data.documents.length ? section("Documents", `${numbers.format(data.documents.length)} cited`, list(data.documents.map((_, doc) => documentRow(doc, null)), 5)) : null,
    ].filter(Boolean);
  }

  function central(view) {
    const share = (node) => (ag.visual.nodes[node].size / ag.visual.nodes[0].size) ** 2; // area is centrality
    return [...view.nodes].sort((a, b) => a - b).slice(0, FIRST).map((node) =>
      el("li", {}, nodeButton(node), meter(share(node)), el("span", { class: "figure", title: "mentions" }, numbers.format(data.entities[node].mentions))));
  }

  function edgeRow(edge) {
    return el("li", {},
      el("button", { type: "button", class: "line", onclick: () => selectPair(pairs[edge.pair]) },
        el("span", {}, nameOf(edge.s), " ", el("em", {}, words(edge.relation)), " ", nameOf(edge.o)), statusTag(edge.status)),
      el("span", { class: "figure" }, numbers.format(shownEvidence(edge))));
  }

  const shownEvidence = (edge) => ag.view.evidenceIn(ag.view.current, edge);

  function documentRow(doc, sentences) {
    const source = data.documents[doc];
    const active = ag.state.now.doc === doc;
    return el("li", { class: "document" },
      el("button", { type: "button", class: "line", "aria-pressed": String(active), title: active ? "Show all documents again" : "Show only what this document says", onclick: () => change({ doc: active ? null : doc }) },
        el("span", {}, source.label),
        el("span", { class: "muted" }, [source.publisher, source.date && day(source.date)].filter(Boolean).join(" · "))),
      sentences === null ? null : el("span", { class: "figure" }, numbers.format(sentences)),
      /^https?:/i.test(source.url || "") ? link(source.url, el("span", { class: "unseen" }, `Open ${source.label}`), "↗") : null);
  }

  // ---- an entity ------------------------------------------------------------------------------------

  function entityPanel(node, view) {
    const entity = data.entities[node];
    const around = ag.view.neighbours(node, view);
    return [
      el("header", { class: "head" },
        el("p", { class: "kind" }, icon(entity.type), [entity.type, entity.subtype && words(entity.subtype), entity.country && entity.country.toUpperCase()].filter(Boolean).join(" · ")),
        el("h2", {}, entity.name), closeButton()),
      aliases(entity),
      el("dl", { class: "numbers" },
        figure("mentions", numbers.format(entity.mentions)),
        figure("documents", numbers.format(entity.documents)),
        figure("rank", `${numbers.format(entity.rank)} of ${numbers.format(data.counts.entities)}`),
        figure("neighbours", numbers.format(around.length))),
      facts(node, entity),
      actions(node),
      ...relationSections(node, view),
      comentionSection(node, view),
      documentSection(node, view),
    ].filter(Boolean);
  }

  const figure = (label, value) => el("div", {}, el("dt", {}, label), el("dd", {}, value));

  function aliases(entity) {
    const names = entity.aliases || [];
    return names.length ? el("p", { class: "aliases" }, el("span", { class: "muted" }, "also "), names.join(", ")) : null;
  }

  function facts(node, entity) {
    const family = byId.get(entity.family);
    const variants = data.entities.flatMap((one, i) => (one.family === entity.id && i !== node ? [i] : []));
    const rows = [
      entity.first && ["seen", span(entity.first, entity.last)],
      family !== undefined && ["variant of", nodeButton(family)],
      variants.length && ["variants", variants.map((one) => nodeButton(one))],
      ...Object.entries(entity.identifiers || {}),
    ].filter(Boolean);
    return rows.length ? el("dl", { class: "facts" }, rows.map(([label, value]) => el("div", {}, el("dt", {}, words(label)), el("dd", {}, value)))) : null;
  }

  function actions(node) {
    const { ego, hops } = ag.state.now;
    const hop = (n) => el("button", { type: "button", class: "quiet", "aria-pressed": String(ego === node && hops === n), onclick: () => (ego === node && hops === n ? focus(null) : focus(node, n)) }, n === 1 ? "1 hop" : "2 hops");
    return el("p", { class: "tools" }, el("span", { class: "muted" }, "Show only"), hop(1), hop(2),
      el("button", { type: "button", class: "quiet", onclick: () => ag.search.pickPath(node) }, "Path to…"));
  }

  /** Relations grouped by how they read from this entity; what is stated comes before what is not. */
  function relationSections(node, view) {
    const groups = new Map();
    for (const [, pair] of ag.view.neighbours(node, view)) {
      for (const edge of view.pairs.get(pair.id).edges) {
        const reading = edge.s === node || relationOf(edge.relation).symmetric ? words(edge.relation) : inverseWords(edge.relation);
        if (!groups.has(reading)) groups.set(reading, []);
        groups.get(reading).push(edge);
      }
    }
    const ordered = [...groups].map(([reading, edges]) => [reading, edges.sort(ag.view.byStrength)]);
    ordered.sort(([x, a], [y, b]) => ag.view.byStrength(a[0], b[0]) && (doubtful(a) - doubtful(b) || b.length - a.length || (x < y ? -1 : 1)));
    return ordered.map(([reading, edges]) => {
      const title = section(reading, count(edges.length, "relation"), list(edges.map((edge) => relationRow(node, edge))));
      title.classList.add("relation");
      title.style.setProperty("--quad", ag.graph.quadColour(edges[0].relation));
      return title;
    });
  }

  const doubtful = (edges) => (ag.view.FACTS.has(edges[0].status) ? 0 : 1);

  function relationRow(node, edge) {
    const there = edge.s === node ? edge.o : edge.s;
    const label = `${nameOf(there)}: ${count(shownEvidence(edge), "sentence")}`;
    return el("li", { class: ag.view.FACTS.has(edge.status) ? null : "doubtful" },
      el("button", { type: "button", class: "line", "aria-label": label, onclick: () => selectPair(pairs[edge.pair]) },
        el("span", { class: "who" }, icon(data.entities[there].type), el("span", {}, nameOf(there))), statusTag(edge.status)),
      el("span", { class: "figure" }, numbers.format(shownEvidence(edge))));
  }

  function comentionSection(node, view) {
    const met = ag.view.neighbours(node, view).map(([, pair]) => view.pairs.get(pair.id).co).filter(Boolean);
    if (!met.length) return null;
    met.sort((a, b) => b.npmi - a.npmi || b.sentences - a.sentences || a.id - b.id);
    const rows = met.map((co) => {
      const there = other({ a: co.a, b: co.b }, node);
      return el("li", {},
        el("button", { type: "button", class: "line", onclick: () => selectPair(pairs[co.pair]) },
          el("span", { class: "who" }, icon(data.entities[there].type), el("span", {}, nameOf(there)))),
        meter((co.npmi + 1) / 2),
        el("span", { class: "figure", title: `${count(co.sentences, "sentence")}` }, co.npmi.toFixed(2)));
    });
    return section("mentioned together", "NPMI", list(rows));
  }

  function documentSection(node, view) {
    const sentences = new Map();
    const see = (ev) => {
      const { doc } = data.evidence[ev];
      if (!sentences.has(doc)) sentences.set(doc, new Set());
      sentences.get(doc).add(ev);
    };
    for (const [, pair] of ag.view.neighbours(node, view)) {
      const kept = view.pairs.get(pair.id);
      kept.edges.forEach((edge) => view.claims.get(edge.id).forEach((claim) => see(claim.ev)));
      if (kept.co) kept.co.examples.filter((ev) => ag.view.inScope(ev, view.state)).forEach(see);
    }
    if (!sentences.size) return null;
    const rows = [...sentences].sort(([a, x], [b, y]) => y.size - x.size || a - b).map(([doc, evs]) => documentRow(doc, evs.size));
    return section("documents", "sentences shown", list(rows));
  }

  // ---- a pair ----------------------------------------------------------------------------------------

  function pairPanel(pair, view) {
    return [
      el("header", { class: "head" },
        el("p", { class: "kind" }, "What sources say of"),
        el("h2", { class: "ends" }, nodeButton(pair.a), el("span", { class: "muted" }, "and"), nodeButton(pair.b)), closeButton()),
      ...pairEvidence(pair, view),
    ];
  }

  /** Every sentence of a pair: relation by relation, then the sentences where the names just meet. */
  function pairEvidence(pair, view) {
    const kept = view.pairs.get(pair.id);
    const edges = [...(kept ? kept.edges : [])].sort(ag.view.byStrength);
    const left = pair.edges.length - edges.length;
    return [
      ...edges.map((edge) => edgeEvidence(edge, view.claims.get(edge.id))),
      kept && kept.co ? comentionEvidence(kept.co, view.state) : null,
      left || !kept ? el("p", { class: "empty" }, left ? `${count(left, "relation is", "relations are")} left out by the filters. ` : "Left out by the filters. ",
        el("button", { type: "button", class: "inline", onclick: ag.state.reset }, "Show all")) : null,
    ].filter(Boolean);
  }

  function edgeEvidence(edge, claims) {
    const part = el("section", { class: "relation evidence" },
      el("h3", {}, el("span", {}, nameOf(edge.s), " ", el("em", {}, words(edge.relation)), " ", nameOf(edge.o)), el("span", { class: `tag ${edge.status}` }, edge.status)),
      el("p", { class: "muted small" }, [
        (shownEvidence(edge) < edge.evidence ? `${shownEvidence(edge)} of ` : "") + count(edge.evidence, "sentence"), count(edge.documents, "document"), count(edge.sources, "source"),
        span(edge.first, edge.last), `belief ${edge.belief.toFixed(2)}`].filter(Boolean).join(" · ")),
      cards(claims.map((claim) => () => ag.evidence.claimCard(edge, claim))));
    const about = relationOf(edge.relation).description;
    if (about) part.querySelector("em").title = about;
    part.style.setProperty("--quad", ag.graph.quadColour(edge.relation));
    return part;
  }

  function comentionEvidence(co, state) {
    const examples = co.examples.filter((ev) => ag.view.inScope(ev, state));
    return el("section", { class: "evidence" },
      el("h3", {}, "Mentioned together"),
      el("p", { class: "muted small" }, `${count(co.sentences, "sentence")} · ${count(co.paragraphs, "paragraph")} · ${count(co.documents, "document")} · NPMI ${co.npmi.toFixed(2)} · log-likelihood ${co.ll.toFixed(1)}`),
      cards(examples.map((ev) => () => ag.evidence.comentionCard(co, ev))));
  }

  /** Cards are made when asked for: a hub's line may carry hundreds. */
  function cards(makers) {
    const box = el("div", { class: "cards" });
    const add = (n) => {
      box.append(...makers.splice(0, n).map((make) => make()));
      if (!makers.length) return;
      const more = el("button", { type: "button", class: "more" }, `Show ${makers.length} more`);
      more.addEventListener("click", () => {
        more.remove();
        add(50);
      });
      box.append(more);
    };
    add(20);
    return box;
  }

  // ---- a path ------------------------------------------------------------------------------------------

  function pathPanel([start, end], view) {
    const way = ag.paths.shortest(start, end, view.pairs);
    const head = el("header", { class: "head" },
      el("p", { class: "kind" }, way ? `Shortest path · ${count(way.length, "hop")}` : "No path"),
      el("h2", { class: "ends" }, nodeButton(start), el("span", { class: "muted" }, "to"), nodeButton(end)), closeButton());
    if (!way) return [head, el("p", { class: "empty" }, "Nothing that is shown links them. Other filters may.")];
    const stops = ag.paths.stops(start, way);
    const hops = way.map((pair, i) => el("li", { class: "hop" },
      el("h3", { class: "ends" }, nodeButton(stops[i]), el("span", { class: "muted" }, "→"), nodeButton(stops[i + 1])),
      pairEvidence(pair, view)));
    return [head, el("ol", { class: "hops" }, hops)];
  }

  ag.panel = { show };
})(globalThis.actorgraph);
