"""Public pages as `headway serve` gives them out: requests a second and the 95th percentile, closed loop over kept connections.

    .venv/bin/python benchmarks/public_pages.py HOME [--seconds 10] [--clients 16]     # a workspace whose public pages are approved

The clients run on the same cores as the server: what is told is the least that the server can do.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

PATHS = ("/area/", "/area/promises.html", "/area/support.html", "/area/schools.html", "/area/key_figures.csv")


def main() -> None:
    given = argparse.ArgumentParser()
    given.add_argument("home", type=Path)
    given.add_argument("--seconds", type=float, default=10)
    given.add_argument("--clients", type=int, default=16)
    asked = given.parse_args()
    port = free_port()
    command = [sys.executable, "-m", "headway", "serve", "--home", str(asked.home), "--port", str(port), "--workers", "2"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait(port)
        warm(port)
        times: list[float] = []
        until = time.perf_counter() + asked.seconds
        threads = [threading.Thread(target=client, args=(port, until, times, number)) for number in range(asked.clients)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tell(times, time.perf_counter() - began, asked.clients)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def tell(times: list[float], took: float, clients: int) -> None:
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times):,} answers in {took:.1f} s by {clients} clients: {len(times) / took:,.0f} a second")
    print(f"median {1000 * cuts[49]:.1f} ms, 95th percentile {1000 * cuts[94]:.1f} ms; load average {os.getloadavg()[0]:.1f}")


def client(port: int, until: float, times: list[float], number: int) -> None:
    """Asks for the pages in turn over one connection; every answer is read whole and must be 200."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        turn = number
        while time.perf_counter() < until:
            path = PATHS[turn % len(PATHS)]
            turn += 1
            began = time.perf_counter()
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            status = answer(line)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
            times.append(time.perf_counter() - began)


def answer(line: socket.socket) -> int:
    """Reads one answer; its status."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += line.recv(65_536)
    top, _, body = head.partition(b"\r\n\r\n")
    size = next(int(one.split(b":")[1]) for one in top.split(b"\r\n") if one.lower().startswith(b"content-length"))
    while len(body) < size:
        body += line.recv(1 << 18)
    return int(top.split(b" ", 2)[1])


def wait(port: int) -> None:
    for _ in range(720):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server did not start")


def warm(port: int, *, quiet: float = 0.05, most: float = 60.0) -> None:
    """Until every worker has loaded the site and read the pages: each new connection may fall to either, and a first answer takes seconds.

    Warm is when twenty connections, one after the other, are each answered quickly. Raises RuntimeError when that does not come about.
    """
    until, quick = time.perf_counter() + most, 0
    while quick < 20:
        if time.perf_counter() > until:
            raise RuntimeError("the server did not become quick")
        with socket.create_connection(("127.0.0.1", port)) as line:
            began = time.perf_counter()
            for path in PATHS:
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
                answer(line)
            quick = quick + 1 if time.perf_counter() - began < quiet * len(PATHS) else 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
