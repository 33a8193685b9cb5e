"""Which parts of a text are running text, and what the others tell of it.

The inner rooms of `ingest`, which alone imports them::

    characters ─► front_matter ─► passages ─► markup
    bytes         YAML, dates     the lines   a passage without its mark-up

`passages` judges a line by `lines` (headings, items, quotations), `transcripts` (who speaks) and
`furniture` (menus, comment forms, and the `header` lines that tell title, author and date).
"""
