"""The one list of commands.

nox -s tests, lint, types, docs, corpus, styles, labs, attacks, kills, fuzz, bench.
"""

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.default_venv_backend = "venv"

LABS = (
    "linear_regression",
    "softmax_regression",
    "cnn_numpy",
    "gru_lyrics",
    "attention_reversal",
    "bert_self_attention",
)


def install(session: nox.Session, extras: str) -> None:
    session.install("-c", "constraints.txt", "-e", f".[{extras}]")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the default tests."""
    install(session, "test")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Grade the corpus of submissions written from the labs' texts alone, and other slow tests."""
    install(session, "test")
    session.run("python", "-m", "pytest", "-m", "slow", "tests/labs", *session.posargs)


@nox.session
def styles(session: nox.Session) -> None:
    """Rewrite right submissions in 200 other styles per lab; none may lose a point."""
    install(session, "test")
    session.run("python", "-m", "pytest", "-m", "slow", "tests/style", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install("-c", "constraints.txt", "ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    install(session, "dev")
    session.run("mypy")


@nox.session
def labs(session: nox.Session) -> None:
    """Lint every bundled lab: reference, mistakes, empty answers, template, mutants."""
    install(session, "lint")
    for name in session.posargs or LABS:
        session.run("gradekit", "lint", name)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the labs' pages from the labs, and build the documentation; warnings are errors."""
    install(session, "test")
    session.run("gradekit", "labs", "--pages", "docs/labs")
    session.install("-c", "constraints.txt", "mkdocs-material", "mkdocstrings[python]")
    session.run("mkdocs", "build", "--strict", "--site-dir", session.create_tmp())


@nox.session
def bench(session: nox.Session) -> None:
    """Measure gradekit beside other graders and a bare fork, throughput, and each lab's seconds."""
    install(session, "test")
    session.install("-c", "constraints.txt", "gradescope-utils", "otter-grader[grading]")
    session.run("python", "tests/bench/per_submission.py", *session.posargs)
    session.run("python", "tests/bench/throughput.py")
    session.run("python", "tests/bench/seconds.py")


@nox.session
def attacks(session: nox.Session) -> None:
    """Grade every hostile submission and print what it was to get and what it got."""
    install(session, "test")
    session.run("python", "tests/adversarial/table.py", *session.posargs)


@nox.session
def kills(session: nox.Session) -> None:
    """Kill a batch at fifty moments, and before each thing that it writes."""
    install(session, "test")
    session.run("python", "-m", "pytest", "-m", "slow", "tests/store", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Drive the judge's decoder with a million hostile inputs, and with atheris's."""
    install(session, "test")
    session.run("python", "tests/wire/fuzz.py", "--inputs", "1000000", *session.posargs)
    session.install("-c", "constraints.txt", "atheris")
    session.run("python", "tests/wire/fuzz.py", "--inputs", "1000000", "--engine", "atheris")
