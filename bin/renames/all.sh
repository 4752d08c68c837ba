#!/bin/bash
# all.sh ROOT: gives the names and rooms that the house is to have, and makes steps static values, in one mechanical change.
set -e
python3 $(dirname "$0")/rename.py $1; python3 $(dirname "$0")/after_rename.py $1; git -C $1 add -A
python3 $(dirname "$0")/steps.py $1; python3 $(dirname "$0")/steps2.py $1; python3 $(dirname "$0")/check.py $1
python3 $(dirname "$0")/docs_rename.py $1; python3 $(dirname "$0")/format.py $1
