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
        (.taiwanPermit, "12345678", ""), (.taiwanPermit, "1234567890", "document.unverified"),
        (.taiwanPermit, "T12345678(B)", "document.unverified"),
        (.taiwanPermit, "1234567", "document.format"), (.taiwanPermit, "ABCDEFGHIJ", "document.format"),
        (.foreignerCard, "ABC123480010112", ""), (.foreignerCard, "ABC123480133112", "document.format"),
        (.foreignerCard, "AB1123480010112", "document.format"), (.foreignerCard, "11010519491231002X", "document.format"),
        (.foreignerCard, "91123419800101A010", "id.characters"), (.foreignerCard, "911234198013010010", "id.date"),
        (.passport, "E12345678", ""), (.passport, "EA1234567", ""), (.passport, "g12345678", ""),
        (.passport, "G1234567", "document.unverified"),
        (.passport, "GA1234567", "document.unverified"), (.passport, "X1234", "document.unverified"),
        (.passport, "1234", "document.format"),
        (.passport, "123456789012345678", "document.format"), (.passport, "ABCDEFG", "document.format"),
        (.passport, "E1234567号", "document.format"),
        (.householdBook, "11010519491231002X", ""), (.householdBook, "110105194912310021", "id.check"),
        (.householdBook, "110105491231002", "id.old"),
        (.householdBook, "012345678", "document.unverified"), (.householdBook, "无", "document.format"),
        (.military, "军字第1234567号", "document.unverified"), (.military, "1234567", "document.unverified"),
        (.military, "军字", "document.format"),
    ])
    func judgesEachKind(kind: DocumentKind, number: String, codes: String) {
        #expect(kind.check(number, today: 20_261_124).faults.codes == codes)
    }

    @Test func foreignersCardsTellTheBirth() {
        let digits = "91123419800229001"
        let new = ForeignerCard.check(digits + Draw.check(digits), today: 20_261_124)
        #expect(new == Finding(birth: 19_800_229))
        let wrong = Draw.check(digits) == "0" ? "1" : "0"
        #expect(ForeignerCard.check(digits + wrong, today: 20_261_124).faults == [.idCheck])
        let old = ForeignerCard.check("USA123480022912", today: 20_261_124)
        #expect(old.faults.isEmpty)
        #expect(old.conflicts(sex: .male, birth: 19_800_229).isEmpty)
        #expect(old.conflicts(sex: .male, birth: 19_800_228) == [.idBirthConflict])
    }

    @Test func kindsAreReadByCodeAndChineseName() {
        for kind in DocumentKind.allCases {
            #expect(DocumentKind(kind.code) == kind && DocumentKind(kind.zh) == kind && !kind.en.isEmpty)
            #expect(with(Array(kind.zh.utf8)) { DocumentKind($0) } == kind)
        }
        #expect(DocumentKind("Passport") == .passport && DocumentKind("台胞证") == .taiwanPermit)
        #expect(DocumentKind("driving-licence") == nil && DocumentKind("") == nil)
        #expect(with([UInt8](repeating: 65, count: 100_000)) { DocumentKind($0) } == nil)
    }

    @Test func keysMeetWhereThePersonIsTheSame() {
        #expect(DocumentKind.hkMacauPermit.matchKey("H1234567801") == DocumentKind.hkMacauPermit.matchKey("h12345678 02"))
        #expect(DocumentKind.hkMacauPermit.matchKey("H1234567801")?.text == "hk-macau-permit:H12345678")
        #expect(DocumentKind.passport.matchKey("e1234-5678") == DocumentKind.passport.matchKey("Ｅ１２３４５６７８"))
        #expect(DocumentKind.passport.matchKey("E12345678") != DocumentKind.passport.matchKey("E12345679"))
        #expect(DocumentKind.passport.matchKey("12345678") != DocumentKind.taiwanPermit.matchKey("12345678"))
        #expect(DocumentKind.military.matchKey("军字第1234567号") != DocumentKind.military.matchKey("空字第1234567号"))
        #expect(DocumentKind.military.matchKey("军字第1234567号")?.text == "military:军字第1234567号")
        #expect(DocumentKind.residentID.matchKey("  ") == nil)
        #expect(DocumentKind.passport.matchKey(String(repeating: "1", count: 32)) == nil)
        #expect(DocumentKind.passport.matchKey(String(repeating: "1", count: 31)) != nil)
        #expect(BankAccount.matchKey("6222 0212 3456 7890") == BankAccount.matchKey("６２２２０２１２３４５６７８９０"))
        #expect(BankAccount.matchKey("0622202123456") != BankAccount.matchKey("622202123456"))
        #expect(BankAccount.matchKey("622202123456")?.text == "account:622202123456" && BankAccount.matchKey("") == nil)
    }
}
