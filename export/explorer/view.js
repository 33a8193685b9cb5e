// Which entities, relations and claims the filters leave: the one answer every part of the page shows.
((ag) => {
  const { data, pairs, pairsOf, other } = ag;

  const FACTS = new Set(["affirmed", "contested"]);
  const STATUS_ORDER = ["affirmed", "contested", "hypothetical", "denied"];

  /** Whether a sentence is of the document and time asked for; undated ones only fit an open range. */
  function inScope(ev, state) {
    if (state.doc !== null && data.evidence[ev].doc !== state.doc) return false;
    if (!state.from && !state.to) return true;
    const date = ag.time.dateOf(ev);
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
    if (!state.comentions || co.npmi < state.npmi) return false;
    if (Math.max(1, co.sentences) < state.minimum) return false;
    const scoped = state.doc !== null || state.from || state.to;
    return !scoped || co.examples.some((ev) => inScope(ev, state));
  }

  /** Whether two names share a paragraph or a document, but no sentence. */
  const isLoose = (co) => co.sentences === 0;

  /** Where two names met, in words. */
  const meeting = ({ sentences, paragraphs }) =>
    (sentences ? "named in the same sentence" : `only named in the same ${paragraphs ? "paragraph" : "document"}`);

  function compute(state) {
    const fits = ({ type, kind }) => !state.types.has(type) && !state.kinds.has(kind);
    const allowed = data.entities.map(fits);
    const drawn = (node) => allowed[node] && (node < data.shown || state.pulled.has(node));
    const claims = new Map(); // edge id -> claims

    /** What the filters leave of a pair, or null; a co-mention that waits only counts where asked for. */
    function keep(pair, waiting = false) {
      if (!allowed[pair.a] || !allowed[pair.b]) return null;
      const edges = pair.edges.filter((edge) => {
        const left = keptClaims(edge, state);
        if (left) claims.set(edge.id, left);
        return left !== null;
      });
      const wanted = pair.co && (!pair.co.waits || (waiting && !(edges.length && isLoose(pair.co))));
      const co = wanted && keepsComention(pair.co, state) ? pair.co : null;
      return edges.length || co ? { edges, co } : null;
    }

    /** Add to the pairs of a view what is left of some. */
    function take(kept, some, waiting) {
      for (const pair of some) {
        const left = keep(pair, waiting);
        if (left) kept.set(pair.id, left);
      }
      return kept;
    }

    const kept = take(new Map(), pairs.filter((pair) => drawn(pair.a) && drawn(pair.b))); // pair id -> {edges, co}
    let nodes = new Set();
    const narrowed = state.doc !== null || state.from !== "" || state.to !== "";
    const lonely = state.isolated && !narrowed;
    for (let node = 0; node < data.entities.length; node += 1) {
      if (!drawn(node)) continue;
      if (lonely || pairsOf[node].some((pair) => kept.has(pair.id))) nodes.add(node);
    }
    if (state.ego !== null) nodes = ag.paths.within(state.ego, state.hops, kept);
    // What is selected stays in sight, whatever the filters say.
    for (const node of selected(state)) nodes.add(node);
    for (const id of [...kept.keys()]) {
      if (!nodes.has(pairs[id].a) || !nodes.has(pairs[id].b)) kept.delete(id);
    }
    let way = null; // the pairs of the path asked for
    if (state.path !== null) {
      // Where nothing drawn links the two, what waits may.
      way = ag.paths.shortest(...state.path, kept) || ag.paths.shortest(...state.path, take(new Map(), pairs, true));
    }
    const asked = way || (state.pair ? [state.pair] : []);
    take(kept, asked, true);
    for (const pair of asked) nodes.add(pair.a).add(pair.b);
    return { state, nodes, pairs: kept, claims, way };
  }

  function selected(state) {
    if (state.node !== null) return [state.node];
    if (state.pair !== null) return [state.pair.a, state.pair.b];
    return state.path || [];
  }

  /** The entities of the view, the most central first. */
  const nodesOf = (view) => [...view.nodes].sort((a, b) => a - b);

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
    compute, keepsComention, isLoose, meeting, evidenceIn, nodesOf, edgesOf, comentionsOf, neighbours, byStrength, inScope, FACTS, STATUS_ORDER,
  };
})(globalThis.actorgraph);
