"""Queries and messages without the values in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_LENGTH = 2_000
"""Longer queries say nothing more of what they ask."""

LINE_COMMENT = r"--[^\n]*"
NAME = r"\"(?:[^\"]|\"\")*(?:\"|$)"
BACKTICKS = r"`[^`]*(?:`|$)"
# A backslash escapes in MySQL's strings, and in those that PostgreSQL writes as E'…'. Elsewhere it is a character as
# any other: to take it for an escape would show what follows the string.
PLAIN_STRING = r"(?:\b[xXbBnN])?'(?:[^']|'')*(?:'|$)"
ESCAPING_STRING = r"\b[eE]'(?:[^'\\]|''|\\.)*(?:'|$)"
DOLLAR_STRING = r"(?<![\w$])\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|$)"
MYSQL_STRING = r"(?:\b[xXbBnN])?'(?:[^'\\]|''|\\.)*(?:'|$)|\"(?:[^\"\\]|\"\"|\\.)*(?:\"|$)"


def _tokens(*, comment: str, name: str, literal: str) -> re.Pattern[str]:
    """What is read as a whole, so that no part of one is taken for another."""
    return re.compile(f"(?P<comment>{comment})|(?P<block>/\\*)|(?P<name>{name})|{literal}", re.DOTALL)


PLAIN_TOKENS = _tokens(
    comment=LINE_COMMENT,
    name=f"{NAME}|{BACKTICKS}",
    literal=f"{ESCAPING_STRING}|{PLAIN_STRING}|{DOLLAR_STRING}",
)
# What is in double quotes is a string unless MySQL was set up otherwise. `--` begins a comment before a blank only.
MYSQL_TOKENS = _tokens(comment=r"#[^\n]*|--(?=\s|$)[^\n]*", name=BACKTICKS, literal=MYSQL_STRING)
BLOCK_EDGE = re.compile(r"/\*|\*/")
NUMBERS = re.compile(
    r"(?<![\w$.\"`])-?(?:0[xob][\da-f_]+|(?:\d[\d_]*(?:\.[\d_]+)?|\.\d[\d_]*)(?:e[+-]?[\d_]+)?)\b", re.IGNORECASE
)


def redact_sql(sql: str, vendor: str = "") -> str:
    """Whatever is written as a literal is a ``?``. What a query selects may be secret; how it does so is not."""
    bounded = sql if len(sql) <= MAX_LENGTH else f"{sql[:MAX_LENGTH]}…"
    return " ".join("".join(_without_literals(bounded, vendor)).split())


def _without_literals(sql: str, vendor: str) -> Iterator[str]:
    tokens = MYSQL_TOKENS if vendor == "mysql" else PLAIN_TOKENS
    at = 0
    while token := tokens.search(sql, at):
        yield NUMBERS.sub("?", sql[at : token.start()])
        at = token.end()
        match token.lastgroup:
            case "name":
                yield token[0]
            case "comment":
                yield " "
            case "block":
                at = _end_of_block(sql, at, nests=vendor == "postgresql")
                yield " "
            case _:
                yield "?"
    yield NUMBERS.sub("?", sql[at:])


def _end_of_block(sql: str, at: int, *, nests: bool) -> int:
    """Where a comment ends that has begun right before."""
    depth = 1
    for edge in BLOCK_EDGE.finditer(sql, at):
        if edge[0] == "*/":
            depth -= 1
        elif nests:
            depth += 1
        if depth == 0:
            return edge.end()
    return len(sql)


# Python's own, and Django's: they name types and never values.
WITHOUT_VALUES = re.compile(
    r"(?:object \w+ can't be used in 'await' expression"
    r"|'?\w+'? object (?:can't be awaited|is not (?:an? )?(?:async )?\w+)"
    r"|You cannot call this from an async context - use a thread or sync_to_async\.)",
)
# An apostrophe follows a letter and begins no quotation; a quotation mark before a letter ends none. One that is never
# closed goes on to the end.
SINGLE = r"(?<!\w)[bru]{0,2}'(?:\\.|[^\\])*?(?:'(?!\w)|\\?\Z)"
DOUBLE = r"\"(?:\\.|[^\\])*?(?:\"(?!\w)|\\?\Z)"
# PostgreSQL tells the row that was refused.
DETAIL = r"(?<=DETAIL:).*"
ADDRESS = r"(?<!\S)\S+@\S+"
VALUES = re.compile(f"{SINGLE}|{DOUBLE}|{DETAIL}|{ADDRESS}|\\d+", re.DOTALL | re.IGNORECASE)


def redact_message(message: str) -> str:
    """An exception's message without what is known for a value, unless it is one that names none."""
    if WITHOUT_VALUES.fullmatch(message):
        return message
    return VALUES.sub("?", message[:MAX_LENGTH])
