"""The right answers, one module per lab, cut into steps that a mistake can override.

Theory of operation. A reference is a class whose instance stands in for a student's module (or,
where weights are free, for a student's layer with given weights). Each step is a method with
one decision in it, so that a mistake is that method done wrong and nothing else. References are
imported by the judge alone: a process that runs student code must never hold this package.
"""
