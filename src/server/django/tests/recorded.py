"""A trace, as a test asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass
class Recorded:
    file: dict[str, Any]

    def named(self, name: str) -> list[dict[str, Any]]:
        return [event for event in self.file["traceEvents"] if event["name"] == name and event["ph"] != "e"]

    def args(self, name: str) -> list[dict[str, Any]]:
        return [event["args"] for event in self.named(name)]

    def ended(self, begin: dict[str, Any]) -> dict[str, Any]:
        """The end of an asynchronous event."""
        return next(
            event
            for event in self.file["traceEvents"]
            if event["ph"] == "e" and event["id"] == begin["id"] and event["name"] == begin["name"]
        )

    def blocks(self, kind: str) -> list[dict[str, Any]]:
        """On a busy machine there are some of kind ``unknown``, in which the loop waits for a processor."""
        return [event for event in self.named("inpact.loopBlocked") if event["args"]["kind"] == kind]

    def longest_block(self, kind: str) -> dict[str, Any]:
        return max(self.blocks(kind), key=lambda event: int(event["dur"]))

    def longest_block_by(self, function: str) -> dict[str, Any]:
        """On a busy machine any other may take long, too."""
        blocks = [event for event in self.blocks("python") if event["args"]["by"] == function]
        return max(blocks, key=lambda event: int(event["dur"]))

    def length_ms(self, begin: dict[str, Any]) -> float:
        return float(self.ended(begin)["ts"] - begin["ts"]) / 1_000


def lines(stack: list[dict[str, Any]]) -> list[str]:
    """The source text at each place of a stack."""
    texts = []
    for place in stack:
        with open(place["url"], encoding="utf-8") as file:  # noqa: PTH123
            texts.append(file.readlines()[place["line"] - 1].strip())
    return texts
