import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// What complaints and consequences show besides their registers: a session of the committee on one screen, a re-verification with every
/// policy, a seller's appraisal, and all that is known of an agency.
enum ConsequencePages {
    static let all = [
        RegulationPage(
            path: "/consequences/session/:id", regulation: authenticity.id, title: Words("会议全貌", "The session on one screen"),
            isListed: false,
            document: CommitteeSession.name, show: { .page(try await CommitteeScreen(of: $0).html(nil)) }, take: CommitteeScreen.vote),
        RegulationPage(
            path: "/consequences/verification/:id", regulation: authenticity.id, title: Words("核查进度", "Progress"), isListed: false,
            document: ReVerification.name, show: { .page(try await progress($0)) }),
        RegulationPage(
            path: "/consequences/appraisal/:id", regulation: authenticity.id, title: Words("考核表", "The sheet"), isListed: false,
            document: SellerAppraisal.name, show: { .page(try await AppraisalScreen(of: $0).html) }),
        RegulationPage(
            path: "/consequences/agency/:id", regulation: authenticity.id, title: Words("机构全貌", "The agency on one screen"),
            isListed: false,
            document: Agency.name, show: { .page(try await agency($0)) }),
    ]

    // MARK: Pieces

    /// The document that the address names, if this person reads it and it is of this type.
    static func view(_ request: RegulationRequest, of type: String) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == type else { throw DeskError.absent }
        return view
    }

    static func head(_ view: DocumentView, _ title: HTML, _ articles: [Article], _ request: RegulationRequest) -> HTML {
        let l = request.language, type = request.desk.catalogue.type(view.row.type)
        let back: HTML =
            "<a href=\"\(request.address(view.row.id))\">\(type?.title[l] ?? "") \(UserText.html(view.row.number ?? "", l))</a>"
        let links = articles.map { request.link($0) }.joined(by: " ")
        return "<p class=\"quiet\">\(back)</p><div class=\"head\"><h1>\(title)</h1><span class=\"quiet\">\(links)</span></div>"
    }

    static func section(_ title: String, _ aside: String = "", _ body: HTML) -> HTML {
        "<section class=\"sheet\"><header><h2>\(title)</h2><span class=\"quiet\">\(aside)</span></header>\(body)</section>"
    }

    /// A table that becomes a list of cards on a phone.
    static func table(_ heads: [String], _ rows: [[HTML]], _ l: Language) -> HTML {
        if rows.isEmpty { return "<div class=\"pad\"><p class=\"quiet\">\(l("没有", "Nothing"))</p></div>" }
        let columns = heads.map { "<th scope=\"col\">\($0)" as HTML }
        let lines = rows.map { cells -> HTML in
            let row = zip(heads, cells).map { head, cell in "<td data-label=\"\(head)\"><span>\(cell)</span>" as HTML }
            return "<tr>\(row)"
        }
        return """
            <div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(columns)</thead><tbody>\(lines)</tbody></table></div>
            """
    }

    static func state(_ row: DocumentRow, _ request: RegulationRequest) -> HTML {
        let state = request.desk.catalogue.type(row.type)?.state(row.state)
        return "<span class=\"state \(state?.tone.rawValue ?? "open")\">\(state?.words[request.language] ?? row.state)</span>"
    }

    static func link(_ row: DocumentRow, _ request: RegulationRequest) -> HTML {
        let name = row.title.isEmpty ? row.number ?? "" : row.title
        return "<a class=\"number\" href=\"\(request.address(row.id))\">\(UserText.html(name, request.language))</a>"
    }

    /// The words of a choice as a row keeps it.
    static func words(_ key: String, of row: DocumentRow, _ request: RegulationRequest) -> String {
        words(row.values[key], of: request.desk.catalogue.type(row.type)?.field(key), request.language)
    }

    static func words(_ value: JSONValue?, of field: FieldDescription?, _ l: Language) -> String {
        guard let text = value?.text, case .choice(let choices)? = field?.kind else { return value?.text ?? "" }
        return choices.first { $0.value == text }?.words[l] ?? text
    }

    static func paragraphs(_ text: String?, _ l: Language) -> HTML {
        let lines = (text ?? "").split(whereSeparator: \.isNewline).map { "<p>\(UserText.html(String($0), l))</p>" as HTML }
        return "\(lines)"
    }

    static func rows(
        _ type: String, _ equal: [String: Int64], oldestFirst: Bool = false, _ request: RegulationRequest
    ) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (500, false)
        query.sort = oldestFirst ? .oldest : .newest
        for (key, id) in equal { query.equal[key] = String(id) }
        var rows: [DocumentRow] = []
        repeat {
            let page = try await request.desk.register(type, query, by: request.person)
            rows += page.rows
            query.after = page.next
        } while query.after != nil && rows.count < mostRows
        return rows
    }

    private static let mostRows = 5_000

    /// Whether one of the person's posts reads documents of this type: what is not to be seen is not said to be nothing.
    private static func reads(_ type: String, _ request: RegulationRequest) -> Bool {
        func posts(_ who: Who) -> [String] {
            switch who {
            case .post(let post): [post.id]
            case .any(let whos): whos.flatMap(posts)
            default: []
            }
        }
        let held = Set(request.organisation.holdings(of: request.person, on: request.now.day).map(\.post))
        return request.desk.catalogue.type(type)?.readers.flatMap(posts).contains(where: held.contains) ?? false
    }

    // MARK: Re-verification

    /// Every policy, those within their cooling-off first, and what became of it.
    private static func progress(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, view = try await view(request, of: ReVerification.name)
        let checks = try await rows(PolicyCheck.name, ["verification": view.row.id], oldestFirst: true, request)
        let done = checks.count { $0.state != PolicyCheck.State.listed.rawValue }
        let share = checks.isEmpty ? 100 : done * 100 / checks.count
        let ordered = checks.sorted { order($0) < order($1) }
        let lines = ordered.map { row -> [HTML] in
            [
                link(row, request), "\(words("priority", of: row, request))", "\(row.values["dueOn"]?.text ?? "")", state(row, request),
                "\(words("outcome", of: row, request))",
            ]
        }
        let outcomes = Dictionary(grouping: checks) { words("outcome", of: $0, request) }.filter { !$0.key.isEmpty }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let counted = outcomes.map { "<li>\($0.key) <b>\($0.value.count)</b></li>" as HTML }
        let acknowledged: [HTML] = [
            ("complianceBy", "complianceAt", l("合规知悉", "Compliance")), ("channelBy", "channelAt", l("渠道管理知悉", "Channel")),
        ]
        .map { by, at, name in
            let who = view.row.values[by]?.whole.map { request.organisation.name(PersonID($0))[l] } ?? l("尚未知悉", "not yet")
            return "<li>\(name)\(l("：", ": "))\(who) \(view.row.values[at]?.text.flatMap { Moment(iso: $0) }?.day.description ?? "")</li>"
        }
        let summary: HTML = """
            <div class="pad"><p><progress max="100" value="\(share)" aria-label="\(l("核查进度", "Progress"))"></progress>
            \(l("共 \(checks.count) 份，已核查 \(done) 份", "\(checks.count) policies, \(done) checked"))</p><ul>\(counted)</ul><ul>\(acknowledged)</ul></div>
            """
        let heads = [l("保单", "Policy"), l("次序", "Order"), l("期限", "Due"), l("状态", "State"), l("结果", "Outcome")]
        return """
            \(head(view, UserText.html(view.row.title, l), [authenticity[14]], request))\
            \(section(l("进度", "Progress"), l("期限 ", "due ") + (view.row.values["dueOn"]?.text ?? ""), summary))\
            \(section(l("全部保单", "Every policy"), "", table(heads, lines, l)))
            """
    }

    /// What is open first, and of that what is due first.
    private static func order(_ row: DocumentRow) -> String {
        let isOpen = row.state == PolicyCheck.State.listed.rawValue
        let isFirst = row.values["priority"]?.text == PolicyCheck.Priority.coolingOff.rawValue
        return "\(isOpen ? 0 : 1)\(isFirst ? 0 : 1)\(row.values["dueOn"]?.text ?? "9999")\(row.title)"
    }

    // MARK: Agency

    /// Its record, what was said with it, what was found and reported, and what it sold.
    private static func agency(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, view = try await view(request, of: Agency.name), id = view.row.id
        func text(_ row: DocumentRow, _ key: String) -> HTML { UserText.html(row.values[key]?.text ?? "", l) }
        let contacts = try await rows(AgencyContact.name, ["agency": id], request).map { row -> [HTML] in
            [
                link(row, request), "\(row.values["day"]?.text ?? "")", "\(words("way", of: row, request))", text(row, "content"),
                "\(row.values["followUpOn"]?.text ?? "")",
            ]
        }
        let reports = try await rows(AgencyReport.name, ["agency": id], request).map { row -> [HTML] in
            [link(row, request), "\(row.values["discoveredOn"]?.text ?? "")", state(row, request), text(row, "facts")]
        }
        let findings = (view.row.values["findings"]?.list ?? []).map { line -> [HTML] in
            let who = line["person"].whole.map { request.organisation.name(PersonID($0))[l] } ?? ""
            return ["\(line["day"].text ?? "")", UserText.html(line["text"].text ?? "", l), "\(who)"]
        }
        let policies = try await rows(Policy.name, ["agency": id], request).map { row -> [HTML] in
            [link(row, request), text(row, "applicationNo"), "\(row.values["appliedOn"]?.text ?? "")", state(row, request)]
        }
        let heads = [
            [l("编号", "Number"), l("日期", "Day"), l("方式", "How"), l("内容", "What was said"), l("跟进日期", "Follow-up")],
            [l("日期", "Day"), l("情况", "Finding"), l("记录人", "Recorded by")],
            [l("编号", "Number"), l("发现日期", "Discovered"), l("状态", "State"), l("事实", "Facts")],
            [l("保单", "Policy"), l("投保单号", "Application"), l("投保日期", "Applied on"), l("状态", "State")],
        ]
        return """
            \(head(view, UserText.html(view.row.title, l), [authenticity[23], authenticity[11]], request))\
            \(section(l("沟通记录", "Contacts"), "", table(heads[0], contacts, l)))\
            \(section(l("已记录的情况", "Findings"), "", table(heads[1], findings, l)))\
            \(section(l("不实资料报告", "Reports"), "", table(heads[2], reports, l)), if: reads(AgencyReport.name, request))\
            \(section(l("销售的保单", "Policies sold"), "", table(heads[3], policies, l)), if: reads(Policy.name, request))
            """
    }
}
