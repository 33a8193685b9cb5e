// The picture as a file: the window as it stands, in points (PNG) or in vectors (SVG).
((ag) => {
  const { data, visual, pairs, typeOf, el, svg, sign, round, legalXml } = ag;

  /** The picture in points, as a blob. */
  function toPng() {
    const source = ag.graph.canvas;
    const sheet = el("canvas", { width: source.width, height: source.height });
    const context = sheet.getContext("2d");
    context.fillStyle = ag.graph.colours.canvas;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(source, 0, 0);
    return new Promise((done) => { sheet.toBlob(done); });
  }

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
    const signs = ag.view.nodesOf(view).filter(drawn).reverse().map((node) => sign(typeOf(node), ...at(node), round(visual.nodes[node].size * scale), colours.canvas));
    const labels = ag.labels.placed.map((label) => svgLabel(label, colours));
    const picture = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif" },
      svg("title", {}, legalXml(data.title)), svg("rect", { width: "100%", height: "100%", fill: colours.canvas }), lines, signs, labels);
    return new XMLSerializer().serializeToString(picture);
  }

  function svgLine(pair, kept, at, scale, body) {
    const look = ag.graph.lineLook({ a: pair.a, ...kept });
    const [x1, y1] = at(pair.a);
    const [x2, y2] = at(pair.b);
    const width = Math.max(0.4, round(look.width * scale));
    const parts = [svg("line", { x1, y1, x2, y2, stroke: look.color.color, "stroke-opacity": look.color.opacity, "stroke-width": width, "stroke-dasharray": look.dashes ? look.dashes.map((dash) => round(dash * scale)).join(" ") : undefined })];
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

  ag.picture = { toPng, toSvg };
})(globalThis.actorgraph);
