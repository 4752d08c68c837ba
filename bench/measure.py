"""One row of the table."""
from dataclasses import dataclass


@dataclass
class Measure:
    """`goal` is what is to reach: of the ratio where there is a baseline, of our own figure where there is none."""

    name: str
    unit: str
    ours: float | None
    baseline: float | None = None
    goal: float | None = None
    lower_is_better: bool = False
    goal_of_ours: bool = False

    @property
    def ratio(self):
        if not self.ours or not self.baseline:
            return None
        return self.baseline / self.ours if self.lower_is_better else self.ours / self.baseline

    @property
    def judged(self):
        return self.ours if self.goal_of_ours else self.ratio

    @property
    def missed(self):
        if self.goal is None or self.judged is None:
            return False
        below = self.goal_of_ours and self.lower_is_better
        return self.judged > self.goal if below else self.judged < self.goal

    def markdown(self):
        sign = "at most" if self.goal_of_ours and self.lower_is_better else "at least"
        target = "" if self.goal is None else f"{sign} {figure(self.goal)} {self.unit if self.goal_of_ours else 'times'}"
        reached = "" if self.goal is None or self.judged is None else ("no" if self.missed else "yes")
        cells = [
            self.name, with_unit(self.ours, self.unit), with_unit(self.baseline, self.unit),
            "" if self.ratio is None else f"{self.ratio:,.1f}", target, reached,
        ]
        return "| " + " | ".join(cells) + " |"


def with_unit(value, unit):
    return "" if value is None else f"{figure(value)} {unit}"


def figure(value):
    """Three digits or the whole number."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
