import EngineFixture
import Kernel
import TestOffice
import Testing

/// A text that is marked so finds its document by any words of it, in lines too, and no longer once it is changed; a rule may look into a file
/// that its document names.
@Suite struct SearchedTextTests {
    @Test(arguments: TestEngine.all) func aDocumentIsFoundByItsSearchedTextsAlone(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Leaflet.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), desk = office.desk
            let file = try await desk.keep(file: "a.txt", content: Array("流星雨".utf8), by: clerk)
            let page = JSONValue.record([.init("heading", .text("用法用量"))])
            let input: [String: JSONValue] = [
                "subject": .text("彗星胶囊"), "secret": .text("配方保密"), "pages": .list([page]), "files": .list([file.stored]),
            ]
            let id = try await desk.take(Leaflet.write, input: input, by: clerk).id
            func found(_ text: String) async throws -> Bool { try await desk.search(text, by: clerk.person).rows.map(\.id) == [id] }
            for text in ["彗星", "hxjn", "用量", "流星"] { #expect(try await found(text), "\(text)") }
            #expect(try await !found("配方"))
            try await desk.take(Leaflet.amend, on: id, input: ["subject": .text("流星胶囊")], by: clerk)
            #expect(try await !found("彗星"))
            #expect(try await found("胶囊"))
            #expect(try await desk.verify().isClean)
        }
    }
}

private struct Leaflet: Document {
    enum State: String, CaseIterable, Sendable { case written }
    static let name = "leaflet"
    var subject = "", secret = "", content = ""
    var pages: [LeafletPage] = []
    var files: [FileReference] = []
    init() {}

    static let form = Form<Leaflet>(
        "说明书", "Leaflet", states: [.written: .done("已写", "Written")], readers: [.post(nurse)],
        [
            .text(\.subject, "名称", "Subject").searched(), .text(\.secret, "配方", "Recipe"), .lines(\.pages, "页", "Pages"),
            .files(\.files, "附件", "Files").optional(), .prose(\.content, "附件内容", "Content").optional().searched(),
        ])
    static let write = Step<Leaflet>(
        "write", "写", "Write", to: .written, by: .post(nurse), under: clinic[1], fields: [\.subject, \.secret, \.pages, \.files]
    ) { leaflet, act in
        for file in leaflet.files { leaflet.content += String(decoding: try act.content(of: file) ?? [], as: UTF8.self) }
    }
    static let amend = Step<Leaflet>(
        "amend", "改", "Amend", from: .written, to: nil, by: .post(nurse), under: clinic[1], fields: [\.subject], isOptional: true)
    static let steps = [write, amend]
    static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Leaflet.self])
}

private struct LeafletPage: Line {
    var heading = ""
    init() {}
    static let fields: [Field<LeafletPage>] = [.text(\.heading, "标题", "Heading").searched()]
}
