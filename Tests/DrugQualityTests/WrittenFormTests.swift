import ArticleProof
import EngineFixture
import Kernel
import Print
import TestOffice
import Testing
import WorkCalendar

@testable import DrugQuality

@Suite struct WrittenFormTests {
    private func pages(of form: PaperForm) throws -> Int {
        let pdf = String(decoding: try FormPrinter().pdf(form), as: UTF8.self)
        return pdf.ranges(of: "/Type /Page\n").count + pdf.ranges(of: "/Type /Page ").count
    }

    @Test(.demand(drugQuality[7], 3), .article(drugQuality[8])) func theFormHasItsNumberAndSaysWhoSignedForWhom() async throws {
        try await Trader.with { trader in
            let sudden: [String: JSONValue] = ["urgency": .text("sudden")]
            let id = try await trader.report(known: 0, Trader.goods.merging(sudden) { $1 })
            try await trader.desk.handle(
                .delegate(to: trader.salesHead.person, from: trader.office.now, until: trader.office.now.adding(days: 2), reason: "出差"),
                by: trader.manager)
            try await trader.desk.take(
                QualityItem.receive, on: id, by: Principal(trader.salesHead.person, onBehalfOf: trader.manager.person))
            try await trader.analyse(id)
            let form = WrittenForm(try await trader.view(id), try await trader.desk.organisation(), .zh)
                .paper(printedBy: trader.officer.person, at: trader.office.now)
            #expect(form.number == "质信〔2026〕1号" && form.marks == ["突发"])
            #expect(form.signatures.map(\.name) == ["seller", "salesHead 代 manager", "officer", ""])
            #expect(form.signatures[1].opinion.hasPrefix("经理签收：salesHead"))
            let goods = form.cells.first { $0.label == "药品" }
            guard case .text(let text)? = goods?.content else { Issue.record("the goods are on it"); return }
            #expect(text.contains("批号 20230501") && text.contains("国药准字H11020001"))
        }
    }

    @Test(.demand(drugQuality[7], 3)) func whatIsTooLongForThePageGoesOnInAnAnnex() async throws {
        try await Trader.with { trader in
            func printed(_ count: Int) async throws -> Int {
                let id = try await trader.report(["facts": .text(String(repeating: "情况很长。", count: count))])
                let form = WrittenForm(try await trader.view(id), try await trader.desk.organisation(), .zh)
                    .paper(printedBy: trader.officer.person, at: trader.office.now)
                return try pages(of: form)
            }
            let (short, long) = (try await printed(10), try await printed(900))
            #expect(short == 1 && long > 1)
        }
    }
}
