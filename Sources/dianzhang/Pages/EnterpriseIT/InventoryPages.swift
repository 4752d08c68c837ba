import EnterpriseIT
import Kernel
import Tables
import Web
import WorkCalendar

/// 上传清单: what agents, consoles and people list of computers, devices and systems. Each file is taken for what it is; what was not
/// understood is said by its line, and nothing in the ledger is written over (第二章8, 10, 11, 20).
enum InventoryPages {
    private static let title = Words("上传清单", "Hand in lists")
    private static let largest = 50 << 20

    static let all = [
        RegulationPage(
            path: "/it/inventory", regulation: enterpriseIT.id, title: title, register: InventoryReport.name, uploadLimit: largest,
            show: { request in .page(form(request)) }, take: { request, form in try await take(request, form) })
    ]

    /// What became of one row or one file.
    struct Line {
        enum Tone { case good, told, wrong }
        let place: String
        let tone: Tone
        let words: HTML
    }

    private static func form(_ request: RegulationRequest, _ faults: HTML = "", _ typed: FormData? = nil) -> HTML {
        let l = request.language
        let isDirector = request.organisation.holdings(of: request.person, on: request.now.day).contains { $0.post == centreDirector.id }
        let takeOver: HTML = """
            <p class="check"><input id="takeOver" name="takeOver" type="checkbox" value="1"\(" checked", if: typed?.has("takeOver") ?? false)>\
            <label for="takeOver">\(l("资产清单中台账没有的，直接补登（须签署）", "Take over what the ledger lacks (a signature)"))</label></p>\
            \(request.signing(in: "takeOver"))
            """
        return """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(enterpriseIT["第二章10"])) \(request.link(enterpriseIT["第二章20"]))</span></div>
            \(faults)<form class="sheet pad" method="post" action="/it/inventory" enctype="multipart/form-data">\(request.csrf)
            <div class="field"><label for="files">\(l("清单文件，可多选", "Files, several at once"))</label><ul class="hint" id="files-hint">
            <li>\(l("计算机清单：代理程序导出的 JSON、XML，或查询日志", "Computers: GLPI agent JSON, FusionInventory XML, osquery result logs"))
            <li>\(l("软件清单：CSV、XLSX，列有软件名称、版本、发布者，以及资产编号、序列号或主机名", "Software: CSV or XLSX with name, version, publisher, and asset number, serial number or host"))
            <li>\(l("资产清单：CSV、XLSX，列有资产编号、名称等，与台账逐行核对", "Assets: CSV or XLSX with asset number and name; each row is compared with the ledger"))
            <li>\(l("系统清单：CSV、XLSX，列有系统名称、用途、负责人、生命周期，逐行登记", "Systems: CSV or XLSX with name, purpose, owner, stage; each row is entered"))</ul>
            <input id="files" name="files" type="file" multiple aria-describedby="files-hint"></div>\(takeOver, if: isDirector)
            <button class="act">\(l("上传并核对", "Hand in and compare"))</button></form>
            """
    }

    private static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let l = request.language, files = form.files("files").filter { $0.size > 0 }
        guard !files.isEmpty else {
            return .page(
                Self.form(request, request.summary([.init(field: "files", Words("请选择清单文件", "Choose the files"))]), form), isFault: true)
        }
        var signed: Principal?
        if form.has("takeOver") {
            do { signed = try await request.signed(form, in: "takeOver") } catch DeskError.invalid(let faults) {
                return .page(Self.form(request, request.summary(faults), form), isFault: true)
            }
        }
        var sheets: [HTML] = []
        for (index, file) in files.enumerated() {
            let lines = try await lines(of: file, "file \(index)", request, signed)
            let items = lines.map { line -> HTML in
                let mark =
                    switch line.tone {
                    case .good: "done";
                    case .told: "open";
                    case .wrong: "no"
                    }
                let word =
                    switch line.tone {
                    case .good: l("已收", "taken");
                    case .told: l("请核对", "look");
                    case .wrong: l("未收", "not taken")
                    }
                return "<li><span>\(line.place)</span><span>\(line.words)</span><span class=\"state \(mark)\">\(word)</span></li>"
            }
            sheets.append(
                "<section class=\"sheet\"><header><h2>\(UserText.html(file.name, l))</h2></header><ul class=\"lines\">\(items)</ul></section>"
            )
        }
        let back: HTML =
            "<p><a href=\"/it/inventory\">\(l("再上传", "More files"))</a> · <a href=\"/r/\(InventoryReport.name)\">\(l("设备清单登记簿", "Register of reports"))</a></p>"
        return .page("<div class=\"head\"><h1>\(title[l])</h1></div>\(sheets)\(back)")
    }

    /// - Parameter part: what its acts are called among those of the request.
    private static func lines(
        of file: FormData.File, _ part: String, _ request: RegulationRequest, _ signed: Principal?
    ) async throws -> [Line] {
        let content: [UInt8] =
            switch file.content {
            case .bytes(let bytes): bytes
            case .temporary(let temporary): try temporary.read(at: 0, count: file.size)
            }
        let l = request.language, first = content.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if [UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<")].contains(first) {
            return [try await submit(content, file.name, place: l("整份", "Whole"), part, request)]
        }
        if let systems = try await SystemList.lines(of: file, content, part, request) { return systems }
        if let table = try? AssetTable(content, name: file.name) {
            return try await AssetComparison(request, signed, part).lines(of: table)
        }
        do {
            let reading = try TableInventory.read(content, name: file.name)
            var lines: [Line] = []
            for (index, computer) in reading.computers.enumerated() {
                let identity = computer.identity
                let named = [identity.assetTag, identity.serial, identity.name].first { !$0.isEmpty } ?? l("未写明设备", "no device named")
                let own = try TableInventory.content(of: computer)
                lines.append(try await submit(own, "\(named).csv", place: named, "\(part) computer \(index)", request))
            }
            return lines + reading.unread.map { Line(place: "", tone: .wrong, words: UserText.html($0, l)) }
        } catch let fault as InventoryFault {
            return [Line(place: l("整份", "Whole"), tone: .wrong, words: UserText.html(fault.words[l], l))]
        }
    }

    /// One inventory as a report of its own.
    private static func submit(
        _ content: [UInt8], _ name: String, place: String, _ part: String, _ request: RegulationRequest
    ) async throws -> Line {
        let l = request.language
        do {
            let kept = try await request.desk.keep(file: name, content: content, by: request.principal.part("\(part) file"))
            let id = try await request.desk.take(
                InventoryReport.submit, input: ["file": .list([kept.stored])], by: request.principal.part("\(part) report")
            ).id
            let row = try await request.desk.document(id, by: request.person).row
            let result = InventoryReport.Result(rawValue: row.values["result"]?.text ?? "") ?? .none
            let seen = row.values["seen"]?.text ?? ""
            let words: HTML = """
                <a href="\(request.address(id))">\(UserText.html(row.number ?? "", l))</a> \(result.words[l]) <span class="quiet">\(UserText.html(seen, l))</span>
                """
            return Line(place: place, tone: result == .clean ? .good : .told, words: words)
        } catch let refusal as Refusal {
            return Line(place: place, tone: .wrong, words: HTML(refusal.words[l]))
        } catch DeskError.invalid(let faults) {
            return Line(place: place, tone: .wrong, words: HTML(faults.map { $0.words[l] }.joined(separator: l("；", "; "))))
        } catch DeskError.forbidden(let words) {
            return Line(place: place, tone: .wrong, words: HTML(words[l]))
        }
    }
}

/// The rows of a list of devices against the ledger.
struct AssetComparison {
    let request: RegulationRequest
    /// Who takes over what the ledger lacks, and has signed for it.
    let signed: Principal?
    private var l: Language { request.language }

    private let part: String

    init(_ request: RegulationRequest, _ signed: Principal?, _ part: String) {
        (self.request, self.signed, self.part) = (request, signed, part)
    }

    func lines(of table: AssetTable) async throws -> [InventoryPages.Line] {
        var lines = table.unused.map { name in
            InventoryPages.Line(place: "", tone: .told, words: HTML(l("没有读取“\(name)”一列", "The column “\(name)” was not read")))
        }
        lines += table.unread.map { .init(place: place($0.line), tone: .wrong, words: UserText.html($0.words[l], l)) }
        for row in table.rows { lines.append(try await line(row)) }
        return lines
    }

    private func place(_ line: Int) -> String { l("第 \(line) 行", "Row \(line)") }

    private func line(_ row: AssetTable.Row) async throws -> InventoryPages.Line {
        var query = RegisterQuery()
        (query.equal["number"], query.limit, query.isCounted) = (EnterpriseIT.PlainText.code(row.number), 1, false)
        guard let asset = try await request.desk.register(ITAsset.name, query, by: request.person).rows.first else {
            return try await missing(row)
        }
        let holder = asset.values["keeper"]?.whole.map { request.organisation.name(PersonID($0)) } ?? Words("", "")
        let differences = row.differences(from: asset.values, holder: holder)
        let name: HTML = "<a href=\"\(request.address(asset.id))\">\(UserText.html(row.number, l))</a>"
        if asset.state == "scrapped" {
            return .init(place: place(row.line), tone: .told, words: "\(name) \(l("台账中已报废", "is scrapped in the ledger"))")
        }
        if differences.isEmpty {
            return .init(place: place(row.line), tone: .good, words: "\(name) \(l("与台账一致", "agrees with the ledger"))")
        }
        let said = differences.map { UserText.html($0[l], l) }.joined(by: HTML(l("；", "; ")))
        return .init(place: place(row.line), tone: .told, words: "\(name) \(said)")
    }

    private func missing(_ row: AssetTable.Row) async throws -> InventoryPages.Line {
        guard let signed else {
            let words: HTML = "\(UserText.html("\(row.number) \(row.what)", l)) \(l("不在台账", "is not in the ledger"))"
            return .init(place: place(row.line), tone: .told, words: words)
        }
        do {
            let id = try await request.desk.take(
                ITAsset.takeOver, input: row.takeOver(l("按资产清单补登", "Taken over from a list")), by: signed.part("\(part) row \(row.line)")
            ).id
            let words: HTML = "<a href=\"\(request.address(id))\">\(UserText.html(row.number, l))</a> \(l("已补登", "taken over"))"
            return .init(place: place(row.line), tone: .good, words: words)
        } catch let refusal as Refusal {
            return .init(place: place(row.line), tone: .wrong, words: HTML(refusal.words[l]))
        } catch DeskError.invalid(let faults) {
            return .init(place: place(row.line), tone: .wrong, words: HTML(faults.map { $0.words[l] }.joined(separator: l("；", "; "))))
        }
    }
}

/// A list of systems, entered row by row.
enum SystemList {
    private static let form = TableForm(
        [
            .init("label", "系统名称", "system", isRequired: true), .init("purpose", "用途", "purpose"), .init("owner", "负责人", "owner"),
            .init("vendor", "开发或供应单位", "供应单位", "vendor"), .init("stage", "生命周期", "阶段", "stage"),
        ])

    /// `nil` for what is no such list.
    static func lines(
        of file: FormData.File, _ content: [UInt8], _ part: String, _ request: RegulationRequest
    ) async throws -> [InventoryPages.Line]? {
        let l = request.language
        var rows: [(line: Int, input: [String: JSONValue], name: String)] = []
        do {
            try TableReader.reading(content: content, name: file.name, form: form) { table in
                let header = try table.header(form)
                rows = []
                try table.forEachRow { row in
                    func text(_ key: String) -> String { header[key].map { row.text($0).trimmingBlanks } ?? "" }
                    var input = ["label", "purpose", "vendor"].reduce(into: [String: JSONValue]()) { $0[$1] = .text(text($1)) }
                    let stage = ITSystem.Stage.allCases.first { [$0.words.zh, $0.words.en, $0.rawValue].contains(text("stage")) }
                    input["stage"] = .text(stage?.rawValue ?? text("stage"))
                    let owner = request.organisation.people.values.filter {
                        $0.isActive && [$0.login, $0.words.zh, $0.words.en].contains(text("owner"))
                    }
                    input["owner"] = owner.count == 1 ? .whole(owner[0].id.raw) : .text(text("owner"))
                    rows.append((row.number, input, text("label")))
                }
            }
        } catch is PaperError { return nil }
        var lines: [InventoryPages.Line] = []
        for row in rows {
            let place = l("第 \(row.line) 行", "Row \(row.line)")
            do {
                let id = try await request.desk.take(
                    ITSystem.register, input: row.input, by: request.principal.part("\(part) row \(row.line)")
                ).id
                lines.append(
                    .init(place: place, tone: .good, words: "<a href=\"\(request.address(id))\">\(UserText.html(row.name, l))</a>"))
            } catch let refusal as Refusal {
                lines.append(.init(place: place, tone: .wrong, words: "\(UserText.html(row.name, l)) \(refusal.words[l])"))
            } catch DeskError.invalid(let faults) {
                let words = faults.map { $0.words[l] }.joined(separator: l("；", "; "))
                lines.append(.init(place: place, tone: .wrong, words: "\(UserText.html(row.name, l)) \(words)"))
            } catch DeskError.forbidden(let words) {
                lines.append(.init(place: place, tone: .wrong, words: HTML(words[l])))
            }
        }
        return lines
    }
}
