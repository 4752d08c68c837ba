import Hummingbird
import Kernel

/// A file of a document. Opening it is a reading that stands in the ledger, and so it is asked for with a button: a link to it, kept or
/// sent on, leads to a page with that button and reads nothing.
enum FilePage {
    static func add(to routes: Routes) {
        routes.page("/d/:id/file/:digest") { call in try await show(call) }
        routes.form("/d/:id/file/:digest") { call, form in
            let (file, bytes, copy) = try await call.desk.copy(ofFile: call.part("digest"), of: call.id(), by: Principal(call.person))
            if copy == nil, form.has(preview), let kind = ShownFile(bytes) { return kind.response(bytes, name: file.name) }
            guard let copy else { return .download(bytes, name: file.name, type: "application/octet-stream") }
            let marked = try await MarkedFile.marked(bytes, copy, call.l)
            return .download(marked ?? bytes, name: MarkedFile.name(file.name, copy), type: "application/octet-stream")
        }
    }

    /// The name of the button that shows a file instead of saving it.
    private static let preview = "preview"

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l, id = try call.id()
        let file = try await call.desk.fileNamed(call.part("digest"), of: id, by: Principal(call.person))
        return try await call.page(
            l("附件", "Attachment"), here: call.address(id),
            """
            <p class="quiet"><a href="\(call.address(id))">\(l("返回单据", "Back to the document"))</a></p>
            <div class="head"><h1>\(UserText.html(file.name, l))</h1></div>
            <section class="sheet pad"><p>\(l("打开附件会记入存证。", "Opening the attachment stands in the ledger."))</p>\
            \(button(file, of: id, call, title: l("下载", "Download"), style: "act")) \(showing(file, of: id, call))</section>
            """)
    }

    /// Pictures and PDF are looked at without saving them.
    static func showing(_ file: FileReference, of document: Int64, _ call: Call) -> HTML {
        let name = file.name.lowercased()
        guard ShownFile.endings.contains(where: { name.hasSuffix($0) }) else { return "" }
        return """
            <form class="file" method="post" action="\(call.address(document))/file/\(file.digest)" data-download>\(call.csrf)\
            <button class="plain" name="\(preview)" value="1" formtarget="_blank">\(call.l("预览", "Look at it"))</button></form>
            """
    }

    /// - Parameter style: the button's class.
    static func button(_ file: FileReference, of document: Int64, _ call: Call, title: String, style: String) -> HTML {
        """
        <form class="file" method="post" action="\(call.address(document))/file/\(file.digest)" data-download>\(call.csrf)\
        <button class="\(style)">\(UserText.html(title, call.l))</button></form>
        """
    }
}
