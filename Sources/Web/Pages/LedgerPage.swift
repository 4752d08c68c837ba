import Hummingbird
import Kernel
import Ledger
import Store
import WorkCalendar

/// 存证校验: proves that nobody has changed the record, prints the head of it, and shows single entries with their place.
enum LedgerPage {
    static func add(to routes: Routes) {
        routes.page("/ledger") { call in try await show(call, kept: "", result: "") }
        routes.form("/ledger/verify") { call, form in
            guard call.maySupervise else {
                throw DeskError.forbidden(
                    Words("校验由系统管理员或监督岗位进行", "Administrators and whoever supervises have the ledger verified"))
            }
            let kept = form["note"].trimmingBlanks
            do {
                let notes = kept.isEmpty ? [] : try KeptCheckpoint.read(Array(kept.utf8))
                let report = try await call.edge.verifications.pass { try await call.desk.verify(against: notes) }
                return try await show(call, kept: kept, result: result(report, call))
            } catch let error as LedgerError {
                let words = call.l(error.zh, error.en)
                return try await show(
                    call, kept: kept,
                    result: "<div class=\"note refusal\" role=\"alert\" tabindex=\"-1\" data-focus><p><b>\(words)</b></p></div>")
            }
        }
        routes.page("/ledger/:id", entry)
    }

    private static func result(_ report: VerificationReport, _ call: Call) -> HTML {
        let l = call.l
        let counts = l(
            "核对了 \(l.count(Int(report.entries))) 条记录、\(l.count(report.checkpoints)) 个检查点、\(l.count(Int(report.documents))) 件单据。",
            "Checked \(l.count(Int(report.entries))) entries, \(l.count(report.checkpoints)) checkpoints and \(l.count(Int(report.documents))) documents."
        )
        let limits = report.limits.map { "<p class=\"quiet\">\(l($0.words.zh, $0.words.en))</p>" as HTML }
        if report.isClean {
            return """
                <div class="note" role="status" tabindex="-1" data-focus><p><b>\
                \(l("校验通过，没有发现改动。", "Verified: nothing was altered."))</b> \(counts)</p>\(limits)</div>
                """
        }
        let more: HTML =
            report.faultCount > report.faults.count
            ? "<li>\(l("另有 \(l.count(report.faultCount - report.faults.count)) 处", "\(l.count(report.faultCount - report.faults.count)) more"))</li>"
            : ""
        return """
            <div class="note refusal" role="alert" tabindex="-1" data-focus><p>\
            <b>\(l("校验未通过，发现 \(l.count(report.faultCount)) 处问题。", "Not verified: \(l.count(report.faultCount)) faults."))</b> \(counts) \
            \(l("请保全数据库和备份，立即告知合规负责人。", "Keep the database and its backups as they are and tell the compliance officer at once."))</p>\
            <ul>\(report.faults.map { "<li>\(l($0.zh, $0.en))</li>" as HTML })\(more)</ul>\(limits)</div>
            """
    }

    private static func show(_ call: Call, kept: String, result: HTML) async throws -> Response {
        let l = call.l
        let note = try await call.desk.latestCheckpoint()?.note
        let (size, waiting) = try await call.desk.store.read { session in
            (try Ledger.size(in: session), try session.count("SELECT count(*) FROM entry_pending"))
        }
        let checkpoint: HTML =
            note.map { "<pre class=\"checkpoint\" tabindex=\"0\">\($0)</pre>" }
            ?? "<p class=\"quiet\">\(l("还没有检查点。定时任务会在有新记录后签署。", "No checkpoint yet. The scheduled job signs one once there are entries."))</p>"
        let figures: HTML = """
            <dl class="figures"><div><dt>\(l("已编入记录", "Entries in place"))</dt><dd>\(l.count(Int(size)))</dd></div>\
            <div><dt>\(l("等待编入", "Waiting for their place"))</dt><dd>\(l.count(Int(waiting)))</dd></div></dl>
            """
        let mayAll = call.maySupervise
        let places = try await CheckpointPlaces.html(call)
        return try await call.page(
            l("存证校验", "Ledger"), here: "/ledger", back: "/ledger",
            """
            <div class="head"><h1>\(l("存证校验", "Ledger"))</h1></div>\(result)\(troubles(call), if: mayAll)\(figures, if: mayAll)
            <section class="sheet"><header><h2>\(l("最新检查点", "The latest checkpoint"))</h2></header><div class="pad">
            <p class="quiet">\(l("检查点是全部记录的签名摘要。请定期打印或另存一份：以后凭它可以查出历史是否被改写或截短。",
                "A checkpoint is the signed digest of all entries. Print it or keep it elsewhere: with it, a rewritten or shortened history is found."))</p>\(checkpoint)</div></section>
            \(places)\(verifying(kept, call), if: mayAll)
            """)
    }

    /// What this server has found by itself since it was started.
    private static func troubles(_ call: Call) -> HTML {
        let l = call.l, troubles = call.desk.watch.troubles
        if troubles.isEmpty { return "" }
        let lines = troubles.map { "<li>\(l.moment($0.since))：\($0.words[l])</li>" as HTML }
        return """
            <div class="note refusal" role="alert" data-ledger="trouble"><p><b>\(l("存证告警", "Ledger alarm"))</b></p><ul>\(lines)</ul></div>
            """
    }

    /// Reads the whole record: for who watches over it.
    private static func verifying(_ kept: String, _ call: Call) -> HTML {
        let l = call.l
        return """
            <section class="sheet noprint"><header><h2>\(l("校验", "Verify"))</h2></header>\
            <form class="pad" method="post" action="/ledger/verify">\(call.csrf)
            \(PlainField.prose("note", l("与另存的检查点核对（选填）", "Compare with a checkpoint kept elsewhere (optional)"), kept, [], l,
                hint: l("原样粘贴当时打印或保存的全文", "Paste the whole text as it was printed or kept")))
            <button class="act">\(l("开始校验", "Verify now"))</button></form></section>
            """
    }

    /// One entry, for who may see its document.
    private static func entry(_ call: Call) async throws -> Response {
        let l = call.l
        let id = try call.id("id", .entry)
        let found = try await call.desk.store.read { session -> (Entry, Int64?, Int64)? in
            let body = try session.first("SELECT body FROM entry WHERE id = $1 LIMIT 1", [.int(id)]) { try Entry(body: $0.blob(0)) }
            return try body.map { ($0, try Ledger.position(ofEntry: id, in: session), try Ledger.size(in: session)) }
        }
        guard let (entry, position, size) = found else { throw DeskError.absent }
        // An entry about an account or a token names no document.
        let isOfDocument = entry.document != 0 && call.catalogue.type(entry.documentType) != nil
        let isOfMine = entry.documentType == AccountEvent.account && entry.document == call.person.raw
        if isOfDocument {
            _ = try await call.desk.document(entry.document, by: call.person)
        } else if entry.person != call.person.raw, !isOfMine, !call.me.isAdministrator {
            throw DeskError.absent
        }
        let type = call.catalogue.type(entry.documentType), number = call.ids.word(id, .entry)
        let step =
            type?.trailTitle(entry)[l] ?? Duty.title(entry, in: call.catalogue)?[l] ?? Administration.title(entry.step)?[l]
            ?? AccountEvent(rawValue: entry.step)?.words[l] ?? TaskAction.title(entry.step)?[l] ?? entry.step
        // On a document's trail the title says so itself.
        let refused = entry.kind == .refusal && type == nil ? l("拒绝：", "Refused: ") : ""
        let articles = entry.articles.compactMap(Article.init(key:))
        let place =
            position.map { l("第 \(l.count(Int($0) + 1)) 位，共 \(l.count(Int(size))) 位", "\(l.count(Int($0) + 1)) of \(l.count(Int(size)))") }
            ?? l("等待编入", "waits for its place")
        let rows: [(String, HTML)] = [
            (l("时间", "Moment"), HTML(l.moment(Moment(milliseconds: entry.at)))),
            (l("人员", "Person"), HTML(call.organisation.name(PersonID(entry.person))[l])),
            (l("代", "For"), HTML(entry.onBehalfOf == 0 ? "" : call.organisation.name(PersonID(entry.onBehalfOf))[l])),
            (
                l("单据", "Document"),
                !isOfDocument ? "" : "<a href=\"\(call.address(entry.document))\">\(type?.title[l] ?? entry.documentType)</a>"
            ),
            (l("办理", "Step"), HTML(refused + step)), (l("依据", "Under"), ArticleName.links(articles, in: call.catalogue, named: true, l)),
            (l("版本", "Version"), HTML(entry.version == 0 ? "" : String(entry.version))), (l("位置", "Place"), HTML(place)),
            (
                l("导出文件", "File exported"),
                entry.kind == .export && entry.purpose.contains("sha256=") ? "<code>\(entry.purpose)</code>" : ""
            ),
            (
                l("单据校验值", "Digest of the document"), entry.digest.isEmpty ? "" : "<code>\(Token.hexadecimal(entry.digest))</code>"
            ),
        ]
        let cells = rows.filter { !$0.1.isEmpty }.map { "<dt>\($0.0)</dt><dd class=\"wide\">\($0.1)</dd>" as HTML }
        return try await call.page(
            l("存证记录", "Ledger entry"), here: "/ledger",
            """
            <p class="quiet"><a href="/ledger">\(l("存证校验", "Ledger"))</a> / <span class="number">№\(String(number.prefix(8)))</span></p>
            <article class="sheet form"><h1>\(l("存证记录", "Ledger entry"))</h1><p class="number"><span></span><span><code>\(number)</code></span></p>\
            <dl class="grid">\(cells)</dl></article>
            """)
    }
}
