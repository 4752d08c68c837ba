"""The figures of a growing book, kept in a JSON file as they come, so that a run that breaks off loses none."""
import json
from datetime import datetime, timezone


class Record:
    """`imports` are files that were taken in; `points` are the figures of a size, the newest last."""

    def __init__(self, path, build):
        self.path, self.build = path, build
        self.kept = json.loads(path.read_text()) if path.exists() else {"imports": [], "points": []}

    def save(self):
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_text(json.dumps(self.kept, ensure_ascii=False, indent=1))
        fresh.replace(self.path)

    def imported(self, before, after, seconds, memory, counts):
        self.kept["imports"].append(
            {"before": before, "after": after, "seconds": seconds, "memory": memory, "build": self.build, "at": now()} | counts)
        self.save()

    def import_of(self, size):
        """Rows a second and the peak of memory of the files that led from the size before to this one; nothing where none is known."""
        before = max([point["rows"] for point in self.kept["points"] if point["rows"] < size], default=0)
        files = {one["after"]: one for one in self.kept["imports"] if before <= one["before"] and one["after"] <= size}
        timed = [one for one in files.values() if one["seconds"]]
        seconds = sum(one["seconds"] for one in timed)
        rate = sum(one["after"] - one["before"] for one in timed) / seconds if seconds else None
        return rate, max([one["memory"] for one in files.values()], default=None)

    def point(self, size):
        rate, memory = self.import_of(size)
        point = Point(self, {"rows": size, "build": self.build, "at": now(), "import": rate, "import_memory": memory, "pages": {}})
        self.kept["points"].append(point.figures)
        self.save()
        return point


class Point:
    """The figures of one size, taken by one run."""

    def __init__(self, record, figures):
        self.record, self.figures = record, figures

    def note(self, name, value):
        self.figures[name] = value
        self.record.save()

    def note_page(self, words, taken):
        self.figures["pages"][words] = taken
        self.record.save()


def newest(path):
    """The latest of each figure by size, smallest first: a run that broke off leaves what runs before it had measured."""
    if not path.exists():
        return []
    sizes = {}
    for point in json.loads(path.read_text())["points"]:
        known = sizes.setdefault(point["rows"], {"pages": {}})
        known["pages"] |= point.get("pages", {})
        known |= {name: value for name, value in point.items() if value is not None and name != "pages"}
        sizes[point["rows"]] = known
    return [sizes[size] for size in sorted(sizes)]


def now():
    return f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M}"
