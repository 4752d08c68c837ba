"""Small intake files, with numbers that are new in every test, and how a person takes one in by the upload page."""
import csv
import io
import random

import landmarks

COLUMNS = (
    "application_no", "product_class", "term_years", "application_date", "role", "name", "sex", "birth_date", "document_type",
    "document_number", "mobile", "address", "bank_account", "account_holder", "agent_no", "channel",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NAMES = ("郑远航", "林思齐", "何静宜", "吴浩然", "周雨桐")


def application(number, mobile=None, fault=False, date="2026-01-05"):
    """The row of an applicant in direct business. With the fault, the last character of his document number is wrong."""
    draw = random.Random(number)
    name = NAMES[number % len(NAMES)]
    document = resident_number(draw)
    if fault:
        document = document[:17] + ("0" if document[17] != "0" else "1")
    return dict(zip(COLUMNS, (
        f"B{number:09}", "life", "20", date, "applicant", name, "女" if int(document[16]) % 2 == 0 else "男",
        f"{document[6:10]}-{document[10:12]}-{document[12:14]}", "resident-id", document, mobile or f"139{draw.randrange(10**8):08}",
        f"广东省广州市天河区中山路{100 + draw.randrange(800)}号3栋1502室", f"62220200{draw.randrange(10**11):011}", name, "", "direct")))


def resident_number(draw):
    body = f"440106{draw.randrange(1950, 2000)}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}{draw.randrange(1, 1000):03}"
    return body + "10X98765432"[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body)) % 11]


def look_at(guest, rows):
    """Uploads the rows and comes to the preview."""
    guest.go(landmarks.INTAKE)
    guest.page.locator(landmarks.UPLOAD_FILE).set_input_files(file("intake.csv", rows))
    guest.page.locator(f"{landmarks.UPLOAD} button.act").click()
    guest.page.locator(landmarks.IMPORT).wait_for()


def take_in(guest, rows):
    """Uploads the rows, confirms, and waits until they are in."""
    look_at(guest, rows)
    guest.page.locator(landmarks.IMPORT).click()
    guest.page.locator(f"main a[href='{landmarks.register('application')}']").first.wait_for(timeout=60_000)


def file(name, rows):
    """The rows as a file for the browser."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode()}
