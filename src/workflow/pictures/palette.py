"""Colours, letters and patterns of the pictures.

The colours are those of Okabe and Ito, which people with any kind of colour blindness tell apart;
for a dark ground they are lightened. Whatever a colour says, a shape or a pattern says too: late
is hatched, paused is dotted, each state has a sign of its own.
Source: M. Okabe, K. Ito, "Color Universal Design", 2008.
"""

from __future__ import annotations

from collections.abc import Mapping

FONT = (
    "system-ui,-apple-system,'Segoe UI','Noto Sans','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif"
)

_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "soft": "#57606a",
    "line": "#d0d7de",
    "grid": "#eaeef2",
    "band": "#eef2f6",
    "band2": "#dde5ee",
    "running": "#0072b2",
    "met": "#00805c",
    "late": "#d55e00",
    "aim": "#b07700",
    "paused": "#6e7781",
    "withdrawn": "#8c959f",
    "notice": "#a8487f",
}
_DARK = {
    "paper": "#0f141a",
    "ink": "#e8edf2",
    "soft": "#a3adb8",
    "line": "#3a444f",
    "grid": "#1f272f",
    "band": "#1c2530",
    "band2": "#2a3644",
    "running": "#56b4e9",
    "met": "#2fc79d",
    "late": "#ff8b47",
    "aim": "#f0b93a",
    "paused": "#9aa5b1",
    "withdrawn": "#7d8792",
    "notice": "#e39cc4",
}
STATES = ("running", "met", "late", "aim", "paused", "withdrawn", "notice")


def style(theme: str) -> str:
    """The style sheet of a picture: light, dark, or as the reader's system asks.

    It reaches only pictures of the same theme, so that a light and a dark one may share a page.
    """
    if theme != "auto":
        found = _letters() + _colours(_DARK if theme == "dark" else _LIGHT)
    else:
        dark = _colours(_DARK)
        found = f"{_letters()}{_colours(_LIGHT)}@media (prefers-color-scheme:dark){{{dark}}}"
    return found.replace(".wf ", f".wf-{theme} ")


def diagram_style(theme: str) -> str:
    """The style sheet of a state diagram drawn by Graphviz."""

    def colours(of: Mapping[str, str]) -> str:
        return (
            f".wf-states{{background:{of['paper']};max-width:100%;height:auto}}"
            f".wf-states .wf-paper{{fill:{of['paper']}}}"
            f".wf-states text{{fill:{of['ink']};font-family:{FONT}}}"
            f".wf-states .node path{{stroke:{of['running']}}}"
            f".wf-states .node path[fill=white]{{fill:{of['band']}}}"
            f".wf-states .edge path{{stroke:{of['soft']}}}.wf-states .edge polygon"
            f"{{fill:{of['soft']};stroke:{of['soft']}}}.wf-states .edge text{{fill:{of['soft']}}}"
        )

    if theme != "auto":
        found = colours(_DARK if theme == "dark" else _LIGHT)
    else:
        found = f"{colours(_LIGHT)}@media (prefers-color-scheme:dark){{{colours(_DARK)}}}"
    return found.replace(".wf-states", f".wf-states-{theme}")


def patterns(mark: str) -> str:
    """The patterns: hatching for what is late, dots for what is paused."""
    hatched = (
        f'<pattern id="{mark}-late" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="wf-p-late" width="6" height="6"/>'
        '<rect class="wf-p-paper" width="2" height="6"/></pattern>'
    )
    dotted = (
        f'<pattern id="{mark}-paused" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect class="wf-p-paper" width="5" height="5"/>'
        '<circle class="wf-p-paused" cx="2.5" cy="2.5" r="1.2"/></pattern>'
    )
    return hatched + dotted


def _letters() -> str:
    rules = {
        "text": f"font-family:{FONT};font-size:12px",
        ".wf-head": "font-size:18px;font-weight:600",
        ".wf-name": "font-size:13px",
        ".wf-small": "font-size:11px",
        ".wf-bold": "font-weight:600",
        ".wf-sign": "fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round",
        ".wf-track": "fill-opacity:.16;stroke-width:1",
        ".wf-open": "fill-opacity:.1;stroke-width:1;stroke-dasharray:3 3",
        ".wf-due": "stroke-width:2.5",
        ".wf-target": "stroke-width:2",
        ".wf-now": "stroke-width:1.5;stroke-dasharray:5 3",
        ".wf-dashed": "stroke-dasharray:2 2",
        ".wf-fold": "stroke-width:1;stroke-dasharray:1 3;fill:none",
    }
    fits = ".wf{max-width:100%;height:auto}"
    return fits + "".join(f".wf {name}{{{rule}}}" for name, rule in rules.items())


def _colours(of: Mapping[str, str]) -> str:
    rules = [
        f".wf text{{fill:{of['ink']}}}",
        f".wf .wf-soft{{fill:{of['soft']}}}",
        f".wf .wf-paper{{fill:{of['paper']};stroke:{of['line']}}}",
        f".wf .wf-grid{{stroke:{of['grid']}}}",
        f".wf .wf-line{{stroke:{of['line']}}}",
        f".wf .wf-fold{{stroke:{of['soft']}}}",
        f".wf .wf-now{{stroke:{of['ink']}}}",
        f".wf .wf-event{{stroke:{of['soft']}}}",
        f".wf .wf-band{{fill:{of['band']};stroke:{of['line']}}}",
        f".wf .wf-band2{{fill:{of['band2']};stroke:{of['line']}}}",
        f".wf .wf-ground{{fill:{of['grid']};fill-opacity:.55}}",
        f".wf .wf-p-paper{{fill:{of['paper']}}}",
        f".wf .wf-due{{stroke:{of['ink']}}}",
        f".wf .wf-target{{stroke:{of['aim']}}}",
    ]
    for name in STATES:
        rules.append(f".wf .wf-{name}{{fill:{of[name]};stroke:{of[name]}}}")
        rules.append(f".wf text.wf-t-{name}{{fill:{of[name]};stroke:none}}")
        rules.append(f".wf .wf-p-{name}{{fill:{of[name]}}}")
        rules.append(f".wf .wf-s-{name}{{stroke:{of[name]};fill:none}}")
    return "".join(rules)
