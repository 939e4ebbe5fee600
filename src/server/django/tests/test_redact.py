"""What a query selects is not shown; how it does so is."""

import pytest

from inpact_django.redact import redact_message, redact_sql


@pytest.mark.parametrize(
    ("sql", "redacted"),
    [
        ("SELECT a FROM t WHERE id = %s LIMIT 21", "SELECT a FROM t WHERE id = %s LIMIT ?"),
        ("SELECT 'it''s', \"t\".\"id2\" FROM t", 'SELECT ?, "t"."id2" FROM t'),
        ("SELECT $1, x'ff', -1.5e3 -- of Ada", "SELECT $1, ?, ?"),
        ("SELECT $tag$ secret $tag$ /* why */ , 1", "SELECT ? , ?"),
        ("SELECT 'cut off", "SELECT ?"),
        ("SELECT 1E5, 1e-5, t1e5", "SELECT ?, ?, t1e5"),
        ("SELECT 0xFF, 0b101, 1_000_000, .5, -.5e3, a.b1", "SELECT ?, ?, ?, ?, ?, a.b1"),
        # In standard SQL a backslash is a character as any other.
        (r"SELECT 'a\', secret, 'b'", "SELECT ?, secret, ?"),
        (r"SELECT 'a\' || 'secret'", "SELECT ? || ?"),
        (r"SELECT E'it\'s secret', 1", "SELECT ?, ?"),
        ("SELECT 'https://a--b', 2", "SELECT ?, ?"),
        ("""SELECT "it's", 'secret' FROM "t--2" WHERE a = 'secret'""", """SELECT "it's", ? FROM "t--2" WHERE a = ?"""),
        ("SELECT a -- it's\nFROM t WHERE b = 'secret'", "SELECT a FROM t WHERE b = ?"),
        ("SELECT /* it's /* nested */ secret */ a, 'secret'", "SELECT a, ?"),
        ("SELECT a /* never closed /* */ secret", "SELECT a"),
        ("SELECT a #>> '{secret}' FROM t", "SELECT a #>> ? FROM t"),
        ("SELECT $$ it's\nsecret $$, 1", "SELECT ?, ?"),
        ("SELECT E'it\\\n''s secret', 1", "SELECT ?, ?"),
    ],
)
def test_literals_are_replaced(sql: str, redacted: str) -> None:
    assert redact_sql(sql, "postgresql") == redacted


def test_mysql_writes_strings_in_double_quotes_and_escapes_with_backslashes() -> None:
    sql = r"""SELECT "secret", 'it\'s secret', `id2` FROM t"""
    assert redact_sql(sql, "mysql") == "SELECT ?, ?, `id2` FROM t"


@pytest.mark.parametrize(
    ("sql", "redacted"),
    [
        ("SELECT a # it's secret\nFROM t WHERE b = 'secret'", "SELECT a FROM t WHERE b = ?"),
        ("SELECT a -- it's secret\nFROM t WHERE b = 'secret'", "SELECT a FROM t WHERE b = ?"),
        # No comment without a blank: it takes a negative away.
        ("SELECT 5--'1\nsecret', b", "SELECT ?--?, b"),
        ("SELECT /* a /* b */ a, 'secret' /* c */", "SELECT a, ?"),
        ("SELECT `it's`, 'secret'", "SELECT `it's`, ?"),
    ],
)
def test_mysql_has_comments_of_its_own(sql: str, redacted: str) -> None:
    assert redact_sql(sql, "mysql") == redacted


def test_comments_nest_in_postgresql_only() -> None:
    assert redact_sql("SELECT /* a /* b */ a", "sqlite") == "SELECT a"


def test_a_long_query_is_cut() -> None:
    assert len(redact_sql("SELECT " + "a, " * 5_000)) < 2_100


@pytest.mark.parametrize(
    "message",
    [
        "object QuerySet can't be used in 'await' expression",
        "'QuerySet' object can't be awaited",
        "You cannot call this from an async context - use a thread or sync_to_async.",
    ],
)
def test_messages_that_name_types_only_stay(message: str) -> None:
    assert redact_message(message) == message


@pytest.mark.parametrize(
    ("message", "redacted"),
    [
        ("Field 'id' expected a number but got 'secret 7'.", "Field ? expected a number but got ?."),
        ("Can't find the user 'Ada Secret'", "Can't find the user ?"),
        ("'QuerySet' object can't be awaited by 'Ada'", "? object can't be awaited by ?"),
        ("no user 'O'Secret' here", "no user ? here"),
        ('no user "O"Secret" here', "no user ? here"),
        (r"got b'it\'s secret', not a number", "got ?, not a number"),
        ("key='secret'", "key=?"),
        ("never closed: 'secret", "never closed: ?"),
        ('never closed: "secret\\', "never closed: ?"),
        ("two lines: 'a\nsecret'", "two lines: ?"),
        ("no card of ada@secret.org, sorry", "no card of ? sorry"),
        (
            'duplicate key value violates "user_name_key"\nDETAIL:  Key (name)=(secret) already exists.\n',
            "duplicate key value violates ?\nDETAIL:?",
        ),
    ],
)
def test_other_messages_lose_what_is_known_for_a_value(message: str, redacted: str) -> None:
    assert redact_message(message) == redacted


def test_a_long_message_is_cut() -> None:
    assert len(redact_message("a" * 5_000)) == 2_000
