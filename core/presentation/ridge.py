"""The ridge line, our one motif: layered ridges as decoration, and progress as a ridge filled up to today.

Everything is drawn from a few peaks and a fixed roughness, so that the same input always gives the same line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Point = tuple[float, float]

_GOLDEN = 0.6180339887


@dataclass(frozen=True)
class Layer:
    """One ridge of a view: its depth (1 is the farthest) and its closed path."""

    depth: int
    path: str


def roughen(points: Sequence[Point], *, depth: int, rough: float, start: int = 1) -> list[Point]:
    """Break every slope in two ``depth`` times, each break off the line by a part of its length."""
    line, step = list(points), start
    for _ in range(depth):
        broken = [line[0]]
        for (x1, y1), (x2, y2) in pairwise(line):
            offset = (step * _GOLDEN) % 1 - 0.5
            step += 1
            middle = x1 + (x2 - x1) * (0.5 + offset * 0.35)
            share = (middle - x1) / (x2 - x1)
            broken += [(middle, y1 + (y2 - y1) * share + offset * rough * abs(x2 - x1)), (x2, y2)]
        line = broken
    return line


def closed_path(points: Iterable[Point], floor: float) -> str:
    """The line as an SVG path, closed along the floor."""
    line = list(points)
    drawn = "L".join(f"{_short(x)} {_short(y)}" for x, y in line)
    return f"M{drawn}V{_short(floor)}H{_short(line[0][0])}Z"


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


# Peaks of the four ridges of the hero, from the far one to the near one, on a field of 1440 by 320.
_HERO: tuple[tuple[Point, ...], ...] = (
    ((0, 176), (180, 92), (300, 140), (520, 24), (720, 128), (900, 84), (1080, 150), (1250, 62), (1440, 130)),
    ((0, 232), (220, 128), (400, 206), (640, 92), (860, 210), (1060, 116), (1240, 176), (1440, 104)),
    ((0, 262), (260, 186), (480, 250), (740, 156), (980, 256), (1200, 176), (1440, 242)),
    ((0, 306), (340, 262), (640, 298), (1000, 238), (1220, 286), (1440, 252)),
)
# A low range for quiet places: footers, empty pages, letterheads, on a field of 1440 by 120.
_LOW: tuple[tuple[Point, ...], ...] = (
    ((0, 78), (190, 40), (330, 70), (560, 18), (780, 66), (960, 34), (1180, 74), (1330, 44), (1440, 66)),
    ((0, 104), (260, 66), (470, 100), (760, 56), (1010, 102), (1240, 72), (1440, 98)),
)


def hero_layers() -> list[Layer]:
    """Four ridges, the farthest first, on a field of 1440 by 320."""
    return _layers(_HERO, floor=320, rough=0.17)


def low_layers() -> list[Layer]:
    """Two quiet ridges on a field of 1440 by 120."""
    return _layers(_LOW, floor=120, rough=0.12)


def _layers(ranges: Sequence[Sequence[Point]], *, floor: float, rough: float) -> list[Layer]:
    return [
        Layer(depth, closed_path(roughen(peaks, depth=2, rough=rough, start=depth * 7), floor))
        for depth, peaks in enumerate(ranges, start=1)
    ]


@dataclass(frozen=True)
class ProgressStep:
    """One step of a way: its words and whether it is behind, under way or ahead."""

    label: str
    detail: str
    state: str  # "done" | "current" | "todo"
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """A climb drawn on a field of ``width`` by ``height``, filled from the left up to ``reached``."""

    steps: tuple[ProgressStep, ...]
    width: float
    height: float
    path: str
    reached: float
    level: float

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)


_STEP_WIDTH = 120.0
_FIELD_HEIGHT = 150.0


def progress(steps: Iterable[Any], *, share: float = 0.0) -> Progress:
    """The climb of these steps; ``share`` says how much of the current one is behind.

    A step is a mapping or an object with ``label``, ``detail``, ``state`` and perhaps ``url``.
    """
    made = tuple(_step(step) for step in steps)
    count = max(len(made), 1)
    width = count * _STEP_WIDTH
    points: list[Point] = [(0.0, _FIELD_HEIGHT * 0.88)]
    for index in range(count):
        rise = 0.86 - 0.70 * (index + 1) / count
        start = index * _STEP_WIDTH
        points.append((start + _STEP_WIDTH * 0.56, _FIELD_HEIGHT * rise))
        points.append((start + _STEP_WIDTH, _FIELD_HEIGHT * (rise + 0.085)))
    line = roughen(points, depth=2, rough=0.07, start=3)
    behind = sum(step.state == "done" for step in made)
    under_way = any(step.state == "current" for step in made)
    reached = min((behind + (share if under_way else 0.0)) * _STEP_WIDTH, width)
    return Progress(
        steps=made,
        width=width,
        height=_FIELD_HEIGHT,
        path=closed_path(line, _FIELD_HEIGHT),
        reached=round(reached, 1),
        level=round(level_at(line, reached), 1),
    )


def level_at(line: Sequence[Point], x: float) -> float:
    """How high the line runs at ``x``."""
    for (x1, y1), (x2, y2) in pairwise(line):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return line[-1][1]


def _step(step: Any) -> ProgressStep:
    if isinstance(step, ProgressStep):
        return step
    read = step.get if isinstance(step, dict) else lambda name, default: getattr(step, name, default)
    return ProgressStep(
        label=str(read("label", "")),
        detail=str(read("detail", "") or ""),
        state=str(read("state", "todo")),
        url=str(read("url", "") or ""),
    )
