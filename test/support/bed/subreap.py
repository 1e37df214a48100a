#!/usr/bin/env python3
"""subreap.py COMMAND...: runs a command under a child sub-reaper.

QEMU daemonises itself, so that PID 1 inherits it; where PID 1 reaps late or never (containers, small VMs), libvirt waits seconds for each guest
that has ended. A sub-reaper inherits and reaps them at once. SIGTERM is passed on; what the command leaves running is ended after it."""
import ctypes
import os
import signal
import sys
import time

PR_SET_CHILD_SUBREAPER = 36


def children():
    with open(f"/proc/self/task/{os.getpid()}/children") as list_of_children:
        return [int(pid) for pid in list_of_children.read().split()]


def end_left_over_children():
    for attempt in range(40):
        remaining = children()
        if not remaining:
            return
        for pid in remaining:
            os.kill(pid, signal.SIGTERM if attempt < 20 else signal.SIGKILL)
        time.sleep(0.05)
        while children() and os.waitpid(-1, os.WNOHANG)[0]:
            pass


if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
    raise OSError(ctypes.get_errno(), "PR_SET_CHILD_SUBREAPER")
command = os.fork()
if command == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda received, frame: os.kill(command, received))
while True:
    pid, status = os.waitpid(-1, 0)
    if pid == command:
        end_left_over_children()
        code = os.waitstatus_to_exitcode(status)
        sys.exit(code if code >= 0 else 128 - code)
