"""Right submissions written in other styles keep all their points, in every lab with samples."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradekit.cli.common import reader
from gradekit.engine.local import default_jobs, grade_batch
from gradekit.judge.verdict import Verdict
from gradekit.lab import Lab
from gradekit.plugins import Plugins, load_plugins
from gradekit.submissions.find import find_batches
from gradekit.submissions.found import Found

from .restyle import restyled

ROOT = Path(__file__).parents[2]
SAMPLES = (ROOT / "submissions", ROOT / "tests" / "corpus")
COUNT = int(os.environ.get("GRADEKIT_VARIANTS", "200"))  # per lab
SEED = 20240607


@dataclass(frozen=True)
class Variant:
    """A right submission rewritten by some styles."""

    found: Found
    base: str
    styles: tuple[str, ...]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give one test per bundled lab that has right submissions."""
    labs = [name for name in load_plugins().labs if list(expectations(name))]
    metafunc.parametrize("lab", labs)


def expectations(lab: str) -> Iterator[Path]:
    """Yield the files that say which samples of a lab are right."""
    for folder in SAMPLES:
        path = folder / lab / "expected.json"
        if path.exists():
            yield path


def right_sources(plugins: Plugins, lab: Lab) -> dict[str, str]:
    """Return the texts of the right .py submissions of a lab by name."""
    sources: dict[str, str] = {}
    for path in expectations(lab.name):
        entries = json.loads(path.read_text("utf-8"))
        [(_, found)] = find_batches(path.parent, plugins.labs, lab, reader(plugins))
        for item in found:
            entry = entries.get(item.student, {})
            full = not entry.get("mistakes") and entry.get("score") == lab.max_score
            if (entry.get("right") or full) and is_plain(path.parent, item, lab):
                sources[item.student] = item.sources[lab.files[0]]
    return sources


def is_plain(folder: Path, item: Found, lab: Lab) -> bool:
    """Tell whether a submission is a .py file, or a folder that holds one."""
    path = folder / item.place
    return path.suffix == ".py" or (path / lab.files[0]).exists()


def variants_of(sources: dict[str, str], lab: Lab) -> Iterator[Variant]:
    """Yield the variants of a lab's right submissions, the same ones in every run."""
    rng = random.Random(SEED)
    names = sorted(sources)
    for number in range(COUNT):
        base = names[number % len(names)]
        text, styles = restyled(sources[base], rng, count=rng.randint(3, 8))
        student = f"{base}__{number}"
        yield Variant(Found(student, student, {lab.files[0]: text}), base, styles)


def losses(verdict: Verdict, with_review: bool) -> list[str]:
    """Return what a verdict holds against a submission."""
    found = [f"{d.part}: {d.points:g} points, {d.mistake}: {d.reason}" for d in verdict.deductions]
    if verdict.status != "graded" or verdict.score != verdict.max_score:
        score = f"{verdict.score:g} of {verdict.max_score:g}"
        found.append(f"{verdict.status} {score} {verdict.reason}".rstrip())
    return found + [f"review: {text}" for text in verdict.review if with_review]


@pytest.mark.slow
def test_variants_of_right_submissions_keep_all_points(plugins: Plugins, lab: str) -> None:
    """No style costs points; a review mark stands only where the original has one as well."""
    definition = plugins.labs[lab]
    sources = right_sources(plugins, definition)
    bases = [Found(name, name, {definition.files[0]: text}) for name, text in sources.items()]
    variants = list(variants_of(sources, definition))
    assert sum(bool(v.styles) for v in variants) > 0.9 * COUNT, "the styles find no sites"
    found = [*bases, *(v.found for v in variants)]
    verdicts = grade_batch(
        definition, found, jobs=default_jobs(), seed=0, done=lambda verdict: None
    )
    judged = {verdict.student: verdict for verdict in verdicts}
    wrong = [(base, losses(judged[base], with_review=False)) for base in sources]
    for variant in variants:
        name = f"{variant.found.student} (from {variant.base} by {', '.join(variant.styles)})"
        reviewed = bool(judged[variant.base].review)
        wrong.append((name, losses(judged[variant.found.student], with_review=not reviewed)))
    failed = [f"{name}\n  " + "\n  ".join(found) for name, found in wrong if found]
    assert not failed, "\n" + "\n".join(failed)
