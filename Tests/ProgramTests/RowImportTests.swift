import EngineFixture
import Foundation
import ScratchFiles
import Store
import Testing

/// Documents of any type from a file, a row a document.
@Suite struct RowImportTests {
    private static let agents = """
        业务员代码,姓名,渠道,所属团队,电话
        A1,赵业务,个险,市场部,13600000001
        A1,钱业务,个险,市场部,13600000002
        A2,,个险,市场部,13600000003
        A3,孙业务,个险,没有这个部门,13600000004

        """

    /// The reasons of the rows that were handed back, by agent number.
    private static func reasons(_ path: String) throws -> [[String]] {
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: ["\u{FEFF}"])
        return text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    @Test func whatCannotBeTakenAndWhoIsUnknownIsSaid() async throws {
        let file = try Scratch().file(Self.agents)
        try await BookPlace.with(.sqlite) { book in
            let agents = book.importingAgents(file)
            try await book.run(agents.map { $0 == "agent" ? "agnet" : $0 }).expect(
                3, zh: "“agnet”不能从文件登记；可以登记的是：application（投保单）", en: "is not taken from files; these are: application, ")
            try await book.run(agents + ["--as", "nobody"]).expect(
                3, zh: "没有登录名为 nobody 的在职人员", en: "Nobody here has the log-in name nobody")
            let charter = try await book.run(["articles", "--lang", "en", "--regulation", "life-insurance"] + agents.suffix(2))
            charter.expect(0)
            let fifth = charter.answer.split(separator: "\n").first { $0.hasPrefix("Authenticity Art. 5 ") }
            #expect(fifth?.hasSuffix("Application · Enter; Application · Supplement") == true, "\(charter.answer)")
        }
    }

    @Test func aSlipInTheAddressMakesNoDatabase() async throws {
        let scratch = Scratch()
        let (file, absent) = (try scratch.file(Self.agents), scratch.path("book.sqlite"))
        for command in [["import", "agent", file, "--as", "back"], ["verify"], ["token", "back"], ["screen"]] {
            try await Program.run(command + ["--database", "sqlite:\(absent)"]).expect(
                4, zh: "没有数据库 \(absent)：请核对 --database", en: "There is no database at \(absent)")
        }
        let charter = try await Program.run(["articles", "--database", "sqlite:\(absent)"])
        charter.expect(0)
        try await Program.run(["articles", "--regulation", "nope", "--database", "sqlite:\(absent)"]).expect(
            3, zh: "没有编号为“nope”的制度", en: "these are: ")
        #expect(charter.answer.contains("真实性 第七条") && !FileManager.default.fileExists(atPath: absent))
    }

    @Test func whatASpreadsheetHasSpoiltComesBackWithItsCell() async throws {
        let scratch = Scratch()
        let text = """
            业务员登记表,,,,
            业务员代码*,姓名（必填）,渠道,所属团队,电话
            A1,赵业务,个险,市场部,13600000001
            ,,,,
            A5,#N/A,个险,市场部,13600000005
            A6,钱业务,个险,市场部,1.36E+10
            合计,2,,,

            """
        let file = try scratch.file(text)
        try await BookPlace.with(.sqlite) { book in
            let back = scratch.path("back.csv")
            let taken = try await book.run(book.importingAgents(file, more: ["--rejected", back]))
            taken.expect(0, zh: "登记 1，退回 2", en: "1 taken, 2 rejected")
            taken.expect(0, zh: "表头在第 2 行", en: "Rows left out: 1 blank; 1 of sums, signatures and remarks (7)")
            let rows = try Self.reasons(back)
            #expect(rows.first?.suffix(3) == ["原行号", "单元格", "原因"] && rows.count == 3)
            #expect(rows[1].dropLast().suffix(2) == ["5", "B5"] && rows[1].last?.hasPrefix("B5：公式出错（#N/A）") == true, "\(rows)")
            #expect(rows[2].dropLast().suffix(2) == ["6", "E6"] && rows[2].last?.contains("截去了末尾的数字") == true, "\(rows)")
        }
    }

    @Test func aSheetIsChosenByItsName() async throws {
        let scratch = Scratch()
        func rows(_ numbers: Int...) -> String {
            ([IntakeRows.header] + numbers.map { IntakeRows.row($0) }).map { row in
                "<row>" + row.split(separator: ",", omittingEmptySubsequences: false).map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
                    + "</row>"
            }.joined()
        }
        let path = try scratch.workbook(sheets: [("一部", "", rows(1)), ("二部", "", rows(2, 3)), ("上月", "hidden", rows(4))])
        let first = try await Program.run(["check", path])
        first.expect(0, zh: "读取工作表“一部”", en: "Other sheets were not read: \"二部\" (same columns), \"上月\" (hidden) (same columns)")
        try await Program.run(["check", path, "--sheet", "二部"]).expect(0, zh: "共 2 行", en: "2 rows")
        try await Program.run(["screen", path, "--sheet", "二部"]).expect(0, zh: "共 2 行", en: "2 rows")
        try await Program.run(["check", path, "--sheet", "三部"]).expect(2, zh: "没有名为“三部”的工作表", en: "no sheet named")
        try await BookPlace.with(.sqlite) { book in
            try await book.run(book.importing(path, more: ["--sheet", "二部"])).expect(0, zh: "行 2，投保单 2", en: "2 rows, 2 applications")
        }
    }

    @Test(arguments: TestEngine.all) func reasonsAreInTheLanguageOfWhoImports(engine: TestEngine) async throws {
        let scratch = Scratch()
        let file = try scratch.file(Self.agents)
        try await BookPlace.with(engine) { book in
            let back = scratch.path("back.csv")
            let first = try await book.run(book.importingAgents(file, more: ["--rejected", back]))
            first.expect(0, zh: "登记 1，退回 3", en: "1 taken, 3 rejected")
            let chinese = try Self.reasons(back)
            #expect(chinese.first?.last == "原因" && chinese.dropFirst().map { $0[0] } == ["A1", "A2", "A3"])
            #expect(chinese[1].last == "第十一条 该业务员代码已登记" && chinese[2].last == "请填写姓名")
            for (logIn, more) in [(false, ["--lang", "en"]), (true, [])] {
                if logIn { try await book.logIn("back", in: "en") }
                try await book.run(book.importingAgents(file, more: ["--rejected", back] + more)).expect(0, en: "0 taken, 4 rejected")
                let english = try Self.reasons(back)
                #expect(english.first?.last == "reason" && english[3].last == "Enter name")
                #expect(english[1].last == "Art. 11 An agent with this number is registered already")
            }
            // What was handed back goes in again after correction.
            let mended = try scratch.file(
                try String(contentsOfFile: back, encoding: .utf8).replacing("A2,,", with: "A2,李业务,").replacing("没有这个部门", with: "市场部"))
            try await book.run(book.importingAgents(mended, more: ["--lang", "zh"])).expect(0, zh: "登记 2，退回 2")
            #expect(try Self.reasons(mended + ".rejected.csv").first?.last == "原因")
        }
    }

    /// It says what the import then does, row by row, the second of two equal ones included; and nothing is in the book.
    @Test(arguments: TestEngine.all) func aDryRunForetellsAndTakesNothing(engine: TestEngine) async throws {
        let scratch = Scratch()
        let file = try scratch.file(Self.agents)
        try await BookPlace.with(engine) { book in
            let (foretold, done) = (scratch.path("foretold.csv"), scratch.path("done.csv"))
            func entries() async throws -> Int64 {
                let store = try book.place.open()
                let count = try await store.read { try $0.count("SELECT count(*) FROM entry") }
                await store.close()
                return count
            }
            let before = try await entries()
            let dry = try await book.run(book.importingAgents(file, more: ["--dry-run", "--rejected", foretold]))
            dry.expect(0, zh: "试运行：可登记 1，将退回 3", en: "dry run: 1 would be taken, 3 rejected")
            #expect(try await book.count("agent").documents == 0)
            #expect(try await entries() == before, "a rehearsal is no act and no refusal")
            try await book.run(book.importingAgents(file, more: ["--rejected", done])).expect(0, zh: "登记 1，退回 3")
            #expect(try Self.reasons(foretold) == Self.reasons(done))
            #expect(try await book.count("agent").documents == 1)
        }
    }

    /// Of two people of one name neither is taken for the other: the log-in name tells them apart.
    @Test func aNameThatTwoHaveNamesNobody() async throws {
        let scratch = Scratch()
        func file(_ leader: String) throws -> String {
            try scratch.file("业务员代码,姓名,渠道,所属团队,电话,团队负责人\nA1,赵业务,个险,市场部,13600000001,\(leader)\n")
        }
        try await BookPlace.with(.sqlite) { book in
            let store = try book.place.open()
            let insertion = """
                INSERT INTO person (id, login, zh, en, clearance, active, administrator) VALUES ($1, $2, '李雷', 'Li Lei', 1, 1, 0)
                """
            try await store.write { try $0.executeMany(insertion, [[.int(1001), .text("lilei")], [.int(1002), .text("lilei2")]]) }
            // Whoever is named works here.
            let holding = """
                INSERT INTO holding (id, person, unit, post, from_day)
                SELECT $1, $1, h.unit, 'team-leader', h.from_day FROM holding h ORDER BY h.id LIMIT 1
                """
            try await store.write { try $0.executeMany(holding, [[.int(1001)], [.int(1002)]]) }
            await store.close()
            let back = scratch.path("back.csv")
            let refused = try await book.run(book.importingAgents(file("李雷"), more: ["--rejected", back]))
            refused.expect(0, zh: "登记 0，退回 1")
            #expect(try Self.reasons(back).last?.last?.contains("团队负责人") == true)
            try await book.run(book.importingAgents(file("lilei2"))).expect(0, zh: "登记 1，退回 0")
        }
    }

    @Test func theRowsOfAnIntakeComeBackInThatLanguageToo() async throws {
        let scratch = Scratch()
        let file = try scratch.file(
            IntakeRows.header + "\n" + IntakeRows.row(1).replacing(",M,", with: ",,").replacing(",F,", with: ",,") + "\n")
        try await BookPlace.with(.sqlite) { book in
            let back = scratch.path("back.csv")
            try await book.run(book.importing(file, more: ["--rejected", back, "--lang", "en"])).expect(0)
            let rows = try Self.reasons(back)
            #expect(rows.first?.last == "reason" && rows.last?.last?.contains("Person 1 (applicant)") == true)
        }
    }
}
