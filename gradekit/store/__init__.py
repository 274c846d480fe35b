"""What a batch remembers: attempts, verdicts, runs and overrides, in one SQLite file.

Theory of operation. `database` opens `gradekit.sqlite` in a batch's folder (or one in memory),
brings its schema up to date and turns whatever goes wrong into one sentence. `store` writes to
it: each verdict in a transaction of its own, as it comes, so that a batch that is killed goes on
where it stopped. Rows are added and never changed, but for a run's end. `attempts` decides, on
what was read, which attempt of a student counts and which attempts have to be graded; `changes`
tells two finished runs apart; `keys` says when two verdicts may be compared at all; `lock` keeps
a second grader out. Nothing here grades, and nothing here prints.
"""
