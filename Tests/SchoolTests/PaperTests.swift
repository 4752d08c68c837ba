import ArticleProof
import Kernel
import Print
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct PaperTests {
    @Test(.demand(school[16], 4)) func theFeedIsReadAtTheRightHour() {
        let from = Moment(Day(iso: "2026-12-31")!, hour: 20)!
        let entry = DutyFeed.Entry(
            uid: "abc", from: from, until: from.adding(hours: 12), summary: "值班 贾欣；备勤,东城工作点值班室值班电话已登记在册", sequence: 3)
        let text = DutyFeed.text([entry], named: "值班", at: from)
        #expect(text.contains("DTSTART;TZID=Asia/Shanghai:20261231T200000\r\n"))
        #expect(text.contains("DTEND;TZID=Asia/Shanghai:20270101T080000\r\n"))
        #expect(text.contains("DTSTAMP:20261231T120000Z\r\n"))
        #expect(text.contains("TZOFFSETTO:+0800\r\n") && !text.contains("China Standard Time"))
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        // Unfolded, the summary says the same.
        let unfolded = text.split(separator: "\r\n ", omittingEmptySubsequences: false).joined()
        #expect(unfolded.contains("SUMMARY:值班 贾欣；备勤\\,东城工作点值班室值班电话已登记在册\r\n"))
    }

    @Test(.article(school[16]), arguments: [("2026-01-05", "2026年1月5日"), ("2026-12-31", "2026年12月31日"), ("", "")])
    func theDayHasNoPaddingZeros(written: String, printed: String) { #expect(OfficialForm.day(written) == printed) }

    @Test(.article(school[16])) func anOutgoingDocumentPrintsInItsLayout() async throws {
        try await Campus.with { campus in
            for kind in [("request", "up"), ("notice", "down"), ("letter", "peer"), ("minutes", "down")] {
                let recipient = JSONValue.record([.init("name", .text("有关单位")), .init("relation", .text(kind.1))])
                let id = try await campus.numbered([
                    "kind": .text(kind.0), "direction": .text(kind.1), "recipients": .list([recipient]), "text": .text("一、总的要求\n认真办理。"),
                    "present": kind.0 == "minutes" ? .text("各部门负责人") : .null,
                ])
                let paper = OfficialForm(try await campus.view(id), try await campus.desk.organisation()).paper
                let number = try await campus.number(id)
                #expect(paper.number == number && paper.day == "2026年1月15日" && paper.signer == "manager")
                #expect(paper.isSealed == (kind.0 != "minutes"))
                let pdf = try OfficialPrinter().pdf(paper)
                #expect(String(decoding: pdf.prefix(5), as: UTF8.self) == "%PDF-")
            }
        }
    }
}
