#!/usr/bin/env python3
"""What Splink, a careful general linker, finds on the same cleaned columns: the baseline of matching.md section 3.3.

    matching-evaluation generate --seed 1 ... --out DIR
    tests/matching/splink_baseline.py DIR --cache CACHE --out DIR/splink.jsonl
    matching-evaluation evaluate --seed 1 ... --splink DIR/splink.jsonl

Makes a virtual environment with pinned versions in CACHE the first time, and runs itself there. Writes, for each page, the most
probable record: {"page", "contact", "probability"}. Exit status 3 where Splink could not be installed.

On two cores, 6,000 pages against 100,000 records took 80 seconds with 10 million sampled pairs and 210 with 60 million, and no
figure differed by more than a point; 87,500 pages took 87 seconds with 30 million.
"""

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

SPLINK = "5.0.0"
DUCKDB = "2.0.1"
# Random pairs from which the frequency of chance agreements is estimated.
SAMPLED_PAIRS = 20_000_000
# Memory for the database; what is more goes to a temporary file.
MEMORY = "6GB"
NOT_INSTALLED = 3
# Share of the true pairs that the identifiers alone find, a round guess: it sets the prior.
IDENTIFIER_RECALL = 0.35
SEED = 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder that `matching-evaluation generate` wrote")
    parser.add_argument("--cache", type=Path, required=True, help="folder for the virtual environment")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--pairs", type=int, default=SAMPLED_PAIRS, help="random pairs to estimate chance agreements from")
    return parser.parse_args()


def run_in_environment(cache: Path) -> None:
    """Continues inside the virtual environment, which is made where it is missing."""
    environment = cache / f"splink-{SPLINK}-duckdb-{DUCKDB}"
    python = environment / "bin" / "python"
    if Path(sys.prefix).resolve() == environment.resolve():
        return
    finished = environment / "installed"
    if not finished.exists():
        print(f"installing splink {SPLINK}", file=sys.stderr)
        # What an interrupted installation left behind.
        shutil.rmtree(environment, ignore_errors=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, stdout=sys.stderr)
            subprocess.run([*install, f"splink=={SPLINK}", f"duckdb=={DUCKDB}"], check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"splink could not be installed: {error}", file=sys.stderr)
            sys.exit(NOT_INSTALLED)
        finished.touch()
    os.execv(python, [str(python), *sys.argv])


def load(connection, table: str, path: Path) -> None:
    # A page or record without employers has nothing to compare: null, not an empty list.
    connection.execute(
        f"""create table {table} as
            select unique_id, first_name, last_name, email, phone, slug, github, city,
                   case when first_name is not null and last_name is not null
                        then first_name || ' ' || last_name end as full_name,
                   case when len(companies) > 0 then companies end as companies,
                   companies[1] as company
            from read_json(?, format = 'newline_delimited', columns = {{
                unique_id: 'VARCHAR', first_name: 'VARCHAR', last_name: 'VARCHAR', email: 'VARCHAR', phone: 'VARCHAR',
                slug: 'VARCHAR', github: 'VARCHAR', city: 'VARCHAR', companies: 'VARCHAR[]'}})""",
        [str(path)],
    )


def settings():
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.ForenameSurnameComparison(
                "first_name", "last_name", forename_surname_concat_col_name="full_name"
            ),
            compare.ExactMatch("email"),
            compare.ExactMatch("phone"),
            compare.ExactMatch("slug"),
            compare.ExactMatch("github"),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.ArrayIntersectAtSizes("companies", [3, 2, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("email"),
            block_on("phone"),
            block_on("slug"),
            block_on("github"),
            block_on("first_name", "last_name"),
            block_on("last_name", "city"),
            block_on("substr(first_name, 1, 3)", "last_name"),
            block_on("first_name", "company"),
        ],
    )


def say(what: str) -> None:
    print(f"splink: {what}", file=sys.stderr)


def main() -> None:
    given = arguments()
    run_in_environment(given.cache)

    import duckdb
    from splink import DuckDBAPI, Linker, block_on

    # Its progress bars and lines for each round are for a notebook; levels that the data never shows keep Splink's own first
    # values, and it says so at length.
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    start = time.monotonic()
    scratch = tempfile.TemporaryDirectory(dir=given.cache)
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute(f"set memory_limit = '{MEMORY}'")
    connection.execute(f"set temp_directory = '{scratch.name}'")
    load(connection, "mirror", given.folder / "columns-mirror.jsonl")
    load(connection, "pages", given.folder / "columns-pages.jsonl")
    database = DuckDBAPI(connection=connection)
    linker = Linker(
        [
            database.register("mirror", dataset_display_name="in_lever"),
            database.register("pages", dataset_display_name="on_page"),
        ],
        settings(),
    )
    say("learning from random pairs")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("email"), block_on("slug"), block_on("github")], recall=IDENTIFIER_RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=given.pairs, seed=SEED)
    say("learning from likely pairs")
    # Each session learns the fields that it does not block on.
    for rule in (block_on("first_name", "last_name"), block_on("slug")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    say("comparing")
    found = linker.inference.predict(threshold_match_probability=0.001)
    best = connection.execute(
        f"""select page, contact, probability from (
                select case when source_dataset_l = 'on_page' then unique_id_l else unique_id_r end as page,
                       case when source_dataset_l = 'on_page' then unique_id_r else unique_id_l end as contact,
                       match_probability as probability, match_weight as weight
                from {found.physical_name})
            qualify row_number() over (partition by page order by weight desc, contact) = 1
            order by cast(page as integer)"""
    ).fetchall()
    with given.out.open("w", encoding="utf-8") as output:
        for page, contact, probability in best:
            output.write(json.dumps({"page": int(page), "contact": contact, "probability": probability}) + "\n")
    connection.close()
    scratch.cleanup()
    say(f"{len(best)} pages with a record in {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
