"""What of Markdown can be read aloud: its running text, without code, tables, headings and marks."""

from __future__ import annotations

import re

_BLOCKS = re.compile(
    r"""
    \A---\n.*?\n---\n                                   # front matter
    | ^[ \t]*(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)
    | <!--.*?-->
    | <(?P<tag>script|style|svg|pre)\b.*?(?:</(?P=tag)>|\Z)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s.*)?$|^[^\n]+\n {0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_TABLE_ROW = re.compile(
    r"^[ \t]*\|.*$|^[^\n|]*\|[^\n|]*\|[^\n]*$|^[ \t]*:?-{3,}:?[ \t]*(?:\|.*)?$", re.MULTILINE
)
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*\n?)+")
_DEFINED = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+`[^\n]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_TAG = re.compile(r"</?[a-z][^<>\n]*>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_WEAK = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*])")


def running_text(text: str) -> str:
    """The paragraphs and list items of a text as plain words; code, tables and headings end a paragraph."""
    plain = text.replace("\r\n", "\n")
    for block in (_BLOCKS, _HEADING, _TABLE_ROW, _INDENTED, _DEFINED):
        plain = block.sub("\n", plain)
    plain = _LINK.sub(r"\1", _IMAGE.sub("", plain))
    plain = _WEAK.sub(r"\2", _STRONG.sub(r"\2", _TAG.sub("", plain)))
    return plain.replace("`", "")
