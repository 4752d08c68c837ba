"""The confidentiality of customers' archives at work in the invented company, chapter by chapter: each by the persons whose business it is,
with what goes well and what the page refuses under which article."""
import datetime
import re
import secrets
import subprocess

import landmarks
import paper
import steps
from visitor import View

DESK, PHONE = View(), View(width=390)
SPECIALIST, SUPERVISOR, MANAGER, GENERAL, ARCHIVIST, CUSTODIAN, COURIER = "苏雯", "郭鹏", "丁怡", "罗昕", "汤梅", "宋可", "向东"
MARKET_HEAD, CLERK, ACCOUNTANT = "袁飞", "程宇", "凌芳"
PICTURE = {"name": "evidence.txt", "mimeType": "text/plain"}


def two_characters():
    """A name of two characters that nobody else has."""
    return "".join(chr(0x4E00 + secrets.randbelow(20_000)) for _ in range(2))


def name():
    return f"试验商行{secrets.token_hex(3)}"


def paper_file(title, text):
    return {"name": title, "mimeType": "text/plain", "buffer": text.encode()}


def part(kind):
    return {"kind": kind, "medium": "纸质"}


def new_file(guest, customer, **more):
    """A customer's file by the specialist, who is there: its word, and its reference code, by which it is chosen where it is classified."""
    document = paper.start(
        guest, "customer-file", **{"subclass": "dealer", "customer": customer, "withoutCode": "境外机构", "region": "广州", "copies": 1,
                                   "parts": [part("客户基本信息表")], **more})
    paper.open_up(guest, document)
    return document, re.search(r"\w+-\w+·\d{4}-\w+-\S+", paper.text(guest)).group(0)


def now(guest):
    """What the demonstration's clock says."""
    said = guest.page.locator(".strip b").inner_text()
    return datetime.datetime(*map(int, re.findall(r"\d+", said)[:5]))


# -- 第3条, 第4条

def test_a_file_is_opened_and_says_what_it_lacks(visit):
    guest, customer = visit(DESK), name()
    paper.come_in(guest, CLERK)
    said = paper.start(guest, "first-contact", refused="第3条", subclass="individual", organisation=customer, region="广州", day="今天")
    assert "客户姓名" in said
    contact = paper.send_new(guest, "first-contact", subclass="dealer")
    paper.come_in(guest, SPECIALIST)
    said = paper.start(
        guest, "customer-file", refused="第3条", subclass="dealer", customer=customer, creditCode="91440101MA5CKXTR90", region="广州",
        copies=1, contact=customer, parts=[part("客户基本信息表")])
    assert "统一社会信用代码" in said
    file = paper.send_new(guest, "customer-file", creditCode="", withoutCode="境外机构")
    paper.open_up(guest, file)
    for lacking in ("尚缺材料", "营业执照", "合同", "资信调查"):
        assert lacking in paper.text(guest), f"{lacking} is not said"
    guest.assert_page()
    paper.take(guest, file, "supplement", parts=[{}, part("营业执照"), part("合同"), part("资信调查")])
    paper.open_up(guest, file)
    assert "尚缺材料" not in paper.text(guest)
    # Whoever brought the customer learns that there is a file, and nothing of it.
    paper.come_in(guest, CLERK, contact)
    assert paper.state(guest) == "已建档"
    assert paper.is_absent(guest, file)


# -- 第5条, 第6条, 第22条

def found(guest, text):
    guest.go(f"/archive?text={text}")
    return paper.text(guest)


def test_two_characters_find_a_file_and_what_one_may_not_know_of_is_not_found(visit):
    guest, customer, secret = visit(DESK), two_characters(), two_characters()
    paper.come_in(guest, SPECIALIST)
    _, code = new_file(guest, customer)
    classified = {"subclass": "dealer", "customer": secret, "withoutCode": "境外机构", "region": "广州", "copies": 1, "secrecy": "secret"}
    said = paper.start(guest, "customer-file", refused="第22条", **classified, parts=[part("客户基本信息表")])
    assert "专管人" in said
    paper.send_new(guest, "customer-file", refused="第22条", custodian=ARCHIVIST)
    file = paper.send_new(guest, "customer-file", custodian=CUSTODIAN)
    assert secret not in guest.page.title(), "the name of a classified customer stands in the browser's tab"
    row = found(guest, secret)
    assert "企业机密" in row and "★" not in row and code not in row
    phone = visit(PHONE)
    paper.come_in(phone, ARCHIVIST)
    assert code in found(phone, customer)
    phone.assert_page()
    nothing = found(phone, two_characters())
    assert "没有找到您可以查阅的档案" in nothing
    assert found(phone, secret) == nothing, "what may not be known of is answered otherwise than what there is not"
    assert paper.is_absent(phone, file)
    assert paper.register(phone, "customer-file", f"?q={secret}").locator("a[href^='/d/']").count() == 0
    paper.come_in(phone, CLERK)
    assert code not in found(phone, customer), "who was granted nothing finds it"


# -- 第17条, 第18条

def granted(guest, file, customer, lend=False):
    """The way of an access request of the market department's clerk to its grant; its word."""
    paper.come_in(guest, CLERK)
    said = paper.start(
        guest, "access-request", choice="inside", refused="第18条", object=f"{customer}的合同与付款资料", purpose="business", reason="核对付款条件",
        about="经办该客户业务", expected="ordinary", alsoLend=lend, days=8)
    assert "不得超过 7 天" in said
    request = paper.send_new(guest, "access-request", days=2)
    way = guest.page.locator("main .way li").all_inner_texts()
    assert way == ["待提交", "待所在单位审签", "待客户服务部审核", "待批准", "已授权", "已结束"], "its way is not drawn before it is sent"
    paper.take(guest, request, "send")
    assert paper.is_absent(guest, file), "asking opens nothing"
    paper.come_in(guest, MARKET_HEAD, request)
    paper.take(guest, request, "endorse", sealNumber="用印18号")
    paper.come_in(guest, SPECIALIST, request)
    paper.take(guest, request, "check", files=[customer])
    assert not steps.is_offered(guest, request, "approve"), "whoever checks approves as well"
    paper.come_in(guest, SUPERVISOR, request)
    paper.take(guest, request, "approve")
    assert paper.state(guest) == "已授权"
    return request


def test_a_grant_opens_one_file_for_its_time_and_ends_at_once(visit):
    guest, reader, customer = visit(DESK), visit(DESK), name()
    paper.come_in(guest, SPECIALIST)
    file, _ = new_file(guest, customer)
    request = granted(guest, file, customer)
    paper.come_in(reader, CLERK, file)
    assert customer in paper.text(reader) and reader.page.locator("form.printing").count() == 0, "reading implies printing"
    guest.go(f"/d/{file}/readers")
    assert CLERK in paper.text(guest) and "业务办理" in paper.text(guest), "who read it is not on its page"
    guest.assert_page()
    buttons = guest.go(f"/d/{request}").page.locator(f"{landmarks.step_form(request, 'end')} > button:not(.first)").all()
    places = [button.bounding_box() for button in buttons]
    assert len(places) == 2 and len({(round(place["x"]), round(place["width"])) for place in places}) == 1, f"they stand askew: {places}"
    paper.take(guest, request, "end", answer="事项已办结")
    assert paper.is_absent(reader, file), "the grant has ended, and the open page still shows the file"
    assert paper.state(reader.go(f"/d/{request}")) == "已结束"


# -- 第22条

def test_a_raised_level_takes_the_file_out_of_sight(visit):
    guest, customer = visit(DESK), name()
    paper.come_in(guest, SPECIALIST)
    file, _ = new_file(guest, customer)
    archivist = visit(DESK)
    paper.come_in(archivist, ARCHIVIST, file)
    paper.come_in(guest, SUPERVISOR)
    said = paper.start(guest, "level-change", refused="第22条", file=customer, to="secret", reason="涉及在谈的合作")
    assert "专管人" in said
    change = paper.send_new(guest, "level-change", custodian=CUSTODIAN)
    assert not steps.is_offered(guest, change, "approveRaising"), "whoever proposes approves"
    assert paper.is_absent(archivist, change), "that it is to be raised is told to who may not know"
    paper.come_in(guest, MANAGER, change)
    paper.take(guest, change, "approveRaising")
    assert paper.state(guest) == "已变更"
    assert paper.is_absent(archivist, file)
    paper.come_in(guest, CUSTODIAN, file)
    assert "企业机密" in paper.text(guest) and customer not in guest.page.title()
    guest.assert_page()


# -- 第19条, 第20条

def test_one_copy_is_lent_once_for_three_days_at_most(visit):
    guest, customer = visit(DESK), name()
    paper.come_in(guest, SPECIALIST)
    file, _ = new_file(guest, customer)
    granted(guest, file, customer, lend=True)
    paper.come_in(guest, CLERK)
    said = paper.start(guest, "loan", refused="第19条", file=customer, copies=1, days=4, reason="核对合同")
    assert "不得超过3天" in said
    first = paper.send_new(guest, "loan", days=3)
    assert "应还时间" in paper.text(guest), "the day on which it is due is not shown before it is lent"
    second = paper.start(guest, "loan", file=customer, copies=1, days=1, reason="复核")
    assert not steps.is_offered(guest, second, "lend")
    paper.come_in(guest, SPECIALIST, first)
    paper.take(guest, first, "lend")
    said = paper.take(guest, second, "lend", refused="第19条")
    assert "在档 1 份" in said and "已借出 1 份" in said
    said = paper.take(guest, first, "return", refused="第20条", outcome="damaged")
    assert "写明情况" in said
    paper.take(guest, first, "return", outcome="intact")
    assert paper.state(guest) == "已归还"
    paper.take(guest, second, "lend")
    assert paper.state(guest) == "借出"
    guest.assert_page()
    paper.take(guest, second, "return", outcome="intact")


# -- 第23条

def printed(guest, file):
    with guest.page.expect_download() as download:
        guest.page.locator(f"form.printing[action='/d/{file}/print'] button").click()
    return subprocess.run(["pdftotext", download.value.path(), "-"], capture_output=True, text=True, check=True).stdout


def test_a_classified_file_is_printed_with_a_number_and_by_approval(visit):
    guest = visit(DESK)
    paper.come_in(guest, SPECIALIST)
    file, code = new_file(guest, name(), secrecy="secret", custodian=CUSTODIAN)
    assert guest.page.locator("form.printing").count() == 0
    token = guest.page.locator("main input[name=csrf]").first.input_value()
    refusal = guest.context.request.post(f"{guest.address}/d/{file}/print", form={"csrf": token}, headers={"Origin": guest.address})
    assert refusal.status in (403, 409, 422) and "第23条" in refusal.text(), f"{refusal.status}: {refusal.text()[:2000]}"
    request = paper.start(guest, "copy-request", files=[code], ways=["print"], reason="报送审计")
    assert not steps.is_offered(guest, request, "approve"), "whoever asks approves"
    paper.come_in(guest, GENERAL, request)
    paper.take(guest, request, "approve")
    paper.come_in(guest, SPECIALIST, file)
    text = printed(guest, file)
    assert f"{code}-F1" in text and SPECIALIST in text and "★" not in text
    row = paper.register(guest, "controlled-copy").filter(has_text=f"{code}-F1").first
    copy = paper.link_in(row)
    paper.take(guest, copy, "return", condition="完整")
    said = paper.take(guest, copy, "destroy", refused="第23条", witness=SPECIALIST)
    assert "监销" in said
    paper.take(guest, copy, "destroy", witness=SUPERVISOR)
    assert paper.state(guest) == "已销毁"


def test_a_courier_carries_what_is_sealed_and_a_broken_seal_is_a_leak(visit):
    guest, customer, seal = visit(DESK), name(), f"封{secrets.token_hex(3)}"
    paper.come_in(guest, SPECIALIST)
    new_file(guest, customer)
    slip = {"files": [customer], "content": "合同一册", "purpose": "送财务部对账", "receiver": ACCOUNTANT, "safeguard": "envelope",
            "sealNumber": seal}
    said = paper.start(guest, "record-dispatch", refused="第23条", **slip, courier=CLERK)
    assert "指定的档案递送员" in said
    sent = paper.send_new(guest, "record-dispatch", courier=COURIER)
    paper.come_in(guest, COURIER, sent)
    said = paper.take(guest, sent, "handOver", refused="第23条", sealCarried=f"{seal}X")
    assert "不得接件" in said
    paper.take(guest, sent, "handOver", sealCarried=seal)
    phone = visit(PHONE)
    paper.come_in(phone, ACCOUNTANT, sent)
    said = paper.take(phone, sent, "receive", refused="第23条", sealReceived=seal, sealState="broken")
    assert "不得签收" in said
    phone.assert_page()
    paper.take(phone, sent, "dispute", sealReceived=seal, note=f"封口被拆开 {seal}")
    for officer in (SUPERVISOR, MANAGER):
        paper.come_in(guest, officer)
        leak = paper.link_in(paper.register(guest, "leak-report", "?state=reported").first)
        assert seal in paper.text(guest.go(f"/d/{leak}")), f"{officer} does not hear of it"


# -- 第9条 - 第13条

def report_in_use(guest, heading):
    paper.come_in(guest, SPECIALIST)
    report = paper.start(guest, "report-definition", heading=heading, length="month", items=["stock", "opened", "kinds"])
    paper.come_in(guest, MANAGER, report)
    paper.take(guest, report, "adopt")


def test_a_report_goes_to_its_subscriber_after_all_have_signed(visit):
    guest, heading = visit(DESK), f"月报{secrets.token_hex(3)}"
    report_in_use(guest, heading)
    paper.come_in(guest, MARKET_HEAD)
    asked = {"definition": heading, "readers": [CLERK], "purpose": "安排走访"}
    said = paper.start(guest, "report-subscription", refused="第10条", **asked, until="2099-12-31")
    assert "一年以内" in said
    order = paper.send_new(guest, "report-subscription", until="三十个工作日后")
    paper.may_not(guest, GENERAL, order, "approve", "review")
    paper.come_in(guest, MANAGER, order)
    paper.take(guest, order, "review", opinion="同意")
    assert not steps.is_offered(guest, order, "approve"), "one person approves twice"
    paper.come_in(guest, GENERAL, order)
    paper.take(guest, order, "approve")
    assert paper.state(guest) == "订阅中"
    paper.come_in(guest, SPECIALIST)
    issue = paper.start(guest, "statistical-report", definition=heading)
    said = paper.start(guest, "statistical-report", refused="第9条", definition=heading)
    assert "已编制" in said
    reader = visit(PHONE)
    paper.come_in(reader, CLERK)
    assert heading not in paper.text(reader.go(landmarks.register("report-copy"))), "it is seen before it is signed"
    paper.come_in(guest, SUPERVISOR, issue)
    paper.take(guest, issue, "review")
    paper.come_in(guest, MANAGER, issue)
    paper.take(guest, issue, "approve")
    assert paper.state(guest) == "已发布"
    copy = paper.link_in(paper.register(reader, "report-copy").filter(has_text=heading).first)
    paper.take(reader, copy, "receive")
    assert paper.state(reader) == "已签收"
    reader.assert_page()


# -- 第14条, 第15条

def test_the_half_yearly_check_is_made_on_a_phone_and_closes_with_nothing_unchecked(visit):
    phone, shelf = visit(PHONE), "一库1柜"
    paper.come_in(phone, SUPERVISOR)
    checks = paper.register(phone, "archive-check", "?state=open").filter(has_text=shelf)
    check = paper.link_in(checks.first) if checks.count() else paper.start(phone, "archive-check", shelf=shelf)
    said = paper.start(phone, "archive-check", refused="第14条", shelf=shelf)
    assert "正在进行" in said
    paper.come_in(phone, ARCHIVIST, check)
    paper.take(phone, check, "refresh")
    said = paper.take(phone, check, "close", refused="第14条", summary="已逐卷检查")
    assert re.search(r"还有 \d+ 卷未检查", said)
    phone.go(f"/d/{check}").page.get_by_role("link", name="逐架检查").click()
    phone.page.wait_for_load_state()
    rows = phone.page.locator("form[action^='/archive/check/'] fieldset")
    note = f"封面撕裂{secrets.token_hex(3)}"
    torn = False
    for number, row in enumerate(rows.all()):
        if row.locator("input:checked").count():
            continue
        row.locator(f"[value={'in-order' if torn else 'damaged'}]").check()
        if not torn:
            row.locator(f"[name='note.{number}']").fill(note)
            row.locator(f"[name='photo.{number}']").set_input_files({**PICTURE, "buffer": note.encode()})
        torn = True
    assert torn, "every record of the shelf is checked already"
    phone.assert_page()
    with phone.page.expect_navigation():
        phone.page.locator("main form button.act").click()
    paper.told(phone)
    paper.take(phone, check, "close", summary="一卷破损，其余完好")
    assert paper.state(phone) == "已办结"
    order = paper.link_in(paper.register(phone, "repair-order", "?state=open").first)
    assert note in paper.text(phone.go(f"/d/{order}")), "what is torn is not repaired"
    paper.take(phone, order, "repair", method="托裱", after={**PICTURE, "name": "after.txt", "buffer": b"mended"})
    assert not steps.is_offered(phone, order, "accept"), "whoever repairs accepts"
    paper.come_in(phone, SPECIALIST, order)
    paper.take(phone, order, "accept")
    assert paper.state(phone) == "已验收"


# -- 第16条

def test_a_climate_beyond_the_limits_is_an_alarm_until_it_is_right_again(visit):
    guest, label = visit(DESK), f"试验库{secrets.token_hex(3)}"
    paper.come_in(guest, SUPERVISOR)
    said = paper.start(guest, "archive-store", refused="第16条", label=label, kind="纸质库", keeper=ARCHIVIST, coldest=24, warmest=14)
    assert "限值" in said
    paper.send_new(guest, "archive-store", coldest="", warmest="")
    phone = visit(PHONE)
    paper.come_in(phone, ARCHIVIST)
    clock = now(phone)

    def read(minutes, humidity, refused=None):
        at = clock - datetime.timedelta(minutes=minutes)
        return paper.start(
            phone, "climate-reading", refused=refused, store=label, at=at.strftime("%Y-%m-%d %H:%M"), temperature="20.1", humidity=humidity)

    said = read(-90, "55.0", refused="第16条")
    assert "不能晚于现在" in said
    read(30, "58.0")
    read(20, "61.5")
    assert paper.register(phone, "climate-alarm").filter(has_text=label).count() == 0, "one reading alone is an alarm"
    read(10, "62.0")
    assert "62" in paper.text(phone)
    alarm = paper.link_in(paper.register(phone, "climate-alarm").filter(has_text=label).first)
    said = paper.take(phone, alarm, "settle", refused="第16条", measure="开除湿机")
    assert "仍然超限" in said
    phone.assert_page()
    read(5, "58.5")
    paper.take(phone, alarm, "settle", measure="开除湿机两小时，已恢复")
    assert paper.state(phone) == "已处置"
    assert label in paper.text(phone.go("/archive/climate"))
    phone.assert_page()


# -- 第24条

def test_data_leave_the_house_with_two_approvals_and_in_the_approved_fields_alone(visit):
    guest, customer = visit(DESK), name()
    paper.come_in(guest, SPECIALIST)
    _, personal = new_file(guest, "", subclass="individual", person="卫青禾", withoutCode="", parts=[part("客户基本信息表")])
    new_file(guest, customer, keywords="年框合同")
    given = {"recipient": "市场监督管理局", "recipientContact": "来函所列", "purpose": "核查经销资质", "way": "密封送达",
             "legalGround": "依法协助调查", "until": "三十个工作日后"}
    said = paper.start(
        guest, "outside-provision", choice="provision", refused="第24条", file=personal, given=["person"], **given)
    assert "单独同意书" in said
    provision = paper.start(
        guest, "outside-provision", choice="duty", file=customer, given=["customer", "region"],
        order=paper_file("调取函.txt", customer), **given)
    paper.come_in(guest, SUPERVISOR, provision)
    paper.take(guest, provision, "supervise")
    assert not steps.is_offered(guest, provision, "approve"), "one person approves twice"
    paper.come_in(guest, MANAGER, provision)
    paper.take(guest, provision, "approve")
    paper.come_in(guest, SPECIALIST, provision)
    guest.page.get_by_role("link", name="资料包").click()
    guest.page.wait_for_load_state()
    guest.assert_page()
    with guest.page.expect_download() as download:
        guest.page.locator("main form[method=post] button").last.click()
    package = download.value.path().read_text()
    assert customer in package and "广州" in package and "年框合同" not in package, package
    paper.take(guest, provision, "hand-over")
    paper.take(guest, provision, "acknowledge", receivedBy="经办人", receipt=paper_file("回执.txt", customer))
    assert paper.state(guest) == "已回执"


# -- 第25条

def test_two_witnesses_check_line_by_line_and_nothing_goes_before_its_time(visit):
    guest = visit(DESK)
    paper.come_in(guest, MANAGER)
    due = paper.link_in(paper.register(guest, "destruction-list", "?state=due").first)
    page = f"/archive/appraisal/{due}"
    guest.go(page)
    ticks = guest.page.locator("main input[name=line]")
    assert ticks.count() > 1, "too little is due"

    def decide(outcome, refused=None, ticked=0, reason="", which="ticked"):
        if which == "ticked":
            ticks.nth(ticked).check()
        guest.page.locator("#outcome").select_option(outcome)
        guest.page.locator("#reason").fill(reason)
        with guest.page.expect_navigation():
            guest.page.locator(f"main button[name=which][value={which}]").click()
        return paper.told(guest, refused)

    assert "理由" in decide("permanent", refused="第25条")
    decide("permanent", reason="有史料价值")
    decide("destroy", which="rest")
    guest.assert_page()
    said = paper.take(guest, due, "appraise", refused="第25条", members=[ARCHIVIST, SPECIALIST], opinion="期满，无继续保存价值")
    assert "业务人员" in said
    paper.take(guest, due, "appraise", members=[ARCHIVIST, SPECIALIST, MARKET_HEAD], opinion="期满，无继续保存价值")
    paper.may_not(guest, MANAGER, due, "approve")
    paper.come_in(guest, GENERAL, due)
    paper.take(guest, due, "approve")
    paper.come_in(guest, SUPERVISOR, due)
    said = paper.take(guest, due, "name", refused="第25条", witnesses=[GENERAL, SPECIALIST], method="粉碎")
    assert "批准人" in said
    guest.go(f"/d/{due}")
    form = guest.page.locator(landmarks.step_form(due, "name"))
    for box in form.locator("[name=witnesses]:checked").all():
        box.uncheck()
    paper.take(guest, due, "name", witnesses=[SPECIALIST, ACCOUNTANT], method="粉碎")
    for witness in (SPECIALIST, ACCOUNTANT):
        paper.come_in(guest, witness)
        guest.go(page)
        for ticked, refused in ((0, "还没有勾选档案"), (1, "第25条")):
            for tick in ticks.all()[:ticked]:
                tick.check()
            with guest.page.expect_navigation():
                guest.page.locator("main form button.act").click()
            paper.told(guest, refused)
        for tick in ticks.all():
            tick.check()
        with guest.page.expect_navigation():
            guest.page.locator("main form button.act").click()
        paper.told(guest)
    assert paper.state(guest) == "待销毁"
    paper.come_in(guest, ARCHIVIST, due)
    said = paper.take(guest, due, "execute", refused="第25条")
    assert "等候期未满" in said
    guest.assert_page()


# -- 第27条

def test_a_leak_is_contained_in_one_step_and_closed_with_its_cause(visit):
    guest, reader, customer = visit(DESK), visit(PHONE), name()
    paper.come_in(guest, SPECIALIST)
    file, code = new_file(guest, customer)
    granted(guest, file, customer)
    paper.come_in(reader, CLERK, file)
    # From whatever page one is on.
    reader.page.get_by_role("link", name="报告泄露").first.click()
    reader.page.wait_for_load_state()
    report = paper.send_new(reader, "leak-report", certainty="possible", what="复印机旁发现一页复印件", place="三楼文印室")
    paper.come_in(guest, MANAGER, report)
    assert not steps.is_offered(guest, report, "close")
    paper.come_in(guest, SUPERVISOR, report)
    paper.take(guest, report, "acknowledge")
    said = paper.take(guest, report, "contain", refused="第27条")
    assert "先确定涉及的档案" in said
    paper.take(guest, report, "nameRecords", files=[customer])
    paper.take(guest, report, "contain")
    assert paper.is_absent(reader, file), "the file is frozen, and its reader still has it"
    trace = guest.go(f"/d/{report}").page.locator("dd a[href^='/d/']").filter(has_text="查阅追溯").first
    trace.click()
    guest.page.wait_for_load_state()
    assert CLERK in paper.text(guest) and code in paper.text(guest), "who saw it is not said"
    guest.assert_page()
    paper.come_in(guest, MANAGER, report)
    said = paper.take(guest, report, "close", refused="第27条", cause="取件人遗忘", measures="文印室专人清点")
    assert "先判定事件等级" in said
    paper.take(guest, report, "grading", grade="内部事件", people=0)
    paper.take(guest, report, "close", cause="取件人遗忘", measures="文印室专人清点")
    assert paper.state(guest) == "已结案"
    assert paper.is_absent(reader, file), "what was taken back comes back by itself"
