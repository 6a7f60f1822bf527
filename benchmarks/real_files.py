"""Loading every real file there is and publishing: under 3 minutes on 2 cores, under 2 GiB at the peak."""

import os
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, command, tell


def main() -> None:
    data = Path(os.environ.get("HEADWAY_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        print(f"  left out: no real files in {data}")
        return
    with tempfile.TemporaryDirectory() as folder:
        command([sys.executable, "-m", "headway", "init", f"{folder}/area", "--area", "330"])
        sample = command([sys.executable, "-m", "headway", "load", data, "--home", f"{folder}/area", "--format", "csv"])
        again = command([sys.executable, "-m", "headway", "load", data, "--home", f"{folder}/area", "--format", "csv"])
    tell("load and publish all real files", [sample])
    print(f"  under 180 s wall: {'met' if sample.wall < 180 else 'NOT met'}; under 2,048 MiB: {'met' if sample.peak < 2048 else 'NOT met'}")
    tell("the same again, nothing new", [again])


if __name__ == "__main__":
    main()
