// Prints what graphology, the library of Gephi Lite, reads from GraphML and GEXF files: one line of
// JSON for each file.
//
//     node read.mjs graph.gexf other.graphml

import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import graphology from "graphology";
import createGexfParser from "graphology-gexf/common/parser.js";
import createGraphmlParser from "graphology-graphml/common/parser.js";

for (const path of process.argv.slice(2)) {
  const create = path.endsWith(".gexf") ? createGexfParser : createGraphmlParser;
  const document = new DOMParser().parseFromString(readFileSync(path, "utf-8"), "application/xml");
  const parse = create(DOMParser, document.constructor);
  const graph = parse(graphology, document);

  const nodes = graph.mapNodes((id, attributes) => ({ id, attributes }));
  const edges = graph.mapEdges((id, attributes, source, target, s, t, undirected) => ({
    id,
    attributes,
    source,
    target,
    undirected,
  }));
  console.log(JSON.stringify({ nodes, edges }));
}
