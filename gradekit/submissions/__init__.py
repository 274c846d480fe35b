"""Find what was handed in, and read it as text.

Theory of operation. A path is one file, a folder, or a zip that is read as a folder without
unpacking it. `tree` gives all three one face, `find` decides which files belong to which
student and which of them is the submission, `readers` turn a file into Python source (they are
plugins, and others can be added). Nothing here guesses: two candidates, none, or a wrong name
become a problem that is told, with the nearest name. Nothing is imported or executed.
"""
