import Kernel
import Print
import School
import Web
import WorkCalendar

/// What the regulation on school information shows besides its registers: trays and figures (in files of their own), two versions of a
/// document side by side, the document as it is printed, and the rota for a calendar.
enum SchoolPages {
    static let all = [
        SchoolTrays.page, SchoolFigureCharts.page,
        RegulationPage(
            path: "/school/versions/:id", regulation: school.id, title: Words("文稿对照", "Versions side by side"), isListed: false,
            document: OutgoingDocument.name, show: { request in .page(try await versions(request)) }),
        RegulationPage(
            path: "/school/print/:id", regulation: school.id, title: Words("打印公文格式", "Print as an official document"), isListed: false,
            document: OutgoingDocument.name, show: { try await offer($0, "print") }, take: { request, _ in try await official(request) }),
        RegulationPage(
            path: "/school/letter/:id", regulation: school.id, title: Words("打印介绍信", "Print the letter"), isListed: false,
            document: IntroductionLetter.name, show: { try await offer($0, "letter") }, take: { request, _ in try await letter(request) }),
        RegulationPage(
            path: "/school/minutes/:id", regulation: school.id, title: Words("打印纪要", "Print the minutes"), isListed: false,
            document: ManagementMeeting.name, show: minutes),
        RegulationPage(
            path: "/school/rota", regulation: school.id, title: Words("值班日历（下载）", "Rota for a calendar"), show: rota),
    ]

    static let open = [
        OpenPage(
            path: "/announcements", title: Words("公告", "Announcements"), show: { try await announcements($0) },
            take: { request, _ in try await announcements(request) })
    ]

    // MARK: A document

    private static func outgoing(_ request: RegulationRequest) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == OutgoingDocument.name else { throw DeskError.absent }
        return view
    }

    /// A paper is made by a button: a link that somebody is sent prints nothing.
    private static func offer(_ request: RegulationRequest, _ path: String) async throws -> RegulationResponse {
        let view = try await request.desk.document(try request.document("id"), by: request.person), l = request.language
        guard view.row.type == (path == "print" ? OutgoingDocument.name : IntroductionLetter.name) else { throw DeskError.absent }
        if path == "letter", view.row.number == nil {
            return paper(view, Words("介绍信批准开具、编号之后才能打印。", "It is printed when it was issued and has its number."), request)
        }
        let word = request.word(document: view.row.id)
        return paper(
            view, request,
            """
            <form method="post" action="/school/\(path)/\(word)" data-download>\(request.csrf)<button class="act">\
            \(l("打印（PDF）", "Print (PDF)"))</button></form>
            """)
    }

    /// What is printed of a document, with the way back to it.
    private static func paper(_ view: DocumentView, _ request: RegulationRequest, _ body: HTML) -> RegulationResponse {
        let l = request.language, kind = request.desk.catalogue.type(view.row.type)?.title[l] ?? view.row.type
        let name = view.row.number ?? (view.row.title.isEmpty ? kind : view.row.title)
        return .page(
            """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(name, l))</a></p>\
            <div class="head"><h1>\(l("打印：\(kind)", "Print: \(kind)"))</h1></div><section class="sheet pad">\(body)</section>
            """)
    }

    /// What is said of a paper that is none yet.
    private static func paper(_ view: DocumentView, _ said: Words, _ request: RegulationRequest) -> RegulationResponse {
        paper(view, request, "<p>\(said[request.language])</p>")
    }

    private static func official(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await outgoing(request)
        try await request.desk.issue(.print, of: view.row.id, by: request.principal)
        let paper = OfficialForm(view, request.organisation).paper
        let pdf = try await Press.shared.make { try OfficialPrinter().pdf(paper) }
        return .bytes(pdf, name: "\(view.row.number ?? "draft").pdf", type: "application/pdf")
    }

    /// Those that the chair has not signed are a draft, and are not printed.
    private static func minutes(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == ManagementMeeting.name else { throw DeskError.absent }
        guard view.row.state == ManagementMeeting.State.signed.rawValue else {
            return paper(view, Words("纪要经主持人签发之后才能打印。", "The minutes are printed when the chair has signed them."), request)
        }
        try await request.desk.issue(.print, of: view.row.id, by: request.principal)
        let paper = MinutesForm(view, request.organisation).paper
        let pdf = try await Press.shared.make { try OfficialPrinter().pdf(paper) }
        return .bytes(pdf, name: "\(view.row.number ?? "minutes").pdf", type: "application/pdf")
    }

    /// One that was not issued is not printed: there are no blank letters.
    private static func letter(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == IntroductionLetter.name, let number = view.row.number else { throw DeskError.absent }
        try await request.desk.issue(.print, of: view.row.id, by: request.principal)
        let paper = LetterForm(view, request.organisation).paper(printedBy: request.person, at: request.now)
        let pdf = try await Press.shared.make { try FormPrinter().pdf(paper) }
        return .bytes(pdf, name: "\(number).pdf", type: "application/pdf")
    }

    /// Each version's paragraphs; what the one before had not is marked, and what it lost is struck out.
    private static func versions(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, view = try await outgoing(request)
        let versions = view.row.values["versions"]?.list ?? []
        func paragraphs(_ version: JSONValue) -> [String] {
            (version["text"].text ?? "").split(whereSeparator: \.isNewline).map(String.init)
        }
        let columns = versions.enumerated().map { index, version -> HTML in
            let before = index == 0 ? nil : Set(paragraphs(versions[index - 1])),
                after = index + 1 < versions.count ? Set(paragraphs(versions[index + 1])) : nil
            let lines = paragraphs(version).map { line -> HTML in
                let isNew = before.map { !$0.contains(line) } ?? false, isLost = after.map { !$0.contains(line) } ?? false
                let said = UserText.html(line, l)
                return isNew ? "<p><ins>\(said)</ins></p>" : isLost ? "<p><del>\(said)</del></p>" : "<p>\(said)</p>"
            }
            let by = version["by"].whole.map { request.organisation.name(PersonID($0))[l] } ?? ""
            return """
                <section class="sheet"><header><h2>\(l("第", "Version ")) \(Int(version["serial"].whole ?? 0))\(l(" 稿", ""))</h2></header><div class="pad">\(lines)
                <p class="quiet">\(by) \(version["note"].text ?? "")</p><p class="quiet digest">SHA-256 \(version["digest"].text ?? "")</p></div></section>
                """
        }
        let back: HTML = "<a href=\"\(request.address(view.row.id))\">\(l("返回单据", "Back to the document"))</a>"
        return """
            <p class="quiet">\(back)</p><div class="head"><h1>\(l("文稿对照", "Versions side by side"))</h1></div>\
            <div class="two">\(columns)</div>
            """
    }

    // MARK: Rota

    private static func rota(_ request: RegulationRequest) async throws -> RegulationResponse {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (500, false)
        let rows = try await request.desk.register(DutyShift.name, query, by: request.person).rows
        let entries = rows.compactMap { row -> DutyFeed.Entry? in
            guard let from = row.values["from"]?.text.flatMap({ Moment(iso: $0) }),
                let until = row.values["until"]?.text.flatMap({ Moment(iso: $0) })
            else { return nil }
            let person = row.values["person"]?.whole.map { request.organisation.name(PersonID($0))[request.language] } ?? ""
            let word = request.word(document: row.id)
            return DutyFeed.Entry(
                uid: word, from: from, until: until, summary: "\(request.language("值班", "On duty")) \(person)",
                isCancelled: row.state == "cancelled",
                sequence: row.version)
        }
        let text = DutyFeed.text(entries, named: request.language("值班", "Duty"), at: request.now)
        return .bytes(Array(text.utf8), name: "duty.ics", type: "text/calendar; charset=utf-8")
    }

    // MARK: In public

    /// What is published now, and nothing of what was withdrawn or waits.
    private static func announcements(_ request: OpenRequest) async throws -> OpenResponse {
        let l = request.language
        let published = try await request.desk.all(Publication.self).filter { $0.state == .published }
            .sorted { ($0.value.publishedAt?.milliseconds ?? 0) > ($1.value.publishedAt?.milliseconds ?? 0) }.prefix(50)
        let items = published.map { found -> HTML in
            """
            <section class="sheet pad"><h2>\(found.value.heading)</h2><p class="quiet">\(found.value.publishedAt?.day.description ?? "")</p>\
            \(found.value.text.split(whereSeparator: \.isNewline).map { "<p>\(String($0))</p>" as HTML })</section>
            """
        }
        if items.isEmpty {
            return OpenResponse("<h1>\(l("公告", "Announcements"))</h1><p>\(l("目前没有公告。", "There is nothing at present."))</p>")
        }
        return OpenResponse("<h1>\(l("公告", "Announcements"))</h1>\(items)")
    }
}
