// Putting the page together: one state, one view, every part shows it.
((ag) => {
  const { data, numbers, count, words, el, svg, $ } = ag;
  const { state } = ag;

  ag.cross = () => svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "m4 4 8 8m0-8-8 8" }));

  // ---- showing ---------------------------------------------------------------------------------------

  function show(now) {
    const view = ag.view.compute(now);
    const first = ag.view.current === null;
    ag.view.current = view;
    chips(now); // before the picture, which leaves room for them
    if (first) ag.graph.start(view);
    ag.graph.show(view);
    ag.panel.show(view);
    ag.filters.show(view);
    ag.table.show(view);
    counts(view);
    $("app").dataset.view = now.view;
    $("app").dataset.open = now.node !== null || now.pair !== null || now.path !== null ? "evidence" : "overview";
    $("view-graph").setAttribute("aria-pressed", String(now.view === "graph"));
    $("view-table").setAttribute("aria-pressed", String(now.view === "table"));
  }

  function counts(view) {
    const of = (n, all, noun) => (n === all ? count(all, noun) : `${numbers.format(n)} of ${count(all, noun)}`);
    const edges = ag.view.edgesOf(view).length;
    const text = [
      of(view.nodes.size, data.counts.entities, "node"),
      of(edges, data.counts.edges, "relation"),
      count(data.counts.documents, "document"),
    ].join(" · ");
    if ($("counts").textContent !== text) {
      $("counts").textContent = text;
      ag.announce(`${text} shown`);
    }
  }

  /** What narrows the picture, over the picture, each with its way out. */
  function chips(now) {
    const name = (node) => data.entities[node].name;
    const chip = (text, changes) => el("span", { class: "chip" }, text, changes && el("button", { type: "button", "aria-label": `Remove: ${text}`, onclick: () => state.change(changes) }, ag.cross()));
    $("chips").replaceChildren(...[
      now.ego !== null && chip(`Around ${name(now.ego)}, ${count(now.hops, "hop")}`, { ego: null }),
      now.doc !== null && chip(`Only ${data.documents[now.doc].label}`, { doc: null }),
      data.shown < data.counts.entities && chip(`${numbers.format(data.shown)} of ${numbers.format(data.counts.entities)} nodes drawn, the most central; search finds ${findable()}`),
    ].filter(Boolean));
  }

  /** Which of the nodes that are not drawn the page holds. */
  function findable() {
    const held = data.entities.length;
    return held === data.counts.entities ? "the others" : `the other ${numbers.format(held - data.shown)} of the strongest ${numbers.format(held)}`;
  }

  // ---- theme and layout ----------------------------------------------------------------------------------

  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Storage may be closed to pages opened from a disk or inside a frame; the theme then just is not kept.
  function remembered() {
    try {
      return localStorage.getItem("actorgraph-theme");
    } catch {
      return null;
    }
  }

  function setTheme(name) {
    document.documentElement.dataset.theme = name;
    if (ag.view.current) ag.graph.retheme();
  }

  function switchTheme() {
    const name = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("actorgraph-theme", name);
    } catch { /* as above */ }
    setTheme(name);
  }

  const narrow = matchMedia("(max-width: 760px)");

  function openSide(yes) {
    $("app").classList.toggle("no-side", !yes);
    $("toggle-side").setAttribute("aria-expanded", String(yes));
  }

  // ---- keyboard ----------------------------------------------------------------------------------------------

  const KEYS = [
    ["/", "Search", () => $("search").focus()],
    ["F", "Show all", () => ag.graph.fit()],
    ["T", "Graph or table", () => state.change({ view: state.now.view === "table" ? "graph" : "table" })],
    ["U", "Undo the last step", () => state.back()],
    ["R", "Spread the nodes", () => ag.graph.relax()],
    ["E", "To the evidence", () => $("panel").focus()],
    ["?", "This help", () => $("help").click()],
  ];

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input[type=text], select, textarea, dialog")) return;
    if (event.key === "Escape") {
      ag.search.cancel();
      const { node, pair, path } = state.now;
      if (node !== null || pair !== null || path !== null) state.clear();
      return;
    }
    const bound = KEYS.find(([key]) => key.toLowerCase() === event.key.toLowerCase());
    if (!bound) return;
    event.preventDefault();
    bound[2]();
  }

  function canvasKeys(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (move) ag.graph.pan(...move);
    else if (event.key === "+" || event.key === "=") ag.graph.zoom(1.25);
    else if (event.key === "-") ag.graph.zoom(0.8);
    else return;
    event.preventDefault();
  }

  function help() {
    const dialog = el("dialog", { class: "help", "aria-label": "Help" },
      el("h2", {}, "How to read this page"),
      el("p", {}, "Every line rests on sentences of the documents. A solid arrow is what a source states, coloured by cooperation or conflict; dashes are plans and suppositions; dots with a bar are denials; thin grey means that two names only stand in one sentence, and fine dots on a path that they only share a paragraph or document. Larger nodes are more central."),
      el("dl", {}, [...KEYS.map(([key, label]) => [key, label]), ["Esc", "Close what is open"], ["← ↑ → ↓ + −", "Move and zoom the picture"]].map(([key, label]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, label)))),
      el("form", { method: "dialog" }, el("button", { class: "quiet", autofocus: true }, "Close")));
    // The policy forbids sending forms, so the dialog is closed by hand.
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  // ---- start ---------------------------------------------------------------------------------------------------

  function wire() {
    const press = (id, action) => $(id).addEventListener("click", action);
    press("back", state.back);
    press("view-graph", () => state.change({ view: "graph" }));
    press("view-table", () => state.change({ view: "table" }));
    press("theme", switchTheme);
    press("help", help);
    press("zoom-in", () => ag.graph.zoom(1.4));
    press("zoom-out", () => ag.graph.zoom(1 / 1.4));
    press("zoom-fit", () => ag.graph.fit());
    press("relax", ag.graph.relax);
    press("toggle-side", () => openSide($("app").classList.contains("no-side")));
    document.querySelector("[data-skip]").addEventListener("click", (event) => {
      event.preventDefault(); // the address holds the state, not a place in the page
      $("panel").focus();
    });
    document.addEventListener("keydown", keys);
    $("canvas").addEventListener("keydown", canvasKeys);
    dark.addEventListener("change", () => remembered() || setTheme(dark.matches ? "dark" : "light"));
  }

  function provenance() {
    const parts = Object.entries(data.provenance).map(([name, value]) => el("span", {}, el("b", {}, words(name)), ` ${value}`));
    $("provenance").append(...parts);
  }

  setTheme(remembered() || (dark.matches ? "dark" : "light"));
  openSide(!narrow.matches);
  ag.filters.start();
  ag.search.start();
  ag.takeaway.start();
  provenance();
  wire();
  state.listen(show);
  state.start();
})(globalThis.actorgraph);
