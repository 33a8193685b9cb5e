"""Every format a graph can be written in, by the end of the file's name.

Formats of several files (tables, notes) make a folder of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from ..schema import GraphView
from .csv import write_csv
from .dot import write_dot
from .ftm import write_ftm
from .gexf import write_gexf
from .graphml import write_graphml
from .html import write_html
from .json import write_json
from .jsonl import write_jsonl
from .mermaid import write_mermaid
from .neo4j import write_cypher, write_neo4j
from .obsidian import write_obsidian
from .parquet import write_parquet
from .png import write_png
from .rdf import write_rdf
from .svg import write_svg

WRITERS: Mapping[str, Callable[[GraphView, Path], None]] = MappingProxyType(
    {
        ".html": write_html,
        ".graphml": write_graphml,
        ".gexf": write_gexf,
        ".json": write_json,
        ".jsonl": write_jsonl,
        ".csv": write_csv,
        ".parquet": write_parquet,
        ".cypher": write_cypher,
        ".neo4j": write_neo4j,
        ".ttl": write_rdf,
        ".ftm.json": write_ftm,
        ".obsidian": write_obsidian,
        ".mmd": write_mermaid,
        ".dot": write_dot,
        ".svg": write_svg,
        ".png": write_png,
    }
)
"""Suffix -> writer; `KnowledgeGraph.write` finds the longest suffix that fits."""
