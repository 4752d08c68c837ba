"""Who is in the file: applications, the persons in them, and what they share with each other.

Seven rows make three applications: applicant and insured each, and one beneficiary. Applications are dealt in blocks of a
thousand, and the place in its block says what an application is for:

    100..149   persons who come back with a second policy        900..949   those second policies
    200..208   ordinary customers whose telephone or account ... 950..959   ... another customer gives as well

A file may be a part of a longer series: its applications and persons are numbered from its first row on, so that no part has another's.
"""
from math import gcd

import numpy as np

from .columns import Dice

APPLICANT, INSURED, BENEFICIARY, STRANGER = 0, 1, 2, 3
BLOCK = 1000
SECOND_POLICY, FIRST_POLICY, SECOND_POLICIES = 900, 100, 50
BORROWERS, LENDERS = 950, 200
# Which lender each borrower takes from: two of the telephones are shared by three customers.
TELEPHONE_LENDERS = [0, 0, 1, 1, 2, 3]
ACCOUNT_LENDERS = [4, 5, 6, 7]
TELEPHONE_BORROWERS = len(TELEPHONE_LENDERS)
CLUE_BORROWERS = TELEPHONE_BORROWERS + len(ACCOUNT_LENDERS)
CLUE_LENDERS = 8

APPLICATION_IN_GROUP = np.array([0, 0, 1, 1, 2, 2, 2])
ROLE_IN_GROUP = np.array([APPLICANT, INSURED, APPLICANT, INSURED, APPLICANT, INSURED, BENEFICIARY])


class Book:
    def __init__(self, rows, seed, first_row=0):
        self.dice = Dice(seed)
        # Rows hold fewer applications, and twice as many rows fewer persons: from here on nothing was given away by the parts before.
        self.first = first_row
        self.applications = -(-rows // 7) * 3
        self.blocks = rows // 7 * 3 // BLOCK  # only whole blocks hold clues and second policies
        self.stride = coprime(self.blocks)

    def place(self, row):
        """The application and the role of a row."""
        return self.first + row // 7 * 3 + APPLICATION_IN_GROUP[row % 7], ROLE_IN_GROUP[row % 7]

    def applicant(self, application):
        """Persons are numbered: an even number for an application's first applicant, the odd one after it for its insured."""
        slot = self.slot(application)
        returns = (slot >= SECOND_POLICY) & (slot < SECOND_POLICY + SECOND_POLICIES)
        first = self.far_block(application) + slot - SECOND_POLICY + FIRST_POLICY
        return np.where(returns, first, application) * 2

    def insured(self, application):
        """In six of ten applications the applicant insures himself."""
        himself = self.dice(application, "insures himself", 10) < 6
        return np.where(himself, self.applicant(application), application * 2 + 1)

    def beneficiary(self, application):
        return (self.first + self.applications) * 2 + application - self.first

    def telephone_owner(self, person):
        """The person whose telephone this person gives."""
        return self.lender(person, BORROWERS, TELEPHONE_LENDERS)

    def account_owner(self, person):
        return self.lender(person, BORROWERS + TELEPHONE_BORROWERS, ACCOUNT_LENDERS)

    def takes_part_in_a_clue(self, person):
        """Such a person carries no fault, so that the clue stays one clue."""
        slot = self.slot(person // 2)
        borrows = (slot >= BORROWERS) & (slot < BORROWERS + CLUE_BORROWERS)
        lends = (slot >= LENDERS) & (slot < LENDERS + CLUE_LENDERS)
        return borrows | lends

    def shared_values(self):
        return {
            "phone": self.blocks * len(set(TELEPHONE_LENDERS)), "account": self.blocks * len(set(ACCOUNT_LENDERS)),
            "phone_customers": self.blocks * (TELEPHONE_BORROWERS + len(set(TELEPHONE_LENDERS))),
            "account_customers": self.blocks * (len(ACCOUNT_LENDERS) + len(set(ACCOUNT_LENDERS))),
        }

    def lender(self, person, first_borrower, lenders):
        application = person // 2
        at = self.slot(application) - first_borrower
        applies = (person % 2 == 0) & (person < (self.first + self.applications) * 2)
        borrows = applies & (at >= 0) & (at < len(lenders))
        slot = LENDERS + np.array(lenders)[np.clip(at, 0, len(lenders) - 1)]
        return np.where(borrows, (self.far_block(application) + slot) * 2, person)

    def slot(self, application):
        """The place in its block, or -1 in the last, incomplete block."""
        place = application - self.first
        return np.where(place // BLOCK < self.blocks, place % BLOCK, -1)

    def far_block(self, application):
        """The first application of another block for each block, one to one, so that what is shared lies far apart in the file."""
        return self.first + ((application - self.first) // BLOCK * self.stride + 1) % max(self.blocks, 1) * BLOCK


def coprime(count):
    """A number without a common divisor with the count, so that multiplying by it is one to one."""
    candidate = max(int(count * 0.618), 1)
    while gcd(candidate, max(count, 1)) != 1:
        candidate += 1
    return candidate
