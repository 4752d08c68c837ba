import CustomerAuthenticity
import Kernel
import Print
import Web
import WorkCalendar

/// 信函: a notice as it is printed and posted. Printing it opens the customer's name and address, which stands on its trail (第二十条, 第二十一条).
enum NoticeLetter {
    /// The notice, if it is a letter and this person reads it.
    private static func letter(_ request: RegulationRequest, revealing purpose: String? = nil) async throws -> DocumentView {
        let id = try request.document("id")
        let view = try await request.desk.document(id, by: request.person, revealing: purpose)
        guard view.row.type == CustomerNotice.name, view.row.values["way"]?.text == NoticeWay.letter.rawValue else {
            throw DeskError.absent
        }
        return view
    }

    static func offer(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        let view = try await AuthenticityPages.view(request, of: CustomerNotice.name)
        let back: HTML =
            "<p class=\"quiet\"><a href=\"\(request.address(view.row.id))\">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>"
        let head: HTML =
            "\(back)<div class=\"head\"><h1>\(l("打印信函", "Print the letter"))</h1><span class=\"quiet\">\(request.link(authenticity[20]))</span></div>"
        guard view.row.values["way"]?.text == NoticeWay.letter.rawValue else {
            return """
                \(head)<section class="sheet pad"><p>\(l("这件通知不是信函，不需打印。", "This notice is no letter and is not printed."))</p></section>
                """
        }
        return """
            \(head)<section class="sheet pad"><p>\(UserText.html(view.row.values["text"]?.text ?? "", l))</p>
            <form method="post">\(request.csrf)<button class="act">\(l("打印（含收件人和地址）", "Print, with name and address"))</button></form>
            <p class="quiet">\(l("打印即查看客户的姓名和地址，记入存证。", "Printing opens the customer's name and address and stands in the ledger."))</p></section>
            """
    }

    static func pdf(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await letter(request, revealing: "打印信函")
        func value(_ key: String) -> String { view.row.values[key]?.text ?? "" }
        let kind = NoticeKind(rawValue: value("kind"))?.words.zh ?? ""
        // What a customer gets is in Chinese, whoever prints it.
        let form = PaperForm(
            organisation: request.organisation.name(view.scope).zh, title: "客户通知书", number: view.row.number ?? "",
            cells: [
                .init("收件人", value("addressee")), .init("告知事项", kind), .init("收件地址", value("address"), isWide: true),
                .init("内容", value("text"), isWide: true),
            ], foot: "\(request.now.day)")
        let pdf = try await Press.shared.make { try FormPrinter().pdf(form) }
        return .bytes(pdf, name: "\(view.row.number ?? "letter").pdf", type: "application/pdf")
    }
}
