"""A small Django project, on a database of its own."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

FOLDER = tempfile.TemporaryDirectory(prefix="inpact-django-")

settings.configure(
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="for tests only",
    INSTALLED_APPS=["tests.shop"],
    DATABASES={
        # A file, since a database in memory would be another one in each thread.
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(FOLDER.name, "shop.sqlite"))}
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    MIDDLEWARE=["inpact_django.middleware.InpactMiddleware"],
    ROOT_URLCONF="tests.shop.urls",
    INPACT={"ENABLED": True},
)
django.setup()
# Views that throw are part of the tests.
logging.getLogger("django.request").setLevel(logging.CRITICAL)


@pytest.fixture(scope="session", autouse=True)
def _shop() -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415

    from tests.shop.models import Thing  # noqa: PLC0415

    with connection.schema_editor() as editor:
        editor.create_model(Thing)
    Thing.objects.bulk_create(Thing(name=f"thing {number}") for number in range(500))
    yield
    connection.close()
    FOLDER.cleanup()


@pytest.fixture(autouse=True)
def _own_agent() -> Iterator[None]:
    """Each test begins without an agent, and leaves none behind."""
    from inpact_django.agent import stop_agent  # noqa: PLC0415

    stop_agent()
    yield
    stop_agent()
