import Testing

@testable import Identifiers

@Suite struct DocumentTests {
    @Test(arguments: [
        (DocumentKind.residentID, "11010519491231002X", ""), (.residentID, "H12345678", "id.length"),
        (.residencePermit, "810000199001010019", ""), (.residencePermit, "82000019900101001", "id.length"),
        (.residencePermit, "11010519491231002X", "id.region"), (.residencePermit, "110105491231002", "id.length"),
        (.residencePermit, "810000199001010011", "id.check"),
        (.hkMacauPermit, "H12345678", ""), (.hkMacauPermit, "m1234567801", ""), (.hkMacauPermit, "Ｈ 1234 5678 01", ""),
        (.hkMacauPermit, "A12345678", "document.format"), (.hkMacauPermit, "H1234567", "document.format"),
        (.hkMacauPermit, "H123456789", "document.format"), (.hkMacauPermit, "H1234567A", "document.format"),
        (.hkMacauPermit, "", "document.format"),
        (.hkMacauPermit, "HA1234567", ""), (.hkMacauPermit, "ma 1234567", ""), (.hkMacauPermit, "HA123456701", "document.unverified"),
        (.hkMacauPermit, "HB1234567", "document.format"), (.hkMacauPermit, "HA12345678", "document.format"),
        (.hkMacauPermit, "HAB123456", "document.format"),
        (.taiwanPermit, "12345678", ""), (.taiwanPermit, "1234567801", ""), (.taiwanPermit, "1234567801(B)", ""),
        (.taiwanPermit, "1234567801（Ｂ）", ""), (.taiwanPermit, "1234567801B", ""),
        (.taiwanPermit, "T12345678(B)", "document.format"), (.taiwanPermit, "12345678(B)", "document.format"),
        (.taiwanPermit, "123456789", "document.format"), (.taiwanPermit, "12345678012", "document.format"),
        (.taiwanPermit, "1234567", "document.format"), (.taiwanPermit, "ABCDEFGHIJ", "document.format"),
        (.foreignerCard, "ABC123480010112", ""), (.foreignerCard, "ABC123480133112", "document.unverified"),
        (.foreignerCard, "911124198108030024", ""), (.foreignerCard, "911840199001010018", ""), (.foreignerCard, "941156198002290035", ""),
        (.foreignerCard, "944156198002290038", ""), (.foreignerCard, "999156198002290031", "document.unverified"),
        (.foreignerCard, "911840199001010019", "id.check"),
        (.foreignerCard, "AB1123480010112", "document.format"), (.foreignerCard, "11010519491231002X", "document.format"),
        (.foreignerCard, "91123419800101A010", "id.characters"), (.foreignerCard, "911234198013010010", "id.date"),
        (.passport, "E12345678", ""), (.passport, "EA1234567", ""), (.passport, "g12345678", ""),
        (.passport, "D12345678", ""), (.passport, "S12345678", ""), (.passport, "P12345678", ""),
        (.passport, "DE1234567", ""), (.passport, "SE1234567", ""), (.passport, "PE1234567", ""),
        (.passport, "P.1234567", ""), (.passport, "s．1234567", ""), (.passport, "D1234567", ""), (.passport, "P1234567", ""),
        (.passport, "141234567", ""), (.passport, "151234567", ""), (.passport, "K12345678", ""), (.passport, "MA1234567", ""),
        (.passport, "312345678", ""), (.passport, "EI1234567", "document.unverified"), (.passport, "EO1234567", "document.unverified"),
        (.passport, "HJ1234567", "document.unverified"), (.passport, "G.1234567", "document.format"),
        (.passport, "G1234567", "document.unverified"),
        (.passport, "GA1234567", "document.unverified"), (.passport, "X1234", "document.unverified"),
        (.passport, "1234", "document.format"),
        (.passport, "123456789012345678", "document.format"), (.passport, "ABCDEFG", "document.format"),
        (.passport, "E1234567号", "document.format"),
        (.householdBook, "11010519491231002X", ""), (.householdBook, "110105194912310021", "id.check"),
        (.householdBook, "110105491231002", "id.old"),
        (.householdBook, "012345678", "document.unverified"), (.householdBook, "无", "document.format"),
        (.householdBook, "12345", "document.format"), (.householdBook, "123456", "document.unverified"),
        (.householdBook, "12345678901234567890", "document.unverified"), (.householdBook, "123456789012345678901", "document.format"),
        (.military, "军字第1234567号", "document.unverified"), (.military, "1234567", "document.unverified"),
        (.military, "士1234567", "document.unverified"), (.military, "110105198502037619", "document.unverified"),
        (.military, "军字", "document.unverified"), (.military, "--", "document.format"),
        (.birthCertificate, "X320101001", ""), (.birthCertificate, "x 320101001", ""), (.birthCertificate, "3320101001", "document.format"),
        (.birthCertificate, "X32010100", "document.format"), (.birthCertificate, "11010519491231002X", "document.format"),
    ])
    func judgesEachKind(kind: DocumentKind, number: String, codes: String) {
        #expect(kind.check(number, today: 20_261_124).faults.codes == codes)
    }

    @Test func foreignersCardsTellTheBirth() {
        let digits = "91123419800229001"
        let new = ForeignerCard.check(digits + Draw.check(digits), today: 20_261_124)
        #expect(new == CheckResult(birth: 19_800_229, sex: .male))
        // Province at 2-3, sex by the digit before the last; the region's place says nothing.
        let woman = ForeignerCard.check("911124198108030024", today: 20_261_124)
        #expect(woman == CheckResult(birth: 19_810_803, sex: .female) && woman.conflicts(sex: .male, birth: 0) == [.idSexConflict])
        #expect(ForeignerCard.check("911840199001010018", today: 20_261_124).sex == .male)
        let wrong = Draw.check(digits) == "0" ? "1" : "0"
        #expect(ForeignerCard.check(digits + wrong, today: 20_261_124).faults == [.idCheck])
        let old = ForeignerCard.check("USA123480022912", today: 20_261_124)
        #expect(old.faults.isEmpty)
        #expect(old.conflicts(sex: .male, birth: 19_800_229).isEmpty)
        #expect(old.conflicts(sex: .male, birth: 19_800_228) == [.documentUnverified])
    }

    @Test func kindsAreReadByCodeAndChineseName() {
        for kind in DocumentKind.allCases {
            #expect(DocumentKind(kind.code) == kind && DocumentKind(kind.zh) == kind && !kind.en.isEmpty)
            #expect(with(Array(kind.zh.utf8)) { DocumentKind($0) } == kind)
        }
        #expect(DocumentKind("Passport") == .passport && DocumentKind("台胞证") == .taiwanPermit)
        #expect(DocumentKind("出生证明") == .birthCertificate)
        for none in ["网号", "网证", "驾驶证"] { #expect(DocumentKind(none) == nil) }
        #expect(DocumentKind("driving-licence") == nil && DocumentKind("") == nil)
        #expect(with([UInt8](repeating: 65, count: 100_000)) { DocumentKind($0) } == nil)
    }

    @Test func keysMeetWhereThePersonIsTheSame() {
        #expect(DocumentKind.hkMacauPermit.matchKey("H1234567801") == DocumentKind.hkMacauPermit.matchKey("h12345678 02"))
        #expect(DocumentKind.hkMacauPermit.matchKey("H1234567801")?.text == "hk-macau-permit:H12345678")
        for reissued in ["HA1234567", "ha 1234567 01", "HA123456702"] {
            #expect(DocumentKind.hkMacauPermit.matchKey(reissued)?.text == "hk-macau-permit:HA1234567")
        }
        for reissued in ["12345678", "1234567801", "1234567802(B)", "12345678 02（b）"] {
            #expect(DocumentKind.taiwanPermit.matchKey(reissued)?.text == "taiwan-permit:12345678")
        }
        #expect(DocumentKind.passport.matchKey("P.1234567") == DocumentKind.passport.matchKey("p1234567"))
        #expect(DocumentKind.passport.matchKey("e1234-5678") == DocumentKind.passport.matchKey("Ｅ１２３４５６７８"))
        #expect(DocumentKind.passport.matchKey("E12345678") != DocumentKind.passport.matchKey("E12345679"))
        #expect(DocumentKind.passport.matchKey("12345678") != DocumentKind.taiwanPermit.matchKey("12345678"))
        #expect(DocumentKind.military.matchKey("军字第1234567号") != DocumentKind.military.matchKey("空字第1234567号"))
        #expect(DocumentKind.military.matchKey("军字第1234567号")?.text == "military:军字第1234567号")
        #expect(DocumentKind.residentID.matchKey("  ") == nil)
        #expect(DocumentKind.passport.matchKey(String(repeating: "1", count: 32)) == nil)
        #expect(DocumentKind.passport.matchKey(String(repeating: "1", count: 31)) != nil)
    }

    /// 第三条: one number is one person, whichever document it stands on and in its old form too.
    @Test func aResidentNumberIsOnePersons() {
        let same: [(DocumentKind, String)] = [
            (.residentID, "11010519491231002X"), (.residentID, "110105491231002"), (.householdBook, "11010519491231002x"),
            (.householdBook, "1101 0549 1231 002"), (.residencePermit, "１１０１０５１９４９１２３１００２Ｘ"),
        ]
        for (kind, number) in same {
            #expect(kind.matchKey(number)?.text == "resident-id:11010519491231002X", "\(kind) \(number)")
            #expect(DocumentKind.lookupForm(number) == "resident-id:11010519491231002X")
        }
        #expect(DocumentKind.householdBook.matchKey("012345678")?.text == "household-book:012345678")
        #expect(DocumentKind.passport.matchKey("11010519491231002X")?.text == "passport:11010519491231002X")
    }

    @Test(arguments: [
        ("H1234567801", "H12345678"), ("HA123456701", "HA1234567"), ("1234567801(B)", "12345678"), ("p.1234567", "P1234567"),
        ("军字第1234567号", "军字第1234567号"),
    ])
    func aNumberIsFoundWithoutItsKind(typed: String, form: String) {
        #expect(DocumentKind.lookupForm(typed) == "resident-id:" + form && DocumentKind.lookupForm(form) == "resident-id:" + form)
    }

    @Test func accountsMeetWithTheirZeros() {
        #expect(BankAccount.matchKey("6222 0212 3456 7890") == BankAccount.matchKey("６２２２０２１２３４５６７８９０"))
        #expect(BankAccount.matchKey("0622202123456") != BankAccount.matchKey("622202123456"))
        #expect(BankAccount.matchKey("622202123456")?.text == "account:622202123456" && BankAccount.matchKey("") == nil)
    }
}
