// The same view as rows: to sort, to compare, and the way in for those who cannot see the picture.
((ag) => {
  const { data, pairs, words, numbers, count, span, el, icon, $ } = ag;
  const { change, selectNode, selectPair } = ag.state;

  const PAGE = 200;

  const nameOf = (node) => data.entities[node].name;
  const number = (value) => (value === undefined ? "" : numbers.format(value));

  const NODE_COLUMNS = [
    { title: "Name", key: (node) => nameOf(node), cell: (node) => opener(() => selectNode(node), icon(data.entities[node].type), nameOf(node)) },
    { title: "Type", key: (node) => data.entities[node].type },
    { title: "Kind", key: (node) => words(data.entities[node].subtype || "") },
    { title: "Mentions", numeric: true, key: (node) => data.entities[node].mentions },
    { title: "Documents", numeric: true, key: (node) => data.entities[node].documents },
    { title: "Relations", numeric: true, key: (node, view) => ag.view.neighbours(node, view).reduce((sum, [, pair]) => sum + view.pairs.get(pair.id).edges.length, 0) },
    { title: "Rank", numeric: true, key: (node) => data.entities[node].rank },
  ];

  const RELATION_COLUMNS = [
    { title: "Subject", key: (row) => nameOf(row.s), cell: (row) => opener(() => selectPair(pairs[row.pair]), icon(data.entities[row.s].type), nameOf(row.s)) },
    { title: "Relation", key: (row) => words(row.relation) },
    { title: "Object", key: (row) => nameOf(row.o) },
    { title: "Status", key: (row) => row.status },
    { title: "Sentences", numeric: true, key: (row) => row.evidence },
    { title: "Documents", numeric: true, key: (row) => row.documents },
    { title: "NPMI", numeric: true, key: (row) => row.npmi, cell: (row) => (row.npmi === undefined ? "" : row.npmi.toFixed(2)) },
    { title: "Dates", key: (row) => row.first || "", cell: (row) => span(row.first, row.last) },
  ];

  const TABLES = {
    nodes: { columns: NODE_COLUMNS, rows: (view) => [...view.nodes], sort: { column: 6, down: false } },
    relations: { columns: RELATION_COLUMNS, rows: relationRows, sort: { column: 4, down: true } },
  };

  /** Stated relations and co-mentions, alike enough to stand in one table. */
  function relationRows(view) {
    const met = ag.view.comentionsOf(view).map((co) => ({
      pair: co.pair, s: co.a, o: co.b, relation: "co-mentioned with", status: "co-mention",
      evidence: co.sentences, documents: co.documents, npmi: co.npmi,
    }));
    return [...ag.view.edgesOf(view), ...met];
  }

  const opener = (action, ...content) => el("button", { type: "button", class: "entity", onclick: action }, ...content);

  function show(view) {
    const visible = view.state.view === "table";
    $("table").hidden = !visible;
    if (visible) render(view, PAGE);
  }

  function render(view, limit) {
    const name = view.state.rows;
    const table = TABLES[name];
    const rows = sorted(table, view);
    const rendered = rows.slice(0, limit).map((row) => el("tr", {}, table.columns.map((column, i) => cell(column, row, view, i))));
    const grid = el("table", {},
      el("caption", { class: "unseen" }, name === "nodes" ? "Entities that are shown" : "Relations that are shown"),
      el("thead", {}, el("tr", {}, table.columns.map((column, i) => heading(column, i, table, view)))),
      el("tbody", {}, rendered));
    $("table").replaceChildren(
      el("div", { class: "tabs", role: "group", "aria-label": "Rows" }, tab("nodes", `Nodes ${numbers.format(view.nodes.size)}`, name), tab("relations", `Relations ${numbers.format(relationRows(view).length)}`, name)),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, grid,
        rows.length > limit ? el("button", { type: "button", class: "more", onclick: () => render(view, limit + 5 * PAGE) }, `Show more of ${count(rows.length, "row")}`) : null));
  }

  function tab(name, label, current) {
    return el("button", { type: "button", "aria-pressed": String(name === current), onclick: () => change({ rows: name }) }, label);
  }

  function heading(column, i, table, view) {
    const { sort } = table;
    const direction = sort.column !== i ? "none" : sort.down ? "descending" : "ascending";
    const press = () => {
      // Numbers are asked for from the top, words from A.
      const down = sort.column === i ? !sort.down : Boolean(column.numeric) && column.title !== "Rank";
      table.sort = { column: i, down };
      render(view, PAGE);
      $("table").querySelectorAll("th button")[i].focus();
    };
    return el("th", { scope: "col", "aria-sort": direction, class: column.numeric ? "numeric" : null }, el("button", { type: "button", onclick: press }, column.title));
  }

  function cell(column, row, view, i) {
    const content = column.cell ? column.cell(row) : column.numeric ? number(column.key(row, view)) : column.key(row, view);
    const name = i === 0 ? "th" : "td";
    return el(name, { scope: i === 0 ? "row" : null, class: column.numeric ? "numeric" : null }, content);
  }

  function sorted(table, view) {
    const { column, down } = table.sort;
    const keyed = table.rows(view).map((row, i) => ({ row, i, key: table.columns[column].key(row, view) }));
    const compare = (a, b) => {
      // Rows without a value stand last, whatever the direction.
      if (a.key === undefined || b.key === undefined) return (a.key === undefined) - (b.key === undefined);
      const order = typeof a.key === "number" ? a.key - b.key : a.key.localeCompare(b.key, "en");
      return down ? -order : order;
    };
    return keyed.sort((a, b) => compare(a, b) || a.i - b.i).map(({ row }) => row);
  }

  ag.table = { show };
})(globalThis.actorgraph);
