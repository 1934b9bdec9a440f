#!/usr/bin/env bash
# Makes the picture in the README from the built reports. Needs pdftoppm, chromium and ImageMagick's montage.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
height=560
page() { # page NUMBER NAME: a page of the PDF, as high as the picture
    pdftoppm -png -singlefile -f "$1" -l "$1" -scale-to-x -1 -scale-to-y "$height" \
        output/css-annual-report/css-annual-report.pdf "$work/$2"
}
page 1 1-cover
page 3 2-at-a-glance
page 14 3-dashboard
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars \
    --user-data-dir="$work/profile" --force-device-scale-factor=0.5 --window-size=1280,1120 \
    --screenshot="$work/4-page.png" "file://$PWD/output/css-annual-report/index.html" >/dev/null 2>&1
montage "$work"/?-*.png -mode concatenate -tile x1 -bordercolor '#768692' -border 6 -colors 64 -strip PNG8:docs/reports.png
