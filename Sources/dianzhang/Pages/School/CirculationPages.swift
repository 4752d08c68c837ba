import Kernel
import School
import Web
import WorkCalendar

/// 传阅顺序: the order in which something goes round, drawn before it is sent, and where it is after that (第四条, 第十六条).
enum CirculationPages {
    private static let title = Words("传阅顺序", "Order of circulation")

    static let all = [
        RegulationPage(
            path: "/school/circulation/:id", regulation: school.id, title: title, isListed: false, document: InformationItem.name,
            show: { request in .page(try await show(request, InformationItem.name)) },
            take: { request, form in try await take(request, form, InformationItem.name) }),
        RegulationPage(
            path: "/school/passing/:id", regulation: school.id, title: title, isListed: false, document: IncomingDocument.name,
            show: { request in .page(try await show(request, IncomingDocument.name)) },
            take: { request, form in try await take(request, form, IncomingDocument.name) }),
    ]

    private static func view(_ request: RegulationRequest, _ type: String) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == type else { throw DeskError.absent }
        return view
    }

    private static func readers(_ view: DocumentView) -> [PersonID] {
        (view.row.values["readers"]?.list ?? []).compactMap(\.whole).map { PersonID($0) }
    }

    private static func show(_ request: RegulationRequest, _ type: String, _ typed: FormData? = nil, _ faults: HTML = "") async throws
        -> HTML
    {
        let view = try await view(request, type), l = request.language
        var query = RegisterQuery()
        query.equal[type == InformationItem.name ? "item" : "incoming"] = String(view.row.id)
        (query.limit, query.isCounted) = (500, false)
        // Whoever may not see what became of it with others sees the order alone.
        let deliveries = try await request.desk.register(Delivery.name, query, by: request.person).rows
        let isInOrder = view.row.values["inOrder"] == .flag(true)
        let circulation = Circulation(of: readers(view), inOrder: isInOrder, deliveries)
        let mayArrange = view.availableSteps.contains { $0.step.name == InformationItem.arrange.name }
        let body = mayArrange ? form(circulation, view, request, type, typed) : chain(circulation, request)
        return """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(school[type == InformationItem.name ? 4 : 16]))</span></div>
            \(faults)\(body)
            """
    }

    private static func words(_ stage: Circulation.Stage, _ isInOrder: Bool, _ l: Language) -> String {
        switch stage {
        case .waiting: isInOrder ? l("未轮到", "Not yet") : l("未送达", "Not delivered")
        case .delivered: l("已送达", "Delivered")
        case .opened: l("已打开", "Opened")
        case .read: l("已阅，待签收", "Read")
        case .acknowledged: l("已签收", "Acknowledged")
        case .recalled: l("已收回", "Recalled")
        }
    }

    /// Drawn as a way: behind, here, ahead.
    private static func chain(_ circulation: Circulation, _ request: RegulationRequest) -> HTML {
        let l = request.language, here = Set(circulation.present)
        let stops = circulation.stops.map { stop -> HTML in
            let at = (stop.acknowledgedAt ?? stop.deliveredAt).map { " \(l.moment($0, in: request.now.day))" } ?? ""
            return """
                <li\(" class=\"was\"", if: stop.stage == .acknowledged)\(" aria-current=\"step\"", if: here.contains(stop.reader))>\
                \(request.organisation.name(stop.reader)[l])<br><span class="quiet">\(words(stop.stage, circulation.isInOrder, l))\(at)</span></li>
                """
        }
        let how =
            circulation.isInOrder
            ? l("依次传阅：前一位签收后送下一位。", "One after the other: it goes on when the one before has acknowledged it.")
            : l("同时送达全部人员。", "To all of them at once.")
        if stops.isEmpty { return "<section class=\"sheet pad\"><p>\(l("没有传阅人员。", "Nobody is to read it."))</p></section>" }
        return "<section class=\"sheet\"><p class=\"pad\">\(how)</p><ol class=\"way all\">\(stops)</ol></section>"
    }

    private static func form(
        _ circulation: Circulation, _ view: DocumentView, _ request: RegulationRequest, _ type: String, _ typed: FormData?
    ) -> HTML {
        let l = request.language
        let word = request.word(document: view.row.id)
        let path = type == InformationItem.name ? "circulation" : "passing"
        let rows = circulation.stops.enumerated().map { index, stop -> HTML in
            let name = request.organisation.name(stop.reader)[l], place = typed?["place.\(index)"] ?? String(index + 1)
            return """
                <li><label for="place.\(index)">\(name)</label>\
                <input id="place.\(index)" name="place.\(index)" value="\(place)" inputmode="numeric" size="3" autocomplete="off"></li>
                """
        }
        let isOn = typed.map { $0.has("inOrder") } ?? circulation.isInOrder
        return """
            \(chain(circulation, request))
            <form class="sheet pad" method="post" action="/school/\(path)/\(word)">\(request.csrf)
            <input type="hidden" name="version" value="\(view.row.version)">
            <p class="hint">\(l("为每个人填写次序，小的在前；相同的按现在的先后。", "Give each a place; the smaller comes first, equal ones stay as they stand."))</p>
            <ol class="order">\(rows)</ol>
            <p class="check"><input id="inOrder" name="inOrder" type="checkbox" value="1"\(" checked", if: isOn)>\
            <label for="inOrder">\(l("依次传阅（不勾选则同时送达）", "One after the other (else all at once)"))</label></p>
            <button class="act">\(l("保存顺序", "Save the order"))</button></form>
            """
    }

    private static func take(_ request: RegulationRequest, _ form: FormData, _ type: String) async throws -> RegulationResponse {
        let view = try await view(request, type), standing = readers(view)
        var places: [(place: Int, index: Int)] = [], faults: [Refusal.Fault] = []
        for index in standing.indices {
            let text = form["place.\(index)"].trimmingBlanks
            guard let place = Int(String(text.map { $0.wholeNumberValue.map { Character(String($0)) } ?? $0 })), place > 0 else {
                faults.append(.init(field: "place.\(index)", Words("次序应为正整数：“\(text)”", "A place is a number above nought: “\(text)”")))
                continue
            }
            places.append((place, index))
        }
        guard faults.isEmpty else { return .page(try await show(request, type, form, request.summary(faults)), isFault: true) }
        let order = places.sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map { JSONValue.whole(standing[$0.index].raw) }
        do {
            try await request.desk.take(
                InformationItem.arrange.name, of: type, on: view.row.id, expecting: Int64(form["version"]),
                input: ["readers": .list(order), "inOrder": .flag(form.has("inOrder"))], by: request.principal)
        } catch let refusal as Refusal {
            return .page(try await show(request, type, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, type, form, request.summary(faults)), isFault: true)
        }
        return .redirect("/school/\(type == InformationItem.name ? "circulation" : "passing")/\(try request.part("id"))")
    }
}
