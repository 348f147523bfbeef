"""Which names agents may have, and where they come from."""

import pytest

from agentia_registry.errors import RequestInvalid
from agentia_registry.names import foreign_identifier, is_web, name_of, parsed


@pytest.mark.parametrize(
    ("title", "name"),
    [("Route Planner (beta)", "route-planner-beta"), ("Café  Guide!", "cafe-guide"), ("x" * 99, "x" * 63)],
)
def test_a_name_is_made_from_the_cards_name(title: str, name: str):
    assert name_of(title) == name


@pytest.mark.parametrize("title", ["", "东京", "Registry", "---"])
def test_where_no_name_can_be_made_the_caller_has_to_give_one(title: str):
    with pytest.raises(RequestInvalid):
        name_of(title)


def test_an_identifier_may_have_a_long_namespace():
    assert parsed("urn:air:example.com:eu:sales:analyst") == ("example.com", "analyst")


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://Agents.Example.:8443/x", "urn:air:agents.example:agents:a"),
        ("http://[::1]:9/", "urn:air:1:agents:a"),
    ],
)
def test_a_foreign_agents_publisher_is_its_host(url: str, identifier: str):
    assert foreign_identifier(url, "a") == identifier
    parsed(identifier)


@pytest.mark.parametrize(
    "url", ["ftp://a/", "http://", "//a/", "http://u:p@a/", "http://a:x/", "http://[a/", "a"]
)
def test_only_plain_web_urls_are_addresses(url: str):
    assert not is_web(url)
