"""What the server adds to Streamlit's own answers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from literasi.asgi import HEADERS, OtherAddresses, OwnIndex, SecurityHeaders

PAGE = b'<!DOCTYPE html><html lang="en"><head><script>x</script></head></html>'


def answer(app, *, kind=b"text/html; charset=utf-8", body=PAGE, query=b"", path="/"):
    """Send one request through a middleware to a server that answers in two pieces."""
    seen, sent = {}, []

    async def inner(scope, _receive, send):
        seen.update(scope)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": body[:20], "more_body": True})
        await send({"type": "http.response.body", "body": body[20:], "more_body": False})

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "path": path, "query_string": query, "headers": [(b"accept-encoding", b"gzip")]}
    # In a thread of its own: a browser test before it in the same process leaves its event loop running.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(inner)(scope, receive, send)).result()
    return seen, sent


@pytest.mark.parametrize(
    ("query", "language"), [(b"", b"id"), (b"wilayah=21.71&bahasa=en", b"en"), (b"bahasa=xx", b"id")]
)
def test_the_page_names_its_language_and_its_server(query, language):
    seen, sent = answer(OwnIndex, query=query)
    page = b"".join(message.get("body", b"") for message in sent)
    assert b'<html lang="' + language + b'">' in page
    assert page.index(b"BACKEND_BASE_URL") < page.index(b"<script>x")
    assert dict(sent[0]["headers"])[b"content-length"] == str(len(page)).encode()
    assert not seen["headers"], "a page that comes compressed cannot be completed"


def test_what_is_no_page_passes_as_it_is():
    _, sent = answer(OwnIndex, kind=b"application/json", body=b'{"a": "<script>", "b": 1, "c": 2}')
    assert b"".join(m.get("body", b"") for m in sent) == b'{"a": "<script>", "b": 1, "c": 2}'


def test_every_answer_carries_the_policy():
    _, sent = answer(SecurityHeaders)
    assert set(HEADERS) <= set(sent[0]["headers"])
    policy = dict(HEADERS)[b"content-security-policy"]
    assert b"default-src 'self'" in policy
    assert b"http" not in policy


@pytest.mark.parametrize(
    ("path", "query", "where"),
    [
        ("/angka/L16-7K3Q9F", b"", b"/angka?kode=L16-7K3Q9F"),
        ("/angka/L16-7K3Q9F", b"bahasa=en", b"/angka?kode=L16-7K3Q9F&bahasa=en"),
        ("/ringkasan", b"", b"/"),
        ("/ringkasan", b"wilayah=21.71", b"/?wilayah=21.71"),
    ],
)
def test_an_address_that_people_write_leads_to_its_page(path, query, where):
    seen, (start, _) = answer(OtherAddresses, path=path, query=query)
    assert seen == {}
    assert start["status"] == 307
    assert dict(start["headers"])[b"location"] == where


@pytest.mark.parametrize(
    "path",
    [
        "/angka",
        "/angka/",
        "/angka/static/js/x.js",
        "/angka/_stcore/health",
        "/peta",
        "/ringkasan/x",
        "/x/angka/L1-A",
    ],
)
def test_other_addresses_are_left_alone(path):
    seen, _ = answer(OtherAddresses, path=path)
    assert seen["path"] == path
