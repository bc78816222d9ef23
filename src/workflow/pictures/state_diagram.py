"""The stages of a plan and what moves a case between them: Mermaid, Graphviz DOT, and SVG.

The Mermaid text is written by `transitions` itself, the DOT text from the table that a case runs
on, read from the plan's `transitions` machine. Events that leave a case where it is are not drawn:
they would hide the others.
"""

from __future__ import annotations

import re
import shutil
import subprocess

from workflow.cases.lifecycle import lifecycle_of
from workflow.errors import MissingProgramError, WorkflowError
from workflow.pictures.palette import diagram_style
from workflow.pictures.svg import Theme, words
from workflow.plans.model import Plan
from workflow.plans.stages import StageKind
from workflow.plans.text import Language, Text

_SECONDS = 60
_ANYWHERE = "*"
_FROM_ANYWHERE = Text("any open stage", "任一未办结阶段")
_ROOT = re.compile(r'<svg width="(\d+)pt" height="(\d+)pt"\s+viewBox="([^"]*)"[^>]*>')
_NOISE = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def state_diagram(plan: Plan, lang: Language = "en") -> str:
    """The state diagram of a plan, as Mermaid text.

    Paste it into any page that renders Mermaid. Stages and events stand under their ids, the
    plan under its title in `lang`.

    Args:
        plan: The plan.
        lang: The language of the title.
    """
    from transitions.extensions import GraphMachine

    class Drawn:
        """A model for the machine to draw."""

    drawn = Drawn()
    GraphMachine(
        model=drawn,
        states=[stage.id for stage in plan.stages],
        initial=plan.stages[0].id,
        transitions=[
            {"trigger": move.event, "source": source, "dest": move.target}
            for move in plan.transitions
            for source in move.sources
        ],
        auto_transitions=False,
        graph_engine="mermaid",
        title=plan.title.words(lang) or plan.name,
    )
    # The machine pastes this method on the model when it runs.
    source: str = drawn.get_graph().source  # type: ignore[attr-defined]
    return source


def state_dot(plan: Plan, lang: Language = "en") -> str:
    """The state diagram of a plan, as Graphviz DOT text.

    One arrow joins two stages, with every event that leads from the one to the other. What closes
    a case from every open stage is drawn once, from a box of its own. The first stage has a bold
    edge, a closed one a double edge, a way back is dashed.

    Args:
        plan: The plan.
        lang: The language of titles.
    """
    events = {it.id: it.title.words(lang) or it.id for it in plan.events}
    first = plan.stages[0].id
    lines = [
        f"digraph {_quoted(plan.name)} {{",
        "  rankdir=TB; bgcolor=transparent; nodesep=0.4; ranksep=0.45;",
        (
            '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif", '
            'fontsize=13, margin="0.2,0.1"];'
        ),
        '  edge [fontname="sans-serif", fontsize=11, arrowsize=0.7];',
    ]
    for stage in plan.stages:
        closed = ", peripheries=2" if stage.kind is StageKind.CLOSED else ""
        bold = ", penwidth=2" if stage.id == first else ""
        title = _quoted(stage.title.words(lang) or stage.id)
        lines.append(f"  {_quoted(stage.id)} [label={title}{bold}{closed}];")
    arrows = _arrows(plan)
    if any(source == _ANYWHERE for source, _, _ in arrows):
        label = _quoted(_FROM_ANYWHERE.words(lang))
        lines.append(f'  {_quoted(_ANYWHERE)} [label={label}, style="rounded,dashed"];')
    for (source, target, back), names in arrows.items():
        label = _quoted("\n".join(events.get(name, name) for name in names))
        dashed = ", style=dashed" if back else ""
        lines.append(f"  {_quoted(source)} -> {_quoted(target)} [label={label}{dashed}];")
    return "\n".join([*lines, "}", ""])


def _arrows(plan: Plan) -> dict[tuple[str, str, bool], list[str]]:
    """The events of each arrow: from where, to where, and whether it leads back."""
    table = lifecycle_of(plan)
    open_stages = [it.id for it in plan.stages if it.id not in table.closed]
    sources: dict[tuple[str, str], list[str]] = {}
    for source, moves in table.moves.items():
        for event, move in moves.items():
            if not move.stays:
                sources.setdefault((event, move.stage), []).append(source)
    found: dict[tuple[str, str, bool], list[str]] = {}
    for (event, target), places in sources.items():
        if target in table.closed and len(places) > 2 and set(places) >= set(open_stages):
            found.setdefault((_ANYWHERE, target, False), []).append(event)
            continue
        for source in places:
            back = table.moves[source][event].back
            found.setdefault((source, target, back), []).append(event)
    return found


def state_svg(plan: Plan, lang: Language = "en", theme: Theme = "auto") -> str:
    """The state diagram of a plan, as a standalone SVG drawn by Graphviz.

    Args:
        plan: The plan.
        lang: The language of titles.
        theme: Its colours: as the reader's system asks, or always light or dark.

    Raises:
        MissingProgramError: Graphviz's `dot` is not installed.
        WorkflowError: `dot` failed, or took longer than a minute.
    """
    dot = shutil.which("dot")
    if dot is None:
        raise MissingProgramError(
            "dot",
            "Install Graphviz: apt install graphviz, brew install graphviz, or "
            "https://graphviz.org/download. Without it take state_dot() or state_diagram().",
        )
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            [dot, "-Tsvg"],
            input=state_dot(plan, lang).encode(),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except subprocess.SubprocessError as error:
        raise WorkflowError("Graphviz could not draw the plan.", place=plan.name) from error
    drawn = _NOISE.sub("", done.stdout.decode())
    drawn = drawn[drawn.index("<svg") :]
    title = words(plan.title.words(lang) or plan.name)
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        rf'class="wf-states wf-states-{theme}" lang="{lang}" xml:lang="{lang}" role="img" '
        r'width="\1pt" height="\2pt" viewBox="\3">'
    )
    # Not every program that draws SVG knows the background of its style.
    told = (
        f"<title>{title}</title><style>{diagram_style(theme)}</style>"
        '<rect class="wf-paper" width="100%" height="100%"/>'
    )
    return _ROOT.sub(lambda found: found.expand(root) + told, drawn, count=1)


def _quoted(said: str) -> str:
    """A DOT string: quotes and backslashes escaped, a line break as DOT writes it."""
    safe = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'
