"""Files of many kinds become documents; what is broken or hostile is refused with a reason.

Where a writer of another house is there (LibreOffice, pandoc, Chromium), its files are read too.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from email.message import EmailMessage
from itertools import chain
from pathlib import Path

import pytest

from actorgraph.building.reading import Reading
from actorgraph.building.recipe import Recipe
from actorgraph.errors import NothingToRead, SourceError, UnreadableSource
from actorgraph.formats.blobs import Blob, Limits
from actorgraph.formats.language import detect_language
from actorgraph.formats.registry import SUFFIXES, format_of
from actorgraph.graph.evidence.printed import page_of
from actorgraph.graph.store import Store
from actorgraph.ingest import read_documents

PARAGRAPHS = (
    "Turkey took delivery of the S-400 in July, and the United States removed it from the F-35 "
    "programme as the first consequence of that delivery.",
    "The alliance met in Brussels and welcomed the sale of radars, which had been expected for "
    "years by everyone who follows the matter closely.",
)
ITEMS = ("A radar for the coast.", "A ship for the north.")
CELLS = ("Oslo", "Globus III")
ARTICLE = (
    "<h1>Radar sale</h1>"
    + f"<p>{PARAGRAPHS[0]}</p><h2>Reactions</h2><p>{PARAGRAPHS[1]}</p>"
    + f"<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>"
    + f"<table><tr><td>{CELLS[0]}</td><td>{CELLS[1]}</td></tr></table>"
)
PAGE = f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB"><head>
<title>Radar sale | The Harbour Gazette</title>
<link rel="canonical" href="https://gazette.example/radar"/>
<meta property="og:site_name" content="The Harbour Gazette"/>
<meta property="og:title" content="Radar sale"/>
<meta name="author" content="Jane Doe"/>
<meta property="article:published_time" content="2021-03-15T10:00:00Z"/></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav>
<article>{ARTICLE}</article><div class="comments">Leave a comment</div></body></html>"""
METADATA = {
    "title": "Radar sale",
    "author": "Jane Doe",
    "publisher": "The Harbour Gazette",
    "date": "2021-03-15",
    "url": "https://gazette.example/radar",
}


def read(*sources, **how):
    """Documents, and the reason for each source that could not be read."""
    problems = []
    documents = list(read_documents([*map(str, sources)], on_problem=problems.append, **how))
    return documents, [problem.reason for problem in problems]


def read_one(path, **how):
    [document], problems = read(path, **how)
    assert problems == []
    return document


def passages(document):
    return [
        (p.kind.value, " ".join(document.text[p.start : p.end].split())) for p in document.passages
    ]


def run(*command, cwd):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=120)


def pandoc(folder, name, *options):
    (folder / "in.html").write_text(f"<html><body>{ARTICLE}</body></html>", encoding="utf-8")
    told = [f"--metadata={key}={METADATA[key]}" for key in ("title", "author", "date")]
    run("pandoc", "-s", "in.html", "-o", name, *told, *options, cwd=folder)
    return folder / name


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with the article as LibreOffice writes it, in every format."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "sale.html").write_text(f"<html><body>{ARTICLE}</body></html>", encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("odt", "docx", "rtf", "pdf"):
        source = "sale.html" if kind == "odt" else "sale.odt"
        run("soffice", "--headless", profile, "--convert-to", kind, source, cwd=folder)
    return folder


def chromium(folder, body, style=""):
    """A PDF as a browser prints it."""
    page = f"<html lang='en'><head><title>Radar sale</title><style>{style}</style></head>{body}"
    (folder / "page.html").write_text(page, encoding="utf-8")
    run(
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
        *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
        *("--disable-sync", f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"),
        *(f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri()),
        cwd=folder,
    )
    return folder / "page.pdf"


def assert_holds_article(document, *, items=True):
    found = passages(document)
    kinds = {words: kind for kind, words in found}
    for paragraph in PARAGRAPHS:
        assert kinds[paragraph] == "text"
    assert kinds["Reactions"] == "heading"
    if items:
        assert [words for kind, words in found if kind == "item"][:2] == list(ITEMS)
    for passage in document.passages:
        assert document.text[passage.start : passage.end].strip()


# Web pages


def test_a_page_is_read_without_its_menus(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    document = read_one(tmp_path / "a.html")

    assert {name: getattr(document, name) for name in METADATA} == METADATA
    assert document.language == "en"
    assert_holds_article(document)
    assert passages(document)[0] == ("title", "Radar sale")
    assert "About us" not in document.text
    assert "Leave a comment" not in document.text
    assert "Oslo | Globus III" in document.text


@pytest.mark.parametrize("suffix", [".htm", ".xhtml", ".HTML"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_page_is_decoded_as_it_says(tmp_path, suffix, encoding):
    page = PAGE.replace("Jane Doe", "Jürgen Ødegård").replace(
        'encoding="utf-8"', f'encoding="{encoding}"'
    )
    path = tmp_path / f"a{suffix}"
    path.write_bytes(page.encode(encoding))

    assert read_one(path).author == "Jürgen Ødegård"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Oslo bought a radar.", "Oslo bought a radar."),
        ("<p>Oslo paid.", "Oslo paid."),
        ("<body><p>Oslo paid.</p><p>Rome sold.</p></body>", "Oslo paid.\n\nRome sold."),
        ("<title>x</title><script>var a = 1</script>Oslo &amp; Rome", "Oslo & Rome"),
    ],
)  # fmt: skip
def test_a_page_of_a_few_words_is_read_as_it_stands(tmp_path, markup, text):
    (tmp_path / "a.html").write_text(markup, encoding="utf-8")

    assert text in read_one(tmp_path / "a.html").text


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta name="date" content="2021-03">', "2021-03"),
        ('<meta itemprop="datePublished" content="2021">', "2021"),
        ('<script>{"datePublished": "2021-03-15T08:00"}</script>', "2021-03-15"),
        ('<time datetime="2021-03-15">yesterday</time>', "2021-03-15"),
        ('<meta name="date" content="yesterday">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_date_of_a_page_is_as_precise_as_it_says(tmp_path, head, date):
    (tmp_path / "a.html").write_text(f"<html><head>{head}</head><body>{ARTICLE}</body></html>")

    assert read_one(tmp_path / "a.html").date == date


# Office documents and books


@pytest.mark.parametrize("suffix", ["docx", "odt", "epub", "rtf"])
def test_a_document_that_pandoc_wrote_is_read(tmp_path, suffix):
    document = read_one(pandoc(tmp_path, f"sale.{suffix}"))

    assert document.title == "Radar sale"
    assert_holds_article(document, items=suffix != "rtf")
    if suffix in ("docx", "odt", "epub"):
        assert (document.author, document.language) == ("Jane Doe", "en")
        assert "| Oslo | Globus III" in document.text
    if suffix == "epub":
        assert document.date == "2021-03-15"


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
def test_a_document_that_libreoffice_wrote_is_read(office, suffix):
    document = read_one(office / f"sale.{suffix}")

    assert_holds_article(document, items=suffix != "rtf")
    if suffix != "rtf":
        assert "| Oslo | Globus III" in document.text


def word_document(path):
    """What python-docx writes: headings, a list, a table, properties."""
    import docx

    document = docx.Document()
    document.core_properties.title = "Radar sale"
    document.core_properties.author = "Jane Doe"
    document.add_heading("Radar sale", 0)
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("Reactions", 1)
    document.add_paragraph(PARAGRAPHS[1])
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(1, 2)
    for cell, words in zip(table.rows[0].cells, CELLS, strict=True):
        cell.text = words
    document.save(path)


def test_a_word_document_keeps_its_order_and_structure(tmp_path):
    word_document(tmp_path / "a.docx")
    document = read_one(tmp_path / "a.docx")

    assert (document.title, document.author) == ("Radar sale", "Jane Doe")
    assert [kind for kind, _ in passages(document)] == [
        *("title", "text", "heading", "text", "item", "item", "item")
    ]
    assert document.text.endswith("| Oslo | Globus III")


def test_insertions_of_a_word_document_count_and_deletions_do_not(tmp_path):
    word_document(tmp_path / "a.docx")
    with (
        zipfile.ZipFile(tmp_path / "a.docx") as old,
        zipfile.ZipFile(tmp_path / "b.docx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                changed = (
                    "<w:p><w:r><w:t>Oslo </w:t></w:r>"
                    "<w:del><w:r><w:delText>sold</w:delText></w:r></w:del>"
                    "<w:ins><w:r><w:t>bought</w:t></w:r></w:ins><w:r><w:t> it.</w:t></w:r></w:p>"
                )
                data = data.replace(b"<w:body>", b"<w:body>" + changed.encode(), 1)
            new.writestr(name, data)

    assert "Oslo bought it." in read_one(tmp_path / "b.docx").text


# PDF


def test_a_pdf_of_libreoffice_keeps_its_paragraphs(office):
    document = read_one(office / "sale.pdf")

    found = [words for _, words in passages(document)]
    assert [p for p in PARAGRAPHS if p in found] == list(PARAGRAPHS)
    assert "Reactions" in found
    assert document.metadata["pages"] == "0"


@pytest.mark.browser
def test_a_pdf_of_a_browser_knows_its_pages(tmp_path):
    parts = "".join(
        f"<div style='page-break-after: always'><h2>Part {n}</h2><p>{PARAGRAPHS[0]}</p>"
        f"<p>On this page Oslo bought radar {n}.</p></div>"
        for n in range(1, 4)
    )
    document = read_one(chromium(tmp_path, f"<body>{parts}</body>"))

    assert document.title == "Radar sale"
    assert document.date is None  # the day of printing says nothing
    pages = [page_of(document, document.text.index(f"radar {n}.")) for n in (1, 2, 3)]
    assert pages == [1, 2, 3]
    assert [words for _, words in passages(document)].count(PARAGRAPHS[0]) == 3
    assert ("heading", "Part 2") in passages(document)


@pytest.mark.browser
def test_running_heads_of_a_pdf_are_left_out_and_sentences_go_on(tmp_path):
    page = "<div style='page-break-after: always'>{}<p>{}</p>{}</div>"
    head = "<p style='position: relative; font-size: 8pt'>Gazette of the Harbour</p>"
    texts = ["Oslo bought a radar which", "was sold by Rome and then", "went to the north."]
    body = "".join(page.format(head, text, "") for text in texts)
    document = read_one(chromium(tmp_path, f"<body>{body}</body>"))

    assert " ".join(document.text.split()) == " ".join(texts)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("the defen-\nce of Oslo", "the defence of Oslo"),
        ("the S-\n400 of Oslo", "the S-400 of Oslo"),
        ("an anti-\nmissile system; anti-missile", "an anti-missile system; anti-missile"),
        ("the Asia-\nPacific region", "the Asia-Pacific region"),
        ("Oslo - \nand Rome", "Oslo - \nand Rome"),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_put_together(lines, joined):
    from actorgraph.formats.pdf import Line, _join

    assert _join([[Line(words) for words in lines.split("\n")]])[0] == joined


@pytest.mark.browser
def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path):
    left = [f"Left line {n} of Oslo." for n in range(8)]
    right = [f"Right line {n} of Rome." for n in range(8)]
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in zip(left, right, strict=True))
    style = "td {width: 300px; font-size: 14px} table {border-spacing: 20px 0}"
    path = chromium(tmp_path, f"<body><h1>One heading over it</h1><table>{rows}</table>", style)
    words = " ".join(read_one(path, page_columns=True).text.split())

    assert words == " ".join(["One heading over it", *left, *right])


def pdf(pages=1, password=None):
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.browser
def test_a_pdf_over_the_limit_of_pages_is_read_so_far_and_says_so(tmp_path):
    body = "".join(
        f"<p style='page-break-after: always'>Oslo bought radar {n}.</p>" for n in range(4)
    )
    [document], [reason] = read(chromium(tmp_path, f"<body>{body}"), limits=Limits(pages=2))

    assert reason.startswith("was read up to page 2 of")
    assert document.metadata["pages"].count(" ") == 1


# Mail


def message(**parts):
    mail = EmailMessage()
    mail["From"] = "Jane Doe <jane@gazette.example>"
    mail["Subject"] = "Radar sale"
    mail["Date"] = "Mon, 15 Mar 2021 23:30:00 -0500"
    mail["Message-ID"] = "<1@gazette.example>"
    mail.set_content(parts.get("text", "\n\n".join(PARAGRAPHS)))
    if "html" in parts:
        mail.add_alternative(parts["html"], subtype="html")
    for name, data in parts.get("attached", {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_a_message_is_read_with_what_is_attached(tmp_path):
    (tmp_path / "a.eml").write_bytes(
        message(attached={"../../note.txt": b"Oslo paid.", "x.exe": b"MZ\x90\0"})
    )
    [mail, note], reasons = read(tmp_path / "a.eml")

    assert (mail.title, mail.author, mail.date) == ("Radar sale", "Jane Doe", "2021-03-15")
    assert mail.metadata["message_id"] == "<1@gazette.example>"
    assert passages(mail)[0] == ("title", "Radar sale")
    assert (note.path, note.text) == ("a.eml/note.txt", "Oslo paid.")
    assert len(reasons) == 1


def test_a_message_in_html_alone_is_read(tmp_path):
    mail = EmailMessage()
    mail["Subject"] = "Radar sale"
    mail.set_content("<p>Oslo paid.</p><p>Rome sold.</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())

    assert read_one(tmp_path / "a.eml").text == "# Radar sale\n\nOslo paid.\n\nRome sold."


# Tables and records

RECORDS = [
    {
        "Headline": "Radar sale",
        "Body": PARAGRAPHS[0],
        "byline": "Jane Doe",
        "Outlet": "The Harbour Gazette",
        "published_at": "2021-03-15T10:00:00Z",
        "link": "https://gazette.example/radar",
        "topic": "radar",
    },
    {"Headline": "Second", "Body": PARAGRAPHS[1], "published_at": "2021-04"},
]


def write_table(path, records):
    names = list(records[0])
    if path.suffix in (".csv", ".tsv"):
        with path.open("w", newline="", encoding="utf-8") as file:
            delimiter = "\t" if path.suffix == ".tsv" else ";"
            writer = csv.DictWriter(file, names, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(records)
    elif path.suffix == ".parquet":
        import polars

        polars.DataFrame([{name: r.get(name) for name in names} for r in records]).write_parquet(
            path
        )
    elif path.suffix == ".json":
        path.write_text(json.dumps({"status": "ok", "articles": records}))
    else:
        path.write_text("\n".join(map(json.dumps, records)) + "\n")
    return path


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "ndjson", "parquet"])
def test_every_row_of_a_table_is_a_document(tmp_path, suffix):
    [first, second], problems = read(write_table(tmp_path / f"news.{suffix}", RECORDS))

    assert problems == []
    assert {name: getattr(first, name) for name in METADATA} == METADATA
    assert first.metadata == {"topic": "radar"}
    assert passages(first) == [("title", "Radar sale"), ("text", PARAGRAPHS[0])]
    assert (second.title, second.date, second.path) == ("Second", "2021-04", f"news.{suffix}#2")


def test_columns_can_be_named(tmp_path):
    rows = [{"a": "Radar sale", "b": PARAGRAPHS[0], "text": "not this"}]
    path = write_table(tmp_path / "x.jsonl", rows)
    document = read_one(path, columns={"text": "b", "title": "a"})

    assert passages(document) == [("title", "Radar sale"), ("text", PARAGRAPHS[0])]
    assert read(path, columns={"text": "c"})[1] == [
        "has no column 'c'; it has a, b, text. Name it: --map text=COLUMN"
    ]
    with pytest.raises(SourceError, match="No field is called words"):
        read(path, columns={"words": "b"})


def test_a_table_without_a_text_says_what_it_has(tmp_path):
    (tmp_path / "x.csv").write_text("country,capital\nNorway,Oslo\n")

    [reason] = read(tmp_path / "x.csv")[1]
    assert reason.startswith("has no column that holds the text; it has capital, country.")


def test_records_within_records_have_dotted_names(tmp_path):
    record = {"source": {"name": "Gazette"}, "authors": [{"name": "A"}, {"name": "B"}], "text": "x"}
    path = write_table(tmp_path / "x.jsonl", [record])
    document = read_one(path, columns={"publisher": "source.name"})

    assert (document.publisher, document.author) == ("Gazette", "A; B")


def test_a_broken_row_does_not_stop_the_rest(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"text": "One."}\n{"text": \n[1]\n{"text": "Two."}\n')
    documents, reasons = read(tmp_path / "x.jsonl")

    assert [d.text for d in documents] == ["One.", "Two."]
    assert [reason.partition(" (")[0] for reason in reasons] == [
        *("is broken JSON", "is no JSON object")
    ]


def test_rows_without_text_are_counted(tmp_path):
    (tmp_path / "x.csv").write_text("title,text\na,One.\nb,\nc,  \n")

    assert read(tmp_path / "x.csv")[1] == ["has no text in 2 of its rows"]


# Feeds

RSS = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Harbour Gazette</title><language>en-gb</language>
<item><title>Radar sale &amp; more</title><link>https://gazette.example/radar</link>
<dc:creator>J\xfcrgen Doe</dc:creator><pubDate>Mon, 15 Mar 2021 10:00:00 GMT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}&nbsp;</p>]]></content:encoded>
</item><item><title>Second</title><description>Oslo&nbsp;paid.</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>The Harbour Gazette</title>
<entry><title>Radar sale</title>
<link rel="self" href="https://gazette.example/self"/>
<link href="https://gazette.example/radar"/><author><name>Jane Doe</name></author>
<updated>2022-01-01T00:00:00Z</updated><published>2021-03-15T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PARAGRAPHS[0]}</p></div>
</content>
</entry></feed>"""


def test_the_entries_of_an_rss_feed_are_documents(tmp_path):
    (tmp_path / "feed.rss").write_bytes(RSS.encode("latin-1"))
    [first, second], problems = read(tmp_path / "feed.rss")

    assert problems == []
    assert {name: getattr(first, name) for name in METADATA} == METADATA | {
        "title": "Radar sale & more",
        "author": "Jürgen Doe",
    }
    assert [words for _, words in passages(first)] == ["Radar sale & more", *PARAGRAPHS]
    assert second.text == "# Second\n\nOslo\xa0paid."


def test_the_entries_of_an_atom_feed_are_documents(tmp_path):
    (tmp_path / "feed.xml").write_text(ATOM, encoding="utf-8")
    document = read_one(tmp_path / "feed.xml")

    assert {name: getattr(document, name) for name in METADATA} == METADATA
    assert passages(document) == [("title", "Radar sale"), ("text", PARAGRAPHS[0])]


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>'


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_xml_entity_is_ever_expanded(tmp_path, content, encoding):
    (tmp_path / "a.xml").write_bytes(content.encode(encoding))

    assert read(tmp_path / "a.xml") == (
        [],
        ["declares XML entities, which are never expanded"],
    )


# Web archives


def test_the_pages_of_a_web_archive_are_documents(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for address, media_type, status, body in (
            ("https://gazette.example/radar", "text/html; charset=utf-8", "200 OK", PAGE),
            ("https://gazette.example/style", "text/css", "200 OK", "p {}"),
            ("https://gazette.example/gone", "text/html", "404 Not Found", PAGE),
            ("https://gazette.example/note", "text/plain", "200 OK", "Oslo paid."),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address,
                "response",
                payload=io.BytesIO(body.encode()),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2024-05-06T07:08:09Z"},
            )
            writer.write_record(record)
            record.raw_stream.close()
    [page, note], problems = read(tmp_path / "crawl.warc.gz")

    assert problems == []
    assert {name: getattr(page, name) for name in METADATA} == METADATA
    assert page.metadata["crawled"] == "2024-05-06"
    assert (note.text, note.url) == ("Oslo paid.", "https://gazette.example/note")


# Archives


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members, mode="w"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            if isinstance(data, str):
                member.type, member.linkname = tarfile.SYMTYPE, data
                archive.addfile(member)
            else:
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


MEMBERS = {"b.txt": b"Rome sold.", "a/a.md": b"# Radar sale\n\nOslo paid.", ".hidden.txt": b"x"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped(MEMBERS)),
        ("x.tar", tarred(MEMBERS)),
        ("x.tar.gz", tarred(MEMBERS, "w:gz")),
        ("x.tgz", tarred(MEMBERS, "w:gz")),
        ("x.tar.bz2", tarred(MEMBERS, "w:bz2")),
        ("x.tar.xz", tarred(MEMBERS, "w:xz")),
        ("x.gz", gzip.compress(tarred(MEMBERS))),
    ],
)
def test_the_members_of_an_archive_are_documents(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    documents, problems = read(tmp_path / name)

    assert problems == []
    assert {d.path: d.text for d in documents} == {
        f"{name}/a/a.md": "# Radar sale\n\nOslo paid.",
        f"{name}/b.txt": "Rome sold.",
    }


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path, compress):
    suffix = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[compress]
    (tmp_path / f"x.jsonl.{suffix}").write_bytes(compress(b'{"text": "One."}\n{"text": "Two."}'))

    assert [d.text for d in read(tmp_path / f"x.jsonl.{suffix}")[0]] == ["One.", "Two."]


def test_archives_within_archives_are_read_to_a_depth(tmp_path):
    data = b"Oslo paid."
    for depth in range(4):
        name = "x.txt" if depth == 0 else "x.zip"
        data = zipped({name: data, f"note{depth}.txt": b"Rome sold."})
    (tmp_path / "x.zip").write_bytes(data)
    documents, reasons = read(tmp_path / "x.zip")

    assert len(documents) == 3
    assert reasons == ["lies in over 3 archives; unpack it first"]


def test_one_bad_member_does_not_stop_the_rest(tmp_path):
    members = {
        "a.pdf": b"%PDF-1.7 broken",
        "b.txt": b"Oslo paid.",
        "c.docx": b"PK\x03\x04",
        "d.bin": b"",
    }
    (tmp_path / "x.zip").write_bytes(zipped(members))
    documents, reasons = read(tmp_path / "x.zip")

    assert [d.text for d in documents] == ["Oslo paid."]
    assert len(reasons) == 3


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "..\\a.txt"])
def test_a_member_that_leaves_its_archive_is_refused(tmp_path, pack, name):
    path = tmp_path / ("x.zip" if pack is zipped else "x.tar")
    path.write_bytes(pack({name: b"Oslo paid.", "ok.txt": b"Rome sold."}))
    documents, reasons = read(path)

    assert [d.text for d in documents] == ["Rome sold."]
    assert reasons == ["leads out of its archive"]


def test_a_link_in_an_archive_is_refused(tmp_path):
    (tmp_path / "x.tar").write_bytes(tarred({"a.txt": "/etc/passwd", "b.txt": b"Oslo paid."}))
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    documents, reasons = read(tmp_path / "x.tar", tmp_path / "x.zip")

    assert [d.text for d in documents] == ["Oslo paid."]
    assert sorted(reasons) == [
        "is a link or device; archives may not hold any",
        "is a link; archives may not hold any",
    ]


ZEROS = b"0" * 60_000_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped({"a.txt": ZEROS})),
        ("x.tar.gz", tarred({"a.txt": ZEROS}, "w:gz")),
        ("x.txt.gz", gzip.compress(ZEROS)),
        ("x.docx", zipped({"word/document.xml": ZEROS})),
        ("x.odt", zipped({"META-INF/manifest.xml": b"<x/>", "content.xml": ZEROS})),
        ("x.epub", zipped({"META-INF/container.xml": ZEROS})),
    ],
)
def test_a_bomb_is_refused_before_it_unpacks(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    documents, [reason] = read(tmp_path / name)

    assert documents == []
    assert reason == "unpacks to over 150 times its size, as a zip bomb does"


def test_what_unpacks_to_more_than_allowed_in_all_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped(MEMBERS))
    (tmp_path / "x.tar.gz").write_bytes(tarred(MEMBERS, "w:gz"))
    limits = Limits(unpacked_bytes=20)

    assert read(tmp_path, limits=limits)[1] == ["unpacks to over 0.0 MB"] * 2


def test_a_member_over_the_limit_on_documents_is_refused(tmp_path):
    members = {"a.txt": b"Oslo paid for it.", "b.txt": b"Oslo."}
    (tmp_path / "x.zip").write_bytes(zipped(members))
    (tmp_path / "x.tar").write_bytes(tarred(members))
    documents, reasons = read(tmp_path, max_bytes=10)

    assert [d.text for d in documents] == ["Oslo.", "Oslo."]
    assert all("over the limit of 0.0 MB" in reason for reason in reasons)
    assert len(reasons) == 2


def truncated(write):
    def make(path):
        write(path)
        path.write_bytes(path.read_bytes()[:-200])

    return make


def odt(manifest=b"", content=b"<x/>"):
    return zipped({"META-INF/manifest.xml": manifest, "content.xml": content})


def as_bytes(data):
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.pdf", as_bytes(b"%PDF-1.7\nnothing"), "is a damaged PDF"),
        ("a.pdf", as_bytes(b""), "is a damaged PDF"),
        ("a.pdf", as_bytes(pdf()), "holds no text"),
        ("a.pdf", as_bytes(pdf(password="x")), "is encrypted"),
        ("a.docx", truncated(word_document), "is a damaged zip"),
        ("a.docx", as_bytes(zipped({"a.txt": b"x"})), "is a damaged Word document"),
        ("a.docx", as_bytes(b"\xd0\xcf\x11\xe0" + bytes(99)), "is encrypted or in an older format"),
        ("a.odt", as_bytes(zipped({"content.xml": b"<x/>"})), "is a damaged file"),
        ("a.odt", as_bytes(odt(manifest=b"<encryption-data/>")), "is encrypted"),
        ("a.odt", as_bytes(odt(content=b"<x>")), "is broken XML"),
        ("a.epub", as_bytes(zipped({"mimetype": b"x"})), "is a damaged file"),
        ("a.rtf", as_bytes(b"Oslo"), "is no RTF file"),
        ("a.eml", as_bytes(b""), "is no e-mail message"),
        ("a.json", as_bytes(b'{"text": '), "is broken JSON"),
        ("a.json", as_bytes(b"[" * 100_000), "is broken JSON"),
        ("a.json", as_bytes(b"[]"), "holds no records"),
        ("a.parquet", as_bytes(b"PAR1"), "is a damaged Parquet file"),
        ("a.xml", as_bytes(b"<rss><channel>"), "is broken XML"),
        ("a.xml", as_bytes(b"<svg/>"), "is no RSS or Atom feed, but <svg>"),
        ("a.html", as_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99)), "looks like a binary file"),
        ("a.zip", as_bytes(zipped(MEMBERS)[:-30]), "is a damaged zip archive"),
        ("a.zip", as_bytes(b"Oslo"), "is a damaged zip archive"),
        ("a.tar.gz", as_bytes(tarred(MEMBERS, "w:gz")[:-30]), "is a damaged compressed file"),
        ("a.gz", as_bytes(gzip.compress(b"Oslo paid.")[:-9]), "is a damaged compressed file"),
        ("a.warc", as_bytes(b"Oslo"), "is a damaged web archive"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_the_reason(tmp_path, name, make, reason):
    make(tmp_path / name)
    documents, [found] = read(tmp_path / name)

    assert documents == []
    assert found.startswith(reason)


# Which kind a file is


@pytest.mark.parametrize(
    ("name", "media_type", "data", "kind"),
    [
        ("a.PDF", "", b"", "PDF"),
        ("a.tar.gz", "", b"", "tar"),
        ("a.warc.gz", "", b"", "web archive"),
        ("a.csv.gz", "", b"", "compressed file"),
        ("stdin", "", b"%PDF-1.4", "PDF"),
        ("stdin", "", zipped({"word/document.xml": b"x"}), "Word document"),
        ("stdin", "", zipped({"a.txt": b"x"}), "zip"),
        ("stdin", "", b"\xef\xbb\xbf <!DOCTYPE html><p>", "web page"),
        ("stdin", "", b'{"text": "x"}', "JSON"),
        ("stdin", "", b"Oslo paid.", "plain text"),
        ("https://x.example/a.pdf", "text/html", b"<p>Oslo", "web page"),
        ("https://x.example/download", "application/pdf", b"", "PDF"),
        ("https://x.example/a.docx", "application/zip", b"PK\x03\x04", "Word document"),
        ("https://x.example/a.md", "text/plain", b"Oslo", "plain text"),
    ],
)
def test_a_kind_is_told_by_suffix_server_or_first_bytes(name, media_type, data, kind):
    blob = Blob.of_bytes(name, data, media_type=media_type)

    assert format_of(blob).name == kind


def test_standard_input_is_a_source(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(PAGE.encode())

    monkeypatch.setattr("sys.stdin", Stdin())

    assert read_one("-").title == "Radar sale"


def test_the_output_of_a_build_is_no_source(tmp_path):
    for folder in (tmp_path, tmp_path / "out"):
        folder.mkdir(exist_ok=True)
        for name in ("store.sqlite", "graph.html", "graph.json"):
            (folder / name).write_text("<p>Oslo")
    (tmp_path / "a.html").write_text("<p>Oslo paid.")
    (tmp_path / "out" / "b.html").write_text("<p>Oslo paid.")

    assert [d.path for d in read(tmp_path)[0]] == ["a.html"]


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 Oslo}")

    assert read(tmp_path / "a.rtf")[1] == ["needs an extra: pip install 'actorgraph[office]'"]


def test_nothing_heavy_is_imported_before_it_is_needed(tmp_path):
    script = (
        "import sys; from actorgraph.ingest import read_documents\n"
        f"assert list(read_documents({str(tmp_path / 'a.txt')!r}))\n"
        "heavy = {'trafilatura', 'pypdf', 'docx', 'lxml', 'py3langid', 'pyarrow', 'numpy', 'ssl'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    (tmp_path / "a.txt").write_text(" ".join(PARAGRAPHS))
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert result.stdout.strip() == "[]", result.stderr


def test_every_suffix_is_in_the_documentation():
    page = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")

    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in page] == []


# Languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPHS[0], "en"),
        ("Норвегия купила радар у Швеции и установила его на севере страны. " * 3, "ru"),
        ("Norwegen hat in Schweden ein Radar gekauft und im Norden aufgestellt. " * 3, "de"),
        ("La Norvège a acheté un radar à la Suède et l'a installé dans le nord. " * 3, "fr"),
        ("Noorwegen kocht een radar of twee van Zweden en zette die in het noorden. " * 3, "nl"),
        ("NATO IAMD", None),
        ("1234567890 " * 30, None),
    ],
)  # fmt: skip
def test_the_language_of_a_text_is_told(text, language):
    assert detect_language(text) == language


def test_documents_in_other_languages_are_counted_and_left_out():
    russian = "Норвегия купила радар у Швеции и установила его на севере страны. " * 3
    with Store(":memory:") as store, store.intake() as intake:
        reading = Reading(intake, Recipe())
        texts = (russian, russian + "Да.", PARAGRAPHS[0])
        reading.read(lambda **_: chain.from_iterable(map(read_documents_of, texts)), ["x"])

        assert reading.documents == 1
        assert reading.languages == {"ru": 2}
        assert [str(p) for p in reading.problems] == [
            "Cannot read 2 documents: no pipeline reads the language 'ru'"
        ]
        with pytest.raises(NothingToRead, match="no pipeline reads the language 'ru'"):
            Reading(intake, Recipe()).read(lambda **_: read_documents_of(russian), ["x"])


def read_documents_of(text):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(text, encoding="utf-8")
        yield from read_documents(folder)


def test_a_problem_is_raised_where_nobody_listens(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")

    with pytest.raises(UnreadableSource, match=r"a\.pdf: is a damaged PDF"):
        list(read_documents(tmp_path))


def test_reading_does_not_depend_on_the_order_of_sources(tmp_path):
    (tmp_path / "x.zip").write_bytes(zipped(MEMBERS))
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    write_table(tmp_path / "n.csv", RECORDS)
    sources = [tmp_path / "n.csv", tmp_path / "x.zip", tmp_path / "a.html"]

    assert read(*sources) == read(*reversed(sources)) == read(tmp_path)
