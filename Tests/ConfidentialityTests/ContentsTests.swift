import ArticleProof
import CustomerConfidentiality
import Kernel
import Testing

@Suite struct ContentsTests {
    @Test func theTablesHoldTogether() { #expect(Catalogue.mistakes(in: [confidentialityContents]) == []) }

    @Test(.demand(confidentiality[1], 1)) func everyArticleIsShownInTheCharter() async throws {
        try await ArchiveOffice.with { archive in
            let charter = try await archive.desk.charter(confidentiality.id, by: archive.clerk.person)
            #expect(charter.laws.map(\.article) == (1...29).map { confidentiality[$0] } && charter.adopter?.zh == "公司")
            #expect(charter.laws[0].text.kind == [.principle])
            #expect(charter.laws[0].text.zh == "防止泄露，保证完整安全，科学高效保管利用。")
            #expect(charter.laws.allSatisfy { !$0.text.zh.isEmpty && !$0.text.en.isEmpty })
        }
    }
}
