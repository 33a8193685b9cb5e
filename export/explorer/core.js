// The graph as the page knows it, and the few helpers everything else is built with.
globalThis.actorgraph = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("payload");
  const visual = read("network");
  // Looked up by names from the data, of which one may be "constructor".
  for (const lookup of [data.relations, data.legend.quads]) Object.setPrototypeOf(lookup, null);

  const byId = new Map(data.entities.map((entity, i) => [entity.id, i]));
  const pairs = visual.edges.map((line) => ({ id: line.id, a: line.from, b: line.to, edges: [], co: null }));
  const pairsOf = data.entities.map(() => []);

  data.entities.forEach((entity, i) => {
    entity.rank = i + 1;
    entity.kind = `${entity.type}/${entity.subtype || ""}`;
  });
  data.edges.forEach((edge, i) => {
    edge.id = i;
    edge.claims = edge.claims || [];
    pairs[edge.pair].edges.push(edge);
  });
  data.comentions.forEach((co, i) => {
    co.id = i;
    co.examples = co.examples || [];
    pairs[co.pair].co = co;
  });
  for (const pair of pairs) {
    pairsOf[pair.a].push(pair);
    if (pair.b !== pair.a) pairsOf[pair.b].push(pair);
  }
  const pairByEnds = new Map(pairs.map((pair) => [endsKey(pair.a, pair.b), pair]));

  function endsKey(a, b) {
    return a < b ? `${a} ${b}` : `${b} ${a}`;
  }

  function pairBetween(a, b) {
    return pairByEnds.get(endsKey(a, b)) || null;
  }

  function other(pair, node) {
    return pair.a === node ? pair.b : pair.a;
  }

  // ---- words ------------------------------------------------------------------------------

  const words = (name) => String(name).replaceAll("_", " ");
  const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  function relationOf(name) {
    return data.relations[name] || { inverse: name, quad: "structural" };
  }

  /** How a relation reads from its object: "operated by" for operates. */
  function inverseWords(name) {
    const inverse = relationOf(name).inverse;
    return inverse && inverse !== name ? words(inverse) : words(name);
  }

  const numbers = new Intl.NumberFormat("en");
  const count = (n, one, many = `${one}s`) => `${numbers.format(n)} ${n === 1 ? one : many}`;

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /** A date as precise as it was given: 2021, Feb 2021 or 3 Feb 2021. */
  function day(date) {
    const [year, month, dayOfMonth] = String(date).split("T")[0].split("-");
    const name = MONTHS[Number(month) - 1];
    if (!name) return String(date);
    return dayOfMonth ? `${Number(dayOfMonth)} ${name} ${year}` : `${name} ${year}`;
  }

  function span(first, last) {
    if (!first && !last) return "";
    if (!first || !last || first === last) return day(first || last);
    return `${day(first)} – ${day(last)}`;
  }

  /** The form in which names are compared: no case, accents, hyphens or spaces ("S-400" is "s400"). */
  function fold(text) {
    return text.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}]/gu, "").toLowerCase();
  }

  // ---- elements ---------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * Make an element. Text is only ever set as text: no string from a document becomes markup.
   * Properties that start with "on" are listeners, the others attributes.
   */
  function el(name, properties = {}, ...children) {
    return fill(document.createElement(name), properties, children);
  }

  function svg(name, properties = {}, ...children) {
    return fill(document.createElementNS(SVG, name), properties, children);
  }

  function fill(node, properties, children) {
    for (const [key, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (key === "value" || key === "checked") node[key] = value;
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  const $ = (id) => document.getElementById(id);

  /** A link where the address is one a reader may follow, else its text. */
  function link(address, ...children) {
    if (!/^https?:\/\/[^\s]+$/i.test(address || "")) return el("span", {}, ...children);
    return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }

  function announce(text) {
    $("status").textContent = text;
  }

  // ---- types and their signs ----------------------------------------------------------------

  const types = new Map(data.legend.types.map((type) => [type.name, type]));
  const typeOf = (node) => types.get(data.entities[node].type);

  const POLYGONS = {
    square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
    diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
    triangle: [[0, -1.05], [1.05, 0.8], [-1.05, 0.8]],
    triangleDown: [[0, 1.05], [1.05, -0.8], [-1.05, -0.8]],
    hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
    star: Array.from({ length: 10 }, (_, i) => {
      const radius = i % 2 ? 0.52 : 1.2;
      return [radius * Math.sin((i * Math.PI) / 5), -radius * Math.cos((i * Math.PI) / 5)];
    }),
  };

  /** The sign of a type as an SVG element, at a place and of a size. */
  function sign(type, x, y, size, stroke) {
    const paint = type.shape === "ring"
      ? { fill: "none", stroke: type.colour, "stroke-width": size * 0.45 }
      : { fill: type.colour, stroke, "stroke-width": stroke ? 1.5 : undefined };
    const corners = POLYGONS[type.shape];
    if (!corners) return svg("circle", { cx: x, cy: y, r: type.shape === "ring" ? size * 0.75 : size, ...paint });
    const points = corners.map(([dx, dy]) => `${round(x + dx * size)},${round(y + dy * size)}`).join(" ");
    return svg("polygon", { points, "stroke-linejoin": "round", ...paint });
  }

  /** A type's sign as a small picture for lists and the legend. */
  function icon(typeName) {
    const type = types.get(typeName) || { shape: "dot", colour: "#666666" };
    return svg("svg", { class: "sign", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, sign(type, 0, 0, 5));
  }

  // XML 1.0 has no way to write these characters.
  const legalXml = (text) => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");

  const round = (number) => Math.round(number * 10) / 10;

  return {
    data, visual, pairs, pairsOf, byId, types, typeOf, POLYGONS,
    pairBetween, other, words, upper, relationOf, inverseWords, numbers, count, day, span, fold,
    el, svg, $, link, announce, sign, icon, legalXml, round,
  };
})();
