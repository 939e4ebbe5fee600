"""Whose code it is, and where it runs."""

import sys
import threading

import pytest

from inpact_django.call_stack import MOST_FRAMES, asked_by, call_stack, is_own, own_places, places_of_error

from .recorded import lines


@pytest.mark.parametrize(
    "file",
    [
        "<frozen importlib._bootstrap>",
        "/elsewhere/lib/python3.12/site-packages/package/module.py",
        "/usr/lib/python3/dist-packages/package/module.py",
        threading.__file__,
    ],
)
def test_a_library_is_not_the_projects_own_wherever_it_lies(file: str) -> None:
    assert not is_own(file)
    assert is_own("/srv/shop/views.py")


def fail(calls_left: int) -> None:
    if calls_left > 0:
        fail(calls_left - 1)  # calls itself
    raise ValueError  # raised here


def test_an_error_is_told_from_where_it_was_raised_to_where_it_was_caught() -> None:
    try:
        fail(1)  # tried here
    except ValueError as error:
        texts = lines([place.to_json() for place in places_of_error(error.__traceback__)])
    assert texts == ["raise ValueError  # raised here", "fail(calls_left - 1)  # calls itself", "fail(1)  # tried here"]


def test_a_deep_stack_is_told_from_within_as_far_as_it_goes() -> None:
    def places(calls_left: int) -> list[tuple[object, ...]]:
        if calls_left > 0:
            return places(calls_left - 1)
        return [own_places(sys._getframe()), call_stack()]

    assert [len(found) for found in places(MOST_FRAMES)] == [MOST_FRAMES, MOST_FRAMES]
    with pytest.raises(ValueError) as raised:
        fail(MOST_FRAMES)
    found = places_of_error(raised.value.__traceback__)
    assert len(found) == MOST_FRAMES
    assert lines([found[0].to_json()]) == ["raise ValueError  # raised here"]


def test_who_asked_for_work_is_told_while_it_is_done_and_no_longer() -> None:
    [asker, *_] = own_places(sys._getframe())
    before = call_stack()
    with asked_by((asker,)):
        assert call_stack()[-1] is asker
    assert len(call_stack()) == len(before)
