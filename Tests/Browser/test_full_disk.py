"""A full disk under the running server: the page says so and keeps what was typed, what was answered is there, and it goes on afterwards."""
import json
import secrets
import time

import pytest

import intake_file
import landmarks
import small_disk
import visitor as visiting
from visitor import View

SAYS = {"zh": "磁盘已满", "en": "disk is full"}
ROOM = {"sqlite": "96m", "postgres": "260m"}


@pytest.mark.parametrize("engine", ROOM)
def test_a_full_disk_is_said_and_nothing_is_lost(browser, engine):
    if not small_disk.is_possible(engine):
        pytest.skip("this machine lets no command have a disk of its own")
    with small_disk.demonstration(engine, ROOM[engine]) as disk:
        with visiting.visitor(browser, disk.address, View("zh", 1440)) as one, visiting.visitor(browser, disk.address, View("en", 390)) as two:
            for guest in (one, two):
                guest.enter("underwriter")
            program = Program(one)
            assert program.post() == 201
            disk.fill()
            program.post_until_refused()
            for guest in (one, two):
                is_said_on_the_form(guest)
                is_said_of_an_import(guest)
            disk.free()
            program.goes_on()
            assert program.all_are_there(), "what was answered with 201 is not there"
            two.enter("compliance")
            two.go(landmarks.LEDGER).page.locator(landmarks.VERIFY).click()
            two.page.wait_for_load_state()
            assert "Verified: nothing was altered" in two.page.locator(landmarks.MAIN).inner_text()
            for guest in (one, two):
                # The browser calls the server's 503 an error of its own.
                guest.complaints.clear()


def is_said_on_the_form(guest):
    """Pages that the database has already may have room for one draft or a few more: forms go in until one finds none."""
    for _ in range(200):
        guest.go(landmarks.new("application"))
        number = f"F{secrets.token_hex(4)}"
        guest.page.locator("#applicationNo").fill(number)
        guest.page.locator("#term").fill("20")
        guest.page.locator("main button[data-main]").click()
        refusal = guest.page.locator(landmarks.REFUSAL)
        refusal.wait_for()
        if "/d/" not in guest.page.url:
            break
    assert SAYS[guest.view.language] in refusal.inner_text(), refusal.inner_text()
    assert guest.page.locator("#applicationNo").input_value() == number, "what was typed is lost"
    guest.complaints.clear()
    guest.assert_page()


def is_said_of_an_import(guest):
    intake_file.look_at(guest, [intake_file.application(secrets.randbelow(900_000_000) + at) for at in range(400)])
    guest.page.locator(landmarks.IMPORT).click()
    refusal = guest.page.locator(landmarks.REFUSAL)
    refusal.wait_for(timeout=60_000)
    assert SAYS[guest.view.language] in refusal.inner_text(), refusal.inner_text()


class Program:
    """Enters applications by the API, one after the other, and remembers which were answered."""

    def __init__(self, guest):
        self.request, self.address = guest.context.request, guest.address
        guest.go("/account").page.locator("#label").fill("full disk")
        guest.page.locator("form[action='/account/tokens'] input[value='act']").check()
        guest.page.locator("form[action='/account/tokens'] button").click()
        self.headers = {"Authorization": "Bearer " + guest.page.locator(".note code").inner_text(), "Content-Type": "application/json"}
        self.answered, self.last = [], None

    def post(self):
        number = f"D{len(self.answered)}-{secrets.token_hex(3).upper()}"
        body = {"applicationNo": number, "channel": "direct", "persons": [{"role": "applicant", "name": "张三丰"}]}
        self.last = self.request.post(self.address + "/api/v1/application", headers=self.headers, data=json.dumps(body), timeout=60_000)
        if self.last.status == 201:
            self.answered.append(number)
        return self.last.status

    def post_until_refused(self):
        while self.post() == 201:
            assert len(self.answered) < 2000, "the disk is not full"
        problem = self.last.json()
        assert self.last.status == 503 and problem["type"] == "urn:dianzhang:full", problem
        assert SAYS["zh"] in problem["zh"] and SAYS["en"] in problem["en"], problem

    def goes_on(self):
        until = time.monotonic() + 30
        while self.post() != 201:
            assert time.monotonic() < until, f"the server does not go on: {self.last.text()}"
            time.sleep(0.5)

    def all_are_there(self):
        for number in self.answered:
            answer = self.request.get(f"{self.address}/api/v1/application?applicationNo={number}", headers=self.headers)
            if len(answer.json()["items"]) != 1:
                return False
        return True
