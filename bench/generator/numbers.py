"""Document numbers, telephones and accounts, each made from an index one to one, so that no two are equal by chance."""
import numpy as np

from .columns import digits, literal, pick, table

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECKS = np.frombuffer(b"10X98765432", np.uint8)
REGIONS = table(
    "110101 110105 110108 120101 130102 140105 210102 210203 220102 230103 310101 310104 310115 320102 330102 330106 340102 350102 "
    "350203 360102 370102 370202 410102 420102 420106 430102 440103 440106 440304 440305 450103 500103 510104 510107 520102 530102 "
    "610102 620102 640104 650102".split())
FIRST_BIRTHDAY = np.datetime64("1945-01-01")
BIRTHDAYS = 20_000  # to the autumn of 1999: every applicant is of age, and has an old 15-digit number
SEQUENCES = 999
# Prefixes of mobile numbers in use, without 138, where the best known junk numbers lie.
PREFIXES = table([f"13{n}" for n in "012345679"] + [f"15{n}" for n in "012356789"] + [f"18{n}" for n in "0123456789"])
TELEPHONES_A_PREFIX = 8 * 11_111_110  # eight digits that are not all equal
BANKS = table("62220200 62170000 62284800 62166100 62258800 62215000 62122600 62305200".split())


def resident(person):
    """Number of a resident (18 bytes a line), day of birth, and whether a man."""
    count = len(REGIONS) * BIRTHDAYS * SEQUENCES
    value = (person * 700_000_001 + 12_345) % count
    sequence = value % SEQUENCES + 1
    birthday = FIRST_BIRTHDAY + (value // SEQUENCES % BIRTHDAYS).astype("m8[D]")
    region = pick(REGIONS, value // SEQUENCES // BIRTHDAYS)
    body = np.concatenate([region, compact_date(birthday), digits(sequence, 3)], axis=1)
    return with_check(body), birthday, sequence % 2 == 1


def compact_date(days):
    months, years = days.astype("M8[M]"), days.astype("M8[Y]")
    month, day = (months - years).astype(np.int64) + 1, (days - months).astype(np.int64) + 1
    return digits((years.astype(np.int64) + 1970) * 10_000 + month * 100 + day, 8)


def with_check(body):
    """The number with its check character (GB 11643)."""
    check = CHECKS[((body.astype(np.int64) - ord("0")) @ WEIGHTS) % 11]
    return np.concatenate([body, check[:, None]], axis=1)


def old_form(number):
    """The 15-digit form of a number: no century, no check character; filled up with empty bytes."""
    short = np.concatenate([number[:, :6], number[:, 8:17]], axis=1)
    return np.pad(short, ((0, 0), (0, 3)))


def mobile(person):
    value = (person * 611_953_579 + 777) % (len(PREFIXES) * TELEPHONES_A_PREFIX)
    tail = value % TELEPHONES_A_PREFIX
    tail = tail // 11_111_110 * 11_111_111 + tail % 11_111_110 + 1
    return np.concatenate([pick(PREFIXES, value // TELEPHONES_A_PREFIX), digits(tail, 8)], axis=1)


def landline(person):
    return np.concatenate([literal("010-", len(person)), digits(50_000_000 + person * 611_953 % 39_999_983, 8)], axis=1)


def account(person, breaks_luhn):
    """19 digits; where asked, the last one is not the digit of Luhn."""
    body = np.concatenate([pick(BANKS, person % len(BANKS)), digits((person * 6_180_339_887 + 99) % 10**10, 10)], axis=1)
    weighed = body.astype(np.int64) - ord("0")
    weighed[:, ::-1][:, ::2] *= 2
    total = (weighed // 10 + weighed % 10).sum(axis=1) + breaks_luhn
    return np.concatenate([body, ((10 - total % 10) % 10 + ord("0")).astype(np.uint8)[:, None]], axis=1)
