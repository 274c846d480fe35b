"""What a batch looks like when it is done: tables, files, feedback.

Theory of operation. A `Batch` is all verdicts of one lab with what is needed to repeat them.
`table` makes the terminal's view of it; `writers` are plugins, one file format each, called
through the hook `gradekit_write_report`. Each file goes through `write`, whole or not at all, and
holds nothing that two runs of the same batch would disagree in. All text that comes from a
submission passes through `gradekit.text` on its way out.
"""
