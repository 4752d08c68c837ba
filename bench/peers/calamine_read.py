"""Reads every cell of a workbook's first sheet, and does nothing with it: calamine_read.py FILE.xlsx"""
import sys

from python_calamine import CalamineWorkbook

print("cells", sum(len(row) for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows()))
