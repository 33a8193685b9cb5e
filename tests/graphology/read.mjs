// Prints what graphology, the library of Gephi Lite, reads from a GraphML or GEXF file.
//
//     node read.mjs graph.gexf

import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import graphology from "graphology";
import createGexfParser from "graphology-gexf/common/parser.js";
import createGraphmlParser from "graphology-graphml/common/parser.js";

const path = process.argv[2];
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
process.stdout.write(JSON.stringify({ nodes, edges }));
