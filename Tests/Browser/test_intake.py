"""A file goes in by the upload page: preview and dry run, import, and the rejected rows handed back with their reasons."""
import csv
import io
import secrets

import intake_file
import landmarks


def test_a_file_is_taken_in_and_rejected_rows_come_back(guest, tmp_path):
    first = secrets.randbelow(900_000_000)
    rows = [intake_file.application(first + at, fault=at == 3) for at in range(5)]
    guest.enter("underwriter")
    guest.go(landmarks.INTAKE)
    guest.assert_page()

    intake_file.look_at(guest, rows)
    said = guest.page.locator(landmarks.MAIN).inner_text()
    assert rows[0]["application_no"] in said, "the preview does not show the first row"
    assert landmarks.WRONG_CHECK[guest.view.language] in said.lower(), "the dry run does not name the wrong check character"
    guest.assert_page()

    guest.page.locator(landmarks.IMPORT).click()
    rejected = guest.page.locator(landmarks.REJECTED)
    rejected.wait_for(timeout=60_000)
    guest.assert_page()

    with guest.page.expect_download() as download:
        rejected.click()
    back = read(download.value, tmp_path / "rejected.csv")
    assert [row[0] for row in back[1:]] == [rows[3]["application_no"]], f"one row should come back, not {back[1:]}"
    assert len(back[0]) == len(intake_file.COLUMNS) + 1 and back[1][-1], "the row has no column with the reason"

    for row in (rows[0], rows[4]):
        assert in_register(guest, row) == 1, f"{row['application_no']} is not in the register"
    intake_file.take_in(guest, rows)
    assert in_register(guest, rows[0]) == 1, "the same file again doubles an application"


def read(download, path):
    download.save_as(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def in_register(guest, row):
    guest.go(landmarks.register("application") + "?q=" + row["application_no"])
    links = guest.page.locator(landmarks.DOCUMENT_LINKS).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return len(set(links))


def test_what_was_read_of_a_file_is_said(guest):
    """Titles, sums and columns that nobody knows are named; the row of a fault is that of the sheet."""
    first = secrets.randbelow(900_000_000)
    rows = [intake_file.application(first + at, fault=at == 1) for at in range(2)]
    lines = [["汇总表"], [*intake_file.COLUMNS, "我的备注"], *[[*row.values(), "x"] for row in rows], ["合计", "2"]]
    guest.enter("underwriter")
    guest.go(landmarks.INTAKE)
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    file = {"name": "intake.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    guest.page.locator(landmarks.UPLOAD_FILE).set_input_files(file)
    guest.page.locator(f"{landmarks.UPLOAD} button.act").click()
    reading = guest.page.locator("#reading")
    reading.wait_for(timeout=60_000)
    said = reading.inner_text()
    for word in {"zh": ("第 2 行", "我的备注", "（第 5 行）"), "en": ("row 2", "我的备注", "(5)")}[guest.view.language]:
        assert word in said, f"{word} is not in: {said}"
    assert "J4" in guest.page.locator(landmarks.MAIN).inner_text(), "the cell of the wrong number is not named"
    guest.assert_page()
