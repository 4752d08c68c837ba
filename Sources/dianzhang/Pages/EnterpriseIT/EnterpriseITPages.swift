import EnterpriseIT
import Kernel
import Synchronization
import Tables
import Web
import WorkCalendar

/// What the regulation on information technology shows besides its registers: labels of assets as PDF, and who may be let through the
/// gateway now.
enum EnterpriseITPages {
    private static let labels = Words("资产标签", "Asset labels"), gateway = Words("上网名单（网关）", "Internet list for the gateway")

    static let all = [
        RegulationPage(
            path: "/it/labels", regulation: enterpriseIT.id, title: labels, register: ITAsset.name, show: { request in try await sheet(request) }),
        RegulationPage(
            path: "/it/labels/:id", regulation: enterpriseIT.id, title: Words("打印标签", "Print the label"), isListed: false,
            document: ITAsset.name,
            show: { request in
                let view = try await request.desk.document(try request.document("id"), by: request.person)
                guard view.row.type == ITAsset.name else { throw DeskError.absent }
                return try await pdf([view.row], request)
            }),
        RegulationPage(
            path: "/it/gateway", regulation: enterpriseIT.id, title: gateway, register: InternetApplication.name, show: { request in .page(try await list(request)) },
            take: { request, _ in try await export(request) }),
    ]

    // MARK: Labels

    private static func pdf(_ rows: [DocumentRow], _ request: RegulationRequest) async throws -> RegulationResponse {
        let assets = rows.map { row in
            var asset = ITAsset()
            (asset.number, asset.what) = (row.values["number"]?.text ?? "", row.values["what"]?.text ?? "")
            asset.place = row.values["place"]?.text ?? ""
            return asset
        }
        let sheet = AssetLabels.Sheet(rawValue: request.query("sheet")) ?? .tape
        let bytes = try await AssetLabels.pdf(
            assets, on: sheet, kind: request.query("kind") == "bars" ? .code128 : .qr,
            skip: max(0, min(23, Int(request.query("skip")) ?? 0)))
        return .bytes(bytes, name: "labels.pdf", type: "application/pdf")
    }

    private static func sheet(_ request: RegulationRequest) async throws -> RegulationResponse {
        let place = request.query("place"), l = request.language
        var none: HTML = ""
        if !place.isEmpty {
            var query = RegisterQuery()
            (query.equal["place"], query.limit, query.sort, query.isCounted) = (place, 500, .oldest, false)
            let rows = try await request.desk.register(ITAsset.name, query, by: request.person).rows.filter { $0.state != "scrapped" }
            if !rows.isEmpty { return try await pdf(rows, request) }
            none = "<p role=\"alert\">\(l("这个地点没有您可见的资产。", "There is no asset at this place that you see."))</p>"
        }
        return .page(
            """
            <div class="head"><h1>\(labels[l])</h1><span class="quiet">\(request.link(enterpriseIT["第二章22"]))</span></div>
            <form class="sheet pad" method="get" action="/it/labels">\(none)
            <div class="field"><label for="place">\(l("地点", "Place"))</label><input id="place" name="place" value="\(place)" required></div>
            <div class="field"><label for="sheet">\(l("纸张", "Paper"))</label><select id="sheet" name="sheet">\
            <option value="a4">\(l("A4，每张24枚", "A4, 24 a sheet"))<option value="tape">\(l("标签带 60×40 毫米", "Tape, 60 x 40 mm"))</select></div>
            <div class="field"><label for="kind">\(l("条码", "Code"))</label><select id="kind" name="kind">\
            <option value="qr">\(l("二维码", "QR code"))<option value="bars">Code 128</select></div>
            <div class="field"><label for="skip">\(l("已用掉的格数（A4）", "Places used already (A4)"))</label>\
            <input id="skip" name="skip" inputmode="numeric" value="0"></div>
            <button>\(l("生成 PDF", "Make the PDF"))</button></form>
            """)
    }

    // MARK: The gateway

    /// Those whose grant counts at this moment: its first day has come, and neither its last day, nor the post, nor the person's service is
    /// over.
    private static func counts(_ row: DocumentRow, _ organisation: Organisation, on day: Day) -> Bool {
        InternetApplication.counts(
            from: self.day("from", of: row), until: self.day("until", of: row), applicant: PersonID(row.values["applicant"]?.whole ?? 0),
            of: row.unit, organisation, on: day)
    }

    private static func day(_ key: String, of row: DocumentRow) -> Day? { row.values[key]?.text.flatMap { Day(iso: $0) } }

    /// So many are drawn; the file has all.
    private static let mostDrawn = 500

    /// All that count now, page by page.
    private static func current(_ request: RegulationRequest) async throws -> [DocumentRow] {
        var query = granted, found: [DocumentRow] = []
        repeat {
            let page = try await request.desk.register(InternetApplication.name, query, by: request.person)
            found += page.rows.filter { counts($0, request.organisation, on: request.now.day) }
            query.after = page.next
        } while query.after != nil
        return found
    }

    private static var granted: RegisterQuery {
        var query = RegisterQuery()
        (query.states, query.limit, query.isCounted) = (["granted"], 500, false)
        return query
    }

    private static func list(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        let current = try await current(request)
        let lines = current.prefix(mostDrawn).map { row -> HTML in
            let person = request.organisation.name(PersonID(row.values["applicant"]?.whole ?? 0))[l]
            let from = day("from", of: row).map { l.day($0) } ?? "", until = day("until", of: row).map { l.day($0) } ?? ""
            return """
                <tr><th scope="row"><a href="\(request.address(row.id))">\(UserText.html(row.number ?? "", l))</a><td data-label="\(l("计算机", "Computer"))">\
                \(UserText.html(row.values["computer"]?.text ?? "", l))<td data-label="\(l("申请人", "Applicant"))">\(person)\
                <td data-label="\(l("开始", "From"))">\(from)<td data-label="\(l("截止", "Until"))">\(until)
                """
        }
        let head: HTML = """
            <div class="head"><h1>\(gateway[l])</h1><span class="quiet">\(request.link(enterpriseIT["第二章12"]))</span></div>
            """
        if current.isEmpty {
            return "\(head)<section class=\"sheet pad\"><p>\(l("现在没有有效的上网授权。", "No grant counts now."))</p></section>"
        }
        let count = current.count
        let said = l(
            "现有 \(count) 项有效授权，这里只列出前 \(mostDrawn) 项，导出的文件含全部。",
            "\(count) grants count now; the first \(mostDrawn) are shown here, the file has all.")
        return """
            \(head)<section class="sheet">\("<p class=\"pad\">\(said)</p>", if: count > mostDrawn)<div class="scroll" tabindex="0"><table class="stack"><thead><tr>\
            <th scope="col">\(l("编号", "Number"))<th scope="col">\(l("计算机", "Computer"))<th scope="col">\(l("申请人", "Applicant"))\
            <th scope="col">\(l("开始", "From"))<th scope="col">\(l("截止", "Until"))</thead>\
            <tbody>\(lines)</tbody></table></div></section>
            <form class="pad" method="post" action="/it/gateway">\(request.csrf)<button>\(l("导出给网关（CSV）", "Export for the gateway (CSV)"))</button></form>
            """
    }

    private static func export(_ request: RegulationRequest) async throws -> RegulationResponse {
        let rows = Mutex<[[String]]>([])
        let (organisation, day) = (request.organisation, request.now.day)
        try await request.desk.export(InternetApplication.name, granted, by: request.person) { row, _ in
            guard counts(row, organisation, on: day) else { return }
            let person = organisation.people[PersonID(row.values["applicant"]?.whole ?? 0)]?.login ?? ""
            rows.withLock {
                $0.append([
                    row.values["computer"]?.text ?? "", person, row.values["use"]?.text ?? "", row.values["from"]?.text ?? "",
                    row.values["until"]?.text ?? "",
                ])
            }
        }
        let file = try TemporaryFile()
        let writer = try CSVWriter(.file(file.path), byteOrderMark: false)
        try writer.row(["computer", "login", "use", "from", "until"])
        for row in rows.withLock({ $0 }) { try writer.row(row) }
        try writer.close()
        return .file(file, name: "gateway.csv", type: "text/csv; charset=utf-8")
    }
}
