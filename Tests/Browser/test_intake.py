"""A file goes in by the upload page: preview, dry run, import, and the rejected rows handed back with their reasons."""
import csv
import secrets

import intake_file
import landmarks


def press(guest, button):
    guest.page.locator("main").get_by_role("button", name=landmarks.UPLOAD_BUTTONS[button]).first.click()
    guest.page.wait_for_load_state()


def test_a_file_is_taken_in_and_rejected_rows_come_back(guest, tmp_path):
    first = secrets.randbelow(900_000_000)
    rows = [intake_file.application(first + at, fault=at == 3) for at in range(5)]
    guest.enter("underwriter")
    guest.go(landmarks.INTAKE)
    guest.assert_page()

    guest.page.locator(landmarks.UPLOAD_FILE).set_input_files(intake_file.upload("intake.csv", rows))
    press(guest, "preview")
    assert rows[0]["application_no"] in guest.page.locator(landmarks.MAIN).inner_text(), "the preview does not show the first row"
    guest.assert_page()

    press(guest, "try")
    assert "id.check" in guest.page.content() or rows[3]["application_no"] in guest.page.content(), "the dry run names no fault"
    guest.assert_page()

    press(guest, "import")
    rejected = guest.page.locator(landmarks.REJECTED)
    rejected.first.wait_for(timeout=60_000)
    guest.assert_page()

    with guest.page.expect_download() as download:
        rejected.first.click()
    kept = tmp_path / "rejected.csv"
    download.value.save_as(kept)
    with open(kept, encoding="utf-8-sig", newline="") as file:
        back = list(csv.reader(file))
    assert len(back) == 2, f"one row should come back, not {len(back) - 1}"
    assert rows[3]["document_number"] in back[1] and len(back[0]) > len(intake_file.COLUMNS), "the row has no column with the reason"

    # What passed stands in the register, and the same file again adds nothing.
    guest.go(landmarks.register("application") + "?q=" + rows[0]["application_no"])
    assert guest.page.locator(landmarks.DOCUMENT_LINKS).count() >= 1, "the application is not in the register"
