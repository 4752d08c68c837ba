import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// Where a test is sat (第九条, 第十条): one list of questions, each saved by itself, the time as the server has it. Without a script, by the
/// keyboard alone, in several windows, and again after the connection was lost.
enum TestSittingPage {
    static let title = Words("答题", "Sit the test")

    static let all = [
        RegulationPage(
            path: "/tests/begin/:id", regulation: authenticity.id, title: Words("参加测试", "Sit this test"), isListed: false,
            document: SellerTest.name, show: { .page(try await offer($0)) }, take: { request, _ in try await begin(request) }),
        RegulationPage(
            path: "/tests/sheet/:id", regulation: authenticity.id, title: title, isListed: false, document: AnswerSheet.name,
            show: { request in .page(try await page(request)) }, take: { try await save($0, $1) }),
        RegulationPage(
            path: "/tests/sheet/:id/hand-in", regulation: authenticity.id, title: Words("交卷", "Hand in"), isListed: false,
            show: { request in .page(try await confirmation(request)) }, take: { request, _ in try await handIn(request) }),
    ]

    static func address(_ sheet: Int64, _ request: RegulationRequest) -> String { "/tests/sheet/\(word(sheet, request))" }

    static func word(_ document: Int64, _ request: RegulationRequest) -> String {
        request.word(document: document)
    }

    // MARK: Beginning

    private static func offer(_ request: RegulationRequest, _ note: HTML = "") async throws -> HTML {
        let l = request.language, id = try request.document("id")
        let view = try await request.desk.document(id, by: request.person)
        guard view.row.type == SellerTest.name, let test = try await request.desk.load([ID<SellerTest>(id)]).first?.value else {
            throw DeskError.absent
        }
        let least = (test.mark * test.total + 99) / 100
        let closes = test.closesAt.map { l.limit($0) } ?? ""
        let rules = [
            l("\(test.questions) 题，满分 \(test.total) 分，\(least) 分及格", "\(test.questions) questions, \(test.total) points, \(least) to pass"),
            l(
                "答题时间 \(test.minutes) 分钟，以服务器时间为准，关闭页面不停表；最晚 \(closes)",
                "\(test.minutes) minutes by the server's clock, which runs on when the page is closed; until \(closes) at the latest"),
            l(
                "每题选好即保存；时间到，按已保存的答案交卷；断线后可在任何电脑上继续，仍是同一份试卷",
                "Each answer is saved by itself, and what is saved when the time is over is handed in; after a lost connection go on anywhere, with the same paper"
            ),
        ].map { "<li>\($0)</li>" as HTML }
        return """
            <p class="quiet"><a href="/tests">\(SellerLearningPages.title[l])</a> / \(UserText.html(view.row.title, l))</p>
            <div class="head"><h1>\(UserText.html(view.row.title, l))</h1><span class="quiet">\(request.link(authenticity[9])) \(request.link(authenticity[10]))</span></div>
            \(note)<section class="sheet pad"><ul>\(rules)</ul><form method="post" action="/tests/begin/\(word(id, request))">\(request.csrf)\
            <button class="act">\(l("开始答题", "Begin"))</button></form></section>
            """
    }

    private static func begin(_ request: RegulationRequest) async throws -> RegulationResponse {
        do {
            let taken = try await request.desk.take(
                AnswerSheet.begin, input: ["test": .whole(try request.document("id"))], by: request.principal)
            return .redirect(address(taken.id, request))
        } catch let refusal as Refusal {
            return .page(try await offer(request, request.summary(refusal)), isFault: true)
        }
    }

    // MARK: The sheet

    private static func page(_ request: RegulationRequest, _ note: HTML = "") async throws -> HTML {
        let sheet = try await SheetOnPage(request)
        if sheet.isSat(by: request.person, at: request.now) { return try await TestPaperHTML(sheet, request).html(note) }
        return try await TestReviewHTML(sheet, request).html(note)
    }

    /// Saves what the page shows otherwise than it came, question by question, and nothing else: another window overwrites nothing.
    private static func save(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let sheet = try await SheetOnPage(request), place = address(sheet.id, request)
        var faults: [Refusal.Fault] = []
        for serial in sheet.value.items.indices.map({ $0 + 1 }) where form.has("was\(serial)") {
            let chosen = form.all("q\(serial)").compactMap { Int($0) }.sorted().map(String.init).joined(separator: ";")
            if chosen == form["was\(serial)"] { continue }
            do {
                // Each is an act of its own: the form's one key is not theirs.
                try await request.desk.take(
                    AnswerSheet.save, on: sheet.id,
                    input: ["serial": .whole(Int64(serial)), "choice": .text(chosen), "shown": .text(form["was\(serial)"])],
                    by: Principal(request.person))
            } catch DeskError.conflict(let words) {
                // Handed in meanwhile, in another window or by the clock: the page says so.
                guard words == AnswerSheet.savedElsewhere(serial) else { return .redirect(place) }
                faults.append(.init(field: "q\(serial)", words))
            } catch let refusal as Refusal {
                return .page(try await page(request, request.summary(refusal)), isFault: true)
            }
        }
        if !faults.isEmpty { return .page(try await page(request, request.summary(faults)), isFault: true) }
        if form["to"] == "hand-in" { return .redirect("\(place)/hand-in") }
        let next = (Int(form["save"]) ?? 0) + 1
        return .redirect(next > 1 && next <= sheet.value.items.count ? "\(place)#q\(next)" : place)
    }

    // MARK: Handing in

    private static func confirmation(_ request: RegulationRequest, _ note: HTML = "") async throws -> HTML {
        let l = request.language, sheet = try await SheetOnPage(request)
        guard sheet.state == .open, sheet.value.sitter == request.person else { throw DeskError.absent }
        let place = address(sheet.id, request)
        let open = sheet.value.items.indices.filter { sheet.value.items[$0].answer.isEmpty }.map { $0 + 1 }
        let links = open.map { "<a href=\"\(place)#q\($0)\">\($0)</a>" as HTML }.joined(by: HTML(l("、", ", ")))
        let state: HTML =
            open.isEmpty
            ? "<p>\(l("全部 \(sheet.value.items.count) 题均已作答。", "All \(sheet.value.items.count) questions are answered."))</p>"
            : "<p><b>\(l("还有 \(open.count) 题未作答，交卷后按未得分计：", "\(open.count) questions are not answered, and would earn nothing: "))</b>\(links)</p>"
        return """
            <div class="head"><h1>\(l("交卷", "Hand in"))</h1><span class="quiet">\(request.link(authenticity[10]))</span></div>\(note)
            <form class="sheet pad" method="post" action="\(place)/hand-in">\(request.csrf)\(state)\
            <p>\(l("交卷后不能再改。", "After that nothing can be changed."))</p>\
            <div class="row"><button class="act">\(l("确认交卷", "Hand in"))</button><a class="button" href="\(place)">\(l("继续作答", "Go on answering"))</a></div></form>
            """
    }

    private static func handIn(_ request: RegulationRequest) async throws -> RegulationResponse {
        let sheet = try await SheetOnPage(request), place = address(sheet.id, request)
        do {
            try await request.desk.take(AnswerSheet.handIn, on: sheet.id, by: request.principal)
        } catch DeskError.conflict {
            // Somebody was quicker: the clock, or the same person in another window.
        } catch let refusal as Refusal {
            return .page(try await confirmation(request, request.summary(refusal)), isFault: true)
        }
        return .redirect(place)
    }
}

/// A sheet that the person may read, with its test.
struct SheetOnPage: Sendable {
    let id: Int64
    let row: DocumentRow
    let state: AnswerSheet.State?
    let value: AnswerSheet
    let test: Found<SellerTest>?

    init(_ request: RegulationRequest) async throws {
        id = try request.document("id")
        row = try await request.desk.document(id, by: request.person).row
        guard row.type == AnswerSheet.name, let found = try await request.desk.load([ID<AnswerSheet>(id)]).first else {
            throw DeskError.absent
        }
        (state, value) = (found.state, found.value)
        test = try await request.desk.load([found.value.test]).first
    }

    func isSat(by person: PersonID, at now: Moment) -> Bool {
        state == .open && value.sitter == person && value.endsAt.map { now < $0 } ?? false
    }

    func questions(_ desk: Desk) async throws -> [TestQuestion] { try await desk.load(value.questions).map(\.value) }
}
