// What the panels are built of: sections, lists that unfold, and the rows they share.
((ag) => {
  const { data, day, numbers, upper, el, icon, link } = ag;

  const FIRST = 8; // rows before "show all"

  const nameOf = (node) => data.entities[node].name;

  const section = (title, note, ...children) =>
    el("section", {}, el("h3", {}, upper(title), note ? el("span", { class: "note" }, note) : null), ...children);

  const nodeButton = (node, text = nameOf(node)) =>
    el("button", { type: "button", class: "entity", onclick: () => ag.state.selectNode(node) }, icon(data.entities[node].type), el("span", {}, text));

  const statusTag = (status) => (status === "affirmed" ? null : el("span", { class: `tag ${status}` }, status));

  function closeButton() {
    return el("button", { type: "button", class: "icon close", "aria-label": "Close", title: "Close (Esc)", onclick: ag.state.clear },
      ag.cross());
  }

  /** A list that shows its first rows and the rest on demand. */
  function list(rows, first = FIRST) {
    const ul = el("ul", { class: "rows" }, rows.slice(0, first));
    if (rows.length <= first) return [ul];
    const more = el("button", { type: "button", class: "more" }, `Show all ${rows.length}`);
    more.addEventListener("click", () => {
      ul.append(...rows.slice(first));
      more.remove();
    });
    return [ul, more];
  }

  function meter(share) {
    const bar = el("span", { class: "bar" });
    bar.style.setProperty("--share", Math.max(0, Math.min(1, share)));
    return el("span", { class: "meter", "aria-hidden": "true" }, bar);
  }

  const shownEvidence = (edge) => ag.view.evidenceIn(ag.view.current, edge);

  function documentRow(doc, sentences) {
    const source = data.documents[doc];
    const active = ag.state.now.doc === doc;
    return el("li", { class: "document" },
      el("button", { type: "button", class: "line", "aria-pressed": String(active), title: active ? "Show all documents again" : "Show only what this document says", onclick: () => ag.state.change({ doc: active ? null : doc }) },
        el("span", {}, source.label),
        el("span", { class: "muted" }, [source.publisher, source.date && day(source.date)].filter(Boolean).join(" · "))),
      sentences === null ? null : el("span", { class: "figure" }, numbers.format(sentences)),
      /^https?:/i.test(source.url || "") ? link(source.url, el("span", { class: "unseen" }, `Open ${source.label}`), "↗") : null);
  }

  ag.parts = { FIRST, nameOf, section, nodeButton, statusTag, closeButton, list, meter, shownEvidence, documentRow };
})(globalThis.actorgraph);
