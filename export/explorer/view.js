// Which entities, relations and claims the filters leave: the one answer every part of the page shows.
((ag) => {
  const { data, pairs, pairsOf, other } = ag;

  const FACTS = new Set(["affirmed", "contested"]);
  const STATUS_ORDER = ["affirmed", "contested", "hypothetical", "denied"];

  const dateOf = (ev) => data.evidence[ev].date || data.documents[data.evidence[ev].doc].date || "";

  /** Whether a sentence is of the document and time asked for; undated ones only fit an open range. */
  function inScope(ev, state) {
    if (state.doc !== null && data.evidence[ev].doc !== state.doc) return false;
    if (!state.from && !state.to) return true;
    const date = dateOf(ev);
    if (!date) return false;
    // Compared at the coarser precision of the two, so that "2021" holds "2021-02-03".
    const after = !state.from || date.slice(0, state.from.length) >= state.from.slice(0, date.length);
    const before = !state.to || date.slice(0, state.to.length) <= state.to.slice(0, date.length);
    return after && before;
  }

  function claimsIn(edge, state) {
    return edge.claims.filter(
      (claim) => !state.modalities.has(claim.modality || "asserted") && inScope(claim.ev, state),
    );
  }

  /** The claims an edge keeps under the filters, or null if it is not shown at all. */
  function keptClaims(edge, state) {
    if (state.relations.has(edge.relation) || state.statuses.has(edge.status)) return null;
    const claims = claimsIn(edge, state);
    if (!claims.length) return null;
    return weigh(edge, claims) >= state.minimum ? claims : null;
  }

  /** How many sentences some claims of an edge rest on. Copies of a text count once in its own number. */
  function weigh(edge, claims) {
    if (claims.length === edge.claims.length) return edge.evidence;
    return new Set(claims.map((claim) => claim.ev)).size;
  }

  /** The sentences that a view leaves of an edge. */
  const evidenceIn = (view, edge) => weigh(edge, view.claims.get(edge.id));

  function keepsComention(co, state) {
    if (!co || !state.comentions || (co.npmi ?? 0) < state.npmi) return false;
    if (co.sentences < state.minimum) return false;
    const scoped = state.doc !== null || state.from || state.to;
    return !scoped || co.examples.some((ev) => inScope(ev, state));
  }

  function compute(state) {
    const nodeAllowed = (node) =>
      (node < data.shown || state.pulled.has(node)) && !state.types.has(data.entities[node].type);

    const kept = new Map(); // pair id -> {edges, co}
    const claims = new Map(); // edge id -> claims
    for (const pair of pairs) {
      if (!nodeAllowed(pair.a) || !nodeAllowed(pair.b)) continue;
      const edges = pair.edges.filter((edge) => {
        const left = keptClaims(edge, state);
        if (left) claims.set(edge.id, left);
        return left !== null;
      });
      const co = keepsComention(pair.co, state) ? pair.co : null;
      if (edges.length || co) kept.set(pair.id, { edges, co });
    }

    let nodes = new Set();
    const narrowed = state.doc !== null || state.from !== "" || state.to !== "";
    const lonely = state.isolated && !narrowed;
    for (let node = 0; node < data.entities.length; node += 1) {
      if (!nodeAllowed(node)) continue;
      if (lonely || pairsOf[node].some((pair) => kept.has(pair.id))) nodes.add(node);
    }
    if (state.ego !== null) nodes = ag.paths.within(state.ego, state.hops, kept);
    // What is selected stays in sight, whatever the filters say.
    for (const node of selected(state)) nodes.add(node);
    for (const id of [...kept.keys()]) {
      if (!nodes.has(pairs[id].a) || !nodes.has(pairs[id].b)) kept.delete(id);
    }
    return { state, nodes, pairs: kept, claims };
  }

  function selected(state) {
    if (state.node !== null) return [state.node];
    if (state.pair !== null) return [state.pair.a, state.pair.b];
    return state.path || [];
  }

  /** The relations of the view, in the order of the data. */
  function edgesOf(view) {
    return [...view.pairs.values()].flatMap((pair) => pair.edges).sort((a, b) => a.id - b.id);
  }

  function comentionsOf(view) {
    return [...view.pairs.values()].flatMap((pair) => pair.co || []).sort((a, b) => a.id - b.id);
  }

  /** Neighbours of a node in the view, as [neighbour, pair]. */
  function neighbours(node, view) {
    return pairsOf[node].filter((pair) => view.pairs.has(pair.id)).map((pair) => [other(pair, node), pair]);
  }

  const strength = (edge) => STATUS_ORDER.indexOf(edge.status);
  const byStrength = (a, b) => strength(a) - strength(b) || b.evidence - a.evidence || a.id - b.id;

  ag.view = {
    current: null,
    compute, evidenceIn, edgesOf, comentionsOf, neighbours, byStrength, dateOf, inScope, FACTS, STATUS_ORDER,
  };
})(globalThis.actorgraph);
