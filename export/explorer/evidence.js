// One sentence and what it supports: the card that every relation opens.
((ag) => {
  const { data, el, link, words, day, typeOf } = ag;

  // ---- marks --------------------------------------------------------------------------------

  /** The marked ranges of a claim's sentence: both names, then the words that state the relation. */
  function claimMarks(edge, claim) {
    const marks = [];
    if (claim.smark) marks.push({ range: claim.smark, node: edge.s });
    if (claim.omark) marks.push({ range: claim.omark, node: edge.o });
    for (const range of claim.wmark || []) marks.push({ range, wording: true });
    return marks;
  }

  /** Where a sentence names the two entities of a co-mention; names win over their inflections. */
  function nameMarks(text, nodes) {
    return nodes.flatMap((node) => {
      const entity = data.entities[node];
      const names = [entity.name, ...(entity.aliases || [])];
      const found = occurrences(text, names, "");
      const ranges = found.length ? found : occurrences(text, names, "\\p{L}{0,3}");
      return ranges.map((range) => ({ range, node }));
    });
  }

  function occurrences(text, names, ending) {
    const longestFirst = [...names].sort((a, b) => b.length - a.length).map(escapePattern);
    const pattern = `(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})${ending}(?![\\p{L}\\p{N}])`;
    return [...text.matchAll(new RegExp(pattern, "giu"))].map((match) => [match.index, match.index + match[0].length]);
  }

  const escapePattern = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

  /** A sentence with its marks. Where two overlap, the one given first is kept. */
  function marked(text, marks) {
    const kept = [];
    for (const mark of marks) {
      const free = kept.every(({ range }) => mark.range[1] <= range[0] || mark.range[0] >= range[1]);
      if (free && mark.range[0] < mark.range[1]) kept.push(mark);
    }
    kept.sort((a, b) => a.range[0] - b.range[0]);
    const parts = [];
    let done = 0;
    for (const mark of kept) {
      parts.push(text.slice(done, mark.range[0]), markElement(text.slice(...mark.range), mark));
      done = mark.range[1];
    }
    parts.push(text.slice(done));
    return parts;
  }

  function markElement(text, mark) {
    if (mark.wording) return el("mark", { class: "wording" }, text);
    // A designation such as "A-135" must not break at its hyphen; a long name may wrap.
    const element = el("mark", { class: text.length < 25 ? "name whole" : "name", title: data.entities[mark.node].name }, text);
    element.style.setProperty("--type", typeOf(mark.node).colour);
    return element;
  }

  // ---- cards --------------------------------------------------------------------------------

  function claimCard(edge, claim) {
    return card(claim.ev, claimMarks(edge, claim), qualities(claim));
  }

  function comentionCard(co, ev) {
    return card(ev, nameMarks(data.evidence[ev].text, [co.a, co.b]), []);
  }

  function card(ev, marks, details) {
    const evidence = data.evidence[ev];
    const source = data.documents[evidence.doc];
    return el(
      "article",
      { class: "card" },
      el("blockquote", {}, marked(evidence.text, marks)),
      details.length ? el("p", { class: "qualities" }, details) : null,
      el(
        "footer",
        {},
        el("cite", {}, link(source.url, source.label), el("span", { class: "muted" }, origin(source, evidence))),
        el("button", { type: "button", class: "copy", onclick: (event) => copyCitation(ev, event.currentTarget) }, "Copy citation"),
      ),
    );
  }

  const origin = (source, evidence) => {
    const date = evidence.date || source.date;
    return [source.publisher || source.author, date && day(date)].filter(Boolean).map((part) => ` · ${part}`).join("");
  };

  /** Who says so, how firmly, how sure the extraction is, and further roles. */
  function qualities(claim) {
    const polarity = claim.polarity || "affirmed";
    const modality = claim.modality || "asserted";
    const tag = (text, kind) => el("span", { class: `tag ${kind}` }, text);
    return [
      tag(polarity, polarity),
      tag(modality, modality),
      speaker(claim),
      claim.event && el("span", {}, `event ${day(claim.event)}`),
      Object.entries(claim.qualifiers || {}).map(([role, value]) => el("span", {}, `${words(role)}: ${named(value)}`)),
      el("span", { class: "muted", title: claim.rule ? `rule ${claim.rule}` : undefined }, `confidence ${(claim.confidence ?? 1).toFixed(2)}`),
    ];
  }

  function speaker(claim) {
    if (claim.by !== undefined) {
      const name = data.entities[claim.by].name;
      return el("span", {}, "said by ", el("button", { type: "button", class: "inline", onclick: () => ag.state.selectNode(claim.by) }, claim.speaker || name));
    }
    return el("span", {}, claim.speaker ? `said by ${claim.speaker}` : "in the author’s words");
  }

  const named = (value) => (ag.byId.has(value) ? data.entities[ag.byId.get(value)].name : value);

  // ---- citation -------------------------------------------------------------------------------

  function citation(ev) {
    const evidence = data.evidence[ev];
    const source = data.documents[evidence.doc];
    const where = [source.author, `“${source.label}”`, source.publisher, evidence.date || source.date, source.url || source.path]
      .filter(Boolean)
      .join(", ");
    return `“${evidence.text.trim()}” ${where} (characters ${evidence.start}–${evidence.end}).`;
  }

  async function copyCitation(ev, button) {
    await copy(citation(ev));
    button.textContent = "Copied";
    ag.announce("Citation copied");
    setTimeout(() => { button.textContent = "Copy citation"; }, 1600);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages opened from a disk or inside a frame may not use the clipboard directly.
      const area = el("textarea", { class: "unseen", value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  ag.evidence = { claimCard, comentionCard, citation, nameMarks, marked };
})(globalThis.actorgraph);
