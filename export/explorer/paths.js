// Walking the graph: what lies around an entity, and the shortest way between two.
((ag) => {
  const { pairsOf, other } = ag;

  const LOOSE = 1e4; // hops that a reader would rather take than one over names that share no sentence

  const around = (node, kept) => pairsOf[node].filter((pair) => kept.has(pair.id));

  /** All entities within some hops of one, itself included. */
  function within(start, hops, kept) {
    const reached = new Set([start]);
    let edge = [start];
    for (let hop = 0; hop < hops; hop += 1) {
      const next = [];
      for (const node of edge) {
        for (const pair of around(node, kept)) {
          const neighbour = other(pair, node);
          if (!reached.has(neighbour)) {
            reached.add(neighbour);
            next.push(neighbour);
          }
        }
      }
      edge = next;
    }
    return reached;
  }

  /**
   * The pairs of the shortest path, or null. Fewest hops over names that share no sentence come
   * first, then fewest hops; among equals the path with the most hops that a source states as fact
   * wins, then the one with the most evidence.
   */
  function shortest(start, end, kept) {
    const best = new Map([[start, { cost: 0, from: null, pair: null }]]);
    const costTo = (node) => (best.has(node) ? best.get(node).cost : Infinity);
    const waiting = [start];
    for (let next = 0; next < waiting.length; next += 1) {
      const node = waiting[next];
      for (const pair of around(node, kept)) {
        const neighbour = other(pair, node);
        const cost = costTo(node) + hopCost(kept.get(pair.id));
        if (cost >= costTo(neighbour) || cost >= costTo(end)) continue;
        best.set(neighbour, { cost, from: node, pair });
        waiting.push(neighbour);
      }
    }
    if (!best.has(end)) return null;
    const way = [];
    for (let node = end; node !== start; node = best.get(node).from) way.unshift(best.get(node).pair);
    return way;
  }

  /** One for a hop; doubt and evidence weigh so little that they only decide between equal lengths. */
  function hopCost(shown) {
    const loose = !shown.edges.length && ag.view.isLoose(shown.co) ? LOOSE : 0;
    return 1 + loose + 1e-3 * doubt(shown) + 1e-6 / (1 + weight(shown));
  }

  /** 0 for a stated fact, 1 for what is only planned or denied, 2 for names that merely met. */
  function doubt(shown) {
    if (shown.edges.some((edge) => ag.view.FACTS.has(edge.status))) return 0;
    return shown.edges.length ? 1 : 2;
  }

  function weight(shown) {
    return shown.edges.reduce((sum, edge) => sum + edge.evidence, shown.co ? 0.5 : 0);
  }

  /** The entities along a path, from its start. */
  function stops(start, way) {
    const nodes = [start];
    for (const pair of way) nodes.push(other(pair, nodes[nodes.length - 1]));
    return nodes;
  }

  ag.paths = { within, shortest, stops };
})(globalThis.actorgraph);
