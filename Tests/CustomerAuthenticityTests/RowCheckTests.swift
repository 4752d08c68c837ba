import ArticleProof
import CustomerAuthenticity
import Identifiers
import Testing
import WorkCalendar

/// Every code of the intake format, by a row that deserves it.
@Suite struct RowCheckTests {
    typealias Case = (change: [String: String], codes: String)

    private static func insured(_ change: [String: String]) -> [String: String] {
        ["role": "insured", "mobile": "", "address": "", "bank_account": "", "account_holder": ""].merging(change) { $1 }
    }

    private static let number = IntakeFile.good["document_number"]!

    static let missing: [Case] = [
        (["name": ""], "missing.name"),
        (["sex": ""], "missing.sex"), (["sex": "?"], "sex.unknown"), (["sex": "0"], "sex.unknown"),
        (["birth_date": " "], "missing.birth_date"),
        (["document_number": ""], "missing.document_number"), (["address": "　"], "missing.address"), (["mobile": ""], "missing.phone"),
        (["mobile": "", "landline": "010-87654321"], ""),
        (
            ["name": "", "sex": "", "birth_date": "", "document_number": "", "address": "", "mobile": "", "bank_account": "", "account_holder": ""],
            "missing.name;missing.sex;missing.birth_date;missing.document_number;missing.address;missing.phone"
        ),
        (insured([:]), ""), (insured(["document_number": ""]), "missing.document_number"),
        (insured(["document_number": "", "birth_date": "2010-01-01"]), ""),
        (insured(["document_number": "", "birth_date": "2008-01-06"]), ""),
        (insured(["document_number": "", "birth_date": "2008-01-05"]), "missing.document_number"),
        // Born on 29 February: of age on 1 March.
        (insured(["document_number": "", "birth_date": "2008-02-29", "application_date": "2026-02-28"]), ""),
        (insured(["document_number": "", "birth_date": "2008-02-29", "application_date": "2026-03-01"]), "missing.document_number"),
        (
            ["role": "beneficiary", "sex": "", "birth_date": "", "document_number": "", "address": "", "mobile": "", "bank_account": "", "account_holder": ""],
            ""
        ),
        (["role": "受益人", "name": "", "bank_account": "", "account_holder": ""], "missing.name"),
    ]

    static let identity: [Case] = [
        (["name": "测试", "bank_account": "", "account_holder": ""], "name.placeholder"),
        (["name": "=A1", "bank_account": "", "account_holder": ""], "name.placeholder"), (["name": "李四<br>", "bank_account": "", "account_holder": ""], "name.placeholder"),
        (["name": "李四（女）", "bank_account": "", "account_holder": ""], "name.placeholder"), (["document_type": "1-身份证", "sex": "1-男"], ""),
        (["birth_date": "1980-02-30"], "birth_date.invalid"), (["birth_date": "2027-01-01"], "birth_date.future"),
        (["document_number": String(number.dropLast())], "id.length"), (["document_number": "11010519800203A11X"], "id.characters"),
        (["document_number": IntakeFile.number(birth: "19800203", sequence: 11, region: "990105")], "id.region"),
        (["document_number": IntakeFile.number(birth: "19800230", sequence: 11)], "id.date"),
        (["document_number": number.dropLast() + (number.last == "1" ? "2" : "1")], "id.check"),
        (["sex": "F"], "id.sex_conflict"), (["birth_date": "1980-02-04"], "id.birth_conflict"),
        (["sex": "2", "birth_date": "1980/2/4"], "id.sex_conflict;id.birth_conflict"),
        (["document_number": "110105800203011"], "id.old"), (["document_number": "1101 0580 0203 011"], "id.old"),
        (["document_number": IntakeFile.number(birth: "19800203", sequence: 0), "sex": "F"], "id.sequence"),
        (["document_number": IntakeFile.number(birth: "19800203", sequence: 11, region: "110000")], "id.county_unknown"),
        (["document_type": "passport", "document_number": "??"], "document.format"),
        (["document_type": "护照", "document_number": "E12345678"], ""),
        (["document_type": "港澳居民来往内地通行证", "document_number": "HA1234567"], ""),
        (["document_type": "台胞证", "document_number": "1234567801(B)"], ""),
        (["document_type": "外国人永久居留身份证", "document_number": "911840198002030016"], ""),
        (["document_type": "外国人永久居留身份证", "document_number": "911840198002030024"], "id.sex_conflict"),
        (["document_type": "外国人永久居留证", "document_number": "USA440019800203"], "document.unverified"),
        (["document_type": "出生医学证明", "document_number": "X320101001"], ""),
        (["document_type": "户口簿"], ""), (["document_type": "军官证", "document_number": "军字第7号"], "document.unverified"),
        (["document_type": "网号"], "document_type.unknown"),
        (["document_type": "passport", "document_number": "AB123456"], "document.unverified"),
        (["document_type": "driving licence"], "document_type.unknown"), (["document_type": ""], ""),
    ]

    static let contacts: [Case] = [
        (["mobile": "12345"], "mobile.format"), (["mobile": "13800138000"], "mobile.junk"),
        (["landline": "021-1234567"], "landline.format"),
        (["bank_account": "12345"], "account.format"), (["bank_account": "6222020000000000991"], "account.luhn"),
        (["account_holder": "李四"], "account.not_applicants"), (["email": "a@"], "email.format"), (["address": "不详"], "address.placeholder"),
        (["account_class": "Ⅰ类", "phone_holder": "王大明"], ""), (["account_class": "II类"], "account.limited"),
        (["account_class": "3"], "account.limited"), (["account_class": "一般"], "account_class.unknown"),
        (["mobile": "17400123456"], "mobile.satellite"), (["mobile": "14612345678"], "mobile.machine"),
        (["mobile": "16181234567"], "mobile.format"), (["landline": "010-65432108分机8001"], ""),
        (["address": "建国路边上"], "address.vague"), (["mobile": "+86 139-1234-5670"], ""), (["account_holder": ""], "missing.account_holder"),
        (["account_holder": "", "bank_account": ""], ""),
        (["role": "beneficiary", "name": "何受益", "account_holder": "何受益"], ""),
    ]

    /// What a spreadsheet has spoilt; an import hands it back.
    static let spoilt: [Case] = [
        (["bank_account": "#N/A"], "value.error"), (["name": "#N/A", "bank_account": "", "account_holder": ""], "name.placeholder;value.error"),
        (["application_no": "#REF!"], "value.error"), (["birth_date": "#VALUE!", "sex": "#N/A"], "value.error"),
        (["document_type": "#N/A"], "value.error"), (["mobile": "#N/A", "address": "#N/A"], "value.error"),
        (["mobile": "1.39E+10"], "value.cut"), (["document_number": "1.1010519800203E+17"], "value.cut"),
        (["bank_account": "6222020000000010000"], "account.luhn;value.perhaps_cut"),
        (["bank_account": "6222020200011120"], "account.luhn;value.perhaps_cut"),
    ]

    static let application: [Case] = [
        (["application_date": ""], "application_date.invalid"), (["application_date": "2026-02-30"], "application_date.invalid"),
        (["application_date": "2026年1月5日"], ""), (["application_date": "46027"], ""), (["role": "owner"], "role.unknown"),
        (["role": "投保人"], ""), (["term_years": "0"], "outside_rules"), (["term_years": "6个月"], "outside_rules"),
        (["term_years": "终身"], ""), (["term_years": "0", "address": "", "mobile": ""], "outside_rules"), (["term_years": "1"], ""),
        (["term_years": "366天"], ""), (["term_years": "365天"], ""), (["term_years": "365日"], ""), (["term_years": "364天"], "outside_rules"),
        (["term_years": "一年"], ""), (["term_years": "十二个月"], ""), (["term_years": "52周"], "outside_rules"),
        (["term_years": "半年"], "outside_rules"), (["term_years": "一年半"], ""), (["term_years": "两年"], ""),
        (["term_years": "abc"], "term.unknown"),
    ]

    private func codes(_ change: [String: String]) throws -> String {
        let file = try IntakeFile([change])
        defer { file.remove() }
        let row = try #require(try file.check().rows.first)
        #expect(row["verdict"] == (row["blocks"] == "" ? "pass" : "refuse"))
        return [row["blocks"] ?? "", row["warnings"] ?? ""].filter { !$0.isEmpty }.joined(separator: ";")
    }

    @Test(.demand(authenticity[5], 1, 2), arguments: missing.indices) func missingDataAreNamed(index: Int) throws {
        #expect(try codes(Self.missing[index].change) == Self.missing[index].codes)
    }

    @Test(.demand(authenticity[6], 1, 2), arguments: identity.indices) func identityIsChecked(index: Int) throws {
        #expect(try codes(Self.identity[index].change) == Self.identity[index].codes)
    }

    @Test(.article(authenticity[11]), arguments: contacts.indices) func contactsAndAccountsAreChecked(index: Int) throws {
        #expect(try codes(Self.contacts[index].change) == Self.contacts[index].codes)
    }

    @Test(.article(authenticity[6]), arguments: spoilt.indices) func spoiltValuesAreNone(index: Int) throws {
        #expect(try codes(Self.spoilt[index].change) == Self.spoilt[index].codes)
    }

    @Test(.demand(authenticity[4], 2), arguments: application.indices) func applicationsAreChecked(index: Int) throws {
        #expect(try codes(Self.application[index].change) == Self.application[index].codes)
    }

    @Test func everyCodeOfABareFileHasARow() {
        let tested = (Self.missing + Self.identity + Self.contacts + Self.spoilt + Self.application).flatMap {
            $0.codes.split(separator: ";").map(String.init)
        }
        let others: Set<DataFault> = [
            .columnUnread, .agentUnknown, .agentUnqualified, .cluePhone, .clueAccount, .clueAgentContact, .clueIdentity, .identityConflict,
        ]
        let untested = DataFault.allCases.filter { !others.contains($0) && !tested.contains($0.code) }
        #expect(untested.isEmpty)
    }
}
