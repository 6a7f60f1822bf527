"""How long a pack takes: every edition, short and whole, as PDF, Word, HTML and workbook, from one snapshot.

.venv/bin/python benchmarks/packs.py HOME        # a workspace of the demonstration with a meeting whose papers are out
"""

import io
import sys
import time
from pathlib import Path

from headway.site.running import prepare

HOME = Path(sys.argv[1]).resolve()


def main() -> None:
    prepare(HOME)
    from headway.desk.boards import packing
    from headway.desk.boards.models import Meeting
    from headway.desk.boards.packs.building import build, files_of
    from headway.readings.door import open_door

    meeting = Meeting.objects.filter(packs__isnull=False).last()
    door, spec = packing.source(open_door(HOME), meeting)
    began, cpu = time.perf_counter(), time.process_time()
    made = dict(files_of(door, spec))
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes: {took:.1f} s, {spent:.1f} CPU s")
    for name, content in made.items():
        if name.endswith(".pdf"):
            print(f"  {name}: {pages(content)} pages, {len(content):,} bytes")
    began = time.perf_counter()
    again = build(door, spec)
    print(f"built again to verify: {time.perf_counter() - began:.1f} s, address {again.address[:16]}")


def pages(pdf: bytes) -> int:
    """By the page objects of the file."""
    import re
    import zlib

    streams = [zlib.decompress(found) for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL) if found[:1] == b"x"]
    return len(re.findall(rb"/Type ?/Page\b", io.BytesIO(pdf).read() + b"".join(streams)))


if __name__ == "__main__":
    main()
