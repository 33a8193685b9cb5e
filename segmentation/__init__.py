"""Which parts of a text are running text, and what the others tell of it.

The inner room of `ingest`, which alone imports it. A file passes through

- `characters`: bytes become characters;
- `front_matter`: the YAML block before the text becomes fields, its `dates` ISO dates;
- `passages`: the reader takes the text line by line. It judges each by its look (`lines`), by who
  speaks (`transcripts`) and by whether it is text at all (`furniture`, and the lines of a `header`
  that tell author and date), and cuts what is too long into `pieces`;
- `markup`: a passage as the parser reads it, its mark-up blanked.
"""
