#!/usr/bin/env bash
# pypinyin reads family names as words, in given examples too: initials taken from it do not find the people.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install pypinyin==0.55.0 2> /dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import pypinyin
print("pypinyin", pypinyin.__version__)
names = {"曾国藩": "zeng", "单小明": "shan", "查小明": "zha", "翟小明": "zhai", "仇小明": "qiu", "解小明": "xie", "区小明": "ou", "吕小明": "lyu", "尉迟恭": "yu"}
read = {name: pypinyin.lazy_pinyin(name)[0] for name in names}
for name, family in names.items(): print(name, "->", read[name], "- the family is called", family)
assert list(read.values()) == ["ceng", "dan", "cha", "di", "chou", "jie", "qu", "lv", "yu"], "it reads them otherwise now"
PYTHON
