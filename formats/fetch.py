"""Addresses become blobs, politely: a request a second and host, and none that robots.txt forbids.

Only http and https are spoken, and only with hosts on the public internet unless the caller allows
others: a list of addresses may come from a stranger, and the network behind it is not his. The
address is checked on the connection itself, so that neither a name nor a redirection leads around
it; proxies are therefore not used. Answers are kept, so that a second build asks nobody.

Robots exclusion protocol: https://www.rfc-editor.org/rfc/rfc9309
"""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import os
import ssl
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)
from urllib.robotparser import RobotFileParser

from ..errors import UnreadableSource
from .blobs import Blob, too_large

USER_AGENT = "actorgraph"
_ROBOTS_BYTES = 500_000
"""RFC 9309 asks for at least so much of a robots.txt."""
_LONGEST_DELAY = 60.0
_MOVED = (301, 302, 303, 307, 308)
_MAX_REDIRECTIONS = 5
_PIECE = 65_536


class _Answer(NamedTuple):
    url: str
    media_type: str
    data: bytes


class _NotPublic(OSError):
    """The host is not on the public internet."""


class Fetcher:
    """Downloads documents, and keeps them.

    Args:
        cache: Folder that keeps what was downloaded; nothing is downloaded twice. To download
            anew, delete it. Without one nothing is kept.
        allow_private: Also speak with this machine and its local network.
        delay: Seconds between two requests to one host; a robots.txt may ask for more.
        timeout: Seconds to wait for a host.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        allow_private: bool = False,
        delay: float = 1.0,
        timeout: float = 20.0,
    ) -> None:
        self._cache = cache
        self._delay = delay
        self._timeout = timeout
        self._opener = _opener(allow_private)
        self._robots: dict[str, RobotFileParser] = {}
        self._next_request: dict[str, float] = {}

    def fetch(self, address: str, max_bytes: int) -> Blob:
        """Download one address, or take it from the cache.

        Raises:
            UnreadableSource: The host refuses, is silent or is not public, robots.txt forbids it,
                or it is too large.
        """
        answer = self._kept(address)
        if answer is None:
            answer = self._download(address, max_bytes)
            self._keep(address, answer)
        blob = Blob.of_bytes(address, answer.data, media_type=answer.media_type)
        return Blob(blob.name, blob.open, blob.size, blob.media_type, {"url": answer.url})

    def _download(self, address: str, max_bytes: int) -> _Answer:
        target = address
        try:
            for _ in range(_MAX_REDIRECTIONS):
                try:
                    return self._ask(target, max_bytes)
                except HTTPError as error:
                    error.close()
                    moved = error.headers.get("Location")
                    if error.code not in _MOVED or not moved:
                        reason = f"the server answers {error.code} {error.reason}".rstrip()
                        raise UnreadableSource(address, reason) from error
                    target = urljoin(target, moved)
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise UnreadableSource(address, _reason(error)) from error
        raise UnreadableSource(address, "the server redirects without end")

    def _ask(self, address: str, max_bytes: int) -> _Answer:
        host = _host(address)
        robots = self._robots_of(host)
        if not robots.can_fetch(USER_AGENT, address):
            raise UnreadableSource(address, "robots.txt of the site does not allow it")
        asked = robots.crawl_delay(USER_AGENT)
        delay = max(self._delay, min(float(asked or 0), _LONGEST_DELAY))
        return self._request(address, host, delay, max_bytes)

    def _robots_of(self, host: str) -> RobotFileParser:
        """The rules of a host; none where it has none, everything forbidden where it fails."""
        if host not in self._robots:
            robots = RobotFileParser()
            try:
                answer = self._request(f"{host}/robots.txt", host, self._delay, _ROBOTS_BYTES)
                robots.parse(answer.data.decode("utf-8", "replace").splitlines())
            except HTTPError as error:
                error.close()
                robots.parse(["User-agent: *", "Disallow: /"] if error.code >= 500 else [])
            except UnreadableSource:  # too long to be meant seriously
                robots.parse([])
            self._robots[host] = robots
        return self._robots[host]

    def _request(self, address: str, host: str, delay: float, max_bytes: int) -> _Answer:
        now = time.monotonic()
        wait = self._next_request.get(host, now) - now
        if wait > 0:
            time.sleep(wait)
        self._next_request[host] = max(now, now + wait) + delay
        request = Request(address, headers={"User-Agent": USER_AGENT})  # noqa: S310 (`_host`)
        with self._opener.open(request, timeout=self._timeout) as response:
            data = bytearray()
            deadline = time.monotonic() + 10 * self._timeout
            while piece := response.read(_PIECE):
                data += piece
                if len(data) > max_bytes:
                    raise too_large(address, max_bytes)
                if time.monotonic() > deadline:
                    raise TimeoutError("timed out")
            return _Answer(address, response.headers.get_content_type(), bytes(data))

    def _kept(self, address: str) -> _Answer | None:
        if self._cache is None:
            return None
        place = self._cache / _key(address)
        try:
            told: Mapping[str, str] = json.loads(place.with_suffix(".json").read_text("utf-8"))
            return _Answer(told["url"], told["media_type"], place.read_bytes())
        except (OSError, ValueError, KeyError):
            return None

    def _keep(self, address: str, answer: _Answer) -> None:
        """Write the content first: what has its JSON beside it is whole."""
        if self._cache is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        place = self._cache / _key(address)
        told = {"address": address, "url": answer.url, "media_type": answer.media_type}
        for path, data in (
            (place, answer.data),
            (place.with_suffix(".json"), json.dumps(told, indent=1).encode()),
        ):
            part = path.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(data)
            part.replace(path)


def _key(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]


def _host(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is no http or https address")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _reason(error: BaseException) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, _NotPublic):
        return "is not on the public internet; allow private addresses if that is meant"
    if isinstance(cause, TimeoutError):
        return "the server does not answer in time"
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__).lower()


class _Http(http.client.HTTPConnection):
    """A connection that is given up before anything is asked, if its other end is not public."""

    def connect(self) -> None:
        super().connect()
        _check_public(self)


class _Https(http.client.HTTPSConnection):
    """The same, encrypted."""

    def connect(self) -> None:
        super().connect()
        _check_public(self)


def _check_public(connection: http.client.HTTPConnection) -> None:
    peer = ipaddress.ip_address(connection.sock.getpeername()[0].partition("%")[0])
    mapped = getattr(peer, "ipv4_mapped", None)
    if not (mapped or peer).is_global or peer.is_multicast:
        connection.close()
        raise _NotPublic(str(peer))


class _PublicHttp(HTTPHandler):
    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_Http, req)


class _PublicHttps(HTTPSHandler):
    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_Https, req, context=ssl.create_default_context())


class _NoRedirects(HTTPRedirectHandler):
    """Leaves them to the fetcher: the next host has rules of its own."""

    def redirect_request(self, *_: object) -> None:
        return None


def _opener(allow_private: bool) -> OpenerDirector:
    public = [] if allow_private else [_PublicHttp(), _PublicHttps()]
    return build_opener(ProxyHandler({}), _NoRedirects(), *public)
