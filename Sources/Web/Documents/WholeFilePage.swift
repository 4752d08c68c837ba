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
        var parts = [part(view, type, call)]
        for other in try await RelatedDocuments.all(view, type, call, most: mostOfAType) {
            guard let type = call.catalogue.type(other.type) else { continue }
            parts.append(part(try await call.desk.document(other.id, by: call.person), type, call))
        }
        let name = DocumentName.plain(view.row, call.catalogue, l)
        return try await call.page(
            l("全卷：\(name)", "Whole file: \(name)"), here: "/r/\(type.name)", back: call.address(id) + "/whole",
            """
            <p class="quiet noprint"><a href="\(call.address(id))">\(DocumentName.html(view.row, call))</a> / \(l("全卷", "Whole file"))</p>
            <p class="noprint">\(l("共 \(parts.count) 件，可直接打印。", "\(parts.count) documents; print the page."))</p>\(parts)
            """)
    }

    private static func part(_ view: DocumentView, _ type: DocumentType, _ call: Call) -> HTML {
        "\(DocumentPaper(call: call, view: view, type: type).html)\(DocumentAside(call: call, view: view, type: type).trail)"
    }
}
