import Kernel

/// The documents that name this one: a customer's policies, items and corrections. Read through each register's own access rule.
enum RelatedDocuments {
    private static let most = 10

    /// All of them, the types in their order, the oldest first.
    static func all(_ view: DocumentView, _ type: DocumentType, _ call: Call, most: Int) async throws -> [DocumentRow] {
        var found: [DocumentRow] = []
        for other in call.catalogue.types {
            for field in other.fields where field.isIndexed && field.kind.refers(to: type.name) {
                var query = RegisterQuery()
                (query.equal[field.key], query.limit, query.isCounted, query.sort) = (String(view.row.id), most, false, .oldest)
                let rows = try await call.desk.register(other.name, query, by: call.person).rows
                found += rows.filter { row in !found.contains { $0.id == row.id } }
            }
        }
        return found
    }

    static func html(_ view: DocumentView, _ type: DocumentType, _ call: Call) async throws -> HTML {
        let l = call.l
        var lines: [HTML] = []
        for other in call.catalogue.types {
            var rows: [DocumentRow] = []
            var isMore = false
            var names: [Int64: Words] = [:]
            for field in other.fields where field.isIndexed && field.kind.refers(to: type.name) {
                var query = RegisterQuery()
                (query.equal[field.key], query.limit, query.isCounted) = (String(view.row.id), most, false)
                let page = try await call.desk.register(other.name, query, by: call.person)
                for row in page.rows where !rows.contains(where: { $0.id == row.id }) { rows.append(row) }
                isMore = isMore || page.next != nil
                names.merge(page.names) { known, _ in known }
            }
            if rows.isEmpty { continue }
            let more: HTML = isMore ? " <span class=\"quiet\">\(l("等", "and more"))</span>" : ""
            let links = rows.prefix(most).map { row -> HTML in
                // What has no number is told from its like by whose it is.
                let holder: HTML =
                    row.number == nil ? names[row.holder.raw].map { " <span class=\"quiet\">\($0[l])</span>" as HTML } ?? "" : ""
                return
                    "<a href=\"\(call.address(row.id))\">\(DocumentName.html(row, call))</a>\(holder) \(StateName(row.state, of: other).html(l))"
            }
            lines.append("<li><span><b>\(other.title[l])</b><br>\(links.joined(by: "<br>"))\(more)</span></li>")
        }
        if lines.isEmpty { return "" }
        return """
            <section class="sheet noprint"><header><h2>\(l("相关单据", "Related"))</h2></header><ul class="lines">\(lines)</ul></section>
            """
    }
}
