#!/usr/bin/env bash
# Makes the picture in the README from the built reports. Needs pdftoppm, chromium and ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
pdf=output/css-annual-report/css-annual-report.pdf
pdftoppm -r 45 -png -f 1 -l 1 "$pdf" "$work/cover"
pdftoppm -r 45 -png -f 14 -l 14 "$pdf" "$work/dashboard"
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=1280,1250 --screenshot="$work/page.png" \
    "file://$PWD/output/css-annual-report/index.html" >/dev/null 2>&1
convert "$work"/cover*.png "$work"/dashboard*.png "$work/page.png" -resize x520 -bordercolor '#768692' -border 8 +append \
    -colors 96 -strip docs/reports.png
