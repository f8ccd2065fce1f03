"""Who is to blame, drawn: how the loss falls as gold takes the place of one stage after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, TypeAlias

from voicedoc.evaluate.loop_scores import BLAME, DROP, LOSS, LOSSES, STAGES

Figures: TypeAlias = Sequence[dict[str, Any]]
"""As `scores.json` has them."""

_NOTE = (
    "Blue: the loss that goes away when gold takes the place of one stage after the other, in this order; the steps "
    "sum up to the whole. Yellow: Shapley values over all sets of stages, with 95 % intervals over questions; they sum "
    "up to the same, but gold hides what came before it, so that they share an early stage's loss with later ones. The "
    "voice's share includes the recogniser's errors on it."
)

_INTERVAL = "95 % interval"


def is_drawn(scorer: str) -> bool:
    """Whether a scorer's figures are in the waterfalls, and need no section of their own."""
    return scorer.split("-", maxsplit=1)[0] in (BLAME, DROP)


def waterfalls(figures: Figures, drawn: Callable[[Callable[[Any], None], float], str]) -> Iterator[str]:
    """A section for each kind of loss, with a drawing and a table for each slice; none where nobody is blamed.

    `drawn` makes an image out of what draws on axes, and a height in inches.
    """
    for what, unit in LOSSES.items():
        parts = dict.fromkeys(one["slice"] for one in figures if one["scorer"].startswith(f"{DROP}-{what}-"))
        if parts:
            yield f"<h2>Who loses {escape(unit)}</h2>"
            yield f'<p class="note">{escape(_NOTE)}</p>'
        for part in parts:
            own = {one["scorer"]: one for one in figures if one["slice"] == part}
            if f"{LOSS}-{what}" in own:
                yield _waterfall(part, what, own, drawn)


def _waterfall(
    part: str, what: str, own: dict[str, dict[str, Any]], drawn: Callable[[Callable[[Any], None], float], str]
) -> str:
    loss = own[f"{LOSS}-{what}"]
    steps = [
        (who, own.get(f"{DROP}-{what}-{stage}"), own.get(f"{BLAME}-{what}-{stage}")) for stage, who in STAGES.items()
    ]
    there = [(who, drop, blamed) for who, drop, blamed in steps if drop is not None]

    def draw(axes: Any) -> None:
        axes.barh(0, loss["value"], color="#555555")
        left = loss["value"]
        for place, (_, drop, blamed) in enumerate(there, start=1):
            axes.barh(place - 0.2, -drop["value"], left=left, height=0.4, color="#2f6f8f")
            left -= drop["value"]
            if blamed is not None:
                axes.barh(place + 0.2, blamed["value"], height=0.4, color="#d9a441", **_error(blamed))
        axes.axvline(0.0, color="#444444", linewidth=0.8)
        axes.set_yticks(range(len(there) + 1), ["everything real", *(who for who, _, _ in there)])
        axes.invert_yaxis()
        axes.set_xlabel(f"points of loss ({what})")

    lines = [("everything real", loss, None), *there]
    rows = "".join(_row(*line) for line in lines)
    head = "".join(f"<th>{name}</th>" for name in ("stage", *("in order", _INTERVAL), *("Shapley", _INTERVAL), "items"))
    return f"<h3>{escape(part)}</h3>\n{drawn(draw, 1.0 + 0.5 * len(lines))}\n<table><tr>{head}</tr>{rows}</table>"


def _row(who: str, drop: dict[str, Any], blamed: dict[str, Any] | None) -> str:
    cells = [f"{drop['value']:.1f}", _interval(drop)]
    cells += [f"{blamed['value']:.1f}", _interval(blamed)] if blamed is not None else ["–", "–"]
    cells.append(str(drop["n"]))
    return f"<tr><td>{escape(who)}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _interval(figure: dict[str, Any]) -> str:
    return "–" if figure["low"] is None else f"{figure['low']:.1f} to {figure['high']:.1f}"


def _error(figure: dict[str, Any]) -> dict[str, Any]:
    """The interval as error bars; nothing where there is none."""
    if figure["low"] is None:
        return {}
    reach = [[max(0.0, figure["value"] - figure["low"])], [max(0.0, figure["high"] - figure["value"])]]
    return {"xerr": reach, "ecolor": "#444444", "capsize": 3}
