"""Entry point of the zygote: `python -m gradekit.runner CONFIG`, started by a judge's engine."""

import sys

from gradekit.runner.zygote import main

if __name__ == "__main__":
    main(sys.argv[1])
