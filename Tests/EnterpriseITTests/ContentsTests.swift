import ArticleProof
import EnterpriseIT
import Kernel
import Practices
import Testing

@Suite struct ContentsTests {
    @Test func theTablesHoldTogether() { #expect(Catalogue.mistakes(in: [enterpriseITContents, practicesContents]) == []) }

    @Test(.demand(enterpriseIT["第一条"], 1), .demand(enterpriseIT["第三章前言"], 1))
    func whatTheRegulationIsForStandsInTheCharter() async throws {
        try await Factory.with { factory in
            let charter = try await factory.desk.charter(enterpriseIT.id, by: factory.worker.person)
            let principles = charter.laws.filter { $0.text.kind == [.principle] }
            #expect(principles.map(\.article) == [enterpriseIT["第一条"], enterpriseIT["第三章前言"]])
            #expect(principles.first?.text.zh == "借助网络和计算机提高管理效率，以制度保障信息化健康发展。")
            #expect(principles.last?.text.zh == "电脑被窃案件多发，重申内部电脑安全管理。")
            #expect(charter.laws.allSatisfy { !$0.text.zh.isEmpty && !$0.text.en.isEmpty })
        }
    }
}
