"""Files of many kinds in, plain text out, with what each kind tells of its document.

The inner room of `ingest`. What is read is a `Blob` (bytes with a name);
what comes out is `Text` (characters with raw fields), or an `UnreadableSource` with the reason.

- `blobs`: the nouns, and the limits on what is unpacked;
- `registry`: which reader fits a blob, by suffix and by its first bytes; `read` follows containers
  into their members;
- one module a family: `plain`, `html`, `pdf`, `word`, `opendocument`, `rtf`, `epub`, `mail`,
  `tables`, `feeds`, `warc`, `archives`;
- `blocks`, `xml`, `unzip`: what several of them share;
- `language`: which language a text is in;
- `fetch`: addresses become blobs, politely.

Libraries are imported where the first file of their kind is read, and never before.
"""
