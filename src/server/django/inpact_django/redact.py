"""Queries and messages without the values in them."""

from __future__ import annotations

import re

MAX_LENGTH = 2_000
"""Longer queries say nothing more of what they ask."""

COMMENTS = re.compile(r"--[^\n]*|/\*.*?(?:\*/|$)", re.DOTALL)
# A backslash escapes in MySQL's strings, and in those that PostgreSQL writes as E'…'. Elsewhere it is a character as
# any other: to take it for an escape would show what follows the string.
PLAIN_STRINGS = re.compile(
    r"\b[eE]'(?:[^'\\]|''|\\.)*(?:'|$)|(?:\b[xXbBnN])?'(?:[^']|'')*(?:'|$)|\$(\w*)\$.*?(?:\$\1\$|$)",
    re.DOTALL,
)
MYSQL_STRINGS = re.compile(r"(?:\b[xXbBnN])?'(?:[^'\\]|''|\\.)*(?:'|$)|\"(?:[^\"\\]|\"\"|\\.)*(?:\"|$)", re.DOTALL)
NUMBERS = re.compile(r"(?<![\w$.\"`])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\b", re.IGNORECASE)


def redact_sql(sql: str, vendor: str = "") -> str:
    """Whatever is written as a literal is a ``?``. What a query selects may be secret; how it does so is not."""
    bounded = sql if len(sql) <= MAX_LENGTH else f"{sql[:MAX_LENGTH]}…"
    strings = MYSQL_STRINGS if vendor == "mysql" else PLAIN_STRINGS
    # Strings first: what looks like a comment may be in one.
    text = strings.sub("?", bounded)
    text = COMMENTS.sub(" ", text)
    text = NUMBERS.sub("?", text)
    return " ".join(text.split())


# Python's own, and Django's: they name types and never values.
WITHOUT_VALUES = re.compile(
    r"(?:object \w+ can't be used in 'await' expression"
    r"|'?\w+'? object (?:can't be awaited|is not (?:an? )?(?:async )?\w+)"
    r"|You cannot call this from an async context - use a thread or sync_to_async\.)",
)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")


def redact_message(message: str) -> str:
    """An exception's message without what it quotes, unless it is one that quotes no values."""
    if WITHOUT_VALUES.fullmatch(message):
        return message
    return QUOTED.sub("?", message[:MAX_LENGTH])
