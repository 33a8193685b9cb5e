// Finding an entity by any of its names, with the keyboard alone if need be.
((ag) => {
  const { data, fold, el, icon, words, $ } = ag;

  const MOST = 12;

  const index = data.entities.map((entity, node) =>
    [entity.name, ...(entity.aliases || [])].map((name, i) => ({ node, name, alias: i > 0, folded: fold(name), starts: wordStarts(name) })));

  let matches = [];
  let active = -1;
  let pathFrom = null; // set while the reader picks the end of a path

  function wordStarts(name) {
    const parts = name.split(/[\s\-–/]+/u);
    return parts.map((_, i) => fold(parts.slice(i).join(" ")));
  }

  // ---- matching -----------------------------------------------------------------------------------

  /** How well a name answers, lower is better; null if it does not. */
  function score(entry, wanted, typed) {
    if (entry.folded === wanted) return entry.alias ? 1 : 0;
    // Hyphens count where the reader types them: "s-" is how S-400 begins, not Sweden.
    if (entry.name.toLowerCase().startsWith(typed)) return 2;
    if (entry.folded.startsWith(wanted)) return entry.alias ? 4 : 3;
    if (entry.starts.some((start) => start.startsWith(wanted))) return 5;
    return wanted.length > 1 && entry.folded.includes(wanted) ? 6 : null;
  }

  function find(query) {
    const wanted = fold(query);
    const typed = query.trim().toLowerCase();
    if (!wanted) return [];
    const found = [];
    for (const names of index) {
      let best = null;
      for (const entry of names) {
        const value = score(entry, wanted, typed);
        if (value !== null && (best === null || value < best.value)) best = { ...entry, value };
      }
      if (best) found.push(best);
    }
    return found.sort((a, b) => a.value - b.value || a.node - b.node).slice(0, MOST);
  }

  // ---- the list --------------------------------------------------------------------------------------

  function refresh() {
    const box = $("search");
    matches = find(box.value);
    active = matches.length ? 0 : -1;
    const asked = box.value.trim() !== "";
    const rows = matches.map((match, i) => option(match, i));
    if (asked && !rows.length) rows.push(el("li", { class: "nothing", role: "presentation" }, "No such name in this graph"));
    $("search-list").replaceChildren(...rows);
    open(asked);
    mark();
  }

  function option({ node, name, alias }, i) {
    const entity = data.entities[node];
    const kind = [entity.type, entity.subtype && words(entity.subtype)].filter(Boolean).join(" · ");
    return el("li", { id: `match-${i}`, role: "option", "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); choose(i); } },
      icon(entity.type),
      el("span", { class: "name" }, entity.name, alias ? el("span", { class: "muted" }, ` ${name}`) : null),
      el("span", { class: "muted" }, node < data.shown || ag.state.now.pulled.has(node) ? kind : `${kind} · not drawn yet`));
  }

  function open(yes) {
    $("search-list").hidden = !yes;
    $("search").setAttribute("aria-expanded", String(yes));
  }

  function mark() {
    [...$("search-list").children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    const row = $(`match-${active}`);
    if (row) {
      row.scrollIntoView({ block: "nearest" });
      $("search").setAttribute("aria-activedescendant", row.id);
    } else $("search").removeAttribute("aria-activedescendant");
  }

  function choose(i) {
    const match = matches[i];
    if (!match) return;
    finish();
    if (offer(match.node)) return;
    ag.state.selectNode(match.node);
    ag.graph.reveal(match.node);
  }

  function finish() {
    $("search").value = "";
    open(false);
    $("search").blur();
  }

  function keys(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && matches.length) {
      active = (active + move + matches.length) % matches.length;
      mark();
    } else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      cancel();
      finish();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- picking the end of a path ------------------------------------------------------------------------

  function pickPath(node) {
    pathFrom = node;
    $("search").placeholder = `Path from ${data.entities[node].name} to…`;
    $("search").focus();
    ag.announce(`Choose where the path from ${data.entities[node].name} ends`);
  }

  function cancel() {
    pathFrom = null;
    $("search").placeholder = "Search any name";
  }

  /** Take a node as the end of a path if one is being picked. */
  function offer(node) {
    if (pathFrom === null || pathFrom === node) return false;
    const start = pathFrom;
    cancel();
    ag.state.showPath(start, node);
    return true;
  }

  function start() {
    const box = $("search");
    box.addEventListener("input", refresh);
    box.addEventListener("focus", refresh);
    box.addEventListener("blur", () => open(false));
    box.addEventListener("keydown", keys);
  }

  ag.search = { start, find, offer, pickPath, cancel };
})(globalThis.actorgraph);
