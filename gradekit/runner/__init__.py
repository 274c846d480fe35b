"""The untrusted half: a zygote that forks runners, and what a runner does.

Theory of operation. The zygote (`zygote`) is started once per batch in a fresh interpreter with
an empty environment. It enters namespaces of its own where it can, imports torch and the labs'
drive modules, warms torch up, closes its view of the file system, and then only forks: each
request on a judge's control socket becomes one runner, a child with one data socket and one pipe
for what the student prints. The child confines itself (`confine`) before a byte of the student's
file is read, says that it is ready, then answers requests (`serve`): load this source, drive it
through these cases. It holds no reference, no expected value, no batch seed and no other
submission. All of its answers are data to the judge, to be believed in nothing.

`load` executes a source as a module, `perform` drives it, `weights` finds and fills parameters,
`observe` counts work, `taboo` switches off what a lab forbids, `courtesy` gives right code in
another way what a confined process can't have.
"""
