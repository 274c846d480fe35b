"""Three families of errors that are never mixed, and the usage error of the command line.

Who must act decides the family: the student (`SubmissionError`), the lab's author
(`LabError`) or us (`JudgeError`). Only the first may cost points.
"""

__all__ = ["GradekitError", "JudgeError", "LabError", "SubmissionError", "UsageError"]


class GradekitError(Exception):
    """Anything that gradekit raises on purpose."""


class SubmissionError(GradekitError):
    """The submission is at fault: it costs points, and the text says why."""


class LabError(GradekitError):
    """A lab's definition is broken: its author mends it, no student pays for it."""


class JudgeError(GradekitError):
    """The judge could not do its work: the verdict is void and costs nothing."""


class UsageError(GradekitError):
    """What was asked for can't be done as asked: exit code 2."""
