import Kernel

/// 意见: what somebody says to an act, in the own words or by a common phrase.
enum Opinion {
    /// Under these names it is sent; no field of a document has such a name.
    static let field = "~opinion", phrase = "~phrase"

    /// For who keeps none of his own.
    static let phrases = [
        Words("同意。", "Agreed."), Words("已核对，情况属实。", "Checked and found true."), Words("请按制度办理。", "Proceed as the regulation has it."),
        Words("请尽快办理。", "Please see to it soon."), Words("已阅。", "Read."),
    ]

    /// The phrase, and what was written to it.
    static func text(_ form: FormData) -> String {
        let written = form[field].trimmingBlanks, chosen = form[phrase].trimmingBlanks
        // A script writes the phrase into the text as well.
        return chosen.isEmpty || written.hasPrefix(chosen) ? written : chosen + written
    }

    /// - Parameters:
    ///   - prefix: before the ids, where a page has several forms.
    ///   - isNeeded: the act takes work out of others' hands, and says why.
    static func control(
        _ prefix: String, _ typed: FormData?, isNeeded: Bool, _ faults: [Refusal.Fault], own: [String], _ l: Language,
        label asked: String? = nil
    ) -> HTML {
        let id = "\(prefix)-opinion", choices = (own.isEmpty ? phrases.map { $0[l] } : own).map { Option(value: $0, title: $0) }
        let written = typed?[field] ?? ""
        let wrong = faults.filter { $0.field == "opinion" }.map { $0.words[l] }
        let fault: HTML = wrong.isEmpty ? "" : "<p class=\"wrong\">\(wrong.joined(separator: l("；", "; ")))</p>"
        let inner: HTML = """
            <div class="field">\(fault)<div class="phrase"><select name="\(phrase)" data-phrase="\(id)" aria-label="\(l("常用语", "Common phrase"))">\
            \(PlainField.options(choices, typed?[phrase] ?? "", blank: l("常用语…", "A common phrase…")))</select></div>\
            <textarea id="\(id)" name="\(field)" rows="2" maxlength="\(TaskAction.longestText)" aria-label="\(asked ?? label(isNeeded, l))">
            \(written)</textarea></div>
            """
        if isNeeded { return "<p class=\"asked\">\(asked ?? label(true, l))</p>\(inner)" }
        let isOpen = !written.isEmpty || !wrong.isEmpty || !(typed?[phrase] ?? "").isEmpty
        return "<details class=\"opinion\"\(" open", if: isOpen)><summary>\(label(false, l))</summary>\(inner)</details>"
    }

    private static func label(_ isNeeded: Bool, _ l: Language) -> String {
        isNeeded ? l("理由（必填）", "Reason (needed)") : l("填写意见（选填）", "Add an opinion (optional)")
    }

    static let missing = Refusal.Fault(field: "opinion", Words("请写明理由：此步骤会接走他人手中的事项", "Say why: the step takes work out of others' hands"))
}
