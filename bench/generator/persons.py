"""What the rows say of persons, and the faults planted in it: one fault in some three of a hundred applicants.

A fault belongs to the person, so both rows of one who insures himself show the same wrong data and still name one customer.
"""
import numpy as np

from . import numbers
from .columns import date, digits, literal, only_where, pick, replace, table

# Codes as `dianzhang check` gives them; each faulty person has exactly one.
APPLICANT_ONLY = [
    "missing.address", "missing.phone", "landline.format", "account.format", "account.not_applicants", "application_date.invalid",
    "email.format", "address.placeholder",
]
BOTH_ROLES = [
    "missing.name", "missing.sex", "missing.birth_date", "missing.document_number", "name.placeholder", "birth_date.invalid",
    "id.length", "id.characters", "id.region", "id.date", "id.check", "id.sex_conflict", "id.birth_conflict", "document.format",
    "mobile.format", "mobile.junk",
]
FAULTS = APPLICANT_ONLY + BOTH_ROLES
FAULTY_IN_A_THOUSAND = 38

SURNAMES = table(list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"))
GIVEN = table(list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文志海燕波宁辉鹏飞宇浩然轩欣怡涵雨桐佳琪思远博俊豪嘉诚雪晴晓东春秋月"))
SECOND_GIVEN = table([""] * 20 + list("伟芳敏静丽强军勇艳杰涛明超秀霞平英华玉兰红梅建国文志海燕波宁辉鹏飞宇浩然轩欣怡涵雨桐佳琪思远博俊嘉诚雪晴晓东"))
DISTRICTS = table(
    "北京市朝阳区 北京市海淀区 上海市浦东新区 上海市徐汇区 天津市和平区 重庆市渝中区 广东省广州市天河区 广东省深圳市南山区 浙江省杭州市西湖区 "
    "江苏省南京市鼓楼区 江苏省苏州市姑苏区 湖北省武汉市武昌区 四川省成都市锦江区 陕西省西安市碑林区 山东省青岛市市南区 山东省济南市历下区 "
    "河南省郑州市金水区 湖南省长沙市岳麓区 福建省厦门市思明区 安徽省合肥市蜀山区 云南省昆明市五华区 辽宁省沈阳市和平区".split())
ROADS = table([a + b + c for a in "中建人和新东西南北光" for b in "山设民平华风湖京海明" for c in ("路", "街", "大道")])
DOCUMENT_TYPES = table(["resident-id", "passport", "hk-macau-permit"])
RESIDENT, PASSPORT, PERMIT = 0, 1, 2


class Persons:
    """The persons of some rows. `role_*` are masks over the rows."""

    def __init__(self, book, person, applicant, insured, beneficiary):
        self.book, self.person, self.count = book, person, len(person)
        self.applicant, self.insured, self.beneficiary = applicant, insured, beneficiary
        odd = (person % 2 == 1) & ~beneficiary
        self.child = odd & (self.dice("child", 2) == 0)
        faulty = ~odd & ~beneficiary & ~book.takes_part_in_a_clue(person) & (self.dice("faulty", 1000) < FAULTY_IN_A_THOUSAND)
        self.fault = np.where(faulty, self.dice("fault", len(FAULTS)), -1)
        kind = self.dice("document", 100)
        self.document = np.select([self.has("document.format") | (kind == 0), kind == 1], [PASSPORT, PERMIT], RESIDENT)
        self.document[self.has(*[code for code in FAULTS if code.startswith("id.")])] = RESIDENT
        self.number, self.birthday, self.man = numbers.resident(person)

    def dice(self, purpose, sides):
        return self.book.dice(self.person, purpose, sides)

    def has(self, *codes):
        return np.isin(self.fault, [FAULTS.index(code) for code in codes])

    def planted(self):
        """How many rows show each fault."""
        shown = {code: int((self.has(code) & self.applicant).sum()) for code in APPLICANT_ONLY}
        return shown | {code: int((self.has(code) & (self.applicant | self.insured)).sum()) for code in BOTH_ROLES}

    def name(self):
        joined = np.concatenate([
            pick(SURNAMES, self.dice("surname", len(SURNAMES))), pick(GIVEN, self.dice("given", len(GIVEN))),
            pick(SECOND_GIVEN, self.dice("second given", len(SECOND_GIVEN))),
        ], axis=1)
        return only_where(~self.has("missing.name"), replace(joined, self.has("name.placeholder"), "测试"))

    def sex(self):
        man = self.man ^ self.has("id.sex_conflict")
        said = only_where(~self.has("missing.sex"), np.where(man, ord("M"), ord("F")).astype(np.uint8)[:, None])
        return only_where(self.known(), said)

    def birth_date(self):
        child = np.datetime64("2010-01-01") + self.dice("child's birthday", 5000).astype("m8[D]")
        day = np.where(self.child, child, self.birthday + self.has("id.birth_conflict").astype("m8[D]"))
        said = replace(date(day), self.has("birth_date.invalid"), "1980-02-30")
        return only_where(self.known() & ~self.has("missing.birth_date"), said)

    def known(self):
        """Of every second beneficiary only the name is known."""
        return ~self.beneficiary | (self.dice("known", 2) == 0)

    def document_type(self):
        return only_where(self.has_document(), pick(DOCUMENT_TYPES, self.document))

    def document_number(self):
        passport = np.concatenate([literal("E", self.count), digits(self.person, 8)], axis=1)
        permit = np.concatenate([literal("H", self.count), digits(self.person, 8), literal("01", self.count)], axis=1)
        said = np.zeros((self.count, 18), np.uint8)
        said[:] = self.resident_number()
        for kind, form in ((PASSPORT, passport), (PERMIT, permit)):
            at = self.document == kind
            said[at] = 0
            said[at, : form.shape[1]] = form[at]
        said = replace(said, self.has("document.format"), "E#")
        return only_where(self.has_document() & ~self.has("missing.document_number"), said)

    def has_document(self):
        return ~self.beneficiary & ~self.child

    def resident_number(self):
        """The number, broken where that is the fault; one insured in fifty writes the old form of a good one."""
        number = self.number.copy()
        number[self.has("id.length"), 17] = 0
        number[self.has("id.characters"), 9] = ord("B")
        for code, at, text in (("id.region", 0, b"99"), ("id.date", 10, b"0230")):
            lines = np.flatnonzero(self.has(code))
            body = number[lines, :17]
            body[:, at : at + len(text)] = np.frombuffer(text, np.uint8)
            number[lines] = numbers.with_check(body)
        wrong = np.flatnonzero(self.has("id.check"))
        number[wrong, 17] = np.where(number[wrong, 17] == ord("5"), ord("6"), ord("5"))
        old = self.insured & (self.fault < 0) & (self.dice("old form", 50) == 0)
        return np.where(old[:, None], numbers.old_form(number), number)

    def mobile(self):
        """Whoever applies gives one; so does, every second time, an insured of age who is somebody else."""
        number = numbers.mobile(self.book.telephone_owner(self.person))
        number[self.has("mobile.format"), 0] = ord("2")
        junk = np.where(self.dice("junk", 2) == 0, 13_800_138_000, 13_800_000_000)
        number = np.where(self.has("mobile.junk")[:, None], digits(junk, 11), number)
        gives = np.where(self.person % 2 == 0, True, ~self.child & (self.dice("own mobile", 2) == 0))
        return only_where(gives & ~self.beneficiary & ~self.has("missing.phone"), number)

    def landline(self):
        bad = self.has("landline.format")
        wrong = np.concatenate([literal("021-", self.count), digits(self.person, 8)[:, 1:], np.zeros((self.count, 1), np.uint8)], axis=1)
        gives = self.applicant & ~self.has("missing.phone") & (bad | (self.dice("landline", 10) == 0))
        return only_where(gives, np.where(bad[:, None], wrong, numbers.landline(self.person)))

    def email(self):
        bad = self.has("email.format")
        sign = np.where(bad, ord("."), ord("@")).astype(np.uint8)[:, None]
        said = np.concatenate([literal("c", self.count), digits(self.person, 8), sign, literal("example.com", self.count)], axis=1)
        return only_where(self.applicant & (bad | (self.dice("e-mail", 10) < 6)), said)

    def address(self):
        said = np.concatenate([
            pick(DISTRICTS, self.dice("district", len(DISTRICTS))), pick(ROADS, self.dice("road", len(ROADS))),
            digits(100 + self.dice("house", 900), 3), literal("号", self.count),
            digits(10 + self.dice("block", 90), 2), literal("栋", self.count),
            digits(1001 + self.dice("flat", 2200), 4), literal("室", self.count),
        ], axis=1)
        said = replace(said, self.has("address.placeholder"), "不详")
        return only_where(self.applicant & ~self.has("missing.address"), said)

    def bank_account(self):
        """19 digits, of which one in fifty is no Luhn number, as in life; 11 where the form is the fault."""
        owner = self.book.account_owner(self.person)
        said = numbers.account(owner, self.book.dice(owner, "luhn", 50) == 0).copy()
        said[self.has("account.format"), 11:] = 0
        return only_where(self.pays(), said)

    def account_holder(self):
        return only_where(self.pays(), replace(self.name(), self.has("account.not_applicants"), "欧阳他人"))

    def pays(self):
        return self.applicant & ~self.has("missing.name")
