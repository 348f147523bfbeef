"""The safe fetcher: whatever is fetched from a URL that somebody else chose goes through here.

async with Fetcher(settings.fetch_allow) as fetcher:
    answer = await fetcher.get(url, limit=CARD_LIMIT, timeout=10)
"""

from agentia_fabric.fetch.dialler import Resolver
from agentia_fabric.fetch.exchange import Fetched
from agentia_fabric.fetch.fetcher import CARD_LIMIT, Fetcher

__all__ = ["CARD_LIMIT", "Fetched", "Fetcher", "Resolver"]
