"""Addresses are downloaded only when asked for, politely, once, and not from the inner network."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from actorgraph.formats.fetch import Fetcher
from actorgraph.ingest import read_documents

TEXT = "Turkey took delivery of the S-400, and the alliance met in Brussels to talk about it."
PAGE = f"<html lang='en'><head><title>Radar sale</title></head><body><p>{TEXT}</p></body></html>"


class Site:
    """A server on this machine that answers what it is told to, and notes what it was asked."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, time.monotonic(), self.headers["User-Agent"]))
                status, headers, body = site.answers.get(self.path, (404, {}, b"no"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path, body=PAGE, status=200, media_type="text/html; charset=utf-8", **headers):
        headers = {"Content-Type": media_type, **headers}
        self.answers[path] = status, headers, body if isinstance(body, bytes) else body.encode()
        return self.url + path

    @property
    def paths(self):
        return [path for path, *_ in self.asked]


@pytest.fixture
def site():
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


@pytest.fixture
def fetcher(tmp_path):
    return Fetcher(tmp_path / "fetched", allow_private=True, delay=0, timeout=2)


def read(*sources, fetcher=None, **how):
    problems = []
    found = read_documents(sources, on_problem=problems.append, fetcher=fetcher, **how)
    return list(found), [problem.reason for problem in problems]


def test_nothing_is_downloaded_unless_asked_for(site):
    documents, [reason] = read(site.page("/a"))

    assert (documents, site.asked) == ([], [])
    assert reason.startswith("is an address; nothing is downloaded unless asked for")


def test_a_page_is_downloaded_and_read(site, fetcher):
    address = site.page("/radar")
    [document], problems = read(address, fetcher=fetcher)

    assert problems == []
    assert (document.title, document.url, document.path) == ("Radar sale", address, address)
    assert TEXT in document.text
    assert site.paths == ["/robots.txt", "/radar"]
    assert {agent for *_, agent in site.asked} == {"actorgraph"}


def test_the_kind_is_what_the_server_says_or_what_it_is(site, fetcher):
    addresses = [
        site.page("/a.pdf", PAGE),
        site.page("/b", f"# Radar sale\n\n{TEXT}", media_type="text/plain"),
        site.page("/c", '{"text": "Oslo paid."}', media_type="application/json"),
    ]

    texts = [document.text for document in read(*addresses, fetcher=fetcher)[0]]
    assert texts == [f"# Radar sale\n\n{TEXT}", f"# Radar sale\n\n{TEXT}", "Oslo paid."]


def test_a_file_of_addresses_is_a_list_of_sources(site, fetcher, tmp_path):
    lines = ["# what to read", site.page("/b"), "", site.page("/a"), site.page("/b")]
    (tmp_path / "list.txt").write_text("\n".join(lines))
    documents, problems = read(tmp_path / "list.txt", fetcher=fetcher)

    assert [document.path for document in documents] == [f"{site.url}/a", f"{site.url}/b"]
    assert problems == []


def test_a_text_that_begins_with_an_address_is_a_text(tmp_path):
    (tmp_path / "note.txt").write_text(f"https://gazette.example/radar\n\n{TEXT}")

    assert [document.url for document in read(tmp_path)[0]] == ["https://gazette.example/radar"]


def test_nothing_is_downloaded_twice(site, fetcher, tmp_path):
    address = site.page("/a")
    first = read(address, fetcher=fetcher)
    asked = len(site.asked)
    again = Fetcher(tmp_path / "fetched")

    assert read(address, fetcher=again) == first
    assert len(site.asked) == asked


def test_a_host_is_asked_no_faster_than_the_delay(site):
    addresses = [site.page("/a"), site.page("/b")]
    read(*addresses, fetcher=Fetcher(allow_private=True, delay=0.3))
    times = [when for _, when, _ in site.asked]

    assert len(times) == 3
    assert min(b - a for a, b in pairwise(times)) >= 0.28


def test_a_robots_txt_may_ask_for_a_longer_delay(site):
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 1\nAllow: /", media_type="text/plain")
    read(site.page("/a"), site.page("/b"), fetcher=Fetcher(allow_private=True, delay=0))
    times = {path: when for path, when, _ in site.asked}

    assert times["/b"] - times["/a"] >= 0.9


@pytest.mark.parametrize(
    ("robots", "status", "is_read"),
    [
        ("User-agent: *\nDisallow: /a", 200, False),
        ("User-agent: actorgraph\nDisallow: /", 200, False),
        ("User-agent: other\nDisallow: /", 200, True),
        ("User-agent: *\nDisallow: /b", 200, True),
        ("", 404, True),
        ("", 403, True),
        ("", 503, False),
    ],
)
def test_robots_txt_is_obeyed(site, fetcher, robots, status, is_read):
    site.page("/robots.txt", robots, status, media_type="text/plain")
    documents, reasons = read(site.page("/a"), fetcher=fetcher)

    assert bool(documents) is is_read
    assert ("/a" in site.paths) is is_read
    if not is_read:
        assert reasons == ["robots.txt of the site does not allow it"]


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:{port}/a",
        "http://127.0.0.1:{port}/a",
        "http://0.0.0.0:{port}/a",
        "http://2130706433:{port}/a",
    ],
)
def test_the_inner_network_is_out_of_bounds(site, address):
    site.page("/a")
    documents, [reason] = read(address.format(port=site.server.server_port), fetcher=Fetcher())

    assert (documents, site.asked) == ([], [])
    assert "not on the public internet" in reason


def test_a_redirection_is_followed_by_the_rules_of_the_next_host(site, fetcher):
    other = site.url.replace("127.0.0.1", "localhost")
    site.page("/b")
    address = site.page("/a", status=301, Location=f"{other}/b")
    [document], _ = read(address, fetcher=fetcher)

    assert document.url == f"{other}/b"
    assert site.paths == ["/robots.txt", "/a", "/robots.txt", "/b"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", "the server redirects without end"),
        ("file:///etc/hostname", "is no http or https address"),
        ("ftp://127.0.0.1/a", "is no http or https address"),
    ],
)
def test_a_redirection_leads_nowhere_else(site, fetcher, location, reason):
    address = site.page("/a", status=302, Location=location)

    assert read(address, fetcher=fetcher) == ([], [reason])


def test_what_is_too_large_is_given_up(site, fetcher, tmp_path):
    address = site.page("/a", b"Oslo paid. " * 100_000, media_type="text/plain")
    documents, [reason] = read(address, fetcher=fetcher, max_bytes=1_000)

    assert documents == []
    assert "over the limit of 0.0 MB" in reason
    assert list(tmp_path.glob("fetched/*")) == []


def test_a_host_that_fails_is_named_and_the_rest_goes_on(site, fetcher):
    documents, reasons = read(
        site.page("/a"), f"{site.url}/gone", "http://127.0.0.1:1/x", "https://", fetcher=fetcher
    )

    assert len(documents) == 1
    assert "the server answers 404 Not Found" in reasons
    assert "connection refused" in reasons
    assert "is no http or https address" in reasons


def test_a_host_that_is_silent_is_given_up():
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        fetcher = Fetcher(allow_private=True, delay=0, timeout=0.2)

        assert read(address, fetcher=fetcher) == ([], ["the server does not answer in time"])


def test_a_cache_that_was_cut_off_is_no_cache(site, fetcher, tmp_path):
    address = site.page("/a")
    first = read(address, fetcher=fetcher)
    [note] = tmp_path.glob("fetched/*.json")
    note.write_text("{")

    assert read(address, fetcher=fetcher) == first
    assert site.paths.count("/a") == 2
