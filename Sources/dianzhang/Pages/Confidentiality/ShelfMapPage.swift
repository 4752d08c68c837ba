import CustomerConfidentiality
import Kernel
import Print
import Web

/// 架位图: the shelves of each store from the door, rows from the top, slots from the left (第7条). Shelves of classified files are there for
/// those alone who are cleared for them.
enum ShelfMapPage {
    static let title = Words("架位图", "Map of the shelves")

    static func show(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.limit, query.isCounted, query.sort, query.states) = (200, false, .oldest, ["in-use"])
        let page = try await request.desk.register(Shelf.name, query, by: request.person)
        let head = ArchivePages.head(title[l], [request.link(confidentiality[7])])
        guard !page.rows.isEmpty else {
            return "\(head)<section class=\"sheet pad\"><p>\(l("没有您可以查看的档案架。", "There is no shelf that you may see."))</p></section>"
        }
        let sorted = page.rows.sorted { order($0) < order($1) }
        let isAnyOut = page.rows.contains { ($0.values["slots"]?.list ?? []).contains { $0["isOutOfOrder"] == .flag(true) } }
        let key: HTML =
            isAnyOut
            ? "<p class=\"quiet\">\(l("* 在次序之外，待倒架：请编制倒架计划。", "* Out of order: plan a re-shelving run."))</p>" : ""
        return "\(head)\(key)\(sorted.map { shelf($0, page.names, request) })"
    }

    private static func order(_ row: DocumentRow) -> (Int64, Int64) {
        (row.values["store"]?.whole ?? 0, row.values["cabinet"]?.whole ?? 0)
    }

    private static func shelf(_ row: DocumentRow, _ names: [Int64: Words], _ request: RegulationRequest) -> HTML {
        let l = request.language, rows = Int(row.values["rows"]?.whole ?? 0), slots = Int(row.values["slotsInRow"]?.whole ?? 0)
        var taken: [[Int]: JSONValue] = [:]
        for slot in row.values["slots"]?.list ?? [] { taken[[Int(slot["row"].whole ?? 0), Int(slot["slot"].whole ?? 0)]] = slot }
        let lines = (1...max(1, rows)).map { number -> HTML in
            let cells = (1...max(1, slots)).map { place in cell(taken[[number, place]], names, request) }
            return "<tr><th scope=\"row\">\(number)\(cells)"
        }
        let heads = (1...max(1, slots)).map { "<th scope=\"col\" class=\"n\">\($0)" as HTML }
        return """
            <section class="sheet"><header><h2><a href="\(request.address(row.id))">\(UserText.html(row.title, l))</a></h2>\
            <span class="quiet">\(l("已用", "Taken")) \(taken.count) / \(rows * slots)</span></header>
            <div class="scroll" tabindex="0"><table><thead><tr><th scope="col">\(l("排＼位", "Row"))\(heads)</thead><tbody>\(lines)</tbody></table></div></section>
            """
    }

    private static func cell(_ slot: JSONValue?, _ names: [Int64: Words], _ request: RegulationRequest) -> HTML {
        guard let slot, let file = slot["file"].whole else { return "<td class=\"n\"><span class=\"quiet\">·</span>" }
        let code = slot["code"].text ?? "", short = code.split(separator: "-").last.map(String.init) ?? code
        // A name that is not given is one of a file that this person may not read.
        guard names[file] != nil else { return "<td class=\"n\">\(short)" }
        let isOut = slot["isOutOfOrder"] == .flag(true)
        // Numbers begin anew in each category, whose letters stand before.
        let parts = code.split(separator: "-"), letters = parts.count > 2 ? "\(parts[1].prefix(2)) " : ""
        return "<td class=\"n\"><a href=\"\(request.address(file))\" title=\"\(code)\"><span class=\"number\">\(letters)\(short)\("*", if: isOut)</span></a>"
    }

    static func labels(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await ArchivePages.view(request, of: Shelf.name)
        var files: [DocumentRow] = []
        for slot in view.row.values["slots"]?.list ?? [] {
            guard let file = slot["file"].whole, let row = try? await request.desk.document(file, by: request.person).row else { continue }
            files.append(row)
        }
        guard !files.isEmpty else { throw DeskError.conflict(Words("架上还没有档案，没有标签可打印", "Nothing stands on the shelf; there is no label to print")) }
        let pdf = try await ShelfLabels.sheet(files, request.language) { request.address($0) }
        return .bytes(pdf, name: "\(view.row.title).pdf", type: "application/pdf")
    }
}
