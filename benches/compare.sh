#!/usr/bin/env bash
# The same work done by other programs that make PDFs of web pages: WeasyPrint and Prince, where they are installed.
#
#   benches/compare.sh [PROGRAM]
#
# Builds the shipped reports with Tally (PROGRAM, or target/release/tally), then lets each of the others make tagged PDFs
# of the pages that were built. Prints elapsed time, CPU time and peak memory of each; the best of three runs counts.
# WeasyPrint is had with `pip install weasyprint`, Prince from its makers. GNU time measures (`apt-get install time`).
set -euo pipefail
cd "$(dirname "$0")/.."
tally="${1:-target/release/tally}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

# Runs a command three times and prints the quickest run.
measure() {
    local name="$1"
    shift
    for _ in 1 2 3; do
        /usr/bin/time -f "%e %U %S %M" -o "$folder/time" "$@" >/dev/null 2>"$folder/errors" || {
            printf '%-34s failed: %s\n' "$name" "$(tail -n 1 "$folder/errors")"
            return
        }
        cat "$folder/time"
    done | sort -n | head -n 1 | awk -v name="$name" \
        '{ if (NF == 4) printf "%-34s %6.2f s elapsed %6.2f s CPU %6.0f MB\n", name, $1, $2 + $3, $4 / 1024; else print }'
}

measure "Tally: pages, PDFs, data, checks" "$tally" --quiet --output "$folder/output"
for report in "$folder"/output/*/index.html; do
    name="$(basename "$(dirname "$report")")"
    if command -v weasyprint >/dev/null; then
        measure "WeasyPrint: $name" weasyprint --pdf-variant pdf/ua-1 "$report" "$folder/weasyprint.pdf"
    fi
    if command -v prince >/dev/null; then
        measure "Prince: $name" prince --pdf-profile=PDF/UA-1 "$report" -o "$folder/prince.pdf"
    fi
done
command -v weasyprint >/dev/null || echo "WeasyPrint is not installed: pip install weasyprint"
command -v prince >/dev/null || echo "Prince is not installed: see princexml.com"
