"""Tells a lab's author whether the lab can be trusted, before any student is graded by it.

Theory of operation. `gradekit lint` treats the lab as the suspect and grades answers whose
verdict is known beforehand. The reference must get full marks. Each mistake that the author
listed must be caught and named. Empty answers must earn nothing. Then the reference is changed
in one place at a time (`mutants`): each mutant should lose points, and one that does not shows
a place that no property looks at, or a change that changes nothing. Mutants are text: they are
made here and never run here, for one may loop forever. Nothing here decides about a student.
"""

from gradekit.lint.mutants import Mutant, mutants

__all__ = ["Mutant", "mutants"]
