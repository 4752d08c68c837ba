#!/usr/bin/env python3
"""Writes a seeded intake file for the bench, and beside it what was planted in it.

    bench/generate.py --rows 1000000 --seed 7 --out intake.csv     writes intake.csv and intake.csv.truth.json
    --agents FILE         agent numbers to deal out, one a line, instead of invented ones (for a book that knows its agents)
    --first-day DATE      the first application date
    --first-row N         a part of a longer series that begins with this row: no application and no person of the parts before is in it
    --archive             customer files with the texts of their attachments instead (generator/archive.py)

The same rows and seed give the same bytes. A telephone, an account or a document number is shared only where the file shares
it on purpose (generator/book.py); three of a hundred applicants carry one fault (generator/persons.py).
"""
import argparse
import json
from collections import Counter

import numpy as np

from generator import archive
from generator.book import APPLICANT, BENEFICIARY, INSURED, STRANGER, Book
from generator.columns import Line, date, digits, pick, replace, table
from generator.persons import Persons

HEADER = (
    "application_no,policy_no,product_class,term_years,application_date,role,customer_no,name,sex,birth_date,document_type,"
    "document_number,mobile,landline,email,address,bank_account,account_holder,agent_no,channel\n"
)
ROWS_A_CHUNK = 210_000
ROLES = table(["applicant", "insured", "beneficiary", "guest"])
PRODUCTS = table(["participating", "unit-linked", "universal", "life", "accident", "health"])
TERMS = table(["5", "10", "15", "20", "30", "终身", "0"])
CHANNELS = table(["individual", "bancassurance", "agency", "direct"])
DAYS = 60


def write(rows, seed, path, agents, first_day, first_row=0):
    """Writes the file chunk by chunk and returns what was planted in it."""
    book = Book(rows, seed, first_row)
    agents = table(agents or [f"A{number:06}" for number in range(1, max(book.applications // 200, 10) + 1)])
    planted = Counter()
    with open(path, "wb") as out:
        out.write(HEADER.encode())
        for first in range(0, rows, ROWS_A_CHUNK):
            row = np.arange(first, min(first + ROWS_A_CHUNK, rows), dtype=np.int64)
            out.write(chunk(book, row, planted, agents, np.datetime64(first_day)))
    return {
        "rows": rows, "seed": seed, "applications": book.applications, "faulty_rows": sum(planted.values()),
        "faults": dict(planted), "clues": book.shared_values(),
    }


def chunk(book, row, planted, agents, first_day):
    """The bytes of some rows; adds the faults in them to the count."""
    application, role = book.place(row)
    applicant, insured, beneficiary = role == APPLICANT, role == INSURED, role == BENEFICIARY
    person = np.select([insured, beneficiary], [book.insured(application), book.beneficiary(application)], book.applicant(application))
    who = Persons(book, person, applicant, insured, beneficiary)
    stranger = beneficiary & (book.dice(application, "stranger", 200) == 0)
    planted.update(who.planted() | {"role.unknown": int(stranger.sum())})

    line = Line(len(row)).text("T").put(digits(application + 1, 9)).text(",,")
    line.put(pick(PRODUCTS, book.dice(application, "product", len(PRODUCTS)))).comma()
    line.put(pick(TERMS, term(book, application))).comma()
    line.put(application_date(book, application, first_day, applicant & who.has("application_date.invalid"))).comma()
    line.put(pick(ROLES, np.where(stranger, STRANGER, role))).text(",,")
    for value in (
        who.name, who.sex, who.birth_date, who.document_type, who.document_number, who.mobile, who.landline, who.email,
        who.address, who.bank_account, who.account_holder,
    ):
        line.put(value()).comma()
    line.put(pick(agents, book.dice(application, "agent", len(agents)))).comma()
    return line.put(pick(CHANNELS, book.dice(application, "channel", len(CHANNELS)))).text("\n").bytes()


def term(book, application):
    """One application in two hundred is shorter than a year, which is outside the rules."""
    short = book.dice(application, "short", 200) == 0
    return np.where(short, len(TERMS) - 1, book.dice(application, "term", len(TERMS) - 1))


def application_date(book, application, first_day, impossible):
    days = first_day + book.dice(application, "date", DAYS).astype("m8[D]")
    return replace(date(days), impossible, "2026-13-01")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, required=True)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--out", required=True)
    options.add_argument("--agents")
    options.add_argument("--first-day", default="2025-11-01")
    options.add_argument("--first-row", type=int, default=0)
    options.add_argument("--archive", action="store_true")
    chosen = options.parse_args()
    np.seterr(over="ignore")
    if chosen.archive:
        return archive.write(chosen.rows, chosen.seed, chosen.out)
    agents = open(chosen.agents, encoding="utf-8").read().split() if chosen.agents else []
    planted = write(chosen.rows, chosen.seed, chosen.out, agents, chosen.first_day, chosen.first_row)
    with open(chosen.out + ".truth.json", "w", encoding="utf-8") as out:
        json.dump(planted, out, indent=1)


if __name__ == "__main__":
    main()
