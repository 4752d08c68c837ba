#!/usr/bin/env python3
"""Draws docs/growth.svg out of what `bin/bench growth` has measured: how figures grow with the book, on logarithmic axes.

    growth_picture.py [FOLDER] [PICTURE]      FOLDER has growth-SQLite.json and growth-PostgreSQL.json, or one of them

Its colours are of a middle lightness and its ground is clear, so that it is read on white and on black.
"""
import math
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from growth_record import newest

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "growth.svg"
# Each database has its line: the dashes, and the name.
DATABASES = [("SQLite", ""), ("PostgreSQL", "5 4")]
# Who opens what, as pages.APPLICATION_PAGES calls it: (its words there, the words beside the line, the colour).
PAGES = [
    ("to-do list of customer service", "to-do list", "#3f87d9"),
    ("register of customers", "customers", "#d08430"),
    ("register of applications", "applications", "#3c9d63"),
    ("register of customers, of somebody who may read none", "none readable", "#9b76cf"),
    ("search of a name of two characters", "search", "#d1607a"),
]
INK, FAINT, LINE = "#7b8490", "#848d97", "#8a94a0"
WIDTH, HEIGHT = 920, 634
# Of a panel, its place and the room for its curves; the words beside the lines stand to the right of it.
PANEL_WIDTH, PANEL_HEIGHT = 300, 196
LEFTS, TOPS = (58, 508), (110, 384)
LEAST_GAP = 13


class Axis:
    """Numbers on a logarithmic scale, between two places of the picture."""

    def __init__(self, least, most, start, end):
        self.least, self.most, self.start, self.end = math.log10(least), math.log10(most), start, end

    def place(self, value):
        return self.start + (math.log10(value) - self.least) / (self.most - self.least) * (self.end - self.start)

    def ticks(self):
        """Powers of ten, and where there are fewer than three of them twos and fives as well."""
        decades = range(math.floor(self.least), math.ceil(self.most) + 1)
        for steps in ((1,), (1, 3), (1, 2, 5)):
            marks = [step * 10.0**decade for decade in decades for step in steps]
            shown = [mark for mark in marks if self.least - 1e-9 <= math.log10(mark) <= self.most + 1e-9]
            if len(shown) >= 3:
                break
        return shown


def around(values):
    """A least and a most that leave room for the values and lie well apart."""
    low, high = math.log10(min(values)), math.log10(max(values))
    middle, half = (low + high) / 2, max((high - low) / 2 * 1.12, 0.55)
    return 10 ** (middle - half), 10 ** (middle + half)


def number(value):
    """1 k, 10 M; 0.5 as it is."""
    for size, unit in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"


def text(x, y, words, colour=INK, anchor="start", size=12, weight="normal"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}">'
        f"{escape(words)}</text>")


def line(x1, y1, x2, y2, opacity, dashes=""):
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}" stroke-opacity="{opacity}"{dashed}/>'


def curve(points, colour, dashes):
    """A line with a dot at each measured size; a single one is a dot alone."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    drawn = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"{dashed}/>']
    return drawn + [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for x, y in points]


def apart(wanted, top, bottom):
    """Places for words as near as can be to those wanted, one below the other, none over another."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = []
    for index in order:
        places.append(max(wanted[index], places[-1] + LEAST_GAP if places else top))
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], (places[at + 1] if at + 1 < len(places) else bottom + LEAST_GAP) - LEAST_GAP)
    return dict(zip(order, places))


class Panel:
    """One small chart: a title, what its numbers are, and lines of (words, colour, what is taken of a size)."""

    def __init__(self, title, lines):
        self.title, self.lines = title, lines

    def series(self, databases):
        """(words, colour, dashes, [(rows, value)]) of each line that has a value."""
        for words, colour, take in self.lines:
            for name, dashes in DATABASES:
                found = [(point["rows"], take(point)) for point in databases[name]]
                found = [(rows, value) for rows, value in found if value and value > 0]
                if found:
                    yield words, colour, dashes, found

    def draw(self, databases, across, left, top):
        bottom, right = top + PANEL_HEIGHT, left + PANEL_WIDTH
        drawn = [text(left, top - 14, self.title, size=13, weight="600")]
        series = list(self.series(databases))
        rows = Axis(*across, left + 14, right - 14)
        for mark in rows.ticks():
            drawn += [line(rows.place(mark), top, rows.place(mark), bottom, 0.16),
                      text(rows.place(mark), bottom + 17, number(mark), FAINT, "middle", 11)]
        drawn.append(line(left, bottom, right, bottom, 0.6))
        if not series:
            return drawn + [text((left + right) / 2, (top + bottom) / 2, "not measured yet", FAINT, "middle")]
        values = Axis(*around([value for *_, found in series for _, value in found]), bottom, top)
        for mark in values.ticks():
            drawn += [line(left, values.place(mark), right, values.place(mark), 0.22),
                      text(left - 8, values.place(mark) + 4, number(mark), FAINT, "end", 11)]
        for _, colour, dashes, found in series:
            drawn += curve([(rows.place(size), values.place(value)) for size, value in found], colour, dashes)
        end = rows.place(max(size for *_, found in series for size, _ in found))
        return drawn + self.words(series, values, end + 12, top, bottom)

    def words(self, series, values, left, top, bottom):
        """What each line is, beside its end; of two databases beside the first's."""
        named = {}
        for words, colour, _, found in series:
            named.setdefault(words, (colour, values.place(found[-1][1])))
        places = apart([y for _, y in named.values()], top + 4, bottom - 4)
        return [text(left, places[at] + 4, words, colour, weight="600")
                for at, (words, (colour, _)) in enumerate(named.items()) if words]


def page(words, figure):
    return lambda point: point["pages"].get(words, {}).get(figure)


def panels():
    plain = PAGES[0][2]
    return [
        Panel("A page for one reader: median, ms", [(short, colour, page(words, "alone")) for words, short, colour in PAGES]),
        Panel("A page, 16 at once: slowest hundredth, ms", [(short, colour, page(words, "p99")) for words, short, colour in PAGES]),
        Panel("What the program does by itself, s", [
            ("a whole day", plain, lambda point: point.get("night")),
            ("a round, idle", PAGES[1][2], lambda point: point.get("quiet")),
        ]),
        Panel("Import of files, rows a second", [("", plain, lambda point: point.get("import"))]),
    ]


def legend(databases):
    drawn, left = [], LEFTS[0]
    for name, dashes in DATABASES:
        if not databases[name]:
            continue
        drawn += [f'<line x1="{left}" y1="56" x2="{left + 30}" y2="56" stroke="{INK}" stroke-width="2"'
                  + (f' stroke-dasharray="{dashes}"' if dashes else "") + "/>", text(left + 38, 60, name)]
        left += 58 + 7 * len(name) + 18
    return drawn


def picture(databases):
    sizes = [point["rows"] for points in databases.values() for point in points] + [10_000, 10_000_000]
    drawn = [text(LEFTS[0], 32, "How figures grow with the book", size=17, weight="600")] + legend(databases)
    for at, panel in enumerate(panels()):
        drawn += panel.draw(databases, (min(sizes), max(sizes)), LEFTS[at % 2], TOPS[at // 2])
    for left in LEFTS:
        drawn.append(text(left + PANEL_WIDTH / 2, HEIGHT - 22, "rows imported into the book", FAINT, "middle", 11))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" role="img" aria-labelledby="title">')
    return "\n".join([head, '<title id="title">How figures grow with the book</title>', *drawn, "</svg>", ""])


def draw(folder, target=PICTURE):
    databases = {name: newest(Path(folder) / f"growth-{name}.json") for name, _ in DATABASES}
    Path(target).write_text(picture(databases), encoding="utf-8")


if __name__ == "__main__":
    draw(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".build-bench", sys.argv[2] if len(sys.argv) > 2 else PICTURE)
