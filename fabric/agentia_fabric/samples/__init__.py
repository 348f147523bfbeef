"""A small folder of invented data, served when no other is given.

Quillmere Tea does not exist. In 2025 its region North sold most, by units and by revenue.
"""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Where the sample files lie: CSV, SQLite and Parquet tables, and documents of several kinds."""
    return Path(__file__).parent / "files"
