import Testing

@testable import Identifiers

@Suite struct ResidentNumberTests {
    static let today: Int32 = 20_261_124

    static func checked(_ digits: String) -> String { digits + Draw.check(digits) }

    @Test func tellsItsHolder() {
        let finding = ResidentNumber.check("11010519491231002X", today: 20_261_124)
        #expect(finding == CheckResult(birth: 19_491_231, region: 110_105, sex: .female))
        let old = ResidentNumber.check("110105491231002", today: 20_261_124)
        #expect(old == CheckResult([.idOld], birth: 19_491_231, region: 110_105, sex: .female))
    }

    /// Each fault, and of several only the first in the order of the list.
    @Test(arguments: [
        ("", "id.length"), ("1", "id.length"), ("11010519491231002", "id.length"), ("11010519491231002XX", "id.length"),
        ("1101054912310021", "id.length"), ("A1010519491231002", "id.length"),
        ("11010519491231A02X", "id.characters"), ("X1010519491231002X", "id.characters"), ("11010519491231002A", "id.characters"),
        ("11010519491231002:", "id.characters"), ("11010519491231002号", "id.characters"), ("1101054912310O2", "id.characters"),
        ("99010519491331002A", "id.characters"), ("11010549123100X", "id.characters"),
        ("91010519491231002X", "id.region"), ("00010519491231002X", "id.region"), ("16010519491231002X", "id.region"),
        ("99010519491331002X", "id.region"), ("990105491231002", "id.region"),
        ("110105194902300020", "id.date"), ("110105194913010020", "id.date"), ("110105194900010020", "id.date"),
        ("110105194901000020", "id.date"), ("110105190002290020", "id.date"), ("110105184912310020", "id.date"),
        ("110105202611250020", "id.date"), ("110105219901010020", "id.date"), ("110105491331002", "id.date"),
        ("110105194912310020", "id.check"), ("11010519491231003X", "id.check"), ("110105194912310021", "id.check"),
    ])
    func givesTheFirstFault(number: String, code: String) {
        let finding = ResidentNumber.check(number, today: ResidentNumberTests.today)
        #expect(finding.faults.codes == code)
        #expect(finding.birth == 0 && finding.region == 0 && finding.sex == nil)
    }

    @Test func warnsOfWhatIsOddAndReal() {
        let today = ResidentNumberTests.today
        func codes(_ digits: String) -> String { ResidentNumber.check(ResidentNumberTests.checked(digits), today: today).faults.codes }
        #expect(codes("11010519491231000") == "id.sequence")
        #expect(codes("11000019491231002") == "id.county_unknown")
        #expect(codes("11000019491231000") == "id.county_unknown;id.sequence")
        #expect(codes("32111919491231002") == "")
        #expect(codes("81000019491231002") == "")
        #expect(ResidentNumber.check("110105491231000", today: today).faults.codes == "id.sequence;id.old")
    }

    @Test func asksTheTableOfCountiesOnlyWhenThereIsOne() {
        let table = CountyTable([110_105, -1, 1_000_000])
        let other = ResidentNumberTests.checked("32111919491231002")
        #expect(ResidentNumber.check("11010519491231002X", today: 20_261_124, counties: table).faults.isEmpty)
        #expect(ResidentNumber.check(other, today: 20_261_124, counties: table).faults == [.idCountyUnknown])
        #expect(ResidentNumber.check("110105194912310021", today: 20_261_124, counties: table).faults == [.idCheck])
    }

    @Test func theDayOfTodayIsBornAlready() {
        let number = ResidentNumberTests.checked("11010520261124002")
        #expect(ResidentNumber.check(number, today: 20_261_124).faults.isEmpty)
        #expect(ResidentNumber.check(number, today: 20_261_123).faults == [.idDate])
        #expect(ResidentNumber.check(ResidentNumberTests.checked("11010518500101002"), today: 20_261_124).faults.isEmpty)
        #expect(ResidentNumber.check(ResidentNumberTests.checked("11010520000229002"), today: 20_261_124).faults.isEmpty)
    }

    @Test(arguments: [
        "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２ｘ", "11010519491231002Х", "11010519491231002х",
        "11010519491231002Χ", "11010519491231002χ", "11010519491231002×", "110105 19491231 002X", " 11010519491231002X\t",
        "110105-19491231-002X", "110105－19491231—002X", "\u{FEFF}11010519491231002X", "110105\u{3000}19491231\u{A0}002Ⅹ",
    ])
    func takesWhatIsTypedForWhatItMeans(typed: String) {
        #expect(ResidentNumber.check(typed, today: 20_261_124).faults.isEmpty)
        #expect(DocumentKind.residentID.matchKey(typed)?.text == "resident-id:11010519491231002X")
    }

    @Test func judgesConflictsOfGoodNumbersOnly() {
        let good = ResidentNumber.check("11010519491231002X", today: 20_261_124)
        #expect(good.conflicts(sex: .female, birth: 19_491_231).isEmpty)
        #expect(good.conflicts(sex: nil, birth: 0).isEmpty)
        #expect(good.conflicts(sex: .male, birth: 19_491_231) == [.idSexConflict])
        #expect(good.conflicts(sex: .female, birth: 19_491_230) == [.idBirthConflict])
        #expect(good.conflicts(sex: .male, birth: 18_491_231) == [.idSexConflict, .idBirthConflict])
        let bad = ResidentNumber.check("110105194912310021", today: 20_261_124)
        #expect(bad.conflicts(sex: .male, birth: 19_000_101).isEmpty)
    }

    @Test func saysWhichCheckCharacterIsMeant() {
        #expect(ResidentNumber.checkCharacter(for: "110105194912310021") == "X")
        #expect(ResidentNumber.checkCharacter(for: "110105 19491231 002*") == "X")
        #expect(ResidentNumber.checkCharacter(for: "11010519491231A021") == nil)
        #expect(ResidentNumber.checkCharacter(for: "110105491231002") == nil)
    }

    @Test func everyGoodNumberPassesAndTellsItsHolder() {
        var draw = Draw(seed: 11_643)
        for _ in 0..<20_000 {
            let (text, birth, isMale) = draw.residentNumber()
            let finding = ResidentNumber.check(text, today: 20_261_124)
            #expect(finding.faults.isEmpty && finding.birth == birth && finding.sex == (isMale ? .male : .female), "\(text)")
            #expect(finding.region == Int32(text.prefix(6)))
            #expect(ResidentNumber.checkCharacter(for: String(text.dropLast()) + "?") == text.last)
        }
    }

    @Test func everyChangedDigitAndEverySwapIsCaught() {
        var draw = Draw(seed: 7064)
        for _ in 0..<300 {
            let good = Array(draw.residentNumber().text)
            for place in 0..<18 {
                for digit in place == 17 ? "0123456789X" : "0123456789" where digit != good[place] {
                    var changed = good
                    changed[place] = digit
                    #expect(ResidentNumber.check(String(changed), today: 99_991_231).faults.hasBlock, "\(String(changed))")
                }
                guard place < 16, good[place] != good[place + 1] else { continue }
                var swapped = good
                swapped.swapAt(place, place + 1)
                #expect(ResidentNumber.check(String(swapped), today: 99_991_231).faults.hasBlock, "\(String(swapped))")
            }
        }
    }

    /// The road for clean bytes and the road for typed text give the same answers.
    @Test func bothRoadsAgree() {
        var draw = Draw(seed: 1999)
        let alphabet = Array("0123456789Xx:/A\0".utf8)
        for _ in 0..<20_000 {
            var bytes = Array(draw.residentNumber().text.utf8)
            for _ in 0..<draw.next(3) { bytes[draw.next(18)] = alphabet[draw.next(alphabet.count)] }
            let clean = with(bytes) { ResidentNumber.check($0, today: 20_261_124) }
            let typed = with([32] + bytes) { ResidentNumber.check($0, today: 20_261_124) }
            #expect(clean == typed, "\(bytes)")
        }
    }

    @Test func oldAndNewFormAgree() {
        var draw = Draw(seed: 15)
        for _ in 0..<2_000 {
            let new = draw.residentNumber().text
            guard new.dropFirst(6).hasPrefix("19") else { continue }
            let old = String(new.prefix(6) + new.dropFirst(8).dropLast())
            #expect(ResidentNumber.check(old, today: 20_261_124).faults == [.idOld])
            #expect(DocumentKind.residentID.matchKey(old) == DocumentKind.residentID.matchKey(new))
            #expect(DocumentKind.householdBook.matchKey(old) == DocumentKind.householdBook.matchKey(new))
            #expect(DocumentKind.householdBook.matchKey(old) == DocumentKind.residentID.matchKey(old))
        }
    }
}
