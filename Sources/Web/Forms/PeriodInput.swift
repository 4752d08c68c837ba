import Kernel
import WorkCalendar

/// A period is entered as its year and which of the year it is, so that any can be chosen, of long ago too.
enum PeriodInput {
    /// Under this name stands the year, beside the select that has the field's own.
    static func year(of name: String) -> String { "\(name)~year" }

    /// What was typed, as one text: `2026-Q3`. Half of it stays half, and is found wrong by the desk.
    static func read(_ name: String, _ length: Period.Length, _ form: FormData) -> JSONValue? {
        if length == .year || !form.has(year(of: name)) { return form.has(name) ? .text(form[name]) : nil }
        let year = form[year(of: name)].trimmingBlanks, part = form[name]
        return .text(year.isEmpty && part.isEmpty ? "" : "\(year)-\(part)")
    }

    /// The two parts of what stands or was typed.
    fileprivate static func parts(_ text: String) -> (year: String, part: String) {
        if let period = Period(loose: text) { return (String(period.year), period.part) }
        let halves = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return halves.count == 2 ? (halves[0], halves[1]) : (text, "")
    }
}

extension FieldInput {
    func period(_ field: FieldDescription, _ name: String, _ length: Period.Length, _ text: String, _ attributes: HTML) -> HTML {
        let typed = PeriodInput.parts(text), id = "\(prefix)\(name)", now = String(call.today.year)
        let most: HTML = "maxlength=\"10\" size=\"6\" inputmode=\"numeric\" autocomplete=\"off\" placeholder=\"\(now)\""
        if length == .year { return "<input id=\"\(id)\" name=\"\(name)\"\(attributes) value=\"\(typed.year)\" \(most)>" }
        let choices = (1...length.countInYear).compactMap { number -> Option? in
            Period(length, year: 1, number: number).map { Option(value: $0.part, title: length.words(of: number)[l]) }
        }
        let label = "\(field.label[l])\(l("：", ": "))\(length.words[l])"
        return """
            <div class="seek"><input id="\(id)" name="\(PeriodInput.year(of: name))"\(attributes) value="\(typed.year)" \(most)>\(l("年", "")) \
            <select name="\(name)" aria-label="\(label)">\(PlainField.options(choices, typed.part, blank: l("请选择", "Choose")))</select></div>
            """
    }
}
