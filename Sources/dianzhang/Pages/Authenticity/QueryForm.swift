import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// What the pages of queries have in common: a field, a fault, what is told.
enum QueryForm {
    /// A text to be typed. The first of a page has the cursor.
    static func text(
        _ name: String, _ label: String, _ value: String = "", hint: String = "", isFirst: Bool = false, longest: Int = 100,
        digits: Bool = false, type: String = "text", completes: String = "off"
    ) -> HTML {
        let described: HTML = hint.isEmpty ? "" : " aria-describedby=\"\(name)-hint\""
        let hintLine: HTML = hint.isEmpty ? "" : "<p class=\"hint\" id=\"\(name)-hint\">\(hint)</p>"
        return """
            <div class="field"><label for="\(name)">\(label)</label>\(hintLine)<input id="\(name)" name="\(name)" type="\(type)" value="\(value)" \
            autocomplete="\(completes)" autocapitalize="none" spellcheck="false" maxlength="\(longest)"\(described)\
            \(" inputmode=\"numeric\"", if: digits)\(" autofocus", if: isFirst)></div>
            """
    }

    static func check(_ name: String, _ label: String, value: String = "1", id: String? = nil, isOn: Bool = false) -> HTML {
        """
        <label class="check" for="\(id ?? name)"><input id="\(id ?? name)" name="\(name)" type="checkbox" value="\(value)"\(" checked", if: isOn)> \(label)</label>
        """
    }

    static func select(_ name: String, _ label: String, _ choices: [(String, String)], _ chosen: String = "") -> HTML {
        let options = choices.map { value, words -> HTML in
            "<option value=\"\(value)\"\(" selected", if: value == chosen)>\(words)</option>"
        }
        return
            "<div class=\"field\"><label for=\"\(name)\">\(label)</label><select id=\"\(name)\" name=\"\(name)\">\(options)</select></div>"
    }

    /// A form with one act behind its button.
    static func form(
        _ address: String, _ act: String, _ csrf: HTML, _ inside: HTML, button: String, isMain: Bool = true, class name: String = ""
    ) -> HTML {
        """
        <form class="\(name)" method="post" action="\(address)">\(csrf)<input type="hidden" name="do" value="\(act)">\(inside)\
        <div class="row"><button\(" class=\"act\"", if: isMain)>\(button)</button></div></form>
        """
    }

    /// What is wrong, for pages without a frame.
    static func faults(_ words: [Words], _ l: Language) -> HTML {
        let lines = words.map { "<p>\($0[l])</p>" as HTML }
        return words.isEmpty ? "" : "<div class=\"note refusal\" role=\"alert\" tabindex=\"-1\" data-focus>\(lines)</div>"
    }

    /// What is said to the customer, word for word.
    static func spoken(_ words: Words, _ l: Language) -> HTML { "<p class=\"say\"><q>\(words[l])</q></p>" }

    /// Beside the work: what is said at this point.
    static func script(_ lines: [Words], _ l: Language) -> HTML {
        """
        <aside class="sheet script"><header><h2>\(l("对客户说", "Say to the customer"))</h2></header><div class="pad">\(lines.map { spoken($0, l) })</div></aside>
        """
    }
}

/// What one scope of a policy says, as a sheet.
enum DisclosureSheet {
    static func html(_ told: PolicyDisclosure, _ l: Language) -> HTML {
        let content: HTML = told.heads.isEmpty ? facts(told, l) : table(told, l)
        return """
            <section class="sheet told" aria-live="polite"><header><h2 tabindex="-1" data-focus>\(told.scope.words[l])</h2>\
            <span class="number">\(told.policyNo)</span></header>\(content)</section>
            """
    }

    private static func facts(_ told: PolicyDisclosure, _ l: Language) -> HTML {
        let rows = told.facts.map { label, value -> HTML in "<dt>\(label[l])</dt><dd>\(text(value, l))</dd>" }
        return "<div class=\"pad\"><dl class=\"grid\">\(rows)</dl></div>"
    }

    private static func table(_ told: PolicyDisclosure, _ l: Language) -> HTML {
        if told.rows.isEmpty { return "<p class=\"pad\">\(l("没有登记的记录。", "Nothing is entered."))</p>" }
        let heads = told.heads.map { "<th scope=\"col\">\($0[l])" as HTML }
        let rows = told.rows.map { row -> HTML in
            let cells = zip(told.heads, row).map { "<td data-label=\"\($0[l])\">\(text($1, l))" as HTML }
            return "<tr>\(cells)"
        }
        return """
            <div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(heads)</thead><tbody>\(rows)</tbody></table></div>
            """
    }

    static func text(_ value: PolicyDisclosure.Value, _ l: Language) -> HTML {
        switch value {
        case .words(let words): "\(words[l])"
        case .written(let text): UserText.html(text, l)
        case .code(let text): "<span class=\"number\">\(text)</span>"
        case .day(let day): "\(l.day(day))"
        case .amount(let amount): "\(amount.text(places: 2))"
        case .hidden: "<span class=\"masked\">****</span>"
        case .none: "-"
        }
    }

    /// The same as plain text, for paper.
    static func plain(_ value: PolicyDisclosure.Value, _ l: Language) -> String {
        switch value {
        case .words(let words): words[l]
        case .written(let text), .code(let text): text
        case .day(let day): l.day(day)
        case .amount(let amount): amount.text(places: 2)
        case .hidden: "****"
        case .none: "-"
        }
    }
}

/// Answers that last as long as each other, so that none tells by its time what it came to.
enum EvenTime {
    /// Longer than what is done for somebody and for nobody.
    static let usual = Duration.milliseconds(400)

    static func of<T>(_ time: Duration, _ body: () async throws -> T) async throws -> T {
        async let floor: Void = { try await Task.sleep(for: time) }()
        do {
            let value = try await body()
            try await floor
            return value
        } catch {
            // Cut short only where the request is: the answer goes nowhere then.
            _ = try? await floor
            throw error
        }
    }
}
