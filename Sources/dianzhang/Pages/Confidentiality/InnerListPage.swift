import CustomerConfidentiality
import Kernel
import Print
import Web

/// The inner list and the note sheet of a customer's file, printed as numbered copies (第4条, 第23条).
enum InnerListPage {
    static let title = Words("卷内目录、备考表", "Inner list and note sheet")

    static func show(_ request: RegulationRequest) async throws -> HTML {
        let view = try await ArchivePages.view(request, of: CustomerFile.name), l = request.language
        let word = request.word(document: view.row.id)
        func button(_ paper: String, _ words: String) -> HTML {
            """
            <form class="file" method="post" action="/archive/inner/\(word)" data-download>\(request.csrf)\
            <input type="hidden" name="paper" value="\(paper)"><button class="act">\(words)</button></form>
            """
        }
        let made: HTML =
            view.verbs.contains(.print)
            ? """
            <p>\(l("按档案材料生成，打印件编号登记。", "Drawn from the parts of the file; each print has a number and is on record."))</p><div class="row">\
            \(button("list", l("打印卷内文件目录", "Print the inner list")))\(button("note", l("打印备考表", "Print the note sheet")))</div>
            """
            : "<p>\(l("打印须另有授权，请先办理“复制摘抄申请”。", "Printing needs a grant of its own: ask for copies first."))</p>"
        return """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>\
            \(ArchivePages.head(title[l], [request.link(confidentiality[4]), request.link(confidentiality[23])]))<section class="sheet pad">\(made)</section>
            """
    }

    static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let id = try await ArchivePages.view(request, of: CustomerFile.name).row.id, l = request.language
        // Numbered first; the print is a reading, and the file is open with it.
        let copy = try await request.desk.issue(.print, of: id, by: request.principal)
        let view = try await request.desk.document(id, by: request.person)
        guard view.gate == nil, let file = try await request.desk.load([ID<CustomerFile>(id)]).first else { throw DeskError.absent }
        let paper = InnerList(view, file.value, copy, printedBy: request.person, request.organisation, at: request.now, l)
        let name = view.row.values["referenceCode"]?.text ?? view.row.number ?? ""
        if form["paper"] == "note" {
            let sheet = paper.noteSheet
            let pdf = try await Press.shared.make { try FormPrinter().pdf(sheet) }
            return .bytes(pdf, name: "\(l("备考表", "Note sheet")) \(name).pdf", type: "application/pdf")
        }
        let list = paper.list
        let pdf = try await Press.shared.make { try TablePrinter().pdf(list) }
        return .bytes(pdf, name: "\(l("卷内目录", "Inner list")) \(name).pdf", type: "application/pdf")
    }
}
