"""Notices leave the house for whoever wishes it: by mail with a real server on the other side, and by a group's robot, which says only that
there is something."""
import base64
import email
import email.policy
import json
import re
import subprocess

import landmarks
import outside
import server
import visitor as visiting
from visitor import View


def of_the_house(mailbox):
    """The letters to whoever works here: the demonstration writes to its customers as well."""
    return [(to, letter) for to, letter in mailbox.letters if all(address.endswith("@example.org") for address in to)]


def text(letter):
    return base64.b64decode(letter.split(b"\r\n\r\n", 1)[1]).decode()


def test_whoever_wishes_is_told_outside(browser, tmp_path, monkeypatch):
    with (
        outside.mail_server() as (mailbox, smtp),
        outside.web(lambda *_: (200, "application/json", b'{"errcode":0,"errmsg":"ok"}')) as (robot, posts),
    ):
        settings = {
            "SMTP_SERVER": f"smtp://127.0.0.1:{smtp}", "SMTP_SENDER": "book@example.org", "NOTICE_ROBOT": f"wecom {robot}/send",
            "NOTICE_LINK": "https://dz.example.org",
        }
        for name, value in settings.items():
            monkeypatch.setenv("DIANZHANG_" + name, value)
        with server.serving(tmp_path, "--demo", "--database", f"sqlite:{tmp_path}/demo.sqlite") as (address, _):
            with visiting.visitor(browser, address, View("zh", 1440)) as guest:
                wish_and_wait(guest, mailbox, posts)


def wish_and_wait(guest, mailbox, posts):
    guest.come_in(lambda doors: doors.filter(has_text="秦芸").first)
    guest.go("/notices")
    guest.page.locator("a[href='/reach']").click()
    guest.page.locator("input[name=way][value=mail]").check()
    guest.page.locator("#called").check()
    guest.page.locator("#address").fill("qin.yun")
    guest.page.locator("main button.act").click()
    assert "邮箱地址" in guest.page.locator(".note.refusal").inner_text(), "half an address is taken"
    guest.refused.add(guest.page.url)
    guest.page.locator("#address").fill("qin.yun@example.org")
    guest.page.locator("main button.act").click()
    guest.page.wait_for_load_state()
    assert not of_the_house(mailbox), "what came before the wish is sent"
    recipients, letter = first_letter(guest, mailbox, within=40)
    assert recipients == ["qin.yun@example.org"]
    said = text(letter)
    assert "秦芸，您好" in said and "https://dz.example.org/notices" in said
    server.until(lambda: posts, "the robot was told nothing")
    words = json.loads(posts[0][2])["text"]["content"]
    assert re.search(r"秦芸 有 \d+ 条新通知", words)
    assert not re.search(r"〔", words), "the group reads what it is about"


def first_letter(guest, mailbox, within):
    """To whom, and what it says: after so many working days at most."""
    for _ in range(within):
        if of_the_house(mailbox):
            break
        guest.go(landmarks.HOME)
        guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
        guest.page.wait_for_load_state()
        guest.page.wait_for_timeout(2500)
    letters = of_the_house(mailbox)
    assert letters, f"{within} working days, and no letter came"
    return letters[0]


def test_the_overview_comes_by_mail_as_a_pdf(browser, tmp_path, monkeypatch):
    with outside.mail_server() as (mailbox, smtp):
        settings = {"SMTP_SERVER": f"smtp://127.0.0.1:{smtp}", "SMTP_SENDER": "book@example.org", "NOTICE_LINK": "https://dz.example.org"}
        for name, value in settings.items():
            monkeypatch.setenv("DIANZHANG_" + name, value)
        with server.serving(tmp_path, "--demo", "--database", f"sqlite:{tmp_path}/demo.sqlite") as (address, _):
            with visiting.visitor(browser, address, View("zh", 1440)) as guest:
                wish_for_the_overview(guest, mailbox, tmp_path)


def wish_for_the_overview(guest, mailbox, folder):
    guest.come_in(lambda doors: doors.filter(has_text="宋岚").first)
    guest.go("/overview")
    guest.page.locator("main a[href='/reach']").click()
    guest.page.locator("input[name=report][value=weekly]").check()
    guest.page.locator("#address").fill("song.lan@example.org")
    guest.page.locator("main button.act").click()
    guest.page.wait_for_load_state()
    assert not of_the_house(mailbox), "it comes on the next Monday"
    # No week has more working days before its next Monday, but where a holiday stands between.
    recipients, letter = first_letter(guest, mailbox, within=15)
    assert recipients == ["song.lan@example.org"]
    message = email.message_from_bytes(letter, policy=email.policy.default)
    assert "总览" in message["Subject"]
    words, paper = message.iter_parts()
    assert "https://dz.example.org/overview" in words.get_content()
    assert paper.get_content_type() == "application/pdf" and paper.get_filename().startswith("dianzhang-overview-")
    pdf = folder / "overview.pdf"
    pdf.write_bytes(paper.get_content())
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    joined = re.sub(r"\s", "", text)
    assert "只计宋岚可以查看的，不含涉密单据" in joined and "按条文" in joined and "每月登记" in joined
    assert not re.search(r"1[3-9]\d{9}|\d{15}", text), "a number of a person left the house"
    assert not re.search(r"〔\d{4}〕", joined), "figures alone leave, no document"
