// What the reader asked for, kept in the address: copy it, reload it, go back through it.
((ag) => {
  const { data, byId, $ } = ag;

  const DEFAULTS = Object.freeze({
    node: null, // selected entity
    pair: null, // selected pair
    path: null, // [from, to]
    ego: null, // entity in focus
    hops: 1,
    view: "graph",
    rows: "nodes",
    comentions: true,
    isolated: true,
    minimum: 1, // sentences a relation needs
    npmi: -1,
    from: "",
    to: "",
    doc: null,
  });
  const SETS = { types: "t", kinds: "k", relations: "r", statuses: "s", modalities: "m", pulled: "add" };

  let state = blank();
  const listeners = [];
  // Only used where the browser keeps no history for the page (inside a notebook's frame).
  const trail = [];
  let depth = 0;

  function blank() {
    const fresh = { ...DEFAULTS };
    for (const name of Object.keys(SETS)) fresh[name] = new Set();
    return fresh;
  }

  // ---- the address --------------------------------------------------------------------------

  function encode(from = state) {
    const query = new URLSearchParams();
    const put = (key, value, usual) => { if (value !== usual) query.append(key, value); };
    const id = (node) => data.entities[node].id;
    if (from.node !== null) query.append("n", id(from.node));
    if (from.pair !== null) [from.pair.a, from.pair.b].forEach((node) => query.append("e", id(node)));
    if (from.path !== null) from.path.forEach((node) => query.append("p", id(node)));
    if (from.ego !== null) {
      query.append("ego", id(from.ego));
      put("hops", from.hops, DEFAULTS.hops);
    }
    put("view", from.view, DEFAULTS.view);
    put("rows", from.rows, DEFAULTS.rows);
    put("co", from.comentions ? 1 : 0, 1);
    put("iso", from.isolated ? 1 : 0, 1);
    put("min", from.minimum, DEFAULTS.minimum);
    put("npmi", from.npmi, DEFAULTS.npmi);
    put("from", from.from, "");
    put("to", from.to, "");
    if (from.doc !== null) query.append("doc", data.documents[from.doc].id);
    for (const [name, key] of Object.entries(SETS)) {
      for (const value of [...from[name]].sort()) query.append(key, name === "pulled" ? id(value) : value);
    }
    return query.toString();
  }

  /** Read an address; whatever it names that this graph does not have is passed over. */
  function decode(text) {
    const query = new URLSearchParams(text.replace(/^#/, ""));
    const fresh = blank();
    const node = (id) => (byId.has(id) ? byId.get(id) : null);
    const two = (key) => {
      const ends = query.getAll(key).map(node);
      return ends.length === 2 && !ends.includes(null) ? ends : null;
    };
    const number = (key, low, high, usual) => {
      const value = Number(query.get(key) ?? usual);
      return value >= low && value <= high ? value : usual;
    };
    fresh.node = node(query.get("n"));
    const ends = two("e");
    fresh.pair = ends && ag.pairBetween(...ends);
    fresh.path = two("p");
    fresh.ego = node(query.get("ego"));
    fresh.hops = number("hops", 1, 2, 1);
    fresh.view = query.get("view") === "table" ? "table" : "graph";
    fresh.rows = query.get("rows") === "relations" ? "relations" : "nodes";
    fresh.comentions = query.get("co") !== "0";
    fresh.isolated = query.get("iso") !== "0";
    fresh.minimum = number("min", 1, 1e6, 1);
    fresh.npmi = number("npmi", -1, 1, -1);
    fresh.from = query.get("from") || "";
    fresh.to = query.get("to") || "";
    const place = data.documents.findIndex((document) => document.id === query.get("doc"));
    fresh.doc = place < 0 ? null : place;
    for (const [name, key] of Object.entries(SETS)) {
      const values = query.getAll(key);
      fresh[name] = new Set(name === "pulled" ? values.map(node).filter((i) => i !== null) : values);
    }
    return fresh;
  }

  // ---- steps ---------------------------------------------------------------------------------

  /** Change the state as one step that Back undoes; `passing` steps (a slider's way) leave no trace. */
  function change(changes, { passing = false } = {}) {
    const before = encode();
    state = { ...state, ...changes };
    const after = encode();
    write(before, after, passing);
    tell();
  }

  let settled = null; // address before a slider began to move

  function write(before, after, passing) {
    if (passing) {
      settled = settled ?? before;
      replace(after);
      return;
    }
    const start = settled ?? before;
    settled = null;
    if (start === after) return;
    depth += 1;
    trail.push(start);
    try {
      history.replaceState({ depth: depth - 1 }, "", `#${start}`);
      history.pushState({ depth }, "", `#${after}`);
    } catch { /* a page inside a frame may have no address of its own */ }
    showDepth();
  }

  function replace(address) {
    try {
      history.replaceState({ depth }, "", `#${address}`);
    } catch { /* as above */ }
  }

  function back() {
    if (!depth) return;
    if (history.state && history.state.depth === depth) history.back();
    else {
      depth -= 1;
      restore(trail.pop());
    }
  }

  function restore(address) {
    state = decode(address);
    showDepth();
    tell();
  }

  function showDepth() {
    $("back").disabled = depth === 0;
  }

  function tell() {
    for (const listener of listeners) listener(state);
  }

  function start() {
    addEventListener("popstate", (event) => {
      depth = (event.state && event.state.depth) || 0;
      trail.length = Math.min(trail.length, depth);
      restore(location.hash);
    });
    depth = (history.state && history.state.depth) || 0;
    restore(location.hash);
  }

  // ---- the steps people take -------------------------------------------------------------------

  const NOTHING = { node: null, pair: null, path: null };
  const selectNode = (node) => change({ ...NOTHING, node, pulled: withNodes([node]) });
  const selectPair = (pair) => change({ ...NOTHING, pair, pulled: withNodes([pair.a, pair.b]) });
  const clear = () => change(NOTHING);
  const focus = (ego, hops = 1) => change({ ego, hops });
  const showPath = (a, b) => change({ ...NOTHING, path: [a, b], ego: null, pulled: withNodes([a, b]) });

  function withNodes(nodes) {
    const outside = nodes.filter((node) => node >= data.shown);
    return outside.length ? new Set([...state.pulled, ...outside]) : state.pulled;
  }

  function toggle(name, value) {
    const values = new Set(state[name]);
    if (!values.delete(value)) values.add(value);
    change({ [name]: values });
  }

  /** Back to everything; what is selected stays selected. */
  function reset() {
    const { node, pair, path, view, rows } = state;
    change({ ...blank(), node, pair, path, view, rows });
  }

  ag.state = {
    get now() { return state; },
    DEFAULTS, encode, decode, change, back, start, reset, toggle,
    selectNode, selectPair, clear, focus, showPath,
    listen: (listener) => listeners.push(listener),
  };
})(globalThis.actorgraph);
