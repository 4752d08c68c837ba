"""Who read a customer, a file with faults, an application, twelve people: few steps each."""
import secrets

import intake_file
import landmarks
import server
import visitor as visiting
from visitor import View

DESK = View("zh", 1440)


def test_who_read_this_customer_is_two_clicks_away(visit):
    guest = visit(DESK)
    name = guest.enter("customer service")
    guest.go(landmarks.register("suspicion"))
    guest.page.locator(landmarks.DOCUMENT_LINKS).first.click()
    purpose = f"电话核实{secrets.token_hex(3)}"
    reveal = guest.page.locator("form#reveal, form[action$='/reveal']").first
    reveal.locator("[name=purpose]").fill(purpose)
    reveal.locator("button").last.click()
    customer = guest.page.locator("dd a[href^='/d/']").first.get_attribute("href")

    guest.enter("compliance")
    guest.go(customer)
    guest.page.get_by_role("link", name="查阅登记").last.click()
    row = guest.page.locator("main tbody tr", has_text=purpose)
    row.wait_for()
    assert name in row.inner_text() and "可疑问题件" in row.inner_text(), row.inner_text()
    guest.assert_page()


def test_rows_at_fault_come_back_before_anything_is_taken(visit, tmp_path):
    guest = visit(DESK)
    first = secrets.randbelow(900_000_000)
    rows = [intake_file.application(first + at, fault=at == 2) for at in range(4)]
    guest.enter("underwriter")
    guest.go(landmarks.INTAKE)
    guest.page.locator(landmarks.UPLOAD_FILE).set_input_files(intake_file.file("intake.csv", rows))
    guest.page.locator(f"{landmarks.UPLOAD} button.act").click()
    guest.page.locator("#faults").wait_for()
    guest.assert_page()
    assert rows[2]["application_no"] in guest.page.locator("#faults").inner_text()
    with guest.page.expect_download() as download:
        guest.page.locator(landmarks.REJECTED).click()
    download.value.save_as(tmp_path / "rows.csv")
    back = (tmp_path / "rows.csv").read_text(encoding="utf-8-sig")
    assert rows[2]["application_no"] in back and rows[0]["application_no"] not in back
    guest.go(landmarks.register("application") + "?q=" + rows[0]["application_no"])
    assert guest.page.locator(landmarks.DOCUMENT_LINKS).count() == 0, "nothing was to be taken yet"


def test_all_that_is_wrong_with_an_application_is_said_at_once(visit):
    guest = visit(DESK)
    guest.enter("underwriter")
    guest.go(landmarks.new("application"))
    guest.page.locator("[name=applicationDate]").fill("改天")
    guest.page.locator("[name='persons.0.name']").fill("王小明")
    guest.page.locator("[name='persons.0.mobile']").fill("1391234")
    guest.page.locator(landmarks.NEW_FORM_BUTTON).click()
    refusal = guest.page.locator(landmarks.REFUSAL)
    refusal.wait_for()
    said = refusal.inner_text()
    for word in ("投保日期", "投保单号", "险种", "保险期限", "11位"):
        assert word in said, f"{word} is not in: {said}"
    assert guest.page.locator("[name='persons.0.mobile']").input_value() == "1391234", "what was typed is gone"
    guest.assert_page()


def test_twelve_people_come_by_one_file(browser):
    """In a demonstration of its own: whoever comes stands among its doors from then on."""
    with server.demonstration() as address, visiting.visitor(browser, address, DESK) as guest:
        people_come(guest)


def people_come(guest):
    guest.enter("administrator")
    guest.go("/admin/people-file")
    mark = secrets.token_hex(3)
    lines = ["单位,姓名,登录名,岗位"] + [f"新设部{mark},同事{number},{mark}{number:02},合规" for number in range(12)]
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    guest.page.locator("main input[type=file]").set_input_files(file)
    guest.page.locator("main form button.act").click()
    guest.page.locator("main tbody tr").first.wait_for()
    guest.assert_page()
    guest.page.locator("main form[action$='/take'] button.act").click()
    guest.page.get_by_text("已导入 12 行，新增 12 人").wait_for()
    guest.assert_page()
