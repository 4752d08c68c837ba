import Kernel
import School
import Web
import WorkCalendar

/// 交接清单: the list of a handover by kinds. A kind is accepted at once, and exceptions one by one (第十四条).
enum HandoverPages {
    private static let title = Words("按类接收", "Accept by kinds")

    static let all = [
        RegulationPage(
            path: "/school/handover/:id", regulation: school.id, title: title, isListed: false, document: StaffHandover.name,
            show: { request in .page(try await show(request)) }, take: { request, form in try await take(request, form) })
    ]

    private static func view(_ request: RegulationRequest) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == StaffHandover.name else { throw DeskError.absent }
        return view
    }

    /// The rows of one kind, with their places in the list.
    private struct Kind {
        let name: String
        var rows: [(place: Int, row: JSONValue)]
        var accepted: Int { rows.filter { $0.row["isAccepted"] == .flag(true) }.count }
    }

    private static func kinds(_ view: DocumentView) -> [Kind] {
        (view.row.values["rows"]?.list ?? []).enumerated().reduce(into: []) { kinds, entry in
            let name = entry.element["what"].text ?? ""
            if let known = kinds.firstIndex(where: { $0.name == name }) {
                kinds[known].rows.append((entry.offset, entry.element))
            } else {
                kinds.append(Kind(name: name, rows: [(entry.offset, entry.element)]))
            }
        }
    }

    private static func show(_ request: RegulationRequest, _ typed: FormData? = nil, _ faults: HTML = "") async throws -> HTML {
        let view = try await view(request), l = request.language, kinds = kinds(view)
        let mayMark = view.availableSteps.contains { $0.step.name == StaffHandover.mark.name }
        let word = try request.part("id")
        let groups = kinds.enumerated().map { index, kind in group(index, kind, view, request, typed, mayMark) }
        let (done, count) = (kinds.reduce(0) { $0 + $1.accepted }, kinds.reduce(0) { $0 + $1.rows.count })
        let back = "<a href=\"\(request.address(view.row.id))\">\(UserText.html(view.row.number ?? "", l))</a>" as HTML
        let head: HTML = """
            <p class="quiet">\(back)</p><div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(school[14]))</span></div>\(faults)
            <p role="status">\(l("已标记接收 \(done) / \(count) 项", "\(done) of \(count) marked as accepted"))</p>
            """
        if !mayMark { return "\(head)\(groups)" }
        let sign: HTML = """
            <p>\(l("全部标记后，回到交接单签字接收。", "When all are marked, go back to the handover and sign."))
            <a class="button" href="\(request.address(view.row.id))">\(l("去签字", "Go and sign"))</a></p>
            """
        return """
            \(head)<form method="post" action="/school/handover/\(word)">\(request.csrf)
            <input type="hidden" name="version" value="\(view.row.version)">\(groups)
            <div class="row"><button class="act">\(l("保存", "Save"))</button></div></form>\(sign, if: done == count && count > 0)
            """
    }

    private static func group(
        _ index: Int, _ kind: Kind, _ view: DocumentView, _ request: RegulationRequest, _ typed: FormData?, _ mayMark: Bool
    ) -> HTML {
        let l = request.language, isOn = typed?.has("all.\(index)") ?? false
        let isWhole = kind.accepted == kind.rows.count
        let pieces = kind.rows.map { piece($0.place, $0.row, request, typed, mayMark) }
        let all: HTML = """
            <label class="check"><input type="checkbox" name="all.\(index)" value="1"\(" checked", if: isOn)> \
            \(l("“\(kind.name)”整类接收（单项另有说明的除外）", "Accept all of this kind, but for exceptions"))</label>
            """
        let state = "<span class=\"state\(isWhole ? " done" : " open")\">\(kind.accepted) / \(kind.rows.count)</span>" as HTML
        return """
            \(all, if: mayMark && !isWhole)<details class="group"\(" open", if: !isWhole && kind.rows.count <= 5)><summary><b>\(UserText.html(kind.name, l))</b>\(state)</summary>\
            <div class="pad">\(pieces)\(taker(index, view, request, typed), if: mayMark)</div></details>
            """
    }

    private static func piece(
        _ place: Int, _ row: JSONValue, _ request: RegulationRequest, _ typed: FormData?, _ mayMark: Bool
    ) -> HTML {
        let l = request.language, number = row["number"].text ?? "", reason = row["reason"].text ?? ""
        let other = row["taker"].whole.map { PersonID($0) }.flatMap { $0.isNone ? nil : request.organisation.name($0)[l] }
        let isAccepted = row["isAccepted"] == .flag(true)
        let stands =
            isAccepted
            ? other.map { l("已由\($0)接收", "accepted, for \($0)") } ?? l("已接收", "accepted") : l("未标记", "not marked")
        let what: HTML =
            "\(UserText.html(number.isEmpty ? row["what"].text ?? "" : number, l)) <span class=\"quiet\">\(UserText.html(reason, l)) \(stands)</span>"
        if !mayMark {
            return "<div class=\"piece\"><span>\(what)</span><span></span><span>\(UserText.html(row["remark"].text ?? "", l))</span></div>"
        }
        let chosen = typed?["row.\(place)"] ?? ""
        let choices = [
            ("", isAccepted ? l("不变", "As it is") : l("随整类", "With its kind")), ("yes", l("接收", "Accept")), ("no", l("暂不接收", "Not yet")),
            ("other", l("另行接收", "By somebody else")),
        ].map { "<option value=\"\($0.0)\"\(" selected", if: $0.0 == chosen)>\($0.1)</option>" as HTML }
        return """
            <div class="piece"><label for="row.\(place)">\(what)</label><select id="row.\(place)" name="row.\(place)">\(choices)</select>\
            <input name="remark.\(place)" value="\(typed?["remark.\(place)"] ?? row["remark"].text ?? "")" \
            aria-label="\(l("备注", "Remark"))" placeholder="\(l("备注", "Remark"))"></div>
            """
    }

    /// Who takes those of a kind that the successor does not.
    private static func taker(_ index: Int, _ view: DocumentView, _ request: RegulationRequest, _ typed: FormData?) -> HTML {
        let l = request.language, field = "taker.\(index)"
        return """
            <div class="field"><label for="taker.\(index)">\(l("本类中“另行接收”的接收人", "Who takes those “by somebody else”"))</label>\
            \(request.person(field, in: view.scope, typed?[field] ?? "", blank: l("请选择", "Choose")))</div>
            """
    }

    /// - Parameter faults: where the name leads to nobody, or to several.
    private static func chosenTaker(
        _ index: Int, _ form: FormData, _ view: DocumentView, _ request: RegulationRequest, _ faults: inout [Refusal.Fault]
    ) throws -> PersonID {
        do {
            return try request.person("taker.\(index)", in: form, in: view.scope)
        } catch let error as DeskError {
            guard case .invalid(let wrong) = error else { throw error }
            faults += wrong
            return .none
        }
    }

    private static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let view = try await view(request)
        var rows = view.row.values["rows"]?.list ?? [], faults: [Refusal.Fault] = []
        for (index, kind) in kinds(view).enumerated() {
            let taker = try chosenTaker(index, form, view, request, &faults)
            for (place, row) in kind.rows {
                var (isAccepted, other) = (row["isAccepted"] == .flag(true), PersonID(row["taker"].whole ?? 0))
                switch form["row.\(place)"] {
                case "yes": (isAccepted, other) = (true, .none)
                case "no": (isAccepted, other) = (false, .none)
                case "other":
                    (isAccepted, other) = (true, taker)
                    if taker.isNone, !faults.contains(where: { $0.field == "taker.\(index)" }) {
                        faults.append(
                            .init(field: "taker.\(index)", Words("请选择“\(kind.name)”中另行接收的人", "Choose who takes those of “\(kind.name)”")))
                    }
                default: if form.has("all.\(index)") { isAccepted = true }
                }
                rows[place] = .record(
                    row.entries.filter { !["isAccepted", "taker", "remark"].contains($0.key) } + [
                        .init("isAccepted", .flag(isAccepted)), .init("remark", .text(form["remark.\(place)"])),
                    ] + (other.isNone ? [] : [.init("taker", .whole(other.raw))]))
            }
        }
        guard faults.isEmpty else { return .page(try await show(request, form, request.summary(faults)), isFault: true) }
        do {
            try await request.desk.take(
                StaffHandover.mark, on: view.row.id, expecting: Int64(form["version"]), input: ["rows": .list(rows)], by: request.principal)
        } catch let refusal as Refusal {
            return .page(try await show(request, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, form, request.summary(faults)), isFault: true)
        }
        return .redirect("/school/handover/\(try request.part("id"))")
    }
}
