"""The school's regulation, continued: the market side, resolutions and tasks, people, and the figures. Each scenario has what goes
through, what is refused, and the article that refuses it on the page."""
import datetime
import re
import secrets

import landmarks
from colleague import called, today
from visitor import PROPER_NAMES, View

DESK = View("zh", 1440)
FIGURES, ANNOUNCEMENTS, PERSONS, NOTICES = "/school/figures", "/announcements", "/admin/persons", "/notices"


# -- the market side (article 19)


def test_what_is_published_stands_in_public_until_it_is_withdrawn(office, visit):
    specialist, director, public = office("骆林"), office("聂兰"), visit(DESK)
    heading = called("春季招生公告")

    def is_public():
        return heading in public.go(ANNOUNCEMENTS).page.locator("body").inner_text()

    paper = specialist.files("publication", {"heading": heading, "channel": "学校网站", "text": "三月一日起报名。"})
    assert not specialist.offers(paper, "approve") and not is_public()
    assert "理由" in director.is_denied(paper, "refuse", "第十九条")
    director.takes(paper, "approve")
    assert not is_public(), "what is only approved is public"
    specialist.takes(paper, "publish")
    assert is_public()
    specialist.takes(paper, "take-down", reason="日期有误")
    assert not is_public() and specialist.state(paper) == "已撤下"


def test_what_is_important_reaches_the_director_at_once(office):
    reporter, director, specialist = office("莫然"), office("聂兰"), office("骆林")
    subject = called("家长集体投诉")
    fields = {
        "subject": subject, "market": "call", "medium": "call-record", "direction": "up", "source": "business", "secrecy": "internal",
        "text": "三位家长要求退费。", "readers": ["骆林"], "isImportant": True,
    }
    assert "收件人" in reporter.is_refused("information-item", {**fields, "readers": ["莫然"]}, "第二条", chosen="kind=market")
    paper = reporter.files("information-item", fields, chosen="kind=market")
    assert specialist.state(paper) == "待签发或接收", "nobody has looked at it yet"
    receipt = director.waiting(subject)
    for step in ("open", "read", "acknowledge"):
        director.takes(receipt, step)
    assert director.state(receipt) == "已签收"
    specialist.takes(paper, "receive")


def test_a_letter_to_a_student_goes_out_approved_and_is_archived(office):
    specialist, director = office("骆林"), office("聂兰")
    heading = called("课程安排说明")
    student = specialist.files(
        "student-file", {"student": "覃小禾", "birthday": "2008-03-02", "telephone": "13712340022", "course": "英语"})
    fields = {"student": student, "heading": heading, "text": "您好，秋季课程安排如下。"}
    mail = specialist.files("customer-letter", {**fields, "way": "mail"})
    director.takes(mail, "approve")
    assert "没有电子邮箱" in specialist.is_denied(mail, "mail", "第十九条")
    post = specialist.files("customer-letter", {**fields, "way": "post"})
    assert not specialist.offers(post, "send"), "it goes out before it is approved"
    director.takes(post, "approve")
    specialist.takes(post, "send", proof="挂号信 XA12345678")
    assert specialist.state(post) == "已交寄存档" and heading in office("肖芸").read(landmarks.register("archive-entry"))
    assert "客户往来记录" in specialist.open(student).text(), "it stands in no contact log"


# -- resolutions and tasks (articles 10, 21)


def test_a_resolution_is_followed_until_the_leader_says_that_it_is_done(office):
    clerk, chair, director, owner = office("肖芸"), office("郝毅"), office("聂兰"), office("段洁")
    what, day = called("修订档案管理细则"), today(clerk)
    meeting = {"day": str(day), "chair": "郝毅", "present": "各部门负责人", "discussion": "听取了信息室工作汇报。"}
    past = [{"what": what, "owner": "段洁", "due": str(day - datetime.timedelta(days=1))}]
    assert "完成期限" in clerk.is_refused("management-meeting", {**meeting, "points": past}, "第十条")
    due = str(day + datetime.timedelta(days=10))
    minutes = clerk.files("management-meeting", {**meeting, "points": [{"what": what, "owner": "段洁", "due": due}]})
    chair.takes(minutes, "sign")
    point = owner.waiting(what)
    owner.takes(point, "report", progress="初稿已完成")
    director.takes(point, "more", answer="还须征求各工作点意见")
    assert owner.state(point) == "办理中", "a word that asks for more means not finished"
    earlier = str(day - datetime.timedelta(days=3))
    assert "延期理由" in director.is_denied(point, "prolong", "第十条", due=earlier, reason="征求意见")
    owner.takes(point, "report", progress="已征求意见并定稿")
    chair.takes(point, "confirm", answer="同意")
    assert owner.state(point) == "办结"


def test_an_assigned_task_and_a_draft_come_back_to_whoever_asked(office):
    manager, specialist, reviewer = office("郝毅"), office("段洁"), office("谭威")
    what, day = called("整理荣誉档案"), today(office("郝毅"))
    task = {"what": what, "owner": "段洁"}
    past = str(day - datetime.timedelta(days=1))
    assert "不能早于今天" in manager.is_refused("assigned-task", {**task, "due": past}, "第二十一条")
    paper = manager.files("assigned-task", {**task, "due": "五天后"})
    specialist.takes(specialist.waiting(what), "report", result="已装订成册")
    manager.takes(paper, "return", answer="目录还缺一页")
    specialist.takes(paper, "report", result="目录已补")
    manager.takes(paper, "confirm")
    assert manager.state(paper) == "办结"
    draft = {"subject": called("信息工作总结"), "text": "一、基本情况。"}
    assert "不能是拟稿人" in specialist.is_refused("written-draft", {**draft, "reviewer": "段洁"}, "第二十一条")
    draft = specialist.files("written-draft", {**draft, "reviewer": "谭威"})
    reviewer.takes(draft, "return", comment="补充数据")
    specialist.takes(draft, "revise", text="一、基本情况。\n二、数据。", note="补充数据")
    reviewer.takes(draft, "agree")
    assert specialist.state(draft) == "定稿"


# -- people (articles 12 to 14)


def notices(colleague):
    return colleague.guest.go(NOTICES).page.locator("main section.sheet").inner_text()


def test_a_breach_is_handled_and_its_reporter_is_neither_seen_nor_moved(office):
    reporter, superior, handler, manager = office("詹飞"), office("尹浩"), office("段洁"), office("郝毅")
    facts = called("把学员名单发到私人邮箱")
    fields = {"matter": "secrecy", "accused": "莫然", "facts": facts}
    assert "不能报告本人" in reporter.is_refused("breach-report", {**fields, "accused": "詹飞"}, "第十二条")
    others = [office(name) for name in ("莫然", "万梅", "肖芸", "谭威")]
    told = [notices(other) for other in others]
    paper = reporter.files("breach-report", fields)
    assert paper.number == "", "a number tells when it came"
    assert "被报告人" in superior.is_denied(paper, "instruct", "第十二条", instruction="请核实", handler="莫然")
    superior.takes(paper, "instruct", instruction="请核实并收回名单", handler="段洁")
    for other in others:
        assert not other.sees(paper) and not other.finds(facts), f"{other.name} sees it"
    assert [notices(other) for other in others] == told, "somebody is told of it"
    handler.takes(paper, "handle", handling="名单已收回并删除")
    superior.takes(paper, "close")
    matter = superior.files("personnel-matter", {"subject": "詹飞", "kind": "transfer", "grounds": "工作需要"}, step="propose")
    stopped = superior.is_denied(matter, "settle", "第十三条")
    assert "须先报批" in stopped and "报告人" not in stopped and "保护" not in stopped, stopped
    assert "詹飞" in manager.read(landmarks.register("reporter-protection"))
    manager.takes(matter, "approve", answer="本人同意，岗位相当")
    assert superior.state(matter) == "已批准"


def hire(administrator, name):
    """Somebody new at the east site."""
    PROPER_NAMES.add(name)
    administrator.guest.go(PERSONS)
    form = administrator.page.locator(f"form[action='{PERSONS}/add']")
    administrator.fill(form, {"login": f"new{secrets.token_hex(4)}", "zh": name})
    administrator.send(form.locator("button.act"))
    form = administrator.page.locator(f"form[action='{PERSONS}/appoint']")
    administrator.fill(form, {"who": name, "post": "staff", "unit": "东城工作点"})
    administrator.send(form.locator("button.act"))


def deactivate(administrator, name):
    administrator.guest.go(PERSONS)
    row = administrator.page.locator("main tbody tr", has_text=name)
    row.locator("summary", has_text="更改").click()
    form = row.locator(f"form[action='{PERSONS}/change']")
    form.locator("[name=active]").uncheck()
    administrator.send(form.locator("button"))


def test_nobody_leaves_before_the_work_is_handed_over_line_by_line(office, visit):
    administrator, superior, successor = office("吴昊"), office("尹浩"), office("詹飞")
    name, what = f"卫{chr(0x4e00 + secrets.randbelow(3000))}{chr(0x4e00 + secrets.randbelow(3000))}", called("统计教材余量")
    hire(administrator, name)
    leaver = office(name)
    day = today(superior)
    task = superior.files("assigned-task", {"what": what, "owner": name, "due": str(day + datetime.timedelta(days=20))})
    leaver.files("personnel-matter", {"kind": "deactivation", "grounds": "回乡照顾家人"}, step="wish")
    deactivate(administrator, name)
    assert "尚未办清交接" in administrator.refusal("第十四条")
    fields = {"leaver": name, "successor": "詹飞", "supervisor": "尹浩", "lastDay": str(day + datetime.timedelta(days=5)), "grounds": "辞职"}
    assert "监交人" in leaver.is_refused("staff-handover", {**fields, "supervisor": "万梅"}, "第十四条")
    handover = leaver.files("staff-handover", fields)
    leaver.takes(handover, "give", remarks="西区尚未报数")
    assert "未标记接收" in successor.is_denied(handover, "accept", "第十四条")
    successor.guest.go(f"/school/handover/{handover.word}")
    for kind in successor.page.locator("input[name^='all.']").all():
        kind.check()
    successor.send(successor.page.locator("main form button.act"))
    done, count = re.search(r"已标记接收 (\d+) / (\d+) 项", successor.text()).groups()
    assert done == count != "0"
    successor.takes(handover, "accept")
    superior.takes(handover, "countersign")
    assert superior.said(task, "承办人") == "詹飞" and superior.said(task, "原承办人（交接）") == name
    deactivate(administrator, name)
    assert administrator.page.locator(landmarks.REFUSAL).count() == 0, administrator.text()
    assert not any(name in door for door in visit(DESK).doors()), "the account is still open"


# -- figures (articles 4, 23)


def test_figures_are_drawn_for_whoever_may_see_them_and_typed_by_nobody(office):
    head, teacher = office("谭威"), office("薛鹏")
    shown = head.read(FIGURES)
    month = re.search(r"各单位 (\d{4}-\d\d)", shown).group(1)
    for measure in ("送达中位时间", "最长送达时间", "按时签收率", "退回更正件数", "阅读内容一致率"):
        assert measure in shown
    links = head.page.locator("main .head a.article").all_inner_texts()
    assert links[0].endswith("第四条") and links[1].endswith("第二十三条"), links
    assert head.page.locator("main svg.chart").count() >= 5
    row = head.page.locator("main tbody tr", has_text="教务部").first
    row.locator("a").click()
    assert month in head.text() and "教务部" in head.text(), "the figure leads to nothing"
    assert "教务部" not in teacher.read(FIGURES), "somebody without a post sees the figures of a unit"
    answer = head.page.goto(head.guest.address + landmarks.new("school-figures"))
    assert answer.status == 404, "somebody may type them"
