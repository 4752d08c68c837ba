#!/usr/bin/env bash
# python-stdnum judges the county of a resident number by today's table and stumbles over counties that were dissolved.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install python-stdnum==2.2 2> /dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import stdnum
from stdnum.cn import ric
print("python-stdnum", stdnum.__version__)
def answer(number):
    try: return ric.validate(number)
    except Exception as error: return type(error).__name__
# Well-formed numbers with a right check character: a county of today; 321119, which people were registered in and the table does not have;
# a residence permit of Hong Kong; the old form of 15 digits of the first.
answers = {number: answer(number) for number in ["11010519491231002X", "321119198001010014", "810000199001010019", "110105491231002"]}
for number, said in answers.items(): print(number, "->", said)
assert list(answers.values()) == ["11010519491231002X", "KeyError", "InvalidComponent", "InvalidLength"], "it answers otherwise now"
PYTHON
