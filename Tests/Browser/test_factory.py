"""The rules on information technology at work in the invented factory, chapter by chapter: each by the persons whose business it is, with
what goes well and what the page refuses under which article."""
import csv
import io
import json
import re
import secrets
import subprocess

import landmarks
import paper
import steps
from visitor import View

DESK, PHONE = View(), View(width=390)
DIRECTOR, LEADER, NETWORK, SECOND_NETWORK, ASSETS, SERVICE = "傅珊", "汤国强", "卞俊", "康丽", "伍月英", "余浩"
KEEPER, FINANCE, HEAD, OTHER_HEAD, WORKER, CLERK, DUTY = "顾兰", "孟琪", "平大伟", "黄毅", "和春", "萧虹", "尹峰"
# Far beyond every day that the tests walk to.
LATER = "2099-12-31"


def mark():
    return secrets.token_hex(3).upper()


def file(name, text, mime="text/plain"):
    return {"name": name, "mimeType": mime, "buffer": text.encode()}


def next_working_day(guest):
    guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
    guest.page.wait_for_load_state()


def hand_in(guest, upload, take_over=False):
    """Gives a file to the page that takes lists; what it says of each row."""
    guest.go("/it/inventory").page.locator("#files").set_input_files(upload)
    if take_over:
        guest.page.locator("#takeOver").check()
    guest.page.locator("main form button.act").click()
    guest.page.locator("main ul.lines").wait_for()
    return paper.text(guest)


def take_over(guest, rows):
    """Assets that were there before the ledger, by one list: number, name, place."""
    table = io.StringIO()
    csv.writer(table).writerows([("资产编号", "名称", "存放地点"), *rows])
    paper.come_in(guest, DIRECTOR)
    said = hand_in(guest, file("assets.csv", table.getvalue(), "text/csv"), take_over=True)
    assert said.count("已补登") == len(rows), said


def asset(guest, number):
    """The word of an asset, by its number."""
    rows = paper.register(guest, "it-asset", f"?q={number}")
    return paper.link_in(rows.filter(has_text=number).first)


# -- 第三条, 第二章7, 23, 24

QUOTE = {
    "offer": "启明 T500", "configuration": "i5 16G 512G", "isTaxed": True, "validUntil": LATER,
    "value": 8, "fitness": 8, "safety": 7, "growth": 7,
}


def chosen_purchase(guest, name):
    """Planned, asked for, compared and chosen; and refused wherever the plan or the quotes do not carry it."""
    year = str(2031 + secrets.randbelow(6000))
    lines = [{"what": f"更新电脑{name}", "kind": "hardware", "quarter": "2030-Q4", "budget": 60000, "owner": ASSETS},
             {"what": f"培训{name}", "kind": "training", "quarter": f"{year}-Q1", "budget": 5000, "owner": SERVICE}]
    paper.come_in(guest, DIRECTOR)
    said = paper.start(guest, "it-plan", refused="第三条", year=year, basis="工厂三年规划", items=lines)
    assert "季度不在计划年度内" in said
    assert guest.page.locator("[name='items.1.what']").input_value() == f"培训{name}", "what was typed is gone"
    plan = paper.send_new(guest, "it-plan", items=[{"quarter": f"{year}-Q4"}])
    paper.take(guest, plan, "submit")
    paper.may_not(guest, DIRECTOR, plan, "approve")
    paper.come_in(guest, LEADER, plan)
    paper.take(guest, plan, "approve")
    paper.come_in(guest, HEAD)
    said = paper.start(
        guest, "it-purchase", refused="第三条", kind="hardware", subject=f"电脑两台{name}", need="旧机已超年限", planItem=f"培训{name}",
        items=[{"item": "台式电脑", "configuration": "i5 16G 512G", "quantity": 2}])
    assert "类别" in said
    purchase = paper.send_new(guest, "it-purchase", planItem=f"更新电脑{name}")
    paper.come_in(guest, ASSETS, purchase)
    # Two of the three are one: they share whoever is in charge.
    paper.take(guest, purchase, "compare", quotes=[
        {**QUOTE, "supplier": f"甲{name}", "leader": "章明", "price": 10400},
        {**QUOTE, "supplier": f"乙{name}", "leader": "章明", "price": 10800},
        {**QUOTE, "supplier": f"丙{name}", "leader": "卢静", "price": 11000}])
    assert "按一家计" in paper.text(guest)
    paper.come_in(guest, DIRECTOR, purchase)
    said = paper.take(guest, purchase, "choose", refused="第二章7", supplier=f"甲{name}", choiceReason="价低质优")
    assert "只有2家" in said
    paper.come_in(guest, ASSETS, purchase)
    paper.take(guest, purchase, "compare", quotes=[{}, {"supplier": f"丁{name}", "leader": "邵华"}])
    paper.come_in(guest, DIRECTOR, purchase)
    paper.take(guest, purchase, "choose", supplier=f"甲{name}", choiceReason="同配置价低，质保三年")
    return purchase


def test_from_the_plan_to_the_contract_and_a_failed_line_never_enters(visit):
    guest, name = visit(DESK), mark()
    purchase = chosen_purchase(guest, name)
    paper.come_in(guest, ASSETS, purchase)
    paper.take(guest, purchase, "contract", contractNo=f"DJ-{name}", contractDay="今天", lines=[
        {"item": "台式电脑", "configuration": "处理器=i5-13400；内存=16GB", "quantity": 2, "price": 5000}])
    assert paper.state(guest) == "到货验收中"
    delivery = {"purchase": f"电脑两台{name}", "line": 1, "delivered": 2, "surplus": 0}
    said = paper.start(
        guest, "purchase-acceptance", refused="第二章23", **delivery, passed=2, failed=0, serials=f"A{name}\nB{name}",
        checks=[{"item": "处理器", "found": "i5-13400"}, {"item": "内存", "found": "8GB"}])
    assert "应为 16GB" in said
    acceptance = paper.send_new(
        guest, "purchase-acceptance", passed=1, failed=1, serials=f"A{name}", checks=[{}, {"found": "16GB"}],
        reason="一台屏幕有坏点", action="exchange")
    returned = paper.register(guest, "goods-return").filter(has_text="台式电脑").first.inner_text()
    assert "换货" in returned and "待退换" in returned
    number = paper.number(guest.go(f"/d/{acceptance}"))
    # What failed enters neither the store nor the ledger, and nothing is paid before every line is in.
    paper.come_in(guest, KEEPER)
    said = paper.start(guest, "stock-receipt", refused="第二章23", acceptance=number, quantity=2, store="物资仓库")
    assert "只有 1 件" in said and "不合格品不得入账" in said
    paper.send_new(guest, "stock-receipt", quantity=1)
    paper.come_in(guest, ASSETS)
    said = paper.start(guest, "it-reimbursement", refused="第二章24", purchase=f"电脑两台{name}", invoices=["发票"], amount=5000)
    assert "未入库或未转固定资产" in said and "台式电脑" in said
    guest.assert_page()


# -- 第二章24: invoices

def test_an_invoice_is_known_by_one_number_however_it_comes(visit):
    guest = visit(DESK)
    number = f"2644{secrets.randbelow(10**16):016}"
    paper.come_in(guest, FINANCE)
    first = paper.start(guest, "vat-invoice", scan=f"01,32,,{number},4000,20260915,,74AE", seller="恒达电脑（演示）")
    assert number in paper.text(guest), "the twenty digits are not as they were scanned"
    # Somebody else types it from the print, spaced and in full width.
    paper.come_in(guest, ASSETS)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number[:10]) + " " + number[10:]
    said = paper.start(guest, "vat-invoice", refused="第二章24", number=wide, seller="恒达电脑（演示）", total=4000)
    assert "不得重复入账" in said and "发票〔" in said
    # The XML is believed before what was typed.
    other = f"2644{secrets.randbelow(10**16):016}"
    xml = (f"<EInvoice><EInvoiceData><SellerInformation><SellerName>宏远科技（演示）</SellerName></SellerInformation>"
           f"<BasicInformation><TotalTax-includedAmount>1200.00</TotalTax-includedAmount></BasicInformation></EInvoiceData>"
           f"<TaxSupervisionInfo><InvoiceNumber>{other}</InvoiceNumber><IssueTime>2026-09-16</IssueTime></TaxSupervisionInfo></EInvoice>")
    paper.start(guest, "vat-invoice", original=file("dzfp.xml", xml, "text/xml"), total=1300)
    shown = paper.text(guest)
    assert other in shown and "1,200.00" in shown and "XML 原件" in shown and "宏远科技" in shown
    # Reversed in part, it is worth the rest.
    paper.come_in(guest, FINANCE)
    red = f"2644{secrets.randbelow(10**16):016}"
    title = paper.number(guest.go(f"/d/{first}"))
    paper.start(guest, "vat-invoice", step="registerRed", number=red, seller="恒达电脑（演示）", day="2026-09-20", total=-1000, blue=title)
    guest.go(f"/d/{first}")
    assert paper.state(guest) == "部分红冲"
    row = [{"receipt": "入库〔", "amount": "3000.01"}]
    said = paper.take(guest, first, "allocate", refused="第二章24", allocations=row)
    assert "3000" in said
    paper.take(guest, first, "allocate", allocations=[{"amount": 3000}])
    guest.assert_page()


# -- 第二章8, 20, 22: an asset's page and its label

def decoded(content, folder):
    """What a reader of bar codes finds on the first page of a PDF."""
    (folder / "label.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "300", "-png", "-singlefile", folder / "label.pdf", folder / "label"], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", folder / "label.png"], capture_output=True, text=True, check=True)
    return read.stdout.split()


def test_an_asset_has_one_page_for_its_life_and_a_label_that_can_be_read(visit, tmp_path):
    guest = visit(DESK)
    paper.come_in(guest, ASSETS)
    document = asset(guest, "DJ26011")
    guest.go(f"/d/{document}").page.get_by_role("link", name="设备全程").click()
    guest.page.wait_for_load_state()
    life = paper.text(guest)
    for words in ("采购〔", "恒达电脑", "验收〔", "转固定资产", "调拨〔", "和春"):
        assert words in life, f"{words} is not in: {life}"
    guest.assert_page()
    label = guest.go(f"/d/{document}").page.get_by_role("link", name="打印标签").get_attribute("href")
    for kind in ("qr", "bars"):
        answer = guest.context.request.get(f"{guest.address}{label}?kind={kind}")
        assert answer.headers["content-type"] == "application/pdf"
        assert decoded(answer.body(), tmp_path) == ["DJ26011"], kind
    said = paper.start(
        guest, "it-asset", refused="第二章23", acceptance="验收〔", number=f"DJ{mark()}", what="台式电脑", serial="QM5004", place="物资仓库")
    assert "QM5004" in said and "不得转固定资产" in said
    # Another thing does not get its number.
    paper.come_in(guest, DIRECTOR)
    said = paper.start(guest, "it-asset", step="takeOver", refused="第二章8", number="ＤＪ２６０１１", what="台式电脑", place="物资仓库", note="补登")
    assert "DJ26011" in said or "资产编号" in said
    guest.go("/it/labels?place=没有这个地点")
    assert "没有您可见的资产" in paper.text(guest)


# -- 第二章22: the stocktake

def test_a_count_on_a_phone_changes_the_ledger_only_by_decision(visit):
    guest, name = visit(DESK), mark()
    place, numbers = f"样机间{name}", [f"DJ{name}{at}" for at in (1, 2)]
    take_over(guest, [(number, "台式电脑", place) for number in numbers])
    paper.come_in(guest, ASSETS)
    count = paper.start(guest, "it-stocktake", place=place)

    phone = visit(PHONE)
    paper.come_in(phone, DUTY, count)
    phone.page.get_by_role("link", name="现场盘点").click()
    phone.page.wait_for_load_state()
    phone.page.get_by_role("link", name=place).click()
    phone.page.wait_for_load_state()
    assert "已见 0 / 2 件" in paper.text(phone)
    phone.page.locator("form[data-scan] button[data-main]").click()
    phone.page.wait_for_load_state()
    assert "资产编号" in paper.told(phone, ""), "an empty scan says what is missing"
    phone.page.locator(f"button[name=found][value='{numbers[0]}']").click()
    phone.page.get_by_text("已见 1 / 2 件").wait_for()
    phone.page.locator("#code").fill(f"XX{name}")
    phone.page.locator("form[data-scan] button[data-main]").click()
    phone.page.get_by_text("另外见到的").wait_for()
    assert f"XX{name}" in paper.text(phone)
    phone.assert_page()
    assert not steps.is_offered(phone.go(f"/d/{count}"), count, "close"), "whoever counts does not close the count"

    paper.come_in(guest, ASSETS, count)
    paper.take(guest, count, "close")
    guest.go(f"/it/stocktake/{count}")
    assert re.search(r"盘亏\s*1", paper.text(guest)) and re.search(r"盘盈\s*1", paper.text(guest))
    difference = paper.link_in(paper.register(guest, "stocktake-difference").filter(has_text=numbers[1]).first)
    paper.take(guest, difference, "propose", cause="外借未办手续", proposal="列为盘亏，继续查找")
    missing = asset(guest, numbers[1])
    assert paper.state(guest.go(f"/d/{missing}")) == "在库", "the ledger changed before anybody decided"
    paper.come_in(guest, DIRECTOR, count)
    said = paper.take(guest, count, "finish", refused="第二章22")
    assert "还有 2 项差异没有决定" in said
    said = paper.take(guest, difference, "decide", refused="第二章22", decision="enter", ground="查明")
    assert "盘亏" in said
    paper.take(guest, difference, "decide", decision="writeOff", ground="两次查找未见")
    guest.go(f"/d/{missing}")
    assert paper.state(guest) == "盘亏" and place in paper.text(guest), "it keeps its last place"


# -- 第二章10, 11, 16: what agents list

def inventory(number, programs, **more):
    content = {"versionclient": "GLPI-Agent_v1.7", "bios": {"assettag": number}, "hardware": {"name": number.lower()},
               "softwares": programs, "antivirus": [{"name": "火绒", "enabled": True, "uptodate": True}]}
    return file(f"{number}.json", json.dumps({"deviceid": number.lower(), "content": content, **more}), "application/json")


def test_an_agents_list_opens_findings_and_overwrites_nothing(visit):
    guest, name = visit(DESK), mark()
    number = f"DJ{name}"
    take_over(guest, [(number, "台式电脑", "物资仓库")])
    paper.come_in(guest, NETWORK)
    next_working_day(guest)
    forbidden = {"name": "纸牌大师", "version": f"3.{secrets.randbelow(10**6)}"}
    said = hand_in(guest, inventory(number, [{"name": "7-Zip 23.01 (x64)", "publisher": "Igor Pavlov", "version": "23.01"}, forbidden]))
    assert "有不符" in said and "只能说“未见”" in said
    said = hand_in(guest, file("rest.json", '{"content": {"versionclient": "x"'))
    assert "未收" in said, "half a file was taken"
    document = asset(guest, number)
    guest.go(f"/d/{document}")
    assert paper.state(guest) == "在库" and "物资仓库" in paper.text(guest) and "正常" in paper.text(guest)
    row = paper.register(guest, "computer-finding").filter(has_text=number)
    assert row.count() == 1, row.all_inner_texts()
    finding = paper.link_in(row.first)
    assert forbidden["version"] in paper.text(guest.go(f"/d/{finding}")), "the line that shows it is not on the page"
    paper.come_in(guest, DIRECTOR, finding)
    said = paper.take(guest, finding, "accept", refused="第二章10", reason="员工午休用", **{"~opinion": "员工提出"})
    assert "不能准予保留" in said
    paper.come_in(guest, ASSETS, finding)
    paper.take(guest, finding, "explain", explanation="使用人自行安装")
    assert not steps.is_offered(guest, finding, "remove"), "whoever explained it says that it is gone"
    paper.come_in(guest, NETWORK, finding)
    paper.take(guest, finding, "remove", measure="已卸载并封闭安装权限")
    assert paper.state(guest) == "已消除"
    guest.assert_page()


# -- 第二章13: addresses

def test_the_first_free_address_is_given_once_and_rests_when_it_is_free(visit):
    guest, domain = visit(DESK), f"试验网{mark()}"
    paper.come_in(guest, NETWORK)
    net = paper.start(guest, "ip-subnet", domain=domain, prefix="10.77.0.0/29", purpose="试验")
    said = paper.start(guest, "ip-subnet", refused="第二章13", domain=domain, prefix="10.77.0.4/30", purpose="试验")
    assert "与网段 10.77.0.0/29 重叠" in said
    named = paper.number(guest.go(f"/d/{net}"))
    given = []
    for host in ("dj-1", "dj-2"):
        given.append(paper.start(guest, "ip-address", subnet=named, host=host))
        assert f"10.77.0.{len(given)}" in paper.text(guest)
    said = paper.start(guest, "ip-address", refused="第二章13", subnet=named, wanted="10.77.0.1", host="dj-3")
    assert "已占用" in said
    said = paper.send_new(guest, "ip-address", refused="第二章13", wanted="010.077.000.003")
    assert "前导零" in said
    paper.come_in(guest, SECOND_NETWORK, given[0])
    paper.take(guest, given[0], "release")
    assert paper.state(guest) == "静置中"
    paper.start(guest, "ip-address", subnet=named, host="dj-4")
    assert "10.77.0.3" in paper.text(guest), "an address was given again before its rest was over"
    guest.go(f"/d/{net}")
    assert "50.00" in paper.text(guest), "three of six are taken"
    guest.assert_page()


# -- 第二章21: the service desk

def mail(sender, subject):
    head = f"From: {sender}\r\nSubject: {subject}\r\nDate: Mon, 14 Sep 2026 09:00:00 +0800\r\n"
    return file("来信.eml", f"{head}\r\n打印机不动了。\r\n", "message/rfc822")


def test_a_ticket_is_over_when_its_asker_says_so(visit):
    guest, name = visit(DESK), mark()
    paper.come_in(guest, SERVICE)
    asked = {"kind": "fault", "urgency": "high"}
    said = paper.start(
        guest, "service-ticket", step="askByMail", refused="第二章21", mail=mail("somebody@example.org", f"Printer {name}"), **asked)
    assert "认不出发件人" in said
    ticket = paper.send_new(guest, "service-ticket", asker=WORKER)
    assert f"Printer {name}" in paper.text(guest) and "打印机不动了" in paper.text(guest)
    paper.take(guest, ticket, "take", impact="medium", assignee=SERVICE)
    assert "二级" in paper.text(guest), "urgency and impact make the priority"
    paper.take(guest, ticket, "solve", solution="重启后台打印服务")
    assert paper.state(guest) == "待申请人确认" and not steps.is_offered(guest, ticket, "confirm"), "the desk confirms its own work"
    paper.come_in(guest, WORKER, ticket)
    paper.take(guest, ticket, "reopen", note="仍然脱机")
    paper.come_in(guest, SERVICE, ticket)
    paper.take(guest, ticket, "solve", solution="更换数据线")
    phone = visit(PHONE)
    paper.come_in(phone, WORKER, ticket)
    paper.take(phone, ticket, "confirm", satisfaction="good")
    assert paper.state(phone) == "已确认解决"
    phone.assert_page()


# -- 第三章三, 四: rooms

def test_a_rooms_closing_check_is_made_on_a_phone_and_its_defect_is_followed(visit):
    guest = visit(PHONE)
    paper.come_in(guest, DUTY)
    next_working_day(guest)
    due = paper.register(guest, "closing-check", "?state=due")
    check = paper.link_in(due.filter(has_text=DUTY).first)
    ticks = {name: True for name in ("power", "windows", "doors", "flammables", "visitors", "media")}
    said = paper.take(guest, check, "check", refused="第三章三", **ticks, fire=False)
    assert "写明缺陷" in said
    defect = f"灭火器压力不足{mark()}"
    paper.take(guest, check, "check", **ticks, fire=False, defect=defect)
    assert paper.state(guest) == "已检查"
    guest.assert_page()
    leader = visit(DESK)
    paper.come_in(leader, HEAD)
    leader.page.get_by_text(defect).first.wait_for()
    leader.page.get_by_role("link", name=re.compile(defect)).first.click()
    leader.page.wait_for_load_state()
    order = paper.word(leader)
    paper.take(leader, order, "repair", work="已更换灭火器")
    assert not steps.is_offered(leader, order, "confirm"), "whoever repaired it says that it is gone"
    paper.come_in(guest, DUTY, order)
    paper.take(guest, order, "confirm", remark="新灭火器在有效期内")
    assert paper.state(guest) == "已消除"


# -- 第三章五: visitors

def test_a_visitor_enters_with_consent_and_leaves_with_the_scene_restored(visit):
    guest, unit = visit(DESK), f"恒达电脑{mark()}"
    paper.come_in(guest, DUTY)
    call = paper.start(
        guest, "room-visit", visitor="祁山", **{"from": unit}, document="身份证", purpose="安装调试", room="一车间电脑室", area="机柜区")
    assert "祁山" not in paper.text(guest), "the visitor's name stands in clear"
    assert not steps.is_offered(guest, call, "enter") and not steps.is_offered(guest, call, "consent"), "in without consent"
    paper.come_in(guest, HEAD, call)
    paper.take(guest, call, "consent", mayOperate=False)
    paper.come_in(guest, DUTY, call)
    paper.take(guest, call, "enter", escort=WORKER)
    said = paper.take(guest, call, "leave", refused="第三章五", operated=True, operation="", powerOff=True, restored=True)
    assert "操作内容" in said
    said = paper.take(guest, call, "leave", refused="第三章五", operated=True, operation=f"安装系统{unit}", powerOff=True, restored=False)
    assert "恢复现场" in said
    paper.take(guest, call, "leave", operated=True, operation=f"安装系统{unit}", powerOff=True, restored=True)
    assert paper.state(guest) == "已离开"
    guest.assert_page()
    # Nobody had consented to that: it goes to the director, and the escort states the own side.
    paper.come_in(guest, DIRECTOR)
    breach = paper.link_in(paper.register(guest, "operation-breach").filter(has_text=WORKER).first)
    assert unit in paper.text(guest.go(f"/d/{breach}"))


# -- 第三章六: inspections

def open_inspection(guest):
    """One of the rooms' rounds that is being made; with the months there comes another."""
    for _ in range(40):
        rows = paper.register(guest, "inspection", "?state=open").filter(has_text="电脑部位安全检查")
        if rows.count():
            return paper.link_in(rows.first)
        guest.go("/")
        next_working_day(guest)
    raise AssertionError("no inspection of the rooms has begun")


def test_an_inspection_is_over_with_its_last_danger(visit):
    guest = visit(DESK)
    paper.come_in(guest, ASSETS)
    inspection = open_inspection(guest)
    said = paper.take(guest, inspection, "finish", refused="第三章六")
    assert re.search(r"还有 \d+ 项未检查", said)
    name, found = mark(), []
    guest.go(f"/d/{inspection}")
    form = guest.page.locator(landmarks.step_form(inspection, "record"))
    for number, row in enumerate(form.locator("fieldset.line.system").all()):
        is_danger = len(found) < 2 and HEAD in row.locator("legend").first.inner_text()
        paper.put(form, f"lines.{number}.result", "danger" if is_danger else "good")
        if is_danger:
            found.append(f"插座松动{name}{number}")
            paper.put(form, f"lines.{number}.note", found[-1])
    assert len(found) == 2, "the page does not say whose the places are"
    paper.send(guest, form)
    paper.take(guest, inspection, "finish")
    said = paper.take(guest, inspection, "confirm", refused="第三章六")
    assert "还有 2 项隐患未消除" in said
    guest.assert_page()
    paper.come_in(guest, HEAD)
    dangers = [paper.link_in(paper.register(guest, "danger").filter(has_text=one).first) for one in found]
    for danger in dangers:
        paper.take(guest, danger, "remove", measure="已更换插座")
        assert not steps.is_offered(guest, danger, "confirm"), "whoever removed it says that it is gone"
    paper.come_in(guest, ASSETS)
    for danger, after in zip(dangers, ("隐患整改中", "已办结")):
        paper.take(guest, danger, "confirm")
        guest.go(f"/d/{inspection}")
        assert paper.state(guest) == after
