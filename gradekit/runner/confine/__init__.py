"""Take everything from a runner that it does not need, before a student's byte is read.

Theory of operation. The zygote tries once, at its start, which layers this machine offers, by
doing and not by asking (`Confinement.begin`, before torch is imported: namespaces want a process
without threads; `Confinement.settle`, after: a view of the file system that holds libraries
only). A first runner that never meets a submission applies every layer and says which ones
hold. From then on those that held must hold: a runner in which one fails does not start, which
is our fault and no student's.

`limits` any Unix offers; `namespaces`, `view`, `landlock`, `seccomp` and `cgroup` are Linux's,
`kernel` calls it. `layers` puts them in order: root gives scratch and user away, limits bind
what comes after, and the filter of system calls is last, since it forbids what the others do.
"""

from gradekit.runner.confine.layers import Confinement
from gradekit.runner.confine.limits import Limits

__all__ = ["Confinement", "Limits"]
