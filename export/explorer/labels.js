// Names in the picture: always the same size on the screen, the important first, none over another.
((ag) => {
  const { data, pairs, words } = ag;

  const LONGEST = 30; // characters
  const CELL = 64; // pixels of the grid that finds collisions
  const ROOM = 6500; // square pixels of the window for each name; more would be a wall of text
  const RING = 6; // pixels that the ring around what is selected takes
  const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7]; // where on a line its words may stand
  const ASIDE = [0, -15, 15]; // pixels above or below it, where there are few to be mistaken for
  const FEW_LINES = 4;
  const EDGE_WORDS = 30; // more selected lines than this stay without words

  const widths = new Map();
  let placed = []; // what the last drawing wrote, for tests and the SVG

  function draw(context, scene) {
    const { network } = scene;
    context.save();
    network.canvas.setTransform();
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";
    placed = place(context, scene);
    for (const label of placed) write(context, label, scene.colours);
    context.restore();
  }

  /** Choose the labels that fit, most important first. */
  function place(context, scene) {
    const space = collisions();
    const spots = screenNodes(scene);
    const { clientWidth, clientHeight } = scene.network.canvas.frame;
    const crowd = 1 + Math.min(1, scene.view.nodes.size / 1000);
    const most = Math.max(12, (clientWidth * clientHeight) / (ROOM * crowd));
    // A name may lie over the small fry of a large graph, not over the nodes that matter.
    spots.slice(0, most).forEach((spot) => space.block(disc(spot), spot.node));
    space.block(buttons(scene.network.canvas.frame), null);
    const labels = [];
    for (const spot of spots) {
      if (labels.length >= most) break;
      const label = nodeLabel(context, spot, scene);
      const box = label && candidates(spot, label).find((one) => space.fits(one, spot.node));
      if (!box) continue;
      space.block(box, null);
      labels.push({ ...label, ...box });
    }
    if (scene.hot.pairs.size <= EDGE_WORDS) labels.push(...lineLabels(context, scene, space));
    return labels;
  }

  /** Where the buttons lie over the picture. */
  function buttons(frame) {
    const origin = frame.getBoundingClientRect();
    const { x, y, width, height } = document.querySelector(".zoom").getBoundingClientRect();
    return { x: x - origin.x, y: y - origin.y, w: width, h: height };
  }

  /** Nodes inside the window, the hovered and selected first, then by rank. */
  function screenNodes({ network, view, hot, hover }) {
    const { scale, translation } = network.body.view;
    const { clientWidth: width, clientHeight: height } = network.canvas.frame;
    const spots = [];
    for (const node of view.nodes) {
      const body = network.body.nodes[node];
      if (!body) continue;
      const x = body.x * scale + translation.x;
      const y = body.y * scale + translation.y;
      if (x < 0 || y < 0 || x > width || y > height) continue;
      if (hot.nodes.size && !hot.nodes.has(node) && node !== hover.node) continue;
      const first = node === hover.node ? 0 : hot.lead.has(node) ? 1 : 2;
      const radius = hot.lead.has(node) ? ag.graph.rim(node) * scale + RING : body.options.size * scale;
      spots.push({ node, x, y, radius, first, width, height });
    }
    return spots.sort((a, b) => a.first - b.first || a.node - b.node);
  }

  function nodeLabel(context, spot) {
    const name = data.entities[spot.node].name;
    const text = name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name;
    const strong = spot.first < 2 || spot.radius > 12;
    const size = strong ? 13 : spot.radius > 7 ? 12 : 11;
    return { text, size, strong, kind: "node", node: spot.node, width: measure(context, text, size, strong), height: size + 3 };
  }

  /** Below the node, else right, left or above it, else aslant; never cut by the window's edge. */
  function candidates({ x, y, radius, width, height }, label) {
    const gap = radius + 4;
    const half = label.width / 2;
    const box = (cx, cy) => ({ x: cx - half, y: cy - label.height / 2, w: label.width, h: label.height });
    const beyond = gap + label.height / 2;
    return [
      box(x, y + beyond),
      box(x + gap + half, y),
      box(x - gap - half, y),
      box(x, y - beyond),
      box(x + half - radius, y + beyond),
      box(x - half + radius, y + beyond),
      box(x + half - radius, y - beyond),
      box(x - half + radius, y - beyond),
    ].filter((one) => one.x >= 2 && one.y >= 2 && one.x + one.w <= width - 2 && one.y + one.h <= height - 2);
  }

  const disc = ({ x, y, radius }) => ({ x: x - radius, y: y - radius, w: 2 * radius, h: 2 * radius });

  /** The relation on each selected or hovered line. */
  function lineLabels(context, { network, view, hot, hover }, space) {
    const { scale, translation } = network.body.view;
    const wanted = new Set(hot.pairs);
    if (hover.pair !== null) wanted.add(hover.pair);
    const labels = [];
    for (const id of wanted) {
      const kept = view.pairs.get(id);
      const [a, b] = [network.body.nodes[pairs[id].a], network.body.nodes[pairs[id].b]];
      const text = kept && a && b && lineText(kept);
      if (!text) continue;
      const width = measure(context, text, 11, false);
      const at = (share, aside) => ({
        x: (a.x + (b.x - a.x) * share) * scale + translation.x - width / 2,
        y: (a.y + (b.y - a.y) * share) * scale + translation.y - 7 + aside,
        w: width,
        h: 14,
      });
      const asides = wanted.size > FEW_LINES ? [0] : ASIDE;
      const box = asides.flatMap((aside) => ALONG.map((share) => at(share, aside))).find((one) => space.fits(one, null));
      if (!box) continue;
      space.block(box, null);
      labels.push({ text, size: 11, strong: false, kind: "line", pair: id, width, height: 14, ...box });
    }
    return labels;
  }

  function lineText({ edges, co }) {
    if (!edges.length) return ag.view.isLoose(co) ? `same ${co.paragraphs ? "paragraph" : "document"} only` : null;
    const [lead] = [...edges].sort(ag.view.byStrength);
    const more = new Set(edges.map((edge) => edge.relation)).size - 1;
    return words(lead.relation) + (more ? ` +${more}` : "");
  }

  function measure(context, text, size, strong) {
    const key = `${size}${strong} ${text}`;
    if (!widths.has(key)) {
      context.font = font(size, strong);
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  }

  const font = (size, strong) => `${strong ? 600 : 450} ${size}px ${ag.graph.colours.font}`;

  function write(context, label, colours) {
    context.font = font(label.size, label.strong);
    const x = label.x + label.w / 2;
    const y = label.y + label.h / 2;
    context.lineWidth = 3.5;
    context.strokeStyle = colours.canvas;
    context.strokeText(label.text, x, y);
    context.fillStyle = label.kind === "line" ? colours.muted : colours.ink;
    context.fillText(label.text, x, y);
  }

  /** Boxes in a grid: asking whether one fits looks only at its own cells. */
  function collisions() {
    const cells = new Map();
    const keys = function* keys({ x, y, w, h }) {
      for (let i = Math.floor(x / CELL); i <= Math.floor((x + w) / CELL); i += 1) {
        for (let j = Math.floor(y / CELL); j <= Math.floor((y + h) / CELL); j += 1) yield i * 4096 + j;
      }
    };
    const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    return {
      block(box, owner) {
        for (const key of keys(box)) {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push({ ...box, owner });
        }
      },
      /** Whether a box is free; a node's label may touch the node's own disc. */
      fits(box, owner) {
        for (const key of keys(box)) {
          if ((cells.get(key) || []).some((one) => (owner === null || one.owner !== owner) && meet(one, box))) return false;
        }
        return true;
      },
    };
  }

  ag.labels = { draw, get placed() { return placed; } };
})(globalThis.actorgraph);
