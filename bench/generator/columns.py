"""Text as matrices of bytes, one row a line, so that numpy can write millions of lines a minute.

A zero byte stands for "nothing here" and is dropped when the lines are joined; that is how fields differ in length.
"""
import zlib

import numpy as np


def table(words):
    """Words as a numpy array of UTF-8 byte strings, to be picked from by number."""
    return np.array([word.encode() for word in words])


def field(strings):
    """The byte matrix of an array of byte strings."""
    strings = np.ascontiguousarray(strings)
    return strings.view(np.uint8).reshape(len(strings), -1)


def pick(words, numbers):
    return field(words[numbers])


def literal(text, count):
    data = np.frombuffer(text.encode(), np.uint8)
    return np.broadcast_to(data, (count, len(data)))


def digits(numbers, width):
    """Numbers in decimal, with leading zeros."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def date(days):
    """ISO dates of an array of datetime64[D]."""
    months = days.astype("M8[M]")
    years = days.astype("M8[Y]")
    parts = [
        digits(years.astype(np.int64) + 1970, 4), literal("-", len(days)),
        digits((months - years).astype(np.int64) + 1, 2), literal("-", len(days)),
        digits((days - months).astype(np.int64) + 1, 2),
    ]
    return np.concatenate(parts, axis=1)


def only_where(condition, matrix):
    """The matrix with the lines emptied where the condition does not hold."""
    return np.where(condition[:, None], matrix, np.uint8(0))


def replace(matrix, condition, text):
    """Puts a text in place of the lines where the condition holds."""
    data = np.frombuffer(text.encode(), np.uint8)
    if len(data) > matrix.shape[1]:
        matrix = np.pad(matrix, ((0, 0), (0, len(data) - matrix.shape[1])))
    else:
        matrix = matrix.copy()
    matrix[condition] = 0
    matrix[condition, : len(data)] = data
    return matrix


class Dice:
    """Numbers that look random and depend only on seed, purpose and index (the finalizer of splitmix64)."""

    def __init__(self, seed):
        self.seed = seed

    def __call__(self, index, purpose, sides):
        salt = np.uint64(zlib.crc32(f"{self.seed} {purpose}".encode()))
        mixed = (index.astype(np.uint64) + salt * np.uint64(0xD1342543DE82EF95)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(sides)).astype(np.int64)


class Line:
    """The columns of some rows, collected from left to right."""

    def __init__(self, count):
        self.count = count
        self.parts = []

    def put(self, *matrices):
        self.parts.extend(matrices)
        return self

    def text(self, text):
        return self.put(literal(text, self.count))

    def comma(self):
        return self.text(",")

    def bytes(self):
        joined = np.concatenate(self.parts, axis=1)
        return joined[joined != 0].tobytes()
