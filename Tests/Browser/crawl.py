"""The pages that a person can reach: every link of the shelves, and from there one document of each register."""
import re
from urllib.parse import urlsplit

import landmarks

MOST_PAGES = 120


def pages(guest, known):
    """The paths of pages of new kinds, in the order of the navigation. One document stands for all of its register.

    `known` are the kinds that others have seen; those that this person sees are added.
    """
    waiting, queued, seen = [(landmarks.HOME, landmarks.HOME)], {landmarks.HOME}, []
    while waiting and len(seen) < MOST_PAGES:
        path, shape = waiting.pop(0)
        guest.go(path)
        if shape not in known:
            seen.append(path)
        known.add(shape)
        for link in links(guest):
            shape = shape_of(link, path)
            if shape not in known and shape not in queued:
                queued.add(shape)
                waiting.append((link, shape))
    return seen


def links(guest):
    found = guest.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    paths = [urlsplit(link).path for link in found if link.startswith("/") and not link.startswith("//")]
    return [path for path in dict.fromkeys(paths) if path and not landmarks.NOT_PAGES.search(path)]


def shape_of(link, found_on):
    """What a page is an example of: two documents of one register are the same, their registers are not."""
    if link.startswith("/d/"):
        register = re.match(r"/r/([\w-]+)", found_on)
        # Links between documents are followed once for each register that the first one stands in.
        return f"/d of {register.group(1)}" if register else "/d elsewhere"
    return re.sub(r"/[0-7][0-9a-z]{25}", "/N", link)
