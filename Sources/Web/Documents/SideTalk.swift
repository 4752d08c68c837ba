import Kernel

/// 传阅与评论: to whom a document was sent to read, and what people say beside its steps.
struct SideTalk {
    let call: Call
    let view: DocumentView
    let type: DocumentType
    let occasion: DocumentPage.PageMode

    private var l: Language { call.l }
    private var address: String { call.address(view.row.id) }

    var html: HTML {
        if view.gate != nil { return "" }
        return """
            \(unread)<section class="sheet noprint"><header><h2>\(l("评论与抄送", "Comments and copies"))</h2></header><div class="pad deeds">\(copies)\(comments)\
            \(commenting)\(copying)</div></section>
            """
    }

    private func typed(_ what: String) -> (form: FormData?, faults: [Refusal.Fault]) {
        if case .handling(what, let form, let wrong, _) = occasion { return (form, wrong) }
        return (nil, [])
    }

    /// 已阅.
    private var unread: HTML {
        guard view.copies.contains(where: { $0.person == call.person && $0.read == nil }) else { return "" }
        return """
            <form class="sheet pad noprint" method="post" action="\(address)/handling/seen">\(call.csrf)\
            <p>\(l("此件已抄送给您阅知。", "This was sent to you to read."))</p><button class="act">\(l("已阅", "I have read it"))</button></form>
            """
    }

    private var copies: HTML {
        if view.copies.isEmpty { return "" }
        let lines = view.copies.map { copy -> HTML in
            let mark: HTML =
                copy.read.map {
                    "<span class=\"state done\">\(l("已阅 \(l.moment($0, in: call.today))", "read \(l.moment($0, in: call.today))"))</span>"
                }
                ?? "<span class=\"state no\">\(l("未阅", "not read"))</span>"
            return "<li><span>\(call.organisation.name(copy.person)[l])</span>\(mark)</li>"
        }
        return "<ul class=\"lines bare\">\(lines)</ul>"
    }

    private var comments: HTML {
        let said = view.trail.filter { $0.step == "+comment" && $0.kind != .refusal }.reversed().map { entry -> HTML in
            """
            <li><b>\(entry.who[l])</b> <time class="quiet">\(l.moment(entry.at, in: call.today))</time><br>\(UserText.html(entry.written, l))</li>
            """
        }
        return said.isEmpty ? "" : "<ul class=\"talk\">\(said)</ul>"
    }

    private var commenting: HTML {
        let (form, faults) = typed("comment")
        return """
            <details\(" open", if: form != nil)><summary>\(l("写评论", "Comment"))</summary>\
            <form method="post" action="\(address)/handling/comment">\(call.csrf)\
            \(PlainField.prose("comment", l("评论", "Comment"), form?["comment"] ?? "", faults, l, hint: l("写 @姓名 可提醒有权查看此件的同事。", "Write @name to tell a colleague who may read it.")))\
            <button>\(l("发表", "Post"))</button></form></details>
            """
    }

    private var copying: HTML {
        let (form, faults) = typed("copy")
        return """
            <details\(" open", if: form != nil)><summary>\(l("抄送", "Send to read"))</summary>\
            <form method="post" action="\(address)/handling/copy">\(call.csrf)\
            \(PlainField.text("names", l("抄送给", "To"), form?["names"] ?? "", faults, l, hint: l("填写姓名，多人用顿号分隔；只能抄送给有权查看此件的人。", "Names, with commas between; only people who may read it.")))\
            \(PlainField.text("note", l("附言（选填）", "Note (optional)"), form?["note"] ?? "", faults, l, longest: TaskAction.longestText))\
            <button>\(l("抄送", "Send"))</button></form></details>
            """
    }
}
