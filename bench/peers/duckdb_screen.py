#!/usr/bin/env python3
"""Baseline for `dianzhang screen FILE`: DuckDB reads the same CSV and groups shared telephones and accounts.

    duckdb_screen.py INTAKE.csv [--threads 2]     prints `name VALUE unit` lines

The answer is the same as ours: for each telephone and account that stands in the data of two different customers, the value
and one application of each customer. Two rows are one customer when type and number of the document agree (a 15-digit
resident number and its 18-digit form are one number), or, without a number, when name, sex and birth date agree. Malformed
and junk telephones are left out. It is written for DuckDB's speed: the columns are declared (no sniffing), a customer is the
hash of his key, and the application's own number serves as the row's (numbering the rows costs it a fifth more).
"""
import argparse
import time

import duckdb

READ = """
create or replace temp table rows as
select application_no, mobile, landline, bank_account,
       hash(case when document_number = '' then concat_ws('|', name, sex, birth_date)
            when document_type = 'resident-id' and length(document_number) = 15
                 then concat('resident-id|', left(document_number, 6), '19', right(document_number, 9))
            when document_type = 'resident-id' then concat('resident-id|', left(document_number, 17))
            when document_type = 'hk-macau-permit' then concat('hk-macau-permit|', left(document_number, 9))
            else concat(document_type, '|', document_number) end) as customer
from read_csv(?, header = true, auto_detect = false, columns = {columns}, nullstr = '\\N', delim = ',', quote = '"', new_line = '\\n')
where mobile <> '' or landline <> '' or bank_account <> ''
"""
GROUP = """
with uses as (
    select {column} as value, customer, application_no from rows where {valid}
), shared as (
    select value from uses group by value having min(customer) <> max(customer)
)
select value, list(application_no) as applications
from (select value, customer, min(application_no) as application_no from uses semi join shared using (value) group by value, customer)
group by value
"""
VALID_MOBILE = "mobile[1] = '1' and length(mobile) = 11 and mobile not in ('13800138000', '13800000000')"
COLUMNS = {"phone": [("mobile", VALID_MOBILE), ("landline", "landline <> ''")], "account": [("bank_account", "length(bank_account) >= 12")]}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("file")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    database = duckdb.connect(config={"threads": chosen.threads})
    with open(chosen.file, encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    start = time.perf_counter()
    database.execute(READ.format(columns=columns), [chosen.file])
    for kind, columns in COLUMNS.items():
        groups = []
        for column, valid in columns:
            groups += database.execute(GROUP.format(column=column, valid=valid)).fetchall()
        print(f"{kind} {len(groups)} groups")
        print(f"{kind}_customers {sum(len(applications) for _, applications in groups)} customers")
    print(f"screen {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main()
