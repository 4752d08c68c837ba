import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第14条-第16条: the half-yearly check, repairs, temperature and humidity.
@Suite struct KeepingTests {
    private func refusal(_ body: () async throws -> Void) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await body() }
    }

    /// The lines of a check, each with what was found.
    private func found(_ archive: ArchiveOffice, _ check: Int64, _ outcomes: [(String, String)]) async throws -> JSONValue {
        let lines = try await archive.value(check, "lines")?.list ?? []
        return .list(
            zip(lines, outcomes).map { line, outcome in
                .record(
                    line.entries.filter { !["outcome", "note"].contains($0.key) } + [
                        .init("outcome", .text(outcome.0)), .init("note", .text(outcome.1)),
                    ])
            })
    }

    @Test(.demand(confidentiality[14], 1), .demand(confidentiality[15], 1), .demand(confidentiality[7], 5), arguments: TestEngine.all)
    func theCheckFallsDueByItselfAndIsNotClosedWithUncheckedRecords(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, at: Moment(Day(iso: "2026-06-15")!, hour: 9)!) { archive in
            try await archive.shelf()
            for number in 1...4 { try await archive.file("客户\(number)号", kind: "bank", number: number) }
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.archivist, "archive-check").isEmpty)
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            for _ in 0..<2 { try await archive.desk.runJobs() }
            let checks = try await archive.rows("archive-check")
            #expect(checks.map(\.title) == ["2026-07 一库1柜"])
            let check = try #require(checks.first).id
            let lines = try await archive.value(check, "lines")?.list ?? []
            #expect(lines.map { $0["place"].text } == (1...4).map { "一库1柜-1-\($0)" })
            // Three checked, one not.
            let some = [("in-order", ""), ("misplaced", "在第三排"), ("faded", "圆珠笔字迹变淡"), ("", "")]
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await found(archive, check, some)], by: archive.archivist)
            let close: [String: JSONValue] = ["summary": .text("完成")]
            let open = await refusal { try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist) }
            #expect(open?.article == confidentiality[14] && open?.words.zh == "还有 1 卷未检查，不能办结")
            // The list is not the hand's to shorten.
            let short = await refusal {
                try await archive.desk.take(
                    ArchiveCheck.record, on: check, input: ["lines": .list(Array(lines.dropLast()))], by: archive.archivist)
            }
            #expect(short?.words.zh.contains("不能增减") == true)
            let all = some.dropLast() + [("missing", "")]
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await found(archive, check, Array(all))], by: archive.archivist)
            let unsaid = await refusal { try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist) }
            #expect(unsaid?.words.zh.contains("请写明情况（K001-YH·2026-D30-0004）") == true)
            let said = some.dropLast() + [("missing", "架上没有，也无借出记录")]
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await found(archive, check, Array(said))], by: archive.archivist)
            // What was shelved meanwhile is checked as well.
            try await archive.file("客户5号", kind: "bank", number: 5)
            let late = await refusal { try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist) }
            #expect(late?.words.zh.contains("新上架 1 卷未列入") == true)
            try await archive.desk.take(ArchiveCheck.refresh, on: check, by: archive.archivist)
            let five = said + [("in-order", "")]
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await found(archive, check, Array(five))], by: archive.archivist)
            try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist)
            #expect(try await archive.rows("repair-order").map { $0.values["damage"]?.text } == ["faded"])
            let astray = try await archive.todo(archive.archivist, "missing-record").map { $0.row.values["isMisplaced"] == .flag(true) }
            #expect(astray.count == 2 && astray.filter(\.self).count == 1)
            #expect(try await archive.desk.document(check, by: archive.manager.person).deadlines.first?.met != nil)
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[14])) func aSupervisorOrdersACheckOfOneShelfOutOfTurn() async throws {
        try await ArchiveOffice.with(.sqlite, at: Moment(Day(iso: "2026-06-15")!, hour: 9)!) { archive in
            let shelf = try await archive.shelf().shelf
            let input: [String: JSONValue] = ["shelf": .whole(shelf)]
            let empty = await refusal { try await archive.desk.take(ArchiveCheck.begin, input: input, by: archive.supervisor) }
            #expect(empty?.words.zh == "架上没有档案，不必检查" && empty?.article == confidentiality[14])
            try await archive.file("客户1号", kind: "bank", number: 1)
            let check = try await archive.desk.take(ArchiveCheck.begin, input: input, by: archive.supervisor).id
            #expect(try await archive.value(check, "lines")?.list.map { $0["place"].text } == ["一库1柜-1-1"])
            #expect(try await archive.todo(archive.archivist, "archive-check").count == 1)
            let second = await refusal { try await archive.desk.take(ArchiveCheck.begin, input: input, by: archive.supervisor) }
            #expect(second?.words.zh.contains("正在进行") == true)
            let none = await refusal { try await archive.desk.take(ArchiveCheck.begin, by: archive.supervisor) }
            #expect(none?.words.zh == "请选择要检查的档案架")
        }
    }

    @Test(.demand(confidentiality[14], 1), .article(confidentiality[7]), arguments: TestEngine.all)
    func whatStandsOnNoShelfIsCheckedAsWellEachLevelApart(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine, at: Moment(Day(iso: "2026-06-15")!, hour: 9)!) { archive in
            let open = try await archive.file(), closed = try await archive.file("新合商贸", kind: "dealer", number: 2)
            try await archive.desk.take(CustomerFile.close, on: closed, by: archive.specialist)
            let secret = try await archive.classifiedFile()
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            try await archive.desk.runJobs()
            // Each is found, closed or not, by who has to shelve it.
            let found = try await archive.todo(archive.archivist, "customer-file").filter { $0.title.zh.hasPrefix("问题") }.map(\.row.id)
            #expect(Set(found).isSuperset(of: [open, closed]) && !found.contains(secret))
            let all = try await archive.rows("archive-check"), own = try await archive.rows("archive-check", by: archive.archivist)
            #expect(all.map(\.title) == ["2026-07 未上架", "2026-07 未上架"] && own.map(\.level) == [.internal])
            func files(_ check: Int64) async throws -> [Int64] {
                (try await archive.value(check, "lines")?.list ?? []).compactMap { $0["file"].whole }
            }
            let check = try #require(own.first).id, other = try #require(all.first { $0.level == .secret }).id
            #expect(Set(try await files(check)) == [open, closed])
            #expect(try await files(other) == [secret])
            let fine: [(String, String)] = [("in-order", ""), ("in-order", "")], close: [String: JSONValue] = ["summary": .text("完成")]
            let unchecked = await refusal {
                try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist)
            }
            #expect(unchecked?.words.zh == "还有 2 卷未检查，不能办结")
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await self.found(archive, check, fine)], by: archive.archivist)
            try await archive.file("客户5号", kind: "bank", number: 6)
            let late = await refusal { try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist) }
            #expect(late?.article == confidentiality[14] && late?.words.zh.contains("新增未上架 1 卷未列入") == true)
            try await archive.desk.take(ArchiveCheck.refresh, on: check, by: archive.archivist)
            try await archive.desk.take(
                ArchiveCheck.record, on: check, input: ["lines": try await self.found(archive, check, fine + [("in-order", "")])],
                by: archive.archivist)
            try await archive.desk.take(ArchiveCheck.close, on: check, input: close, by: archive.archivist)
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[14])) func aCheckThatIsLateReachesTheManager() async throws {
        try await ArchiveOffice.with(at: Moment(Day(iso: "2026-06-15")!, hour: 9)!) { archive in
            try await archive.shelf()
            try await archive.file()
            archive.office.move(to: Moment(Day(iso: "2026-07-01")!, hour: 9)!)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.manager, "archive-check").isEmpty)
            archive.office.move(to: Moment(Day(iso: "2026-07-27")!, hour: 9)!)
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.manager, "archive-check").count == 1)
        }
    }

    @Test(.demand(confidentiality[15], 1), arguments: TestEngine.all)
    func aRepairShowsBeforeAndAfterAndIsAcceptedByAnother(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            func picture(_ byte: UInt8) async throws -> JSONValue {
                .list([try await archive.desk.keep(file: "\(byte).jpg", content: [0xFF, 0xD8, byte], by: archive.archivist).stored])
            }
            let before = try await picture(1)
            let input: [String: JSONValue] = [
                "file": .whole(file), "damage": .text("damaged"), "facts": .text("封皮撕裂"), "before": before,
            ]
            let bare = input.filter { $0.key != "before" }
            await #expect(throws: DeskError.self) { try await archive.desk.take(RepairOrder.report, input: bare, by: archive.archivist) }
            let order = try await archive.desk.take(RepairOrder.report, input: input, by: archive.archivist).id
            let same = await refusal {
                try await archive.desk.take(
                    RepairOrder.repair, on: order, input: ["method": .text("托裱"), "after": before], by: archive.archivist)
            }
            #expect(same?.article == confidentiality[15] && same?.words.zh.contains("与修复前的相同") == true)
            let repaired: [String: JSONValue] = ["method": .text("托裱"), "after": try await picture(2)]
            try await archive.desk.take(RepairOrder.repair, on: order, input: repaired, by: archive.archivist)
            await #expect(throws: DeskError.self) { try await archive.desk.take(RepairOrder.accept, on: order, by: archive.archivist) }
            try await archive.desk.take(RepairOrder.accept, on: order, by: archive.specialist)
            let view = try await archive.desk.document(order, by: archive.manager.person)
            #expect(view.row.state == "accepted" && view.deadlines.first?.breached == nil)
        }
    }

    // MARK: Climate

    private func read(_ archive: ArchiveOffice, _ store: Int64, _ temperature: String, _ humidity: String, minutesAgo: Int = 0) async throws
    {
        let at = archive.office.now.adding(seconds: -60 * minutesAgo)
        let input: [String: JSONValue] = [
            "store": .whole(store), "at": .text(at.description), "temperature": .text(temperature), "humidity": .text(humidity),
            "source": .text("sensor"),
        ]
        try await archive.desk.take(ClimateReading.record, input: input, by: archive.archivist)
    }

    @Test(.demand(confidentiality[16], 1), arguments: TestEngine.all)
    func anAlarmNeedsTwoReadingsOrATimeAndEndsWhenTheClimateIsRight(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let (store, _) = try await archive.shelf()
            // The limits of a paper store are there without being filled in.
            #expect(try await archive.text(store, "dampest") == "60")
            try await read(archive, store, "20.0", "57.0")
            archive.office.move(hours: 1)
            try await read(archive, store, "20.0", "61.5", minutesAgo: 30)
            #expect(try await archive.rows("climate-alarm").isEmpty)
            try await read(archive, store, "20.0", "61.0", minutesAgo: 20)
            let alarms = try await archive.rows("climate-alarm")
            #expect(alarms.count == 1)
            let alarm = try #require(alarms.first { $0.values["cause"] == .text("limits") })
            #expect(alarm.values["facts"] == .text("湿度 61% 高于 60%"))
            let told = try await archive.desk.notices(of: archive.archivist.person).notices.map(\.words.zh)
            #expect(told.contains { $0.contains("温湿度报警") })
            // A third makes no second alarm, and it is not settled while it lasts.
            try await read(archive, store, "20.0", "62.0", minutesAgo: 10)
            #expect(try await archive.rows("climate-alarm").filter { $0.values["cause"] == .text("limits") }.count == 1)
            let measure: [String: JSONValue] = ["measure": .text("开除湿机")]
            let early = await refusal {
                try await archive.desk.take(ClimateAlarm.settle, on: alarm.id, input: measure, by: archive.archivist)
            }
            #expect(early?.article == confidentiality[16] && early?.words.zh.contains("仍然超限") == true)
            try await read(archive, store, "20.0", "58.0")
            try await archive.desk.take(ClimateAlarm.settle, on: alarm.id, input: measure, by: archive.archivist)
            // The same minute of the same store is read once, and no time to come.
            let twice = await refusal { try await read(archive, store, "20.0", "58.0") }
            #expect(twice?.words.zh == "该库房此时的读数已经登记")
            let ahead = await refusal { try await read(archive, store, "20.0", "58.0", minutesAgo: -60) }
            #expect(ahead?.words.zh.contains("不能晚于现在") == true)
        }
    }

    @Test(.article(confidentiality[16])) func oneReadingThatHasLastedIsAnAlarmAsWell() async throws {
        try await ArchiveOffice.with { archive in
            let (store, _) = try await archive.shelf()
            try await read(archive, store, "25.5", "50.0", minutesAgo: 59)
            #expect(try await archive.rows("climate-alarm").isEmpty)
            let (other, _) = try await archive.shelf("二库")
            try await read(archive, other, "25.5", "50.0", minutesAgo: 61)
            #expect(try await archive.rows("climate-alarm").map { $0.values["facts"] } == [.text("温度 25.5℃ 高于 24℃")])
        }
    }

    @Test(.article(confidentiality[16])) func aDayAndANightThatChangeTooMuchAreAnAlarm() async throws {
        try await ArchiveOffice.with { archive in
            let (store, _) = try await archive.shelf()
            try await read(archive, store, "18.0", "50.0")
            archive.office.move(hours: 12)
            try await read(archive, store, "20.0", "55.0")
            #expect(try await archive.rows("climate-alarm").isEmpty)
            archive.office.move(hours: 1)
            try await read(archive, store, "20.1", "55.0")
            let alarm = try #require(try await archive.rows("climate-alarm").first)
            #expect(alarm.values["cause"] == .text("change") && alarm.values["facts"] == .text("一昼夜温度变化 2.1℃，超过 2℃"))
        }
    }

    @Test(.article(confidentiality[16]), arguments: TestEngine.all) func silenceIsAnAlarm(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let (store, _) = try await archive.shelf()
            archive.office.move(hours: 20)
            try await read(archive, store, "20.0", "50.0")
            archive.office.move(hours: 20)
            try await archive.desk.runJobs()
            #expect(try await archive.rows("climate-alarm").isEmpty)
            archive.office.move(hours: 5)
            try await archive.desk.runJobs()
            let alarm = try #require(try await archive.rows("climate-alarm").first)
            #expect(alarm.values["cause"] == .text("silence"))
            let measure: [String: JSONValue] = ["measure": .text("更换电池")]
            let mute = await refusal {
                try await archive.desk.take(ClimateAlarm.settle, on: alarm.id, input: measure, by: archive.archivist)
            }
            #expect(mute?.words.zh.contains("还没有收到新的读数") == true)
            try await read(archive, store, "20.0", "50.0")
            try await archive.desk.take(ClimateAlarm.settle, on: alarm.id, input: measure, by: archive.archivist)
            // And again, when it falls silent again.
            archive.office.move(hours: 25)
            try await archive.desk.runJobs()
            #expect(try await archive.rows("climate-alarm").count == 2)
        }
    }
}
