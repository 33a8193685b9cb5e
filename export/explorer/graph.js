// The picture: vis-network draws nodes and lines where the layout put them; we keep it in step.
((ag) => {
  const { data, visual, pairs, types, relationOf, words, count, el, $ } = ag;

  const DASHES = {
    hypothetical: [7 * data.grain, 5 * data.grain],
    denied: [1.5 * data.grain, 5 * data.grain],
    loose: [data.grain, 4 * data.grain],
  };
  const CROWD = 800; // pairs from which co-mentions grow paler
  const CORNERS = { square: 1.42, triangle: 1.15, triangleDown: 1.15 }; // their distance, in sizes of the sign
  const MANY_LINES = 1500; // beyond, lines hide while the picture moves

  let network = null;
  let nodes = null;
  let lines = null;
  let shown = null; // the view in the picture
  const drawnFor = new Map(); // pair id -> the relations its line last stood for
  let hot = { nodes: new Set(), pairs: new Set(), lead: new Set() };
  let hover = { node: null, pair: null };
  let colours = {};
  let placedByHand = false; // whether the reader moved the camera; then a new window size leaves it

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = () => (still() ? false : { duration: 350, easingFunction: "easeInOutCubic" });

  // ---- looks ------------------------------------------------------------------------------------

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["canvas", "ink", "muted", "faint", "accent"]) {
      colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
    colours.font = style.getPropertyValue("--sans").trim();
  }

  function nodeLook(node) {
    const type = types.get(data.entities[node].type);
    const ring = type.shape === "ring";
    return {
      shape: ring ? "dot" : type.shape,
      borderWidth: ring ? 4 : 1.5,
      color: ring
        ? { background: colours.canvas, border: type.colour }
        : { background: type.colour, border: colours.canvas },
    };
  }

  /** How a pair is drawn: its firmest relation gives colour and stroke, the number of sentences the width. */
  function lineLook({ a, edges, co }) {
    if (!edges.length) {
      const loose = co && ag.view.isLoose(co);
      // Thousands of them would be a grey wash over what is stated.
      const opacity = loose ? 1 : Math.max(0.25, Math.min(1, Math.sqrt(CROWD / pairs.length)));
      return { color: { color: loose ? colours.muted : colours.faint, opacity }, width: 0.8 * data.grain, dashes: loose ? DASHES.loose : false, arrows: "" };
    }
    const [lead] = [...edges].sort(ag.view.byStrength);
    const evidence = edges.reduce((sum, edge) => sum + edge.evidence, 0);
    return {
      color: { color: quadColour(lead.relation) },
      width: data.grain * Math.min(5, 0.9 + 0.6 * Math.log2(1 + evidence)),
      dashes: DASHES[lead.status] || false,
      arrows: arrows(a, edges, lead.status),
    };
  }

  function arrows(a, edges, status) {
    const directed = edges.filter((edge) => !relationOf(edge.relation).symmetric);
    const head = { enabled: true, type: "arrow", scaleFactor: 0.45 };
    const middle = { denied: "bar", contested: "circle" }[status];
    return {
      to: directed.some((edge) => edge.s === a) ? head : { enabled: false },
      from: directed.some((edge) => edge.o === a) ? head : { enabled: false },
      middle: middle ? { enabled: true, type: middle, scaleFactor: 0.5 } : { enabled: false },
    };
  }

  const quadColour = (relation) => data.legend.quads[relationOf(relation).quad] || data.legend.quads.structural;

  /** Ask for a frame; however many ask, one is drawn. */
  const redraw = () => network.body.emitter.emit("_requestRedraw");

  // ---- keeping in step ------------------------------------------------------------------------------

  function start(view) {
    readColours();
    shown = view;
    const vis = globalThis.vis;
    nodes = new vis.DataSet(
      visual.nodes.filter((node) => inPicture(node.id)).map((node) => ({ ...node, ...nodeLook(node.id), hidden: !view.nodes.has(node.id) })),
    );
    lines = new vis.DataSet(
      pairs.filter((pair) => inPicture(pair.a) && inPicture(pair.b) && (view.pairs.has(pair.id) || !waits(pair))).map((pair) => lineItem(pair.id, view)),
    );
    const options = visual.options;
    options.interaction.hideEdgesOnDrag = lines.length > MANY_LINES;
    options.interaction.hideEdgesOnZoom = lines.length > MANY_LINES;
    network = new vis.Network($("canvas"), { nodes, edges: lines }, options);
    network.on("click", clicked);
    network.on("doubleClick", ({ nodes: [node] }) => node !== undefined && ag.state.focus(node));
    network.on("hoverNode", ({ node, event }) => setHover({ node, pair: null }, event));
    network.on("hoverEdge", ({ edge, event }) => setHover({ node: null, pair: edge }, event));
    network.on("blurNode", () => setHover({ node: null, pair: null }));
    network.on("blurEdge", () => setHover({ node: null, pair: null }));
    network.on("dragStart", () => setHover({ node: null, pair: null }));
    network.on("afterDrawing", drawOver);
    ag.drag.start(network);
    network.on("zoom", () => { placedByHand = true; });
    network.on("dragEnd", () => { placedByHand = true; });
    network.on("resize", () => { if (!placedByHand) fit(false, framed(shown)); });
    fit(false, framed(view));
  }

  /** Whether an entity has a place among the drawn ones: the strongest, and those asked for. */
  const inPicture = (node) => node < data.shown || shown.nodes.has(node);

  /** Whether a pair has no line until one asks for it. */
  const waits = ({ edges, co }) => !edges.length && co.waits;

  function lineItem(id, view) {
    const kept = view.pairs.get(id);
    const { a, b } = pairs[id];
    if (kept) drawnFor.set(id, kept.edges);
    const look = kept ? { ...lineLook({ a, ...kept }), hidden: false } : { hidden: true };
    return { id, from: a, to: b, ...look };
  }

  /** Bring the picture to a view by changing only what differs: a rebuild would lose place and time. */
  function show(view) {
    const before = shown;
    shown = view;
    pullIn(view);
    hide(view);
    const changed = lines.getIds().filter((id) => view.pairs.has(id) && !same(drawnFor.get(id), view.pairs.get(id).edges));
    if (changed.length) lines.update(changed.map((id) => lineItem(id, view)));
    if (before.state.ego !== view.state.ego || before.state.hops !== view.state.hops) fit();
    light(view);
    if (view.way && String(before.state.path) !== String(view.state.path)) fit(moving(), framed(view));
    redraw();
  }

  /**
   * Hide and unhide on the drawn objects themselves: an update of the data set parses every option
   * anew and takes ten times as long, which a reader feels at two thousand nodes.
   */
  function hide(view) {
    const { body } = network;
    for (const node of nodes.getIds()) body.nodes[node].options.hidden = !view.nodes.has(node);
    for (const id of lines.getIds()) body.edges[id].options.hidden = !view.pairs.has(id);
    network._updateVisibleIndices();
  }

  const same = (a, b) => a !== undefined && a.length === b.length && a.every((edge, i) => edge === b[i]);

  /** Bring what is asked for into the picture, if it was not drawn so far. */
  function pullIn(view) {
    const { body } = network;
    const missing = [...view.nodes].filter((node) => !body.nodes[node]);
    if (missing.length) nodes.add(missing.map((id) => ({ ...visual.nodes[id], ...nodeLook(id) })));
    const fresh = [...view.pairs.keys()].filter((id) => !body.edges[id]);
    if (fresh.length) lines.add(fresh.map((id) => lineItem(id, view)));
  }

  /** Decide what stands out: the selection with what it touches. */
  function light(view) {
    const { state: { node, pair, path }, way } = view;
    hot = { nodes: new Set(), pairs: new Set(), lead: new Set() };
    const take = (one) => {
      if (view.pairs.has(one.id)) hot.pairs.add(one.id);
      hot.nodes.add(one.a).add(one.b);
    };
    if (node !== null) {
      hot.nodes.add(node);
      hot.lead.add(node);
      ag.view.neighbours(node, view).forEach(([, one]) => take(one));
    } else if (pair !== null) {
      take(pair);
      hot.lead.add(pair.a).add(pair.b);
    } else if (path !== null) {
      (way || []).forEach(take);
      path.forEach((end) => hot.nodes.add(end) && hot.lead.add(end));
    }
  }

  function retheme() {
    readColours();
    nodes.update(nodes.getIds().map((id) => ({ id, ...nodeLook(id), hidden: !shown.nodes.has(id) })));
    // Only co-mentions are drawn in a colour of the theme.
    lines.update(lines.getIds().filter((id) => shown.pairs.has(id) && !shown.pairs.get(id).edges.length).map((id) => lineItem(id, shown)));
    redraw();
  }

  // ---- drawing over the picture -------------------------------------------------------------------

  function drawOver(context) {
    if (hot.nodes.size) standOut(context);
    ag.labels.draw(context, { network, view: shown, hot, hover, colours });
  }

  /** Veil everything, then draw what is selected once more above the veil. */
  function standOut(context) {
    const { body, canvas } = network;
    context.save();
    canvas.setTransform();
    context.globalAlpha = 0.82;
    context.fillStyle = colours.canvas;
    context.fillRect(0, 0, canvas.frame.clientWidth, canvas.frame.clientHeight);
    context.restore();
    for (const id of hot.pairs) {
      const line = body.edges[id];
      if (line && line.connected) {
        line.draw(context);
        line.drawArrows(context);
      }
    }
    for (const id of hot.nodes) if (body.nodes[id]) body.nodes[id].draw(context);
    context.lineWidth = 2 / network.getScale();
    context.strokeStyle = colours.accent;
    for (const id of hot.lead) ring(context, body.nodes[id]);
  }

  function ring(context, node) {
    if (!node) return;
    context.beginPath();
    context.arc(node.x, node.y, rim(node.id) + 4 / network.getScale(), 0, 2 * Math.PI);
    context.stroke();
  }

  /** How far the sign of a node reaches from its middle. */
  const rim = (node) => network.body.nodes[node].options.size * (CORNERS[ag.typeOf(node).shape] || 1);

  // ---- pointer ----------------------------------------------------------------------------------------

  function clicked({ nodes: [node], edges: [line] }) {
    network.unselectAll();
    if (node !== undefined) {
      if (!ag.search.offer(node)) ag.state.selectNode(node);
    } else if (line !== undefined) ag.state.selectPair(pairs[line]);
    else if (shown.state.node !== null || shown.state.pair !== null || shown.state.path !== null) ag.state.clear();
  }

  function setHover(next, event) {
    hover = next;
    $("canvas").classList.toggle("pointing", hover.node !== null || hover.pair !== null);
    tip(event);
    redraw();
  }

  function tip(event) {
    const lines = hover.node !== null ? nodeTip(hover.node) : hover.pair !== null ? pairTip(hover.pair) : null;
    const box = $("tip");
    box.hidden = !lines;
    if (!lines) return;
    box.replaceChildren(...lines);
    const frame = $("stage").getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    box.style.left = `${Math.max(8, Math.min(x + 14, frame.width - box.offsetWidth - 8))}px`;
    box.style.top = `${y + box.offsetHeight + 24 > frame.height ? y - box.offsetHeight - 12 : y + 16}px`;
  }

  function nodeTip(node) {
    const entity = data.entities[node];
    return [
      el("strong", {}, entity.name),
      el("span", {}, [entity.type, entity.subtype && words(entity.subtype), count(entity.mentions, "mention"), count(entity.documents, "document")].filter(Boolean).join(" · ")),
    ];
  }

  function pairTip(id) {
    const kept = shown.pairs.get(id);
    if (!kept) return null;
    const name = (node) => data.entities[node].name;
    const rows = [...kept.edges].sort(ag.view.byStrength).slice(0, 6).map((edge) =>
      el("span", {}, `${name(edge.s)} ${words(edge.relation)} ${name(edge.o)}`, el("em", {}, ` ${edge.status} · ${count(edge.evidence, "sentence")}`)));
    if (kept.edges.length > 6) rows.push(el("span", {}, `and ${kept.edges.length - 6} more`));
    if (kept.co) rows.push(el("span", {}, `${name(kept.co.a)} and ${name(kept.co.b)}`, el("em", {}, ag.view.isLoose(kept.co) ? `: ${ag.view.meeting(kept.co)}` : ` met in ${count(kept.co.sentences, "sentence")}`)));
    return rows;
  }

  // ---- camera -------------------------------------------------------------------------------------------

  /** Show all that is visible, or some of it, with room at the rim for names and at the top for the chips. */
  function fit(animation = moving(), some = shown.nodes) {
    const bodies = [...some].map((node) => network.body.nodes[node]).filter(Boolean);
    if (!bodies.length) return;
    const reach = (axis, way) => bodies.reduce((far, { [axis]: at, options }) => Math.max(far, way * at + options.size), -Infinity);
    const [left, right, up, down] = [-reach("x", -1), reach("x", 1), -reach("y", -1), reach("y", 1)];
    const { clientWidth: width, clientHeight: height } = $("canvas");
    const margin = { x: Math.min(60, width / 10), top: $("chips").childElementCount ? 56 : 28, bottom: 36 };
    const scale = Math.min(
      1.2,
      (width - 2 * margin.x) / Math.max(1, right - left),
      (height - margin.top - margin.bottom) / Math.max(1, down - up),
    );
    const middle = { x: (left + right) / 2, y: (up + down) / 2 - (margin.top - margin.bottom) / 2 / scale };
    network.moveTo({ position: middle, scale, animation });
    placedByHand = false;
  }

  /** What a view is about: the stops of a path, else everything. */
  const framed = ({ way, nodes: all }) => (way ? way.flatMap((pair) => [pair.a, pair.b]) : all);

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor, animation: moving() });
  }

  function pan(dx, dy) {
    const { x, y } = network.getViewPosition();
    const step = 80 / network.getScale();
    network.moveTo({ position: { x: x + dx * step, y: y + dy * step } });
  }

  /** Move only if the node would otherwise be out of sight. */
  function reveal(node) {
    const at = network.canvasToDOM(network.getPosition(node));
    const { clientWidth: width, clientHeight: height } = $("canvas");
    const seen = at.x > 40 && at.x < width - 40 && at.y > 40 && at.y < height - 40;
    if (!seen) network.moveTo({ position: network.getPosition(node), animation: moving() });
  }

  /** Let the nodes push one another apart for a moment. */
  function relax() {
    const spring = 90 * Math.max(1, Math.sqrt(shown.nodes.size / 120));
    const physics = {
      enabled: true,
      solver: "forceAtlas2Based",
      forceAtlas2Based: { springLength: spring, gravitationalConstant: -60, centralGravity: 0.006, avoidOverlap: 0.4 },
      stabilization: false,
    };
    network.setOptions({ physics });
    ag.announce("Spreading the nodes");
    if (still()) network.stabilize(120);
    setTimeout(() => {
      network.setOptions({ physics: { enabled: false } });
      fit();
    }, still() ? 0 : 2500);
  }

  ag.graph = {
    start, show, retheme, fit, zoom, pan, reveal, relax, lineLook, quadColour,
    rim,
    placeOf: (node) => network.getPosition(node),
    get network() { return network; },
    get colours() { return colours; },
    get canvas() { return network.canvas.frame.canvas; },
  };
})(globalThis.actorgraph);
