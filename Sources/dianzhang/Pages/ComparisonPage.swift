import Kernel
import Practices
import Print
import Web

/// 条文对照: an amendment beside the text that it amends, for each regulation that has one.
enum ComparisonPage {
    private static let title = Words("条文对照", "Comparison")

    /// - Parameters:
    ///   - path: without the document's word.
    ///   - article: under which the regulation is amended.
    static func of<A: Amendment>(_ type: A.Type, at path: String, under article: Article) -> RegulationPage {
        RegulationPage(
            path: "\(path)/:id", regulation: A.amended.id, title: title, isListed: false, document: A.name,
            show: { request in
                let view = try await request.desk.document(try request.document("id"), by: request.person)
                guard view.row.type == A.name else { throw DeskError.absent }
                return .page(page(view.row, of: A.amended, under: article, request))
            })
    }

    private static func page(_ row: DocumentRow, of regulation: Regulation, under article: Article, _ request: RegulationRequest) -> HTML {
        let l = request.language, isChinese = l == .zh
        let changes = (row.values["changes"]?.list ?? []).map { line -> HTML in
            let old = line[isChinese ? "oldZh" : "oldEn"].text ?? "", new = line[isChinese ? "newZh" : "newEn"].text ?? ""
            let comparison = LineComparison(old, new), ref = regulation[line["ref"].text ?? ""]
            return """
                <section class="sheet"><header><h2>\(request.link(ref))</h2></header><div class="scroll" tabindex="0"><table class="stack"><thead><tr>\
                <th scope="col">\(l("现行", "As it stands"))<th scope="col">\(l("修改为", "To read"))</thead><tbody><tr>\
                <td data-label="\(l("现行", "As it stands"))">\(side(comparison.old, l))<td data-label="\(l("修改为", "To read"))">\(side(comparison.new, l))\
                </tbody></table></div></section>
                """
        }
        let none: HTML =
            changes.isEmpty
            ? "<section class=\"sheet pad\"><p>\(l("这次修订只改数值，不改条文。", "This amendment changes numbers and no text."))</p></section>" : ""
        return """
            <div class="head"><h1>\(title[l]) <a href="\(request.address(row.id))">\(UserText.html(row.number ?? "", l))</a></h1>\
            <span class="quiet">\(request.link(article))</span></div>\(changes)\(none)
            """
    }

    private static func side(_ pieces: [LineComparison.Piece], _ l: Language) -> [HTML] {
        pieces.map { piece in
            switch piece.kind {
            case .same: UserText.html(piece.text, l)
            case .gone: "<del>\(UserText.html(piece.text, l))</del>"
            case .new: "<ins>\(UserText.html(piece.text, l))</ins>"
            }
        }
    }
}
