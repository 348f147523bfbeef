import pytest

from agentia_fabric.errors import FetchRefused
from agentia_fabric.fetch.target import target

REFUSED = {
    "another scheme": "ftp://agent.example/",
    "a file": "file:///etc/passwd",
    "no scheme": "//agent.example/",
    "no host": "https:///card",
    "nothing": "",
    "a user": "https://user@agent.example/",
    "a password": "https://user:pw@agent.example/",
    "a user that looks like a host": "https://agent.example@127.0.0.1/",
    "a backslash": "https://agent.example\\@127.0.0.1/",
    "decimal": "https://2130706433/",
    "octal": "https://0177.0.0.1/",
    "hexadecimal": "https://0x7f000001/",
    "hexadecimal parts": "https://0x7f.0.0.1/",
    "short form": "https://127.1/",
    "too many parts": "https://127.0.0.0.1/",
    "a number after a name": "https://agent.1/",
    "a trailing dot": "https://localhost./",
    "a dotted quad with a trailing dot": "https://127.0.0.1./",
    "an encoded dot": "https://127%2e0%2e0%2e1/",
    "a null": "https://agent.example%00.evil/",
    "full-width digits": "https://１２７.０.０.１/",
    "enclosed letters": "https://ⓛocalhost/",
    "a zone": "https://[fe80::1%25eth0]/",
    "a space before": " https://agent.example/",
    "a line break": "https://agent.example/\r\nHost: evil",
    "a line break in the host": "https://agent\n.example/",
    "a well-known port": "https://agent.example:22/",
    "port zero": "https://agent.example:0/",
    "a port too high": "https://agent.example:65536/",
    "too long": "https://agent.example/" + "x" * 3000,
    "an empty label": "https://agent..example/",
    "half an IPv6 address": "https://[::1/",
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED.keys())
def test_a_url_that_could_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        target(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://Agent.Example/card?x=1#part", "agent.example", 443),
        ("http://agent.example", "agent.example", 80),
        ("https://agent.example:8443/", "agent.example", 8443),
        ("https://bücher.example/", "xn--bcher-kva.example", 443),
        ("https://127.0.0.1/", "127.0.0.1", 443),
        ("https://[::1]:9000/", "::1", 9000),
        ("https://my_agent.example/", "my_agent.example", 443),
        ("https://1password.example/", "1password.example", 443),
    ],
)
def test_an_ordinary_url_leads_where_it_says(url: str, host: str, port: int) -> None:
    found = target(url)
    assert (found.host, found.port) == (host, port)
    assert found.url.fragment == ""


def test_a_relative_url_is_read_from_where_it_stood() -> None:
    base = target("https://agent.example/a/b").url
    assert str(target("../c?d", base).url) == "https://agent.example/c?d"
    assert target("//other.example/", base).host == "other.example"
