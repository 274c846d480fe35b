"""Tells a lab's author whether the lab can be trusted, before any student is graded by it.

Theory of operation. `gradekit lint` treats the lab as the suspect and judges answers whose
verdict is known beforehand, with the judge's own code, in this process (`inside`). The
reference must get full marks under every precision, each listed mistake must be caught and
named (`modelled`), empty answers must fail (`empty`), the template must load (`starting`), and
the reference with one place changed (`mutants`) must be caught (`mutation`): what survives
shows a place that no check looks at. `checks` puts all of it in order. Nothing here decides
about a student, and no code of a student's runs here.
"""
