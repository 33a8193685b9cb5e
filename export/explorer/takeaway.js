// What is shown, as a file: pictures for a report, tables for a spreadsheet, graphs for other programs.
((ag) => {
  const { data, el, $ } = ag;

  const FORMATS = [
    ["Picture (PNG)", "png", async () => save("png", "image/png", await ag.picture.toPng())],
    ["Picture (SVG)", "svg", () => save("svg", "image/svg+xml", ag.picture.toSvg())],
    ["Nodes (CSV)", "nodes.csv", () => save("nodes.csv", "text/csv", ag.tables.nodesCsv())],
    ["Relations (CSV)", "relations.csv", () => save("relations.csv", "text/csv", ag.tables.relationsCsv())],
    ["Graph with evidence (JSON)", "json", () => save("json", "application/json", ag.tables.toJson())],
    ["Graph for Gephi (GEXF)", "gexf", () => save("gexf", "application/xml", ag.graphs.toGexf())],
    ["Graph (GraphML)", "graphml", () => save("graphml", "application/xml", ag.graphs.toGraphml())],
    ["Print", "print", () => globalThis.print()],
  ];

  function save(extension, type, content) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }));
    const stem = data.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60);
    el("a", { href: url, download: `${stem || "graph"}.${extension}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    ag.announce(`Saved ${extension}`);
  }

  function start() {
    const menu = $("take-menu");
    const button = $("take");
    const open = (yes) => {
      menu.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    };
    const items = FORMATS.map(([label, name, act]) => el("button", {
      type: "button", role: "menuitem", "data-format": name, tabindex: "-1", onclick: () => {
        open(false);
        button.focus();
        act();
      },
    }, label));
    menu.append(...items);
    button.addEventListener("click", () => {
      open(menu.hidden);
      if (!menu.hidden) items[0].focus();
    });
    menu.addEventListener("keydown", (event) => {
      const here = items.indexOf(document.activeElement);
      const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
      if (next !== undefined) items[(next + items.length) % items.length].focus();
      else if (event.key === "Escape") {
        open(false);
        button.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu-anchor")) open(false);
    });
  }

  ag.takeaway = { start };
})(globalThis.actorgraph);
