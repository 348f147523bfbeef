"""PDF: the text of each page, with the page on which each line stands. Scanned pages have none."""

from __future__ import annotations

import io
import logging
import time

from agentia_documents.extract import Extract
from agentia_documents.readers.plain import lines_of
from agentia_fabric.toolserver.errors import Unreadable

PAGES = 2_000
SECONDS = 30.0

logging.getLogger("pypdf").setLevel(logging.ERROR)  # one warning per odd object otherwise


def read(data: bytes, name: str) -> Extract:
    """Read a PDF; its title is that of its metadata.

    Raises:
        Unreadable: it is broken, locked by a password, without text, or takes longer than 30 s.
    """
    from pypdf import PdfReader  # 6 MB and 0.3 s that only a folder with a PDF pays
    from pypdf.errors import PyPdfError

    lines: list[str] = []
    starts: list[int] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("is locked by a password")
        if len(reader.pages) > PAGES:
            raise Unreadable(f"has more than {PAGES} pages")
        deadline = time.monotonic() + SECONDS
        for page in reader.pages:
            starts.append(len(lines) + 1)
            lines += [line.strip() for line in lines_of(page.extract_text())]
            if time.monotonic() > deadline:
                raise Unreadable(f"takes longer than {SECONDS:.0f} s to read")
        title = (reader.metadata.title if reader.metadata else None) or name
    except Unreadable:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as error:
        # pypdf lets all of these out when a file is broken in the right way.
        raise Unreadable(f"is a broken PDF ({type(error).__name__})") from None
    if not any(lines):
        raise Unreadable("has no text: its pages are pictures")
    return Extract(str(title).strip() or name, tuple(lines), pages=tuple(starts))
