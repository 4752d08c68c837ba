#!/usr/bin/env bash
# NFKC is not enough to make names comparable: the radicals of Unicode's supplement (U+2E80-2EFF) have no decomposition.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - <<'PYTHON'
import sys, unicodedata
print("Python", sys.version.split()[0], "- unicodedata", unicodedata.unidata_version)
def folded(text): return unicodedata.normalize("NFKC", text)
for typed, meant in [("⼤", "大"), ("⾼", "高"), ("⻢", "马"), ("⻩", "黄"), ("⻰", "龙"), ("⺠", "民"), ("\ue863", "䶮")]:
    print(f"U+{ord(typed):04X} {typed} -> U+{ord(folded(typed)):04X} {folded(typed)}, meant is {meant}")
# Kangxi radicals are folded, those of the supplement and the private code of an old GB 18030 are not.
assert folded("⼤⾼") == "大高"
assert folded("⻢⻩⻰⺠\ue863") == "⻢⻩⻰⺠\ue863", "NFKC folds them now"
print("a customer named 马云 and an account of ⻢云 stay two names")
PYTHON
