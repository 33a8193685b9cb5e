// The left column: the legend is the filter. Counts tell what each choice would show.
((ag) => {
  const { data, types, words, relationOf, numbers, count, day, el, svg, icon, $ } = ag;
  const { change, toggle } = ag.state;

  const QUADS = ["structural", "verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];
  const STATUSES = {
    affirmed: "Stated",
    contested: "Contested",
    hypothetical: "Hypothetical",
    denied: "Denied",
  };
  const MODALITIES = {
    asserted: "In the source’s own voice",
    reported: "Reported from someone",
    hypothetical: "Planned or supposed",
  };

  const LONG_TIME = 150; // years; a longer span gets bars only for the years that occur

  const controls = []; // functions that bring one control in step with the state

  const tally = (values) => values.reduce((sums, value) => sums.set(value, (sums.get(value) || 0) + 1), new Map());

  const largest = (values) => values.reduce((most, value) => Math.max(most, value), 1);

  // ---- parts ------------------------------------------------------------------------------------------

  function group(title, ...children) {
    return el("fieldset", {}, el("legend", {}, title), ...children);
  }

  /** One line of the legend: a switch, its sign, its count, and "only" to hide all the others. */
  function row(set, value, label, sign, number, all) {
    const box = el("input", { type: "checkbox", onchange: () => toggle(set, value) });
    const only = el("button", { type: "button", class: "only", "aria-label": `Only ${label}`, onclick: () => isolate(set, value, all) }, "only");
    controls.push((state) => {
      box.checked = !state[set].has(value);
      const alone = box.checked && state[set].size === all.length - 1;
      only.textContent = alone && all.length > 1 ? "all" : "only";
    });
    return el("div", { class: "choice" }, el("label", {}, box, sign, el("span", { class: "label" }, label), el("span", { class: "figure" }, numbers.format(number))), all.length > 1 ? only : null);
  }

  function isolate(set, value, all) {
    const others = all.filter((one) => one !== value);
    const hidden = ag.state.now[set];
    const alone = !hidden.has(value) && others.every((one) => hidden.has(one));
    change({ [set]: new Set(alone ? [] : others) });
  }

  function checkbox(name, label, sign, figure) {
    const box = el("input", { type: "checkbox", onchange: () => change({ [name]: box.checked }) });
    controls.push((state) => { box.checked = state[name]; });
    return el("div", { class: "choice" }, el("label", {}, box, sign, el("span", { class: "label" }, label), figure === undefined ? null : el("span", { class: "figure" }, numbers.format(figure))));
  }

  /** A slider: moving it shows at once, letting go makes it a step that Back undoes. */
  function slider(name, label, { min, max, step, text, title }) {
    const id = `filter-${name}`;
    const input = el("input", { id, type: "range", min, max, step, title });
    const output = el("output", { for: id });
    input.addEventListener("input", () => change({ [name]: Number(input.value) }, { passing: true }));
    input.addEventListener("change", () => change({ [name]: Number(input.value) }));
    controls.push((state) => {
      input.value = state[name];
      output.textContent = text(state[name]);
    });
    return el("div", { class: "slider" }, el("label", { for: id, title }, label), output, input);
  }

  /** A short piece of line, drawn as in the picture. */
  function stroke(status, colour) {
    const dashes = { hypothetical: "5 3", denied: "1.5 3" }[status];
    return svg("svg", { class: "stroke", viewBox: "0 0 28 12", "aria-hidden": "true" },
      svg("path", { d: status === "co" ? "M1 6h26" : "M1 6h20", stroke: colour, "stroke-width": status === "co" ? 1 : 2, "stroke-dasharray": dashes, fill: "none" }),
      status === "co" ? null : svg("path", { d: "m20 2.5 7 3.5-7 3.5z", fill: colour }),
      status === "denied" ? svg("path", { d: "M11 1v10", stroke: colour, "stroke-width": 2 }) : null,
      status === "contested" ? svg("circle", { cx: 11, cy: 6, r: 3, fill: colour }) : null);
  }

  function swatch(colour) {
    return svg("svg", { class: "swatch", viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: "M0 6h12", stroke: colour, "stroke-width": 3 }));
  }

  // ---- groups ---------------------------------------------------------------------------------------------

  function typeGroup() {
    const counts = tally(data.entities.map((entity) => entity.type));
    const all = [...types.keys()];
    return group("Nodes", all.map((type) => row("types", type, words(type), icon(type), counts.get(type), all)),
      checkbox("isolated", "show the unconnected", null));
  }

  function statusGroup() {
    const counts = tally(data.edges.map((edge) => edge.status));
    const all = Object.keys(STATUSES).filter((status) => counts.has(status));
    const grey = "currentColor";
    return group("Lines", all.map((status) => row("statuses", status, STATUSES[status], stroke(status, grey), counts.get(status), all)),
      data.comentions.length ? checkbox("comentions", "Mentioned together", stroke("co", grey), data.comentions.length) : null);
  }

  function relationGroup() {
    const counts = tally(data.edges.map((edge) => edge.relation));
    const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    if (!all.length) return null;
    const quads = [...new Set([...QUADS, ...all.map((name) => relationOf(name).quad)])];
    const parts = quads.map((quad) => [quad, all.filter((name) => relationOf(name).quad === quad)]).filter(([, names]) => names.length);
    return group("Relations", parts.map(([quad, names]) => {
      const colour = data.legend.quads[quad] || data.legend.quads.structural;
      const title = words(quad.replace("-", " "));
      return el("div", { class: "quad", role: "group", "aria-label": title }, el("p", {}, swatch(colour), title), names.map((name) => row("relations", name, words(name), null, counts.get(name), all)));
    }));
  }

  function evidenceGroup() {
    const most = largest([...data.edges.map((edge) => edge.evidence), ...data.comentions.map((co) => co.sentences)]);
    const used = new Set(data.edges.flatMap((edge) => edge.claims.map((claim) => claim.modality || "asserted")));
    const modalities = Object.keys(MODALITIES).filter((name) => used.has(name));
    const counts = tally(data.edges.flatMap((edge) => edge.claims.map((claim) => claim.modality || "asserted")));
    return group("Evidence",
      slider("minimum", "Sentences at least", { min: 1, max: Math.min(most, 10), step: 1, text: (value) => numbers.format(value) }),
      data.comentions.length ? slider("npmi", "NPMI at least", { min: -1, max: 1, step: 0.05, title: "How much more often two names meet than chance would have it", text: (value) => (value <= -1 ? "any" : value.toFixed(2)) }) : null,
      modalities.length > 1 ? modalities.map((name) => row("modalities", name, MODALITIES[name], null, counts.get(name), modalities)) : null,
      documentChoice());
  }

  function documentChoice() {
    const select = el("select", { id: "filter-doc", onchange: () => change({ doc: select.value === "" ? null : Number(select.value) }) },
      el("option", { value: "" }, "all documents"),
      data.documents.map((source, doc) => el("option", { value: String(doc) }, source.label)));
    controls.push((state) => { select.value = state.doc === null ? "" : String(state.doc); });
    return el("div", { class: "field" }, el("label", { for: "filter-doc" }, "Document"), select);
  }

  // ---- time ------------------------------------------------------------------------------------------------

  /** A histogram of dated claims over two sliders; nothing where fewer than two dates are known. */
  function timeGroup() {
    const dates = data.edges.flatMap((edge) => edge.claims.map((claim) => ag.view.dateOf(claim.ev))).filter((date) => /^\d{4}/.test(date));
    const years = [...new Set(dates.map((date) => date.slice(0, 4)))].sort();
    const [first, last] = [Number(years[0]), Number(years[years.length - 1])];
    const byMonth = last - first <= 4 && dates.every((date) => /^\d{4}-(0[1-9]|1[0-2])/.test(date));
    const steps = byMonth ? months(dates) : last - first < LONG_TIME ? everyYear(first, last) : years;
    if (steps.length < 2) return null;
    const counts = tally(dates.map((date) => date.slice(0, byMonth ? 7 : 4)));
    const most = largest([...counts.values()]);
    const bars = steps.map((step) => {
      const bar = el("span", { title: `${day(step)}: ${count(counts.get(step) || 0, "claim")}` });
      bar.style.setProperty("--share", (counts.get(step) || 0) / most);
      return bar;
    });
    const end = steps.length - 1;
    const handles = ["from", "to"].map((name) => el("input", { type: "range", min: 0, max: end, step: 1, "aria-label": name === "from" ? "Earliest date" : "Latest date" }));
    const output = el("output", {});
    const read = () => {
      const [low, high] = handles.map((handle) => Number(handle.value)).sort((a, b) => a - b);
      return { from: low === 0 ? "" : steps[low], to: high === end ? "" : steps[high] };
    };
    for (const handle of handles) {
      handle.addEventListener("input", () => change(read(), { passing: true }));
      handle.addEventListener("change", () => change(read()));
    }
    controls.push((state) => {
      const low = state.from ? nearest(steps, state.from) : 0;
      const high = state.to ? nearest(steps, state.to) : end;
      // While a handle is dragged past the other, the reader's hand decides which is which.
      if (!handles.includes(document.activeElement)) [handles[0].value, handles[1].value] = [low, high];
      output.textContent = `${day(steps[low])} – ${day(steps[high])}`;
      bars.forEach((bar, i) => bar.classList.toggle("out", i < low || i > high));
    });
    return group("Time", el("div", { class: "time" }, el("div", { class: "bars", "aria-hidden": "true" }, bars), el("div", { class: "handles" }, handles), output));
  }

  function everyYear(first, last) {
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(4, "0"));
  }

  function months(dates) {
    const sorted = dates.map((date) => date.slice(0, 7)).sort();
    const steps = [];
    let [year, month] = sorted[0].split("-").map(Number);
    const last = sorted[sorted.length - 1];
    for (let step = ""; step !== last;) {
      step = `${year}-${String(month).padStart(2, "0")}`;
      steps.push(step);
      [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    }
    return steps;
  }

  const nearest = (steps, date) => {
    const place = steps.findIndex((step) => step >= date.slice(0, step.length));
    return place < 0 ? steps.length - 1 : place;
  };

  // ---- all ------------------------------------------------------------------------------------------------

  function start() {
    const reset = el("button", { type: "button", class: "quiet wide", id: "reset", onclick: ag.state.reset }, "Reset filters");
    controls.push((state) => { reset.disabled = !filtered(state); });
    $("side").append(...[typeGroup(), statusGroup(), timeGroup(), evidenceGroup(), relationGroup(), reset].filter(Boolean));
  }

  function filtered(state) {
    const { DEFAULTS } = ag.state;
    const plain = ["ego", "comentions", "isolated", "minimum", "npmi", "from", "to", "doc"].some((name) => state[name] !== DEFAULTS[name]);
    return plain || ["types", "relations", "statuses", "modalities"].some((name) => state[name].size);
  }

  function show(view) {
    for (const bring of controls) bring(view.state);
  }

  ag.filters = { start, show, stroke };
})(globalThis.actorgraph);
