import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Inventories of agents at the desk.
@Suite struct ReportTests {
    private func rule(_ factory: Factory, _ kind: String, _ name: String, _ publisher: String = "", _ more: [String: JSONValue] = [:])
        async throws
    {
        let input: [String: JSONValue] = [
            "kind": .text(kind), "software": .text(name), "publisher": .text(publisher), "reason": .text("工作需要"),
        ]
        let id = try await factory.desk.take(SoftwareRule.propose, input: input.merging(more) { $1 }, by: factory.network).id
        try await factory.desk.take(SoftwareRule.approve, on: id, by: factory.director)
    }

    private func submit(_ factory: Factory, _ content: String, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        try await factory.desk.take(
            InventoryReport.submit, input: ["content": .text(content)].merging(more) { $1 }, by: factory.network
        ).id
    }

    private func glpi(
        tag: String = "PC-001", _ sections: String, partial: Bool = false
    ) -> String {
        """
        {"deviceid":"pc-1","action":"inventory"\(partial ? ",\"partial\":true" : ""),"content":{"versionclient":"GLPI-Agent_v1.7",\
        "bios":{"assettag":"\(tag)","ssn":"To be filled by O.E.M."},"hardware":{"name":"PC001"},\(sections)}}
        """
    }

    @Test(.demand(enterpriseIT["第二章10"], 2, 3), arguments: TestEngine.all)
    func whatIsNotOnTheListOpensAFindingWithItsLine(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            try await factory.move(asset, to: factory.worker)
            try await rule(factory, "allowed", "7-Zip", "Igor Pavlov", ["from": .text("22")])
            try await rule(factory, "forbidden", "纸牌大师")
            factory.office.move(hours: 1)
            let programs = """
                "softwares":[{"name":"7-Zip 23.01 (x64)","publisher":"Igor Pavlov","version":"23.01"},{"name":"纸牌大师 3.0","version":"3.0"},\
                {"name":"某播放器","publisher":"某公司","version":"1.2"}],"antivirus":[{"name":"火绒","enabled":true,"uptodate":true}]
                """
            let report = try await submit(factory, glpi(programs))
            let values = try await factory.view(report).row.values
            #expect(values["asset"] == .whole(asset) && values["result"] == .text("deviating") && values["notAllowed"] == .whole(2))
            #expect(values["seen"]?.text?.contains("只能说“未见”") == true)
            let lines = try await factory.rows("computer-finding").compactMap { $0.id }
            var evidence: [String] = []
            for id in lines { evidence.append(try await factory.value(id, "line").text ?? "") }
            #expect(evidence.sorted() == ["名单外软件 1 项：\n某播放器 | 1.2 | 某公司", "禁止软件：纸牌大师 3.0 | 3.0"])
            #expect(try await factory.value(asset, "protection") == .text("good"))
            // The holder hears of it; a game cannot stay.
            #expect(try await factory.desk.notices(of: factory.worker.person).notices.contains { $0.words.zh.contains("待说明") })
            for id in lines where try await factory.value(id, "line").text?.hasPrefix("禁止") == true {
                await #expect(throws: Refusal.self) {
                    try await factory.desk.take(ComputerFinding.accept, on: id, input: ["reason": .text("喜欢")], by: factory.director)
                }
            }
            // Sent again it opens nothing twice.
            _ = try await submit(factory, glpi(programs))
            #expect(try await factory.rows("computer-finding").count == 2)
        }
    }

    @Test(.demand(enterpriseIT["第二章11"], 1, 2), arguments: TestEngine.all)
    func missingAndForeignPartsAreFindings(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let parts: JSONValue = .list([
                factory.part("memory", "1", "AAA1", 8192), factory.part("memory", "2", "BBB2", 8192),
                factory.part("storage", "", "DISK1", 256_060),
            ])
            let asset = try await factory.asset("PC-001", place: "一车间", ["parts": parts, "sealNo": .text("F-1")])
            factory.office.move(hours: 1)
            func memories(_ serials: [String]) -> String {
                let rows = serials.enumerated().map {
                    "{\"capacity\":8192,\"numslots\":\($0.offset + 1),\"serialnumber\":\"\($0.element)\"}"
                }
                return "\"memories\":[\(rows.joined(separator: ","))]"
            }
            // Turned between the slots: nothing. Partial: what is absent is unknown.
            for (content, partial) in [(memories(["BBB2", "AAA1"]), false), (memories(["AAA1"]), true)] {
                let report = try await submit(factory, glpi(content, partial: partial))
                #expect(try await factory.value(report, "result") == .text("clean"))
            }
            let report = try await submit(
                factory,
                glpi(
                    memories(["AAA1", "CCC3"])
                        + ",\"storages\":[{\"model\":\"X\",\"serial\":\"DISK1\",\"disksize\":256060},{\"model\":\"U\",\"type\":\"Removable\"}]"
                ))
            #expect(try await factory.value(report, "findings") == .whole(3))
            var kinds: [String] = []
            for row in try await factory.rows("computer-finding") { kinds.append(try await factory.value(row.id, "line").text ?? "") }
            #expect(kinds.contains { $0.hasPrefix("缺少：内存 | 2 | BBB2") } && kinds.contains { $0.hasPrefix("多出：内存 | 2 | CCC3") })
            #expect(kinds.contains { $0.contains("removable") })
            // The ledger is as it was: the agent overwrites nothing.
            let values = try await factory.view(asset).row.values
            #expect(values["parts"]?.list.count == 3 && values["place"] == .text("一车间") && values["sealNo"] == .text("F-1"))
        }
    }

    @Test(.demand(enterpriseIT["第二章10"], 1), arguments: TestEngine.all)
    func anOldReportMakesTheStateUnknown(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            try await factory.move(asset, to: factory.worker)
            let good = glpi("\"antivirus\":[{\"name\":\"火绒\",\"enabled\":true,\"uptodate\":true}]")
            // Seen before the device's last change: nothing is taken from it.
            let stale = try await submit(factory, good, ["seenAt": .text("2026-01-14T09:00")])
            #expect(try await factory.value(stale, "result") == .text("stale"))
            #expect(try await factory.value(asset, "protection") == .null)
            await #expect(throws: Refusal.self) { _ = try await submit(factory, good, ["seenAt": .text("2026-01-16T09:00")]) }
            factory.office.move(hours: 1)
            _ = try await submit(factory, good)
            #expect(try await factory.value(asset, "protection") == .text("good"))
            #expect(try await factory.value(asset, "protectedOn") == .text(factory.office.now.description))
            factory.office.move(hours: 24 * 31)
            try await factory.desk.runJobs()
            #expect(try await factory.value(asset, "protection") == .text("unknown"))
            factory.office.move(hours: 2)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.network).contains(asset))
            _ = try await submit(factory, good)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.network).contains(asset))
            // Off is poor.
            factory.office.move(hours: 1)
            _ = try await submit(factory, glpi("\"antivirus\":[{\"name\":\"火绒\",\"enabled\":true,\"uptodate\":false}]"))
            #expect(try await factory.value(asset, "protection") == .text("poor"))
        }
    }

    @Test(.article(enterpriseIT["第二章10"]), arguments: TestEngine.all)
    func placeholdersMatchNoDevice(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            _ = try await factory.asset("PC-001", serial: "To be filled by O.E.M.")
            let second = try await factory.asset("PC-002", serial: "640HP72")
            let report = try await submit(factory, glpi(tag: "Default string", "\"softwares\":[]"))
            #expect(try await factory.value(report, "result") == .text("unmatched"))
            #expect(try await factory.tasks(of: factory.assets).contains(report))
            factory.office.move(hours: 1)
            try await factory.desk.take(InventoryReport.assign, on: report, input: ["asset": .whole(second)], by: factory.assets)
            // It was seen before it was entered in the ledger.
            #expect(try await factory.value(report, "result") != .text("unmatched"))
        }
    }

    @Test(.demand(enterpriseIT["第二章10"], 3), arguments: TestEngine.all)
    func aRealInventoryComesInAsAFile(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("LF014", serial: "8C554721F")
            try await rule(factory, "allowed", "adduser")
            factory.office.move(hours: 1)
            let content = try InventoryReadingTests.sample("computer_3.json")
            let file = try await factory.desk.keep(file: "computer_3.json", content: content, by: factory.network)
            let report = try await factory.desk.take(
                InventoryReport.submit, input: ["file": .list([file.stored])], by: factory.network
            ).id
            let values = try await factory.view(report).row.values
            #expect(values["asset"] == .whole(asset) && values["software"] == .whole(3033) && values["format"] == .text("glpi"))
            #expect(values["proposals"]?.text?.contains("登记部件：内存") == true)
            #expect(try await factory.rows("computer-finding").count == 1, "what is not on the list is one finding with its lines")
            // Whose file it is not cannot name it.
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(InventoryReport.submit, input: ["file": .list([file.stored])], by: factory.desk1)
            }
            let printer = try await factory.desk.keep(
                file: "p.json", content: try InventoryReadingTests.sample("printer_1.json"), by: factory.network)
            // One that the ledger does not know is told as such.
            let unknown = try await factory.desk.take(
                InventoryReport.submit, input: ["file": .list([printer.stored])], by: factory.network
            ).id
            #expect(try await factory.value(unknown, "result") == .text("unmatched"))
        }
    }

    @Test(.demand(enterpriseIT["第二章16"], 1), arguments: TestEngine.all)
    func whatIsInstalledIsConfirmedAndRecordedOnTheDevice(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let asset = try await factory.asset("PC-001")
            try await factory.move(asset, to: factory.worker)
            try await rule(factory, "forbidden", "纸牌大师")
            func ask(_ software: String, _ number: String = "pc-001") async throws -> Int64 {
                try await factory.desk.take(
                    InstallRequest.request, input: ["number": .text(number), "software": .text(software), "need": .text("制图")],
                    by: factory.worker
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await ask("CAD", "PC-999") }
            let game = await #expect(throws: Refusal.self) { _ = try await ask("纸牌大师 4") }
            #expect(game?.article == enterpriseIT["第二章10"])
            let request = try await ask("CAD")
            let done: [String: JSONValue] = ["version": .text("2024"), "work": .text("已安装")]
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(InstallRequest.install, on: request, input: done, by: factory.desk1)
            }
            await #expect(throws: DeskError.self) { try await factory.desk.take(InstallRequest.confirm, on: request, by: factory.worker) }
            try await factory.desk.take(InstallRequest.confirm, on: request, by: factory.director)
            try await factory.desk.take(InstallRequest.install, on: request, input: done, by: factory.desk1)
            let installed = try await factory.value(asset, "installed").list
            #expect(installed.first?["name"] == .text("CAD") && installed.first?["version"] == .text("2024"))
        }
    }
}
