#!/usr/bin/env python3
"""Writes a PNG of every page into a folder: screens.py FOLDER [--all] - called by bin/screens.

FOLDER/<language>-<width>-<theme>/<person>/<page>.png. Each person's pages are those of kinds that no person before could reach, and the home page.
"""
import argparse
import itertools
import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

import crawl
import landmarks
import server
import visitor as visiting
from visitor import View


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--all", action="store_true", help="every page of every person, also those that another one has shown")
    chosen = options.parse_args()
    shutil.rmtree(chosen.folder, ignore_errors=True)
    with server.demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**visiting.CHROMIUM)
        persons = find_pages(browser, address, chosen.all)
        count = 0
        for choice in itertools.product(landmarks.LANGUAGES, landmarks.WIDTHS, landmarks.THEMES):
            count += photograph(browser, address, View(*choice), persons, chosen.folder)
        browser.close()
    print(f"{count} pictures in {chosen.folder}")


def find_pages(browser, address, everything):
    """A folder name and the paths for each door of the demonstration."""
    persons, known = [], set()
    with visiting.visitor(browser, address, View()) as guest:
        for number, words in enumerate(guest.doors()):
            guest.enter_by_number(number)
            paths = crawl.pages(guest, set() if everything else known)
            persons.append((f"{number + 1:02}-{plain(words)}", list(dict.fromkeys([landmarks.HOME, *paths]))))
    return persons


def photograph(browser, address, view, persons, folder):
    count = 0
    place = folder / f"{view.language}-{view.width}-{view.theme}"
    with visiting.visitor(browser, address, view) as guest:
        place.mkdir(parents=True, exist_ok=True)
        guest.go(landmarks.LOGIN).speak().page.screenshot(path=place / "login.png", full_page=True)
        for number, (person, paths) in enumerate(persons):
            guest.enter_by_number(number)
            (place / person).mkdir(exist_ok=True)
            for path in paths:
                guest.go(path).page.screenshot(path=place / person / f"{plain(path) or 'home'}.png", full_page=True)
                count += 1
        guest.complaints.clear()  # judging is the tests' business
    return count + 1


def plain(words):
    return re.sub(r"[^\w]+", "-", words.split("、")[0]).strip("-")[:60]


if __name__ == "__main__":
    main()
