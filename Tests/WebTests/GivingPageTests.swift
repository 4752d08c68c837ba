import CustomerConfidentiality
import EngineFixture
import Hummingbird
import HummingbirdTesting
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import Web
@testable import dianzhang

/// The package that leaves the house, and an amendment beside the text in force.
@Suite struct GivingPageTests {
    @Test func thePackageHoldsTheApprovedFieldsAloneAndStandsOnTheTrail() async throws {
        try await TestOffice.with(.sqlite, [confidentialityContents]) { office in
            let specialist = try await office.hire("specialist", .informationSpecialist, in: office.service, clearance: .secret)
            let supervisor = try await office.hire("supervisor", .informationSupervisor, in: office.service)
            let manager = try await office.hire("manager", .serviceManager, in: office.service), clerk = try await office.hire("clerk")
            let desk = office.desk
            let file = try await desk.take(
                CustomerFile.openFile,
                input: [
                    "subclass": .text("lawyer"), "customer": .text("华信<律师>事务所"), "withoutCode": .text("境外机构"), "copies": .whole(1),
                    "region": .text("浙江"), "keywords": .text("鲎主题"),
                ], by: Principal(specialist)
            ).id
            let order = try await desk.keep(file: "函.txt", content: [1, 2, 3], by: Principal(specialist))
            let id = try await desk.take(
                OutsideProvision.apply,
                input: [
                    "kind": .text("duty"), "file": .whole(file), "recipient": .text("某机关"), "recipientContact": .text("函"),
                    "purpose": .text("核查"), "way": .text("当面"), "given": .text("customer;region"), "legalGround": .text("法律"),
                    "until": .text("2026-12-31"), "order": .list([order.stored]),
                ], by: Principal(specialist)
            ).id
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: desk, configuration: configuration, extraPages: GivingPages.all)
            try await server.application().test(.router) { client in
                let browser = try await Browser.enter(specialist, server, client), other = try await Browser.enter(clerk, server, client)
                let register = try await browser.get("/r/outside-provision").text
                let word = try #require(register.between("/d/", "\""))
                #expect(try await browser.post("/giving/package/\(word)").status == .notFound, "nothing leaves before it is approved")
                try await desk.take(OutsideProvision.supervise, on: id, by: Principal(supervisor))
                try await desk.take(OutsideProvision.approve, on: id, by: Principal(manager))
                #expect(try await browser.get("/d/\(word)").text.contains("/giving/package/\(word)"))
                let offer = try await browser.get("/giving/package/\(word)")
                #expect(offer.status == .ok && offer.text.contains("<li>地区") && !offer.text.contains("鲎主题"))
                let package = try await browser.post("/giving/package/\(word)")
                #expect(package.status == .ok && package.text == "客户名称\t华信<律师>事务所\n地区\t浙江\n")
                let trail = try await desk.document(file, by: specialist).trail
                #expect(trail.contains { $0.kind == .read && $0.written.contains("对外提供 外供") })
                #expect(try await other.post("/giving/package/\(word)").status == .notFound)
            }
        }
    }

    @Test func anAmendmentStandsBesideTheTextInForce() async throws {
        try await TestOffice.with(.sqlite, [confidentialityContents]) { office in
            let specialist = try await office.hire("specialist", .informationSpecialist, in: office.service)
            try await office.desk.take(
                CharterAmendment.draft,
                input: [
                    "subject": .text("借期"), "reason": .text("异地"), "inForceFrom": .text("2026-02-01"),
                    "changes": .list([
                        .record([
                            .init("ref", .text("第21条")), .init("newZh", .text("各级人员相互配合，遵守<保密>制度。")), .init("newEn", .text("All keep the rules.")),
                        ])
                    ]),
                ], by: Principal(specialist))
            let wall = WebOffice.WallClock()
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
            let server = WebServer(desk: office.desk, configuration: configuration, extraPages: GivingPages.all)
            try await server.application().test(.router) { client in
                let browser = try await Browser.enter(specialist, server, client)
                let word = try #require(try await browser.get("/r/charter-amendment").text.between("/d/", "\""))
                let page = try await browser.get("/amendments/compare/\(word)")
                #expect(page.status == .ok && page.text.contains("<del><bdi class=\"written\">遵守保密制度。</bdi></del>"))
                #expect(page.text.contains("<ins><bdi class=\"written\">遵守&lt;保密&gt;制度。</bdi></ins>")
                        && page.text.contains("各级人员相互配合，</bdi>"))
            }
        }
    }
}
