import Hummingbird
import Kernel
import WorkCalendar

/// The road of all forms of administration: only administrators, faults shown above the form with everything typed kept.
enum AdministrationForm {
    typealias Show = @Sendable (Call, FormData, [Refusal.Fault]) async throws -> Response
    typealias Take = @Sendable (Call, FormData) async throws -> Void
    /// Takes a form whose outcome is shown once; the page is `show`'s with it on top.
    typealias Tell = @Sendable (Call, FormData) async throws -> Response

    static func add(
        _ path: String, to routes: Routes, within limits: FormLimits = .plain, show: @escaping Show, take: [String: Take],
        tell: [String: Tell] = [:]
    ) {
        routes.page(path) { call in
            try call.mustAdminister()
            return try await show(call, FormData(), [])
        }
        let answers = take.mapValues { take -> Tell in
            { call, form in
                try await take(call, form)
                return .redirect(to: path)
            }
        }
        for (name, take) in answers.merging(tell, uniquingKeysWith: { $1 }) {
            routes.form("\(path)/\(name)", within: limits, isLong: true) { call, form in
                guard call.me.isAdministrator else {
                    throw try await call.desk.denyAdministration("\(path.split(separator: "/").last ?? "")/\(name)", to: call.person)
                }
                if form.has(FormInput.again) { return try await show(call, form, []) }
                do {
                    return try await take(call, form)
                } catch DeskError.invalid(let faults) {
                    return try await show(call, form, faults)
                } catch let refusal as Refusal {
                    // A regulation's guard: its article stands beside its words.
                    return try await show(call, form, [.init(field: "", refusal.words, under: refusal.article)])
                } catch DeskError.conflict(let words) {
                    return try await show(call, form, [.init(field: "", words)])
                } catch DeskError.forbidden(let words) {
                    return try await show(call, form, [.init(field: "", words)]).with(status: .forbidden)
                }
            }
        }
    }

    static func page(_ call: Call, _ title: String, here: String, _ faults: [Refusal.Fault], _ body: HTML) async throws -> Response {
        try await call.page(
            title, here: here, status: faults.isEmpty ? .ok : .unprocessableContent,
            """
            <div class="head"><h1>\(title)</h1></div>\(FaultSummary.html(faults, call))\(body)
            """)
    }

    /// A form in a sheet of its own; only the one that was sent shows the faults.
    static func sheet(_ call: Call, _ title: String, action: String, button: String, isMultipart: Bool = false, _ fields: HTML) -> HTML {
        """
        <section class="sheet"><header><h2>\(title)</h2></header><form class="pad" method="post" action="\(action)"\
        \(" enctype=\"multipart/form-data\"", if: isMultipart) novalidate>\(call.csrf)<div class="two">\(fields)</div>\
        <button class="act">\(button)</button></form></section>
        """
    }

    /// Reads what several forms need, gathering what is wrong.
    struct Reader {
        let form: FormData
        private let ids: PublicIDs
        private(set) var faults: [Refusal.Fault] = []

        init(_ form: FormData, _ ids: PublicIDs) { (self.form, self.ids) = (form, ids) }

        /// - Parameter choices: what the form offers; its name may be typed.
        mutating func id(_ name: String, _ kind: PublicIDs.Kind, among choices: [Option]) -> Int64 {
            let before = faults.count
            if let id = ids.read(form.value(name, among: choices, &faults), kind) { return id }
            if faults.count > before { return 0 }
            faults.append(.init(field: name, Words("请从列表中选择", "Choose from the list")))
            return 0
        }

        mutating func choice(_ name: String, among choices: [Option]) -> String {
            let before = faults.count, value = form.value(name, among: choices, &faults)
            if value.isEmpty, faults.count == before { faults.append(.init(field: name, Words("请填写", "Fill this in"))) }
            return value
        }

        mutating func day(_ name: String) -> Day {
            if let day = Day(loose: form[name]) { return day }
            faults.append(.init(field: name, Words("请写成 2026-03-04 这样的日期", "Write a date like 2026-03-04")))
            return .first
        }

        mutating func whole(_ name: String) -> Int {
            if let number = Int(form[name].trimmingBlanks) { return number }
            faults.append(.init(field: name, Words("请填写整数", "Enter a whole number")))
            return 0
        }

        mutating func text(_ name: String) -> String {
            let text = form[name].trimmingBlanks
            if text.isEmpty { faults.append(.init(field: name, Words("请填写", "Fill this in"))) }
            return text
        }

        func check() throws(DeskError) { if !faults.isEmpty { throw .invalid(faults) } }
    }
}
