#!/usr/bin/env bash
# A day in one of the formats that Chinese editions have built in (numFmtId 27-36, 50-58) comes back from openpyxl, and so from pandas, as a number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install openpyxl==3.1.5 XlsxWriter==3.2.0 2> /dev/null
"$folder/venv/bin/python" - "$folder/days.xlsx" <<'PYTHON'
import datetime, sys
import openpyxl, xlsxwriter
print("openpyxl", openpyxl.__version__, "- XlsxWriter", xlsxwriter.__version__)
book = xlsxwriter.Workbook(sys.argv[1])
sheet = book.add_worksheet()
formats = [14, 27, 31, 57, 58]
for row, number in enumerate(formats):
    sheet.write_datetime(row, 0, datetime.date(1985, 3, 14), book.add_format({"num_format": number}))
book.close()
read = [row[0].value for row in openpyxl.load_workbook(sys.argv[1]).active]
for number, value in zip(formats, read): print("numFmtId", number, "->", repr(value))
assert read == [datetime.datetime(1985, 3, 14)] + [31120] * 4, "they are days now"
PYTHON
