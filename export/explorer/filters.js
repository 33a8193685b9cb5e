// The left column: the legend is the filter. Counts tell what each choice would show.
((ag) => {
  const { data, types, words, upper, relationOf, numbers, count, day, el, svg, icon, $ } = ag;
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

  const PACE = 700; // milliseconds from one period to the next while time is played

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
      const alone = box.checked && all.every((one) => one === value || state[set].has(one));
      only.textContent = alone && all.length > 1 ? "all" : "only";
    });
    return el("div", { class: "choice" }, el("label", {}, box, sign, el("span", { class: "label" }, label), el("span", { class: "figure" }, numbers.format(number))), all.length > 1 ? only : null);
  }

  function isolate(set, value, all) {
    const others = all.filter((one) => one !== value);
    const hidden = ag.state.now[set];
    const alone = !hidden.has(value) && others.every((one) => hidden.has(one));
    const kept = [...hidden].filter((one) => !all.includes(one));
    change({ [set]: new Set(alone ? kept : [...kept, ...others]) });
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
    const part = group("Nodes", all.map((type) => unfolding(type, row("types", type, upper(words(type)), icon(type), counts.get(type), all))),
      checkbox("isolated", "Show the unconnected", null));
    part.classList.add("nodes");
    return part;
  }

  /** A type's line, with its subtypes folded away below where there are several. */
  function unfolding(type, line) {
    const counts = tally(data.entities.filter((entity) => entity.type === type).map((entity) => entity.kind));
    const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    if (all.length < 2) return line;
    const label = (kind) => upper(words(kind.slice(type.length + 1)) || "not specified");
    const box = el("div", { class: "kinds", role: "group", "aria-label": `Kinds of ${words(type)}`, hidden: true },
      all.map((kind) => row("kinds", kind, label(kind), null, counts.get(kind), all)));
    const button = el("button", { type: "button", class: "unfold", "aria-label": `Kinds of ${words(type)}`, title: count(all.length, "kind"), onclick: () => open(box.hidden) },
      svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "m6 4 4 4-4 4" })));
    const open = (yes) => {
      box.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    };
    open(false);
    controls.push((state) => { if (all.some((kind) => state.kinds.has(kind))) open(true); });
    line.append(button);
    return [line, box];
  }

  function statusGroup() {
    const counts = tally(data.edges.map((edge) => edge.status));
    const all = Object.keys(STATUSES).filter((status) => counts.has(status));
    const grey = "currentColor";
    const met = data.comentions.filter((co) => !co.waits);
    return group("Lines", all.map((status) => row("statuses", status, STATUSES[status], stroke(status, grey), counts.get(status), all)),
      met.length ? checkbox("comentions", "Named together", stroke("co", grey), met.length) : null);
  }

  function relationGroup() {
    const counts = tally(data.edges.map((edge) => edge.relation));
    const all = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    if (!all.length) return null;
    const quads = [...new Set([...QUADS, ...all.map((name) => relationOf(name).quad)])];
    const parts = quads.map((quad) => [quad, all.filter((name) => relationOf(name).quad === quad)]).filter(([, names]) => names.length);
    return group("Relations", parts.map(([quad, names]) => {
      const colour = data.legend.quads[quad] || data.legend.quads.structural;
      const title = upper(words(quad.replace("-", " ")));
      return el("div", { class: "quad", role: "group", "aria-label": title }, el("p", {}, swatch(colour), title), names.map((name) => row("relations", name, upper(words(name)), null, counts.get(name), all)));
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
      el("option", { value: "" }, "All documents"),
      data.documents.map((source, doc) => el("option", { value: String(doc) }, source.label)));
    controls.push((state) => { select.value = state.doc === null ? "" : String(state.doc); });
    return el("div", { class: "field" }, el("label", { for: "filter-doc" }, "Document"), select);
  }

  // ---- time ------------------------------------------------------------------------------------------------

  /** A histogram of dated claims over two sliders; nothing where fewer than two periods are known. */
  function timeGroup() {
    const found = ag.time.periods(data.edges.flatMap((edge) => edge.claims.map((claim) => ag.time.dateOf(claim.ev))));
    if (!found) return null;
    const { steps } = found;
    const end = steps.length - 1;
    const bars = ag.time.bars(found, "claim");
    const handles = ["Earliest date", "Latest date"].map((label) => el("input", { type: "range", min: 0, max: end, step: 1, "aria-label": label }));
    const output = el("output", {});
    const range = (low, high) => ({ from: low === 0 ? "" : steps[low], to: high === end ? "" : steps[high] });
    const read = () => range(...handles.map((handle) => Number(handle.value)).sort((a, b) => a - b));
    for (const handle of handles) {
      handle.addEventListener("input", () => change(read(), { passing: true }));
      handle.addEventListener("change", () => change(read()));
    }
    controls.push((state) => {
      const low = state.from ? ag.time.nearest(steps, state.from) : 0;
      const high = state.to ? ag.time.nearest(steps, state.to) : end;
      // While a handle is dragged past the other, the reader's hand decides which is which.
      if (!handles.includes(document.activeElement)) [handles[0].value, handles[1].value] = [low, high];
      handles.forEach((handle) => handle.setAttribute("aria-valuetext", day(steps[Number(handle.value)])));
      output.textContent = low === high ? day(steps[low]) : `${day(steps[low])} – ${day(steps[high])}`;
      bars.forEach((bar, i) => bar.classList.toggle("out", i < low || i > high));
    });
    return group("Time", el("div", { class: "time" },
      el("div", { class: "bars", "aria-hidden": "true" }, bars), el("div", { class: "handles" }, handles),
      el("p", { class: "played" }, output, player(steps, range))));
  }

  /** A button that lets the range grow, period by period, from its start to the last. */
  function player(steps, range) {
    const end = steps.length - 1;
    const button = el("button", { type: "button", class: "quiet", id: "play" });
    let timer = null;
    const show = () => {
      button.replaceChildren(timer === null ? playSign() : pauseSign(), timer === null ? "Play" : "Pause");
    };
    const stop = () => {
      clearInterval(timer);
      timer = null;
      show();
    };
    const stepTo = (high, options) => {
      const { from } = ag.state.now;
      change(range(from ? ag.time.nearest(steps, from) : 0, high), options);
    };
    button.addEventListener("click", () => {
      if (timer !== null) {
        stop();
        change({}); // what is shown now becomes a step that Back undoes
        return;
      }
      const { from, to } = ag.state.now;
      const low = from ? ag.time.nearest(steps, from) : 0;
      let high = to ? ag.time.nearest(steps, to) : low; // at the end, start over
      timer = setInterval(() => {
        high += 1;
        if (high >= end) stop();
        stepTo(Math.min(high, end), { passing: high < end });
      }, PACE);
      if (!to) stepTo(high, { passing: true });
      show();
    });
    show();
    return button;
  }

  const playSign = () => svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "M5 3.5v9l7-4.5z" }));
  const pauseSign = () => svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: "M5.5 3.5v9m5-9v9" }));

  // ---- all ------------------------------------------------------------------------------------------------

  function start() {
    const reset = el("button", { type: "button", class: "quiet wide", id: "reset", onclick: ag.state.reset }, "Reset filters");
    controls.push((state) => { reset.disabled = !filtered(state); });
    $("side").append(...[typeGroup(), statusGroup(), timeGroup(), evidenceGroup(), relationGroup(), reset].filter(Boolean));
  }

  function filtered(state) {
    const { DEFAULTS } = ag.state;
    const plain = ["ego", "comentions", "isolated", "minimum", "npmi", "from", "to", "doc"].some((name) => state[name] !== DEFAULTS[name]);
    return plain || ["types", "kinds", "relations", "statuses", "modalities"].some((name) => state[name].size);
  }

  function show(view) {
    for (const bring of controls) bring(view.state);
  }

  ag.filters = { start, show, stroke };
})(globalThis.actorgraph);
