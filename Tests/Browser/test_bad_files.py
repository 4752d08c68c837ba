"""What a bad file gets on the upload page: a sentence in the page's language that says what to do, and the form again."""
import io
import zipfile

import pytest

import intake_file
import landmarks
from visitor import View

GOOD = intake_file.file("good.csv", [intake_file.application(900_000_001 + at) for at in range(2)])["buffer"]


def bomb():
    """A small workbook whose sheet unpacks to 100 MB."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels":
            f'<Relationships><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns:r="{office}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + " " * (100 << 20),
    }
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return book.getvalue()


# What the sentences have in common with no other: Chinese, English.
BAD = {
    "utf-16": (lambda: GOOD.decode().encode("utf-16"), "UTF-16", "UTF-16"),
    "mixed encodings": (lambda: "姓名".encode() + GOOD + "姓名".encode("gb18030") * 9, "不是有效的", "is not valid"),
    "no header": (lambda: GOOD.split(b"\n", 1)[1], "应是表头", "should be the header"),
    "doubled header": (lambda: b"gender," + GOOD, "两列意思相同", "two columns of one meaning"),
    "a million columns": (lambda: GOOD + b"," * 1_000_000, "列", "columns"),
    "a long field": (lambda: GOOD + b"B9," + b"x" * (10 << 20), "字节", "bytes"),
    "NUL": (lambda: GOOD + b"B9,\0\n", "NUL", "NUL"),
    "quote never closed": (lambda: GOOD + b'B9,"life\n', "没有闭合", "never closed"),
    "bomb": (bomb, "解开后超过", "unpacks to more"),
    "empty": (lambda: b"\n", "文件是空的", "The file is empty"),
}


@pytest.mark.parametrize("view", [View("zh", 1440), View("en", 390)], ids=str)
def test_a_bad_file_is_refused_in_words(visit, view):
    guest = visit(view)
    guest.enter("underwriter")
    for name, (content, zh, en) in BAD.items():
        guest.go(landmarks.INTAKE)
        kind = "table.xlsx" if name == "bomb" else "table.csv"
        guest.page.locator(landmarks.UPLOAD_FILE).set_input_files({"name": kind, "mimeType": "text/csv", "buffer": content()})
        guest.page.locator(f"{landmarks.UPLOAD} button.act").click()
        refusal = guest.page.locator(landmarks.REFUSAL)
        refusal.wait_for(timeout=60_000)
        said = refusal.inner_text()
        assert (zh if view.language == "zh" else en) in said, f"{name}: {said}"
        assert guest.page.locator(landmarks.UPLOAD_FILE).count() == 1, f"{name}: the form is gone"
        # The sentence on a doubled column names both as the file has them, in whatever language that is.
        guest.assert_page(rules=False, language=name != "doubled header")
