"""Writes an intake as a workbook, as a spreadsheet program would: workbook.py FILE.csv FILE.xlsx"""
import csv
import sys

import xlsxwriter

with open(sys.argv[1], encoding="utf-8-sig", newline="") as source:
    book = xlsxwriter.Workbook(sys.argv[2], {"strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(csv.reader(source)):
        sheet.write_row(number, 0, row)
    book.close()
