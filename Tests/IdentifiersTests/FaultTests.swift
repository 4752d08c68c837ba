import Testing

@testable import Identifiers

@Suite struct FaultTests {
    /// The contract of the answers' file, in its order.
    static let blocks = """
        missing.name missing.sex missing.birth_date missing.document_number missing.address missing.phone name.placeholder \
        birth_date.invalid birth_date.future id.length id.characters id.region id.date id.check id.sex_conflict id.birth_conflict \
        document.format mobile.format mobile.junk landline.format account.format account.not_applicants agent.unknown \
        agent.unqualified application_date.invalid role.unknown email.format address.placeholder \
        sex.unknown document_type.unknown account_class.unknown value.error value.cut column.unread \
        missing.account_holder term.unknown id.another_person
        """
    static let warnings = """
        id.county_unknown id.sequence id.old account.luhn account.limited mobile.satellite mobile.machine clue.phone clue.account \
        clue.agent_contact clue.identity address.vague document.unverified value.perhaps_cut outside_rules
        """

    @Test func codesStandInTheOrderOfTheContract() {
        #expect(DataFault.allCases.filter(\.isBlock).map(\.code).joined(separator: " ") == FaultTests.blocks)
        #expect(DataFault.allCases.filter { !$0.isBlock }.map(\.code).joined(separator: " ") == FaultTests.warnings)
    }

    @Test func codesAreReadBack() {
        for fault in DataFault.allCases { #expect(DataFault(code: fault.code) == fault) }
        #expect(DataFault(code: "id.unheard_of") == nil)
    }

    @Test func everyFaultSaysSomethingOfItsOwnInBothLanguages() {
        #expect(Set(DataFault.allCases.map(\.zh)).count == DataFault.allCases.count)
        #expect(Set(DataFault.allCases.map(\.en)).count == DataFault.allCases.count)
        for fault in DataFault.allCases {
            #expect(fault.zh.count >= 10 && fault.en.count >= 20)
            #expect(fault.zh.unicodeScalars.contains { $0.value > 0x4E00 } && fault.en.unicodeScalars.allSatisfy { $0.value < 0x2100 })
        }
    }

    @Test func wordsNameTheCheckCharacter() {
        func told(_ fault: DataFault, _ number: String, _ kind: DocumentKind = .residentID) -> (zh: String, en: String) {
            fault.sentences(of: number, kind, today: 2026_01_15)
        }
        #expect(told(.idCheck, "110105194912310021").zh.contains("第18位应为X"))
        #expect(told(.idCheck, "110105194912310021").en.contains("18th should be X"))
        #expect(told(.idCheck, "nothing").zh == DataFault.idCheck.zh)
        #expect(told(.idDate, "110105194902300021").zh.contains("不存在"))
        #expect(told(.idDate, "110105202702030021").zh.contains("晚于今天"))
        #expect(told(.idDate, "110105180002030021").en.contains("too long ago"))
        #expect(told(.idDate, "110105490230002").en.contains("does not exist"))
        #expect(told(.idRegion, "440106194912310025", .residencePermit).zh.contains("810000"))
        #expect(told(.idRegion, "990106194912310025").zh == DataFault.idRegion.zh)
    }

    /// A number that lost its end in a spreadsheet or in a program that counts with it: no digit is proposed.
    @Test(arguments: ["110105198706220000", "440106199001010000", "１１０１０５１９８７０６２２００００", "110105198503142380", "110105198503142384"])
    func aRoundedNumberGetsNoProposal(number: String) {
        let told = DataFault.idCheck.sentences(of: number, .residentID, today: 2026_01_15)
        #expect(told.zh.contains("表格软件") && told.en.contains("rounded") && !told.zh.contains("18位"), "\(told)")
        #expect(DataFault.idCheck.sentences(of: "110105198503142371", .residentID, today: 2026_01_15).zh.contains("第18位应为"))
    }

    @Test func aSetListsItsFaultsInOrder() {
        var set: FaultSet = [.addressVague, .idCheck, .missingName, .idOld]
        #expect(set.codes == "missing.name;id.check;id.old;address.vague")
        #expect(set.blocks == [.missingName, .idCheck])
        #expect(set.warnings == [.idOld, .addressVague])
        #expect(set.hasBlock && set.count == 4)
        set.remove(.missingName)
        set.remove(.idCheck)
        #expect(!set.hasBlock && !set.isEmpty && !set.contains(.idCheck))
        set.formUnion([.outsideRules])
        #expect(Array(set) == [.idOld, .addressVague, .outsideRules])
        #expect(Array(FaultSet(DataFault.outsideRules)) == [.outsideRules] && FaultSet().codes == "")
    }
}
