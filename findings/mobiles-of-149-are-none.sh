#!/usr/bin/env bash
# Google's libphonenumber (in its Python port) as an oracle for Chinese mobiles: it knows neither 149 nor what a satellite telephone is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install phonenumbers==9.0.43 2> /dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import phonenumbers
print("phonenumbers", phonenumbers.__version__)
def answer(number):
    parsed = phonenumbers.parse(number, "CN")
    is_mobile = phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    return "mobile" if phonenumbers.is_valid_number(parsed) and is_mobile else "no number"
answers = {number: answer(number) for number in ["14712345678", "14912345678", "17401234567", "13492345678", "16191234567"]}
for number, said in answers.items(): print(number, "->", said)
# By the ministry's table of 2023-03 people have 149; 1740, 1349 and 1619 are satellite telephones.
assert list(answers.values()) == ["mobile", "no number", "mobile", "mobile", "no number"], "it answers otherwise now"
PYTHON
