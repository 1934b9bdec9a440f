"""Holds the published data against what describes them, with the programs that others use for it.

Every CSV file of an output is read by its metadata (CSV on the Web, with csvw) and by the package of its report (Data
Package, with frictionless). Then copies are damaged, each in one place, and both programs must notice every damage:
metadata that let everything pass would describe nothing.

Usage: check.py OUTPUT
"""

import csv
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

from csvw import CSVW
from frictionless import Package, system

# Where the damages are made: a table with a key, words of a list, percentages and parents.
REPORT = "css-annual-report"


def csvw_accepts(metadata):
    # It takes note of its own warnings.
    warnings.simplefilter("always")
    try:
        return CSVW(str(metadata), validate=True).is_valid
    except ValueError:
        return False


def frictionless_accepts(package):
    with system.use_context(trusted=True):
        report = Package.from_descriptor(str(package)).validate()
    return report.valid, report.flatten(["type", "message"])


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write(path, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def cell(column, value, where=lambda row: True):
    """Writes a value into the first line that is meant."""

    def damage(rows):
        place = rows[0].index(column)
        line = next(row for row in rows[1:] if where(dict(zip(rows[0], row))))
        assert line[place] != value
        line[place] = value

    return damage


def twice(rows):
    rows.append(list(rows[1]))


def renamed(rows):
    rows[0][rows[0].index("indicator_id")] = "id_of_indicator"


DAMAGES = [
    ("a word where a number stands", "indicators", cell("denominator", "many")),
    ("a percentage above a hundred", "indicators", cell("percentage", "1000", lambda row: row["percentage"])),
    ("a cell that must be filled is empty", "indicators", cell("indicator_id", "")),
    ("a line twice", "indicators", twice),
    ("a rating that there is none", "indicators", cell("rating", "Purple")),
    ("another name of a column", "indicators", renamed),
    ("an id that is none", "running-costs", cell("id", "Corporate Office")),
]
# Metadata cannot say that a row of the top has no parent, so that only the package knows of parents.
ORPHAN = ("a parent that there is none", "running-costs", cell("part_of_id", "nobody", lambda row: row["part_of_id"]))


def check_whole(output):
    packages = sorted(output.glob("*/data/datapackage.json"))
    assert packages, f"{output} holds no data"
    for package in packages:
        valid, faults = frictionless_accepts(package)
        assert valid, f"frictionless finds in {package}: {faults}"
        described = {f"{path.name}-metadata.json" for path in package.parent.glob("*.csv")}
        assert described == {path.name for path in package.parent.glob("*-metadata.json")}, package
        for metadata in sorted(described):
            assert csvw_accepts(package.parent / metadata), f"csvw does not accept {package.parent / metadata}"
    return len(packages)


def check_damages(output):
    for said, stem, damage in [*DAMAGES, ORPHAN]:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "data"
            shutil.copytree(output / REPORT / "data", copy)
            # Sizes and digests would tell of every damage; here it is what the columns hold that must.
            package = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
            package["resources"] = [one for one in package["resources"] if one["name"] == stem]
            for resource in package["resources"]:
                del resource["bytes"], resource["hash"]
            (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
            table, metadata = copy / f"{stem}.csv", copy / f"{stem}.csv-metadata.json"
            rows = rows_of(table)
            write(table, rows)
            assert csvw_accepts(metadata) and frictionless_accepts(copy / "datapackage.json")[0], "a copy is no damage"
            damage(rows)
            write(table, rows)
            assert damage is ORPHAN[2] or not csvw_accepts(metadata), f"csvw does not notice: {said}"
            assert not frictionless_accepts(copy / "datapackage.json")[0], f"frictionless does not notice: {said}"


def check_digests(output):
    """A copy in which one letter is another is not whole."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "data"
        shutil.copytree(output / REPORT / "data", copy)
        table = copy / "running-costs.csv"
        table.write_bytes(table.read_bytes().replace(b"Projects", b"Project5", 1))
        assert not frictionless_accepts(copy / "datapackage.json")[0], "frictionless does not notice another letter"


def main():
    output = Path(sys.argv[1])
    packages = check_whole(output)
    check_damages(output)
    check_digests(output)
    print(f"data of {packages} reports: as described, and {len(DAMAGES)} damages noticed by both readers")


if __name__ == "__main__":
    main()
