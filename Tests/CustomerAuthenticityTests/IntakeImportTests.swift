import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Foundation
import Kernel
import Tables
import Testing
import TestOffice

@Suite struct IntakeImportTests {
    private func rows(_ count: Int, change: (Int, inout [String: String]) -> Void = { _, _ in }) -> [[String: String]] {
        (0..<count).map { index in
            var row = [
                "application_no": "T\(index)", "policy_no": "P\(index)", "customer_no": "C\(index)", "application_date": "2026-01-15",
                "document_number": IntakeFile.number(birth: "19800203", sequence: index * 2 + 1), "mobile": "139\(12_345_000 + index)",
                "bank_account": "622202\(100_000 + index)",
            ]
            change(index, &row)
            return row
        }
    }

    private func importing(_ insurer: InsurerOffice, _ file: IntakeFile, batch: Int = 7) async throws -> (
        IntakeImport.Summary, [[String: String]]
    ) {
        let path = file.folder.appending(path: "rejected.csv").path
        let rejected = RejectedRows(path: path, isWorkbook: false)
        let summary = try await IntakeImport(insurer.desk, by: insurer.underwriter, batch: batch).run(file.path, rejected: rejected)
        return (summary, rejected.count == 0 ? [] : try IntakeFile.read(path))
    }

    @Test(.demand(authenticity[5], 1), arguments: TestEngine.all)
    func aFileGoesInAndRejectedRowsComeBackAndInAgain(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(rows(20) { index, row in if index == 3 { row["address"] = "" } })
            defer { file.remove() }
            let (summary, rejected) = try await importing(insurer, file)
            #expect((summary.rows, summary.accepted, summary.drafts) == (20, 19, 1))
            #expect(rejected.count == 1)
            #expect(rejected.first?["application_no"] == "T3")
            #expect(rejected.first?["原因"]?.contains("联系地址未填") == true)
            // Corrected, the same table goes in again.
            let again = try IntakeFile(
                rejected.map { $0.merging(["address": "广东省广州市天河区中山路1号"]) { $1 } }, columns: IntakeFile.columns + ["原因"])
            defer { again.remove() }
            let (second, left) = try await importing(insurer, again)
            #expect((second.accepted, left.count) == (1, 0))
            #expect(try await insurer.rows("application", states: ["accepted"]).count == 20)
        }
    }

    @Test(arguments: TestEngine.all) func aFileTakenTwiceAddsNothing(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(rows(20) { index, row in if index == 3 { row["address"] = "" } })
            defer { file.remove() }
            _ = try await importing(insurer, file)
            let before = try await insurer.rows("application").map(\.version)
            let (summary, rejected) = try await importing(insurer, file)
            #expect((summary.known, summary.accepted) == (20, 0))
            // What still waits comes back again.
            #expect(rejected.map { $0["application_no"] } == ["T3"])
            #expect(try await insurer.rows("application").map(\.version) == before)
        }
    }

    @Test(arguments: TestEngine.all) func stoppedHalfWayAndRunAgainItFinishes(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(rows(40))
            defer { file.remove() }
            struct Stop: Error {}
            let task = Task { [path = file.path] in
                try await IntakeImport(insurer.desk, by: insurer.underwriter, batch: 5).run(path) {
                    if $0.rows >= 15 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            _ = try? await task.value
            let half = try await insurer.rows("application").count
            #expect(half >= 15 && half < 40)
            let (summary, _) = try await importing(insurer, file)
            #expect(summary.known == half)
            #expect(summary.accepted == 40 - half)
            #expect(try await insurer.rows("application").count == 40)
        }
    }

    @Test(arguments: TestEngine.all) func twoImportsAtOnceMakeNoDoubles(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(rows(40))
            defer { file.remove() }
            let path = file.path
            async let one = IntakeImport(insurer.desk, by: insurer.underwriter, batch: 3).run(path)
            async let other = IntakeImport(insurer.desk, by: insurer.underwriter, batch: 3).run(path)
            let (first, second) = try await (one, other)
            #expect(first.accepted + second.accepted == 40)
            #expect(first.known + second.known == 40)
            #expect(try await insurer.rows("customer").count == 40)
        }
    }

    @Test func badLinesStopTheFileAfterWhatWasGood() async throws {
        try await InsurerOffice.with { insurer in
            let good = try IntakeFile(rows(3))
            let text = try String(contentsOfFile: good.path, encoding: .utf8) + "T9,\"never closed"
            good.remove()
            let file = try IntakeFile(Array(text.utf8))
            defer { file.remove() }
            await #expect(throws: PaperError.self) { _ = try await IntakeImport(insurer.desk, by: insurer.underwriter).run(file.path) }
        }
    }

    @Test func aWorkbookComesBackAsAWorkbook() async throws {
        try await InsurerOffice.with { insurer in
            let file = try IntakeFile([UInt8](), name: "intake.xlsx")
            defer { file.remove() }
            let workbook = try XLSXWriter(path: file.path, header: IntakeFile.columns)
            for row in rows(3, change: { index, row in if index == 1 { row["sex"] = "F" } }) {
                let whole = IntakeFile.good.merging(row) { $1 }
                try workbook.row(IntakeFile.columns.map { whole[$0] ?? "" })
            }
            try workbook.close()
            let path = file.folder.appending(path: "rejected.xlsx").path
            let rejected = RejectedRows(path: path, isWorkbook: true)
            let summary = try await IntakeImport(insurer.desk, by: insurer.underwriter).run(file.path, rejected: rejected)
            #expect((summary.accepted, summary.drafts) == (2, 1))
            #expect(try IntakeFile.read(path).map { $0["application_no"] } == ["T1"])
        }
    }

    @Test func anApplicationWhoseRowsStandApartIsHandedBack() async throws {
        try await InsurerOffice.with { insurer in
            let file = try IntakeFile(rows(3) { index, row in if index == 2 { row["application_no"] = "T0" } })
            defer { file.remove() }
            let (summary, rejected) = try await importing(insurer, file)
            #expect((summary.accepted, summary.rejected) == (1, 2))
            #expect(rejected.map { $0["原因"]?.prefix(2) } == ["A2", "A4"] && rejected.allSatisfy { $0["原因"]?.contains("没有排在一起") == true })
        }
    }

    @Test func whoMayNotEnterApplicationsCannotImport() async throws {
        try await InsurerOffice.with { insurer in
            let file = try IntakeFile(rows(3))
            defer { file.remove() }
            await #expect(throws: DeskError.self) { _ = try await IntakeImport(insurer.desk, by: insurer.trainer).run(file.path) }
            #expect(try await insurer.rows("application").isEmpty)
        }
    }

    @Test(.article(authenticity[5], authenticity[10]), arguments: TestEngine.all)
    func aTrialSaysWhatTheImportWillSay(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(
                rows(30) { index, row in
                    switch index {
                    case 1: row["name"] = ""
                    case 2: row["agent_no"] = "nobody"
                    case 3: row["channel"] = "market stall"
                    case 4: row["policy_no"] = "P0"
                    default: break
                    }
                })
            defer { file.remove() }
            let person = insurer.underwriter.person
            let preview = try await IntakePreview(file.path, insurer.desk, by: person, language: .en)
            let forecast = try await IntakeForecast(file.path, insurer.desk, by: person)
            let written = try await insurer.rows("application") + insurer.rows("customer")
            #expect(written.isEmpty)
            #expect(preview.rows.count == 20)
            #expect(preview.rows.indices.filter { preview.rows[$0].reason != nil } == [1, 2, 3, 4])
            #expect(preview.rows[1].reason?.contains("name is missing") == true)
            #expect(preview.rows[2].reason?.contains("no agent with this number") == true)
            #expect(preview.rows[3].reason == "The channel is not known; enter one of Individual agents, Bancassurance, Agencies, Direct")
            #expect(preview.rows[4].reason?.contains("T0") == true)
            #expect(preview.names == IntakeFile.columns)
            let (number, mobile) = (IntakeFile.columns.firstIndex(of: "document_number")!, IntakeFile.columns.firstIndex(of: "mobile")!)
            #expect(preview.rows.allSatisfy { $0.cells[number].contains("***") && $0.cells[mobile].contains("****") }, "\(preview.rows[0])")
            let foretold = forecast.rehearsed
            #expect((foretold.applications, foretold.accepted, foretold.drafts, foretold.rejected) == (30, 26, 3, 1))
            let (summary, rejected) = try await importing(insurer, file)
            #expect((summary.accepted, summary.drafts, summary.rejected) == (26, 3, 1))
            #expect(rejected.map { $0["application_no"] } == ["T1", "T2", "T3", "T4"])
            // Taken in, the same file is known but for what goes back.
            let again = try await IntakeForecast(file.path, insurer.desk, by: person).rehearsed
            #expect((again.accepted, again.known, again.rejected) == (0, 29, 1))
        }
    }
    /// Each fault with its cell and what stands there, masked; the rows at fault in the file's own columns; nothing taken.
    @Test(.article(authenticity[5]), arguments: TestEngine.all)
    func whatIsWrongIsSaidCellByCellBeforeAnythingIsTaken(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try IntakeFile(
                rows(6) { index, row in
                    if index == 1 { row["name"] = "" }
                    if index == 3 { row["mobile"] = "1391234" }
                })
            defer { file.remove() }
            let path = file.folder.appending(path: "faulty.csv").path
            let forecast = try await IntakeForecast(
                file.path, insurer.desk, by: insurer.underwriter.person, handingBack: RejectedRows(path: path, isWorkbook: false))
            #expect(forecast.faultyRows == 2 && forecast.rows == 6 && forecast.isWhole)
            #expect(forecast.faults.map(\.row) == [3, 5] && forecast.faults.map(\.applicationNo) == ["T1", "T3"])
            #expect(forecast.faults.map(\.column) == ["name", "mobile"] && forecast.faults.allSatisfy { $0.article != nil })
            #expect(
                forecast.faults[1].cell.hasSuffix("5") && !forecast.faults[1].value.contains("1391234") && !forecast.faults[1].value.isEmpty
            )
            #expect(try IntakeFile.read(path).map { $0["application_no"] } == ["T1", "T3"])
            #expect(try await insurer.rows("application").isEmpty)
            // What was taken in stands on the list of imports, and on nobody else's.
            _ = try await importing(insurer, file)
            let imports = try await insurer.desk.imports(of: Application.name, by: insurer.underwriter.person)
            #expect(imports.count == 1 && imports[0].counts.first { $0.what == "drafts" }?.count == 2)
            #expect(try await insurer.desk.imports(of: Application.name, by: insurer.service.person).isEmpty)
        }
    }
}
