import Hummingbird
import Kernel

/// 全卷: a document with all that names it, each with its trail, to be read and printed as one. Each is read through the access rule; what
/// the reader may not see is not in it.
enum WholeFilePage {
    private static let mostOfAType = 200

    static func add(to routes: Routes) {
        routes.page("/d/:id/whole") { call in try await show(call, call.id()) }
    }

    static func show(_ call: Call, _ id: Int64) async throws -> Response {
        let l = call.l
        let view = try await call.desk.document(id, by: call.person)
        guard let type = call.catalogue.type(view.row.type) else { throw DeskError.absent }
        if let gate = view.gate { return try await ReadingPage.show(view, gate, call) }
        var parts = [part(view, type, call)]
        // What goes out in numbered copies alone is not in a browser's print.
        var isNumbered = type.reserved?.copies != nil
        for other in try await RelatedDocuments.all(view, type, call, most: mostOfAType) {
            guard let type = call.catalogue.type(other.type) else { continue }
            if type.reserved?.copies != nil { isNumbered = true }
            parts.append(part(try await call.desk.document(other.id, by: call.person), type, call))
        }
        let name = DocumentName.plain(view.row, call.catalogue, l)
        let numbered =
            isNumbered
            ? l("其中副本须编号的单据不随本页打印，请在该单据页打印。", " What goes out in numbered copies is not printed with it: print that on its own page.") : ""
        let use =
            view.verbs.contains(.print)
            ? l("共 \(parts.count) 件，可直接打印。", "\(parts.count) documents; print the page.")
            : l("共 \(parts.count) 件，仅供查阅，不得打印。", "\(parts.count) documents, to be read and not to be printed.")
        return try await call.page(
            l("全卷：\(name)", "Whole file: \(name)"), here: "/r/\(type.name)", back: call.address(id) + "/whole",
            """
            <p class="quiet noprint"><a href="\(call.address(id))">\(DocumentName.html(view.row, call))</a> / \(l("全卷", "Whole file"))</p>
            <p class="noprint">\(use)\(numbered)</p>\(parts)
            """)
    }

    private static func part(_ view: DocumentView, _ type: DocumentType, _ call: Call) -> HTML {
        if view.gate != nil {
            let words = call.l("查阅前须说明目的，请在该单据页打开。", "It is read for a stated purpose: open it on its own page.")
            let name: HTML = "<a href=\"\(call.address(view.row.id))\">\(DocumentName.html(view.row, call))</a>"
            return "<section class=\"sheet pad noprint\"><p>\(name) \(words)</p></section>"
        }
        return "\(DocumentPaper(call: call, view: view, type: type).html)\(DocumentAside(call: call, view: view, type: type).trail)"
    }
}
