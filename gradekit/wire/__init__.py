"""What crosses the pipe between judge and runner, and nothing else.

A message is one frame: a fixed prefix (magic, header length, payload length, request id), a
msgpack header checked against a type by msgspec, and the raw bytes of all tensors. Nothing is
ever unpickled or evaluated. The judge treats each frame as hostile: lengths are capped before
anything is allocated, every number is checked, and what does not fit is a `WireError`, which
the judge turns into a `SubmissionError`. Both sides use the same code; neither side's state is
kept here.

`values` turns tensors and plain data into msgspec structs and back, `frames` moves frames over
a socket, `messages` says which requests and replies there are.
"""
