import EnterpriseIT
import Kernel
import Tables
import Web
import WorkCalendar

/// 现场盘点: a count on a phone, place by place: a code is scanned by the camera where the browser can, typed otherwise, or taken from a list
/// that was filled in without a connection (第二章22).
enum StocktakePages {
    private static let title = Words("现场盘点", "Count on the spot")

    static let all = [
        RegulationPage(
            path: "/it/stocktake/:id", regulation: enterpriseIT.id, title: title, isListed: false, document: Stocktake.name,
            uploadLimit: 20 << 20,
            show: { request in .page(try await show(request)) }, take: { request, form in try await take(request, form) }),
        RegulationPage(
            path: "/it/stocktake-list/:id", regulation: enterpriseIT.id, title: Words("盘点清单", "List to count by"), isListed: false,
            show: { request in try await list(request) }),
    ]

    private static func view(_ request: RegulationRequest) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == Stocktake.name else { throw DeskError.absent }
        return view
    }

    private static func list(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await view(request), place = request.query("place")
        let bytes = try StocktakeTable.list(view.row.values["books"]?.list ?? [], place: place) { person in
            request.organisation.name(PersonID(person))[request.language]
        }
        return .bytes(bytes, name: "stocktake.csv", type: "text/csv; charset=utf-8")
    }

    // MARK: Pages

    private static func show(
        _ request: RegulationRequest, place chosen: String? = nil, _ typed: FormData? = nil, _ note: HTML = ""
    ) async throws -> HTML {
        let view = try await view(request), l = request.language
        let back: HTML = "<a href=\"\(request.address(view.row.id))\">\(UserText.html(view.row.number ?? "", l))</a>"
        let place = chosen ?? request.query("place")
        let whole: HTML = place.isEmpty ? "" : " / <a href=\"/it/stocktake/\(try request.part("id"))\">\(l("各地点", "Places"))</a>"
        let head: HTML = """
            <p class="quiet">\(back)\(whole)</p><div class="head"><h1>\(place.isEmpty ? HTML(title[l]) : UserText.html(place, l))</h1>\
            <span class="quiet">\(request.link(enterpriseIT["第二章22"]))</span></div>\(note)
            """
        let mayScan = view.availableSteps.contains { $0.step.name == Stocktake.scan.name }
        if view.row.state == Stocktake.State.counting.rawValue, !place.isEmpty {
            return "\(head)\(try count(at: place, view, request, typed, mayScan))"
        }
        if view.row.state == Stocktake.State.counting.rawValue { return "\(head)\(try places(view, request, mayScan))" }
        return "\(head)\(try await results(view, request))"
    }

    /// The places of the count, each with how much of it was seen.
    private static func places(_ view: DocumentView, _ request: RegulationRequest, _ mayScan: Bool) throws -> HTML {
        let l = request.language, count = StocktakeCount(view), word = try request.part("id")
        let items = count.places.map { place in
            let (seen, all) = count.progress(at: place)
            return """
                <li><a class="button big" href="/it/stocktake/\(word)?place=\(query(place))">\(UserText.html(place, l)) \
                <span class="quiet">\(seen) / \(all)</span></a></li>
                """ as HTML
        }
        let other: HTML = """
            <form class="sheet pad" method="get" action="/it/stocktake/\(word)"><div class="field"><label for="place">\(l("其他地点", "Another place"))</label>\
            <input id="place" name="place" class="big" required></div><button class="big">\(l("到这里盘点", "Count there"))</button></form>
            """
        return "<ul class=\"kept finder\">\(items)</ul>\(other, if: mayScan)\(files(at: "", word, request), if: mayScan)"
    }

    private static func count(
        at place: String, _ view: DocumentView, _ request: RegulationRequest, _ typed: FormData?, _ mayScan: Bool
    ) throws -> HTML {
        let l = request.language, count = StocktakeCount(view), word = try request.part("id")
        let (seen, all) = count.progress(at: place)
        let others = count.others(at: place).map {
            "<li><span><b>\(UserText.html($0, l))</b></span><span class=\"state open\">\(l("账面不在这里", "not here by the ledger"))</span></li>"
                as HTML
        }
        let besides: HTML = """
            <section class="sheet"><header><h2>\(l("另外见到的", "Seen besides"))</h2></header><ul class="lines">\(others)</ul></section>
            """
        let things = count.things(at: place).map {
            thing(
                $0, request, mayScan)
        }
        let form: HTML = """
            <form class="sheet pad finder" data-scan method="post" action="/it/stocktake/\(word)" enctype="multipart/form-data">\(request.csrf)
            <input type="hidden" name="place" value="\(place)">
            <div class="field"><label for="code">\(l("资产编号", "Asset number"))</label>
            <input id="code" name="code" class="big" value="\(typed?["code"] ?? "")" autocomplete="off" autocapitalize="characters"></div>
            <video hidden muted playsinline></video>
            <button type="button" class="big" data-camera hidden>\(l("用相机扫码", "Scan with the camera"))</button>
            <div class="row"><label class="check"><input type="checkbox" name="configuration" value="1"> \(l("配置不符", "Wrong configuration"))</label>
            <label class="check"><input type="checkbox" name="seal" value="1"> \(l("封条破损", "Seal broken"))</label></div>
            <div class="field"><label for="holder">\(l("实际使用人（与台账不同时选）", "Who holds it, where not as in the ledger"))</label>\(holders(view, request, typed))</div>
            <div class="field"><label for="photo">\(l("照片", "Picture"))</label>
            <input id="photo" name="photo" type="file" accept="image/*" capture="environment"></div>
            <button class="act big" data-main>\(l("记录", "Enter"))</button></form>
            """
        return """
            <p role="status">\(l("已见 \(seen) / \(all) 件", "\(seen) of \(all) seen"))</p>\(form, if: mayScan)
            <form method="post" action="/it/stocktake/\(word)">\(request.csrf)<input type="hidden" name="place" value="\(place)">
            <section class="sheet"><header><h2>\(l("账面应在这里的", "By the ledger it is here"))</h2></header><ul class="lines">\(things)</ul></section></form>\(besides, if: !others.isEmpty)\
            \(files(at: place, word, request), if: mayScan)
            """
    }

    private static func thing(_ thing: StocktakeCount.Thing, _ request: RegulationRequest, _ mayScan: Bool) -> HTML {
        let l = request.language
        let holder = thing.keeper.isNone ? "" : request.organisation.name(thing.keeper)[l]
        let stands: HTML =
            thing.isSeen
            ? "<span class=\"state done\">\(l("已见", "seen"))</span>"
            : mayScan
                ? "<button name=\"found\" value=\"\(thing.number)\">\(l("在", "Here"))</button>"
                : "<span class=\"state open\">\(l("未见", "not seen"))</span>"
        return
            "<li><span><b>\(UserText.html(thing.number, l))</b> \(UserText.html(thing.what, l)) <span class=\"quiet\">\(holder)</span></span>\(stands)</li>"
    }

    private static func holders(_ view: DocumentView, _ request: RegulationRequest, _ typed: FormData?) -> HTML {
        request.person("holder", in: view.scope, typed?.chosen("holder") ?? "", blank: request.language("与台账相同", "As in the ledger"))
    }

    /// For where there is no connection.
    private static func files(at place: String, _ word: String, _ request: RegulationRequest) -> HTML {
        let l = request.language
        return """
            <details class="group"><summary>\(l("没有网络时", "Without a connection"))</summary><div class="pad">
            <p><a class="button" href="/it/stocktake-list/\(word)?place=\(query(place))">\(l("下载清单（CSV）", "Download the list (CSV)"))</a></p>
            <p class="hint">\(l(
                "在“结果”栏写“在”“配置不符”“封条破损”或“未见”，地点、使用人与账面不同的写在“实际”栏；有网络时上传。",
                "Write the result of each, and place or holder where they differ; hand it in when there is a connection."))</p>
            <form method="post" action="/it/stocktake/\(word)" enctype="multipart/form-data">\(request.csrf)<input type="hidden" name="place" value="\(place)">
            <div class="field"><label for="list">\(l("填好的清单（CSV、XLSX）", "The list filled in (CSV, XLSX)"))</label>
            <input id="list" name="list" type="file" accept=".csv,.txt,.xlsx"></div><button>\(l("上传结果", "Hand it in"))</button></form></div></details>
            """
    }

    private static func query(_ text: String) -> String {
        Array(text.utf8).map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// What the count came to, by kinds.
    private static func results(_ view: DocumentView, _ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        func number(_ key: String) -> Int { Int(view.row.values[key]?.whole ?? 0) }
        var query = RegisterQuery()
        (query.equal["stocktake"], query.limit, query.isCounted) = (String(view.row.id), 500, false)
        let rows = try await request.desk.register(StocktakeDifference.name, query, by: request.person).rows
        let kinds = Dictionary(grouping: rows) { $0.values["kind"]?.text ?? "" }
        let figures: [(String, Int)] =
            [(l("账面", "In the ledger"), number("inScope")), (l("相符", "Found as the ledger says"), number("agreeing"))]
            + StocktakeDifference.Kind.allCases.filter { $0 != .none }.map { ($0.words[l], kinds[$0.rawValue]?.count ?? 0) }
        let counted = figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML }
        let sheets = StocktakeDifference.Kind.allCases.compactMap { kind -> HTML? in
            guard let found = kinds[kind.rawValue], kind != .none else { return nil }
            let items = found.map { row -> HTML in
                let places = [row.values["bookPlace"]?.text, row.values["foundPlaces"]?.text].compactMap { $0 }.filter { !$0.isEmpty }
                let type = request.desk.catalogue.type(row.type), state = type?.state(row.state)?.words[l] ?? ""
                return """
                    <li><a href="\(request.address(row.id))">\(UserText.html(row.values["number"]?.text ?? "", l))</a> \
                    <span>\(UserText.html(places.joined(separator: " → "), l))</span><span class="quiet">\(state)</span></li>
                    """
            }
            return "<section class=\"sheet\"><header><h2>\(kind.words[l])</h2></header><ul class=\"lines\">\(items)</ul></section>"
        }
        return "<dl class=\"figures\">\(counted)</dl>\(sheets)"
    }

    // MARK: Taking

    private static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let view = try await view(request), place = form["place"].trimmingBlanks
        var lines: [JSONValue] = [], told: [Words] = []
        do {
            if let file = form.files("list").first, file.size > 0 {
                (lines, told) = try handedIn(file, place, request)
            } else if form.has("found") {
                lines = [record(["number": .text(form["found"]), "place": .text(place)])]
            } else {
                lines = [try await typed(form, place, view, request)]
            }
            if !lines.isEmpty {
                try await request.desk.take(Stocktake.scan, on: view.row.id, input: ["more": .list(lines)], by: request.principal)
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, place: place, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, place: place, form, request.summary(faults)), isFault: true)
        }
        if told.isEmpty { return .redirect("/it/stocktake/\(try request.part("id"))?place=\(query(place))") }
        let l = request.language
        let items = told.map { "<li>\($0[l])</li>" as HTML }
        let note: HTML = """
            <div class="note" role="status"><p>\(l("已收 \(lines.count) 行", "\(lines.count) rows taken"))</p><ul>\(items)</ul></div>
            """
        return .page(try await show(request, place: place, nil, note))
    }

    private static func record(_ entries: [String: JSONValue]) -> JSONValue {
        .record(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }

    private static func typed(
        _ form: FormData, _ place: String, _ view: DocumentView, _ request: RegulationRequest
    ) async throws -> JSONValue {
        let code = form["code"].trimmingBlanks
        if code.isEmpty { throw DeskError.invalid([.init(field: "code", Words("请扫描或填写资产编号", "Scan or type the asset number"))]) }
        var line: [String: JSONValue] = [
            "number": .text(code), "place": .text(place), "isConfigurationWrong": .flag(form.has("configuration")),
            "isSealBroken": .flag(form.has("seal")),
        ]
        if !form.chosen("holder").isEmpty {
            line["keeper"] = .whole(try request.person("holder", in: form, in: view.scope).raw)
        }
        var photos: [JSONValue] = []
        for (index, photo) in form.files("photo").enumerated() where photo.size > 0 {
            photos.append(
                try await request.desk.keep(file: photo.name, content: try bytes(of: photo), by: request.principal.part("photo \(index)"))
                    .stored)
        }
        line["photos"] = .list(photos)
        return record(line)
    }

    /// Rows of a list, and what of it is not taken, by line.
    private static func handedIn(_ file: FormData.File, _ place: String, _ request: RegulationRequest) throws -> ([JSONValue], [Words]) {
        let table: StocktakeTable
        do { table = try StocktakeTable(try bytes(of: file), name: file.name, place: place) } catch let error as PaperError {
            throw DeskError.invalid([.init(field: "list", Words(error.zh, error.en))])
        }
        var told = table.unread.map { Words("第 \($0.line) 行未收：\($0.words.zh)", "Row \($0.line) not taken: \($0.words.en)") }
        var lines: [JSONValue] = []
        for row in table.rows {
            var line: [String: JSONValue] = [
                "number": .text(row.number), "place": .text(row.place), "isConfigurationWrong": .flag(row.isConfigurationWrong),
                "isSealBroken": .flag(row.isSealBroken),
            ]
            if let at = row.at { line["at"] = .text(at.description) }
            if !row.holder.isEmpty {
                let people = request.organisation.people.values.filter {
                    $0.isActive && [$0.login, $0.words.zh, $0.words.en].contains(row.holder)
                }
                guard people.count == 1 else {
                    told.append(
                        Words("第 \(row.line) 行未收：认不出使用人“\(row.holder)”", "Row \(row.line) not taken: who “\(row.holder)” is is not plain"))
                    continue
                }
                line["keeper"] = .whole(people[0].id.raw)
            }
            lines.append(record(line))
        }
        if table.untouched > 0 { told.append(Words("\(table.untouched) 行没有填写结果", "\(table.untouched) rows say nothing")) }
        return (lines, told)
    }

    private static func bytes(of file: FormData.File) throws -> [UInt8] {
        switch file.content {
        case .bytes(let bytes): return bytes
        case .temporary(let temporary): return try temporary.read(at: 0, count: file.size)
        }
    }
}
