"""Print what each attack was expected to get and what it got: python tests/adversarial/table.py."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tabulate import tabulate

from gradekit.engine.local import one_judge
from gradekit.plugins import load_plugins
from gradekit.report.table import named, points
from gradekit.text import cut

sys.path.insert(0, str(Path(__file__).parent))
from arena import ATTACKS, FILES, Attack, arena, grade, names


def main() -> None:
    """Grade the attacks whose names contain what the command line says, or all."""
    wanted = sys.argv[1:] or [""]
    plugins = load_plugins()
    rows = []
    with ExitStack() as stack:
        place = stack.enter_context(arena())
        judges = {
            lab: stack.enter_context(one_judge(plugins.labs[lab], 0, "strict")) for lab in FILES
        }
        honest = {}
        for lab, file in FILES.items():
            for kind in ("right", "wrong"):
                source = (ATTACKS / "baselines" / f"{kind}_{lab}.py").read_text("utf-8")
                honest[lab, kind] = judges[lab].grade(kind, {file: source}).score
        for attack in names():
            if not any(text in attack.name for text in wanted):
                continue
            start = time.perf_counter()
            verdict = grade(judges[attack.lab], place, attack)
            seconds = time.perf_counter() - start
            reached = [line for line in verdict.printed.splitlines() if "REACHED" in line]
            harm = place.harm() + reached
            base = honest[attack.lab, attack.underlying]
            rows.append(_row(attack, base, verdict.status, verdict.score, seconds, harm))
            note = named(verdict) if verdict.status != "void" else cut(verdict.reason, 200)
            print(*rows[-1], cut(note, 120), sep="  ", file=sys.stderr, flush=True)
    headers = ["attack", "kind", "code", "honest", "seen", "s", "reached"]
    print(tabulate(rows, headers=headers, disable_numparse=True))


def _row(
    attack: Attack, base: float, status: str, score: float, seconds: float, harm: list[str]
) -> list[str]:
    seen = points(score) if status == "graded" else status
    what = "; ".join(cut(text, 80) for text in harm) or "nothing"
    return [
        attack.name,
        attack.kind,
        attack.underlying,
        points(base),
        seen,
        f"{seconds:.1f}",
        what,
    ]


if __name__ == "__main__":
    main()
