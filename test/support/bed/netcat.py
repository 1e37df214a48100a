#!/usr/bin/env python3
"""netcat.py ... -U SOCKET: joins standard input and output with a unix socket, as `nc -U` does, which libvirt's qemu+ssh needs on the host."""
import os
import socket
import sys
import threading

if "-U" not in sys.argv:
    sys.exit(1)
connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[-1])


def send():
    while chunk := os.read(0, 65536):
        connection.sendall(chunk)
    connection.shutdown(socket.SHUT_WR)


threading.Thread(target=send, daemon=True).start()
while chunk := connection.recv(65536):
    os.write(1, chunk)
os._exit(0)
