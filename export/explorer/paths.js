// Walking the graph: what lies around an entity, and the shortest way between two.
((ag) => {
  const { pairs, pairsOf, other } = ag;

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
   * The pairs of the shortest path, or null. Among paths of equal length the one with the most
   * hops that a source states as fact wins, then the one with the most evidence.
   */
  function shortest(start, end, kept) {
    const best = new Map([[start, { hops: 0, doubt: 0, evidence: 0, from: null, pair: null }]]);
    let edge = [start];
    while (edge.length && !best.has(end)) {
      const next = new Set();
      for (const node of edge) {
        const here = best.get(node);
        for (const pair of around(node, kept)) {
          const neighbour = other(pair, node);
          const step = {
            hops: here.hops + 1,
            doubt: here.doubt + doubt(kept.get(pair.id)),
            evidence: here.evidence + weight(kept.get(pair.id)),
            from: node,
            pair,
          };
          if (better(step, best.get(neighbour))) {
            best.set(neighbour, step);
            next.add(neighbour);
          }
        }
      }
      edge = [...next];
    }
    if (!best.has(end)) return null;
    const way = [];
    for (let node = end; node !== start; node = best.get(node).from) way.unshift(best.get(node).pair);
    return way;
  }

  function better(step, known) {
    if (!known) return true;
    if (step.hops !== known.hops) return step.hops < known.hops;
    if (step.doubt !== known.doubt) return step.doubt < known.doubt;
    return step.evidence > known.evidence;
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

  ag.paths = { within, shortest, stops, doubt, pairs };
})(globalThis.actorgraph);
