// What is shown, as tables for a spreadsheet (CSV, RFC 4180) and with its evidence for programs (JSON).
((ag) => {
  const { data } = ag;

  const nameOf = (node) => data.entities[node].name;

  /** One CSV field. A spreadsheet would run text that begins like a formula, so it gets an apostrophe. */
  function field(value) {
    if (value === undefined || value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  // The mark at the start lets Excel read the file as UTF-8.
  const csv = (rows) => `\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

  function nodesCsv() {
    return csv([
      ["id", "name", "type", "subtype", "aliases", "mentions", "documents", "rank"],
      ...ag.view.nodesOf(ag.view.current).map((node) => {
        const entity = data.entities[node];
        return [entity.id, entity.name, entity.type, entity.subtype, (entity.aliases || []).join("; "), entity.mentions, entity.documents, entity.rank];
      }),
    ]);
  }

  function relationsCsv() {
    const view = ag.view.current;
    return csv([
      ["subject", "relation", "object", "status", "sentences", "documents", "belief", "npmi", "first_date", "last_date", "example", "source"],
      ...ag.view.edgesOf(view).map((edge) => {
        const { text, doc } = data.evidence[view.claims.get(edge.id)[0].ev];
        return [nameOf(edge.s), edge.relation, nameOf(edge.o), edge.status, edge.evidence, edge.documents, edge.belief, null, edge.first, edge.last, text, source(doc)];
      }),
      ...ag.view.comentionsOf(view).map((co) => {
        const example = co.examples.length ? data.evidence[co.examples[0]] : {};
        return [nameOf(co.a), "co_mentioned_with", nameOf(co.b), "co-mention", co.sentences, co.documents, null, co.npmi, null, null, example.text, example.text && source(example.doc)];
      }),
    ]);
  }

  const source = (doc) => data.documents[doc].url || data.documents[doc].label;

  function toJson() {
    const view = ag.view.current;
    const id = (node) => data.entities[node].id;
    const cited = (ev) => {
      const { text, start, end, doc, date } = data.evidence[ev];
      const { id: document, label, url } = data.documents[doc];
      return { sentence: text, start, end, date, document, title: label, url };
    };
    return JSON.stringify({
      title: data.title,
      provenance: data.provenance,
      filters: ag.state.encode(),
      entities: ag.view.nodesOf(view).map((node) => data.entities[node]),
      edges: ag.view.edgesOf(view).map((edge) => ({
        subject: id(edge.s), relation: edge.relation, object: id(edge.o), status: edge.status, belief: edge.belief,
        claims: view.claims.get(edge.id).map((claim) => ({
          polarity: claim.polarity || "affirmed", modality: claim.modality || "asserted", speaker: claim.speaker,
          wording: claim.wording, confidence: claim.confidence ?? 1, ...cited(claim.ev),
        })),
      })),
      comentions: ag.view.comentionsOf(view).map((co) => ({
        a: id(co.a), b: id(co.b), sentences: co.sentences, paragraphs: co.paragraphs, documents: co.documents, npmi: co.npmi, log_likelihood: co.ll, examples: co.examples.map(cited),
      })),
    }, null, 1);
  }

  ag.tables = { nodesCsv, relationsCsv, toJson };
})(globalThis.actorgraph);
