"""The school's regulation chapter by chapter: what is sent and read, official documents, seals, letters of introduction and the rota, by
persons of different posts. Each scenario has what goes through, what is refused, and the article that refuses it on the page."""
import datetime
import re
import secrets
import subprocess

import landmarks
from colleague import Paper, called, today

TRAYS, ROTA = "/school", "/school/rota"


def words_of(path):
    """What stands on a printed paper, without blanks."""
    return re.sub(r"\s", "", subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout)


def item(subject, readers, **other):
    return {
        "subject": subject, "administrative": "notice", "medium": "document", "direction": "down", "secrecy": "internal",
        "text": "请于月底前完成，并报信息室。", "readers": readers, **other,
    }


# -- information items (articles 2, 4, 8, 9)


def test_the_sender_sees_who_opened_read_and_acknowledged_and_calls_the_item_back(office):
    writer, head, east, west = office("贾欣"), office("葛青"), office("尹浩"), office("万梅")
    subject = called("期末安排")
    fields = item(subject, ["尹浩", "万梅"])
    assert "收件人" in writer.is_refused("information-item", {**fields, "readers": ["贾欣"]}, "第二条", chosen="kind=administrative")
    paper = writer.files("information-item", fields, chosen="kind=administrative")
    assert not writer.offers(paper, "release"), "whoever wrote it releases it"
    head.takes(head.waiting(subject), "release")
    mine, theirs = east.waiting(subject), west.waiting(subject)
    for step in ("open", "read", "acknowledge"):
        east.takes(mine, step)
    west.takes(theirs, "open")
    seen = writer.read(f"/school/circulation/{paper.word}")
    assert re.search(r"尹浩\s+已签收", seen) and re.search(r"万梅\s+已打开", seen), seen
    assert subject in east.read(TRAYS) and subject in writer.read(TRAYS)
    assert west.finds(subject) and not office("詹飞").finds(subject)
    writer.takes(paper, "remind")
    assert "今天已经催办过" in writer.is_denied(paper, "remind", "第四条")
    writer.takes(paper, "recall", reason="时间有误，另行通知")
    assert writer.state(paper) == "已收回" and west.state(theirs) == "已收回"
    assert east.state(mine) == "已签收", "what was acknowledged stays so"
    assert not west.offers(theirs, "read")


def test_a_confidential_item_is_taken_along_by_its_core_alone(office):
    writer, head, core, clerk, outsider = office("贾欣"), office("葛青"), office("薛鹏"), office("肖芸"), office("尹浩")
    subject = called("试题样卷")
    fields = item(subject, ["薛鹏"], secrecy="controlled", core=["薛鹏", "葛青"])
    wrong = writer.is_refused("information-item", {**fields, "core": ["薛鹏", "葛青", "尹浩"]}, "第二条", chosen="kind=administrative")
    assert "涉密级别" in wrong
    paper = writer.files("information-item", fields, chosen="kind=administrative")
    head.takes(paper, "release")
    taking = {"item": paper, "to": "印刷厂", "purpose": "印制", "copies": "1"}
    assert "核心人员名单" in clerk.is_refused("item-taking", taking, "第二条", chosen="way=print")
    assert core.state(core.files("item-taking", taking, chosen="way=print")) == "已登记"
    assert not outsider.sees(paper) and not outsider.finds(subject) and subject not in outsider.read(TRAYS)
    assert core.sees(paper)


# -- official documents (article 16)


def letter(subject, **other):
    return {
        "subject": subject, "direction": "down", "code": "育才校发", "issuer": "育才学校", "secrecy": "internal",
        "recipients": [{"name": "各工作点", "relation": "down"}], "text": "现将有关事项通知如下。\n一、按时报到。", **other,
    }


def numbered(office, subject):
    """A document that is signed and has its number."""
    paper = office("段洁").files("outgoing-document", letter(subject), chosen="kind=notice")
    office("肖芸").takes(paper, "check")
    office("郝毅").takes(paper, "sign", opinion="同意")
    office("肖芸").takes(paper, "number")
    return Paper(paper.word, office("肖芸").open(paper).number())


def test_an_outgoing_document_gets_one_number_after_the_signature_and_goes_on_paper(office, tmp_path):
    drafter, clerk, head, manager, keeper = office("段洁"), office("肖芸"), office("谭威"), office("郝毅"), office("阮琦")
    subject = called("关于调课的通知")
    wrong = drafter.is_refused(
        "outgoing-document", letter(subject, text="妥否，请批示。"), "第十六条", chosen="kind=request")
    assert "请示不能作下行文" in wrong
    paper = drafter.files("outgoing-document", letter(subject), chosen="kind=notice")
    assert paper.number == "", "a draft has no number"
    clerk.takes(paper, "check")
    manager.takes(paper, "sign", opinion="同意")
    # Both of the office stand before the same page.
    clerk.open(paper)
    head.open(paper)
    clerk.press_here(paper, "number", {})
    head.press_here(paper, "number", {})
    assert head.page.locator(landmarks.REFUSAL).count() == 1, "a number is given twice"
    number = clerk.open(paper).number()
    assert re.fullmatch(r"育才校发〔\d{4}〕[1-9]\d*号", number) and head.open(paper).number() == number
    clerk.takes(paper, "issue", copyCount="2")
    request = {"seal": "育才学校公章", "document": Paper(paper.word, number), "subject": subject, "purpose": "印发"}
    assert "不一致" in drafter.is_refused("seal-request", {**request, "copies": "3"}, "第十六条")
    sealing = drafter.files("seal-request", {**request, "copies": "2"})
    manager.takes(sealing, "approve")
    assert "批准用印2份" in keeper.is_denied(sealing, "stamp", "第十六条", count="3", present="段洁")
    keeper.takes(sealing, "stamp", count="2", present="段洁")
    clerk.takes(paper, "distribute")
    clerk.takes(paper, "archive")
    assert clerk.state(paper) == "已归档" and number in clerk.read(landmarks.register("archive-entry"))
    clerk.guest.go(f"/school/print/{paper.word}").assert_page()
    with clerk.saves(tmp_path / "paper.pdf"):
        clerk.page.locator("form[data-download] button").click()
    printed = words_of(tmp_path / "paper.pdf")
    assert number in printed and subject in printed and "各工作点：" in printed, printed


def test_a_burnt_number_stays_as_void(office):
    subject = called("关于停课的通知")
    paper = numbered(office, subject)
    head = office("谭威")
    head.takes(paper, "void", reason="印制错误，重新行文")
    assert head.state(paper) == "作废" and head.number() == paper.number
    following = numbered(office, called("关于复课的通知"))
    serial = [int(re.search(r"(\d+)号", each.number).group(1)) for each in (paper, following)]
    assert serial[1] == serial[0] + 1, "a burnt number is given again"
    # Whoever drafted it does not make it void.
    assert not office("段洁").offers(following, "void")


def test_an_incoming_document_goes_from_the_receipt_to_the_archive(office):
    clerk, manager, lead, reader = office("肖芸"), office("郝毅"), office("葛青"), office("尹浩")
    subject = called("关于开展安全检查的通知")
    fields = {
        "sender": "区教育局", "theirNumber": f"区教发〔2026〕{secrets.randbelow(9000) + 100}号", "subject": subject, "kind": "notice",
        "direction": "down", "secrecy": "internal", "urgency": "urgent", "copies": "1",
    }
    assert "签收时间" in clerk.is_refused("incoming-document", fields, "第十六条")
    paper = clerk.files("incoming-document", {**fields, "receivedAt": f"{today(clerk)} 00:05"})
    assert re.fullmatch(r"收文〔\d{4}〕\d+号", paper.number)
    clerk.takes(paper, "register").takes(paper, "vet").takes(paper, "propose", proposal="拟请教务部办理")
    decision = {"decision": "同意", "readers": ["尹浩"]}
    assert "主办部门" in manager.is_denied(paper, "decide", "第十六条", **decision, limit="下周五")
    manager.takes(paper, "decide", **decision, lead="教务部", limit="下周五")
    reader.takes(reader.waiting(subject), "open")
    lead.takes(paper, "handle", result="已逐项检查，无隐患")
    clerk.takes(paper, "answer", answer="育才校函〔2026〕3号").takes(paper, "archive")
    assert clerk.state(paper) == "已归档" and subject in clerk.read(landmarks.register("archive-entry"))


# -- seals, letters of introduction, the rota (article 16)


def test_a_seal_is_handed_to_the_deputy_by_count_and_comes_back(office):
    head, keeper, deputy = office("谭威"), office("阮琦"), office("靳宇")
    label = called("招生专用章")
    seal = {"label": label, "issuer": "育才学校", "custodian": "阮琦"}
    assert "任命为印章保管人" in head.is_refused("seal", {**seal, "custodian": "段洁"}, "第十六条")
    seal = head.files("seal", seal)
    giving = {"seal": seal, "deputy": "靳宇", "reason": "外出培训", "until": f"{today(head) + datetime.timedelta(days=3)} 18:00"}
    assert "0次" in keeper.is_refused("seal-handover", {**giving, "counter": "7"}, "第十六条")
    handover = keeper.files("seal-handover", {**giving, "counter": "0"})
    deputy.takes(handover, "accept", counted="0")
    assert deputy.said(seal, "现持有人") == "靳宇"
    # Meanwhile the custodian seals nothing.
    sealing = office("骆林").files(
        "seal-request", {"seal": seal, "subject": "招生简章", "text": "秋季招生。", "purpose": "对外", "copies": "1"})
    office("聂兰").takes(sealing, "approve")
    assert "由靳宇保管" in keeper.is_denied(sealing, "stamp", "第十六条", count="1", present="骆林")
    deputy.takes(sealing, "stamp", count="1", present="骆林")
    deputy.takes(handover, "hand-back", countedBack="1")
    keeper.takes(handover, "close")
    assert keeper.said(seal, "现持有人") == "阮琦"


def test_a_letter_of_introduction_has_its_stub_and_comes_back(office, tmp_path):
    bearer, head, clerk = office("薛鹏"), office("葛青"), office("肖芸")
    addressee = called("市教研室")
    fields = {"addressee": addressee, "bearer": "薛鹏", "bearerPost": "教师", "persons": "3", "matter": "联系教研活动"}
    late = today(bearer) + datetime.timedelta(days=120)
    assert "有效期" in bearer.is_refused("introduction-letter", {**fields, "validUntil": str(late)}, "第十六条")
    paper = bearer.files("introduction-letter", {**fields, "validUntil": str(today(bearer) + datetime.timedelta(days=7))})
    assert not bearer.offers(paper, "issue") and paper.number == "", "no blank letters"
    assert "编号之后才能打印" in bearer.read(f"/school/letter/{paper.word}")
    head.takes(paper, "issue")
    number = bearer.open(paper).number()
    assert number.startswith("校介〔")
    bearer.page.get_by_role("link", name="打印介绍信").click()
    bearer.guest.assert_page()
    with bearer.saves(tmp_path / "letter.pdf"):
        bearer.page.locator("form[data-download] button").click()
    printed = words_of(tmp_path / "letter.pdf")
    assert printed.count(f"{addressee}：兹介绍我校教师薛鹏等叁人前往贵处") == 2, "stub and letter say the same"
    assert printed.count(number) >= 2
    clerk.takes(paper, "recall", reason="活动取消")
    assert "请交回原件" in bearer.read("/notices")
    clerk.takes(paper, "return", reason="活动取消，未使用")
    assert clerk.state(paper) == "未用交回"


def shift(office, person, day):
    return office("肖芸").files(
        "duty-shift", {"from": f"{day} 18:00", "until": f"{day + datetime.timedelta(days=1)} 06:00", "person": person, "leader": "葛青"})


def test_two_persons_swap_their_shifts_and_the_calendar_follows(office, tmp_path):
    giver, other, clerk = office("詹飞"), office("莫然"), office("肖芸")
    # Where no other shift lies.
    day = today(clerk) + datetime.timedelta(days=200 + secrets.randbelow(2000) * 4)
    mine, theirs = shift(office, "詹飞", day), shift(office, "莫然", day + datetime.timedelta(days=2))
    swap = {"shift": mine, "inReturn": theirs, "reason": "外出教研"}
    assert "不能与自己换班" in giver.is_refused("shift-swap", {**swap, "colleague": "詹飞"}, "第十六条")
    first, second = (giver.files("shift-swap", {**swap, "colleague": "莫然"}) for _ in range(2))
    assert not giver.offers(first, "agree") and clerk.said(mine, "值班人") == "詹飞", "one alone swaps nothing"
    assert "待对方同意" in other.state(first)
    # Both requests lie open; the shift is given away once.
    other.takes(first, "agree")
    assert "已不是詹飞的" in other.is_denied(second, "agree", "第十六条")
    assert clerk.said(mine, "值班人") == "莫然" and clerk.said(theirs, "值班人") == "詹飞"
    with clerk.saves(tmp_path / "duty.ics"):
        clerk.page.evaluate("path => { location.href = path }", ROTA)
    calendar = (tmp_path / "duty.ics").read_text()
    event = next(event for event in calendar.split("BEGIN:VEVENT") if f"DTSTART;TZID=Asia/Shanghai:{day:%Y%m%d}T180000" in event)
    assert "SUMMARY:值班 莫然" in event, event
