// One entity: its names and numbers, its relations grouped, when and where it was written of.
((ag) => {
  const { data, pairs, pairsOf, byId, words, upper, inverseWords, relationOf, count, span, numbers, el, icon, other } = ag;
  const { selectPair, focus } = ag.state;
  const { FIRST, nameOf, section, nodeButton, statusTag, closeButton, list, meter, shownEvidence, documentRow } = ag.parts;

  function panel(node, view) {
    const entity = data.entities[node];
    const around = ag.view.neighbours(node, view);
    const sentences = sentencesOf(node, view);
    return [
      el("header", { class: "head" },
        el("p", { class: "kind" }, icon(entity.type), [entity.type, entity.subtype && words(entity.subtype), entity.country && entity.country.toUpperCase()].filter(Boolean).join(" · ")),
        el("h2", {}, entity.name), closeButton()),
      aliases(entity),
      el("dl", { class: "numbers" },
        tally(entity.mentions, "mention"),
        tally(entity.documents, "document"),
        figure(`rank of ${numbers.format(data.counts.entities)}`, numbers.format(entity.rank)),
        tally(around.length, "neighbour")),
      facts(node, entity),
      actions(node),
      ...relationSections(node, view),
      comentionSection(node, view),
      looseSection(node, view),
      timeSection(sentences),
      documentSection(sentences),
    ].filter(Boolean);
  }

  const tally = (n, noun) => figure(n === 1 ? noun : `${noun}s`, numbers.format(n));
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
    return section("named together", "NPMI", list(rows));
  }

  /** Whom the entity only shares a paragraph or document with: no line, yet a way on. */
  function looseSection(node, view) {
    const kept = pairsOf[node].filter(({ edges, co }) => !edges.length && co.waits && ag.view.keepsComention(co, view.state));
    if (!kept.length) return null;
    kept.sort((a, b) => b.co.sentences - a.co.sentences || b.co.paragraphs - a.co.paragraphs || b.co.documents - a.co.documents || a.id - b.id);
    const rows = kept.map((pair) => {
      const there = other(pair, node);
      return el("li", { class: "doubtful" },
        el("button", { type: "button", class: "line", title: upper(ag.view.meeting(pair.co)), onclick: () => selectPair(pair) },
          el("span", { class: "who" }, icon(data.entities[there].type), el("span", {}, nameOf(there)))),
        el("span", { class: "figure" }, pair.co.sentences ? "sentence" : pair.co.paragraphs ? "paragraph" : "document"));
    });
    return section("only named nearby", "in the same", list(rows, view.pairs.size ? 3 : FIRST));
  }

  /** The sentences that the view shows of an entity. */
  function sentencesOf(node, view) {
    const sentences = new Set();
    for (const [, pair] of ag.view.neighbours(node, view)) {
      const kept = view.pairs.get(pair.id);
      kept.edges.forEach((edge) => view.claims.get(edge.id).forEach((claim) => sentences.add(claim.ev)));
      if (kept.co) kept.co.examples.filter((ev) => ag.view.inScope(ev, view.state)).forEach((ev) => sentences.add(ev));
    }
    return [...sentences];
  }

  function timeSection(sentences) {
    const timeline = ag.time.timeline(sentences.map(ag.time.dateOf), "sentence");
    return timeline && section("timeline", "sentences shown", timeline);
  }

  function documentSection(sentences) {
    if (!sentences.length) return null;
    const counts = new Map();
    for (const ev of sentences) counts.set(data.evidence[ev].doc, (counts.get(data.evidence[ev].doc) || 0) + 1);
    const rows = [...counts].sort(([a, x], [b, y]) => y - x || a - b).map(([doc, n]) => documentRow(doc, n));
    return section("documents", "sentences shown", list(rows));
  }

  ag.entity = { panel };
})(globalThis.actorgraph);
