// The right column: what the graph claims, one entity, one pair, or one path; always with evidence.
((ag) => {
  const { data, pairs, words, upper, relationOf, count, span, numbers, el, $ } = ag;
  const { selectPair } = ag.state;
  const { FIRST, nameOf, section, nodeButton, statusTag, closeButton, list, meter, shownEvidence, documentRow } = ag.parts;

  function show(view) {
    const { node, pair, path } = view.state;
    const content =
      node !== null ? ag.entity.panel(node, view)
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
      cards(claims.map((claim) => () => ag.evidence.claimCard(edge, claim))),
      edge.left ? el("p", { class: "muted small" }, `${count(edge.left, "further claim is", "further claims are")} left out to keep this page small; the graph’s other files have them.`) : null);
    const about = relationOf(edge.relation).description;
    if (about) part.querySelector("em").title = about;
    part.style.setProperty("--quad", ag.graph.quadColour(edge.relation));
    return part;
  }

  function comentionEvidence(co, state) {
    const examples = co.examples.filter((ev) => ag.view.inScope(ev, state));
    const figures = ag.view.isLoose(co)
      ? [co.paragraphs && count(co.paragraphs, "paragraph"), count(co.documents, "document"), "no sentence names both"]
      : [count(co.sentences, "sentence"), count(co.paragraphs, "paragraph"), count(co.documents, "document"), `NPMI ${co.npmi.toFixed(2)}`, `log-likelihood ${co.ll.toFixed(1)}`];
    return el("section", { class: "evidence" },
      el("h3", {}, ag.view.isLoose(co) ? upper(ag.view.meeting(co)) : "Named together"),
      el("p", { class: "muted small" }, figures.filter(Boolean).join(" · ")),
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
    const { way } = view;
    const head = el("header", { class: "head" },
      el("p", { class: "kind" }, way ? `Shortest path · ${count(way.length, "hop")}` : "No path"),
      el("h2", { class: "ends" }, nodeButton(start), el("span", { class: "muted" }, "to"), nodeButton(end)), closeButton());
    if (!way) return [head, el("p", { class: "empty" }, "Nothing that is shown links them. Other filters may.")];
    const loose = way.filter((pair) => { const { edges, co } = view.pairs.get(pair.id); return !edges.length && ag.view.isLoose(co); });
    const stops = ag.paths.stops(start, way);
    const hops = way.map((pair, i) => el("li", { class: "hop" },
      el("h3", { class: "ends" }, nodeButton(stops[i]), el("span", { class: "muted" }, "→"), nodeButton(stops[i + 1])),
      pairEvidence(pair, view)));
    return [
      head,
      loose.length ? el("p", { class: "lead" }, `No sentence links ${loose.length === way.length ? "them" : "them all the way"}: ${count(loose.length, "hop rests", "hops rest")} on names that only share a document or paragraph.`) : null,
      el("ol", { class: "hops" }, hops),
    ].filter(Boolean);
  }

  ag.panel = { show };
})(globalThis.actorgraph);
