"""What a lab is made of: frozen values that an author writes and the core reads.

A `Lab` has parts, each with a drive (how a case exercises the submission), a strategy of cases,
a reference, properties, mistakes and points. Nothing here runs a submission or knows of
processes: the judge reads these values and does the work, the runner gets the drive's name.
`definitions` holds lab and part, `checks` what is checked, `rules` what a course forbids,
`related` what a property may ask for and say, `validate` refuses a broken lab at registration.
"""

from gradekit.lab.checks import Convention, Cost, Free, Gradients, Mistake, Property, Symptom
from gradekit.lab.definitions import Lab, Part
from gradekit.lab.metric import Metric
from gradekit.lab.related import Fails, Submission, Violation, close, differ, is_close, shape
from gradekit.lab.rules import Forbid, Imports, OnlyInTodo

__all__ = [
    "Convention",
    "Cost",
    "Fails",
    "Forbid",
    "Free",
    "Gradients",
    "Imports",
    "Lab",
    "Metric",
    "Mistake",
    "OnlyInTodo",
    "Part",
    "Property",
    "Submission",
    "Symptom",
    "Violation",
    "close",
    "differ",
    "is_close",
    "shape",
]
