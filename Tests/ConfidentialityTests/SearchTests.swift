import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Print
import TestOffice
import Testing

/// 第5条, 第6条: one catalogue over all units, and the ways in which a file is found.
@Suite struct SearchTests {
    @Test(.demand(confidentiality[6], 1), .article(confidentiality[5]), arguments: TestEngine.all)
    func aFileIsFoundByNameInitialsCodeClassRegionOwnerShelfAndKeyword(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.shelf()
            let more: [String: JSONValue] = [
                "region": .text("广东佛山"), "keywords": .text("商标 诉讼"), "owner": .whole(archive.clerk.person.raw),
            ]
            try await archive.file("彗星律师事务所", more)
            try await archive.file("新合商贸", kind: "dealer", number: 2)
            func found(_ text: String) async throws -> [String] { try await archive.rows("customer-file") { $0.text = text }.map(\.title) }
            for text in ["彗星", "hxls", "K001-LS", "佛山", "商标", "诉讼"] { #expect(try await found(text) == ["彗星律师事务所"], "\(text)") }
            #expect(try await found("新合") == ["新合商贸"])
            #expect(try await found("合新").isEmpty)
            func equal(_ key: String, _ value: String) async throws -> [String] {
                try await archive.rows("customer-file") { $0.equal[key] = value }.map(\.title)
            }
            #expect(try await equal("customerClass", "ordinary") == ["新合商贸"])
            #expect(try await equal("subclass", "lawyer") == ["彗星律师事务所"])
            #expect(try await equal("region", "广东佛山") == ["彗星律师事务所"])
            #expect(try await equal("owner", String(archive.clerk.person.raw)) == ["彗星律师事务所"])
            #expect(try await equal("shelf", "一库1柜-1-1") == ["彗星律师事务所"])
            #expect(try await equal("creditCode", CreditCodes.code(1).lowercased()) == ["彗星律师事务所"])
        }
    }

    @Test(.demand(confidentiality[5], 1), arguments: TestEngine.all)
    func filesOfAllUnitsStandInOneCatalogue(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let second = Principal(try await archive.office.hire("second", .informationSpecialist, in: archive.office.market))
            let near = try await archive.file(), far = try await archive.file("新合商贸", kind: "dealer", number: 2, by: second)
            for person in [archive.archivist, archive.specialist, second, archive.manager] {
                let rows = try await archive.rows("customer-file", by: person) { $0.sort = .oldest }
                #expect(rows.map(\.id) == [near, far] && rows.map(\.unit) == [archive.office.service, archive.office.market])
                #expect(try await archive.desk.search("新合", by: person.person).rows.map(\.id) == [far])
            }
        }
    }

    @Test(.demand(confidentiality[6], 3), arguments: TestEngine.all)
    func aNameOfTwoCharactersIsFound(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let individual: [String: JSONValue] = ["customer": .text(""), "creditCode": .text(""), "person": .text("王伟")]
            let person = try await archive.file("", kind: "individual", individual)
            let company = try await archive.file("新合", kind: "dealer", number: 2)
            try await archive.file("华信律师事务所", number: 3)
            for (text, file) in [("王伟", person), ("新合", company)] {
                #expect(try await archive.rows("customer-file") { $0.text = text }.map(\.id) == [file], "\(text)")
                #expect(try await archive.desk.search(text, by: archive.specialist.person).rows.map(\.id) == [file], "\(text)")
            }
            for text in ["伟王", "合新", "王五"] { #expect(try await archive.rows("customer-file") { $0.text = text }.isEmpty, "\(text)") }
        }
    }

    @Test(.demand(confidentiality[6], 2, 4), arguments: TestEngine.all)
    func aFileIsFoundByTheTextOfItsAttachmentsAndOnlyByWhoMayReadIt(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            func part(_ text: String) async throws -> JSONValue {
                let file = try await archive.desk.keep(file: "合同.txt", content: Array(text.utf8), by: archive.specialist)
                return ArchiveOffice.part("contract", ["files": .list([file.stored])])
            }
            let open = try await archive.file(["parts": .list([try await part("双方约定以流星牌商标出资")])])
            let secret: [String: JSONValue] = [
                "secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw),
                "parts": .list([try await part("收购标的为流星控股")]),
            ]
            let hidden = try await archive.file("密字律所", number: 2, secret)
            func files(_ text: String, _ principal: Principal) async throws -> [Int64] {
                try await archive.rows("attachment-text", by: principal) { ($0.text, $0.sort) = (text, .oldest) }
                    .compactMap { $0.values["file"]?.whole }
            }
            #expect(try await files("流星", archive.manager) == [open, hidden])
            #expect(try await files("流星", archive.archivist) == [open])
            #expect(try await files("收购", archive.archivist).isEmpty)
            #expect(try await files("流星", archive.clerk).isEmpty)
            let page = try await archive.desk.register("attachment-text", RegisterQuery(), by: archive.archivist.person)
            #expect(page.total == 1)
            #expect(try await archive.desk.search("流星", by: archive.archivist.person).total == 1)
            // A level that is raised takes the text along.
            let custodian = archive.custodian.person
            try await archive.desk.take(CustomerFile.changeLevel, on: open, by: .system) { document in
                guard var file = document as? CustomerFile else { return }
                (file.secrecy, file.custodian) = (.secret, custodian)
                document = file
            }
            #expect(try await files("流星", archive.archivist).isEmpty)
            // An attachment that goes takes its text with it.
            try await archive.desk.take(CustomerFile.supplement, on: open, input: ["parts": .list([])], by: archive.specialist)
            #expect(try await files("流星", archive.manager) == [hidden])
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[6], 2)) func aPaperThatIsPrintedAndHandedInAgainIsFoundByItsText() async throws {
        try await ArchiveOffice.with { archive in
            let paper = PaperForm(title: "保密协议", cells: [.init("标的", "流星牌商标 4407821 号", isWide: true)])
            let file = try await archive.desk.keep(file: "协议.pdf", content: FormPrinter().pdf(paper), by: archive.specialist)
            let part = ArchiveOffice.part("secrecy", ["files": .list([file.stored])])
            let id = try await archive.file(["parts": .list([part])])
            for text in ["流星", "4407821", "商标"] {
                let found = try await archive.rows("attachment-text") { $0.text = text }
                #expect(found.map { $0.values["file"]?.whole } == [id], "\(text)")
            }
        }
    }

    @Test(.article(confidentiality[22], confidentiality[6])) func aStateSecretIsNotKeptHere() async throws {
        try await ArchiveOffice.with { archive in
            for text in ["机密★20年\n关于……", "绝 密 ★ 长期"] {
                let file = try await archive.desk.keep(file: "来文.txt", content: Array(text.utf8), by: archive.specialist)
                let part = ArchiveOffice.part("correspondence", ["files": .list([file.stored])])
                let refusal = await #expect(throws: Refusal.self) { try await archive.file(["parts": .list([part])]) }
                #expect(refusal?.article == confidentiality[22] && refusal?.words.zh.contains("国家秘密标志") == true)
            }
            // The house's own marks never look so.
            for level in SecrecyLevel.allCases { #expect(!level.mark.zh.contains("★")) }
            #expect(SecrecyLevel.secret.mark.zh == "企业机密")
        }
    }
}
