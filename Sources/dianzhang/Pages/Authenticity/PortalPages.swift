import CustomerAuthenticity
import Kernel
import Print
import Web
import WorkCalendar

/// 网上查询: what customers ask by themselves, with a session of its own (第十八条). Somebody comes in with name, document and a code to the
/// number on file; what is shown is masked until a second code. For nobody the same is done, and it lasts as long.
struct PortalPages: Sendable {
    let delivery: any CodeDelivery
    let floor: Duration
    static let title = Words("保单网上查询", "Policy query")
    static let session = "portal"

    init(delivery: any CodeDelivery = NoCodeDelivery(), floor: Duration = EvenTime.usual) {
        (self.delivery, self.floor) = (delivery, floor)
    }

    var all: [OpenPage] {
        [
            OpenPage(
                path: "/portal", title: Self.title, session: Self.session, show: { try await show($0) }, take: { try await act($0, $1) }),
            OpenPage(
                path: "/portal/extract/:word", title: Self.title, session: Self.session, show: { offer($0, []) },
                take: { try await fetch($0, $1) }),
            OpenPage(
                path: "/channels", title: Words("查询渠道", "Where to ask"), show: { try await channels($0) },
                take: { request, _ in try await channels(request) }),
        ]
    }

    // MARK: The session

    static func digest(_ word: String, _ desk: Desk) -> String { desk.keyedDigest(of: String(word.prefix(128)), for: "portal-session") }

    static func newWord() -> String { (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-") }

    /// By which a form is known to come from a page of this session.
    static func csrf(_ request: OpenRequest) -> String { request.desk.keyedDigest(of: request.word ?? "", for: "portal-form") }

    func visit(_ request: OpenRequest) async throws -> Found<PortalVisit>? {
        guard let word = request.word, !word.isEmpty else { return nil }
        return try await request.desk.find(\PortalVisit.word, is: Self.digest(word, request.desk)).first
    }

    /// The branches that customers may ask.
    func scopes(_ request: OpenRequest) async throws -> [(unit: UnitID, words: Words)] {
        let organisation = try await request.desk.organisation()
        let all = organisation.adoptions.filter { $0.regulation == authenticity.id && $0.isInForce(on: request.now.day) }
        return all.map { ($0.unit, organisation.name($0.unit)) }
    }

    func show(_ request: OpenRequest, _ faults: [Words] = [], told: HTML = "") async throws -> OpenResponse {
        guard let visit = try await visit(request) else { return try await start(request, FormData(), faults) }
        switch visit.state {
        case .asked where visit.value.until.map({ request.now < $0 }) ?? false: return try await codeAsked(request, visit, faults)
        case .inside:
            let view = try await request.desk.inquire(within: visit.record.scope) { try PortalView(visit, $0) }
            guard let view else { return try await start(request, FormData(), [PortalVisit.over.words]).with(word: "") }
            return home(request, view, faults, told)
        default: return try await start(request, FormData(), faults).with(word: "")
        }
    }

    // MARK: Acts

    func act(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        let act = form["do"]
        if act == "ask" { return try await EvenTime.of(floor) { try await ask(request, form) } }
        guard let visit = try await visit(request) else {
            return try await start(request, FormData(), [PortalVisit.over.words]).with(word: "")
        }
        guard form["csrf"].isSameInConstantTime(as: Self.csrf(request)) else { throw WebFault.foreignForm }
        do {
            switch act {
            case "enter": return try await EvenTime.of(floor) { try await enter(request, form, visit) }
            case "again": return try await leave(request, visit, to: "/portal")
            case "askReveal": return try await askReveal(request, visit)
            case "reveal": return try await take(PortalVisit.reveal, request, visit) { $0.typedCode = form["code"] }
            case "view": return try await view(request, form, visit)
            case "consent": return try await consent(request, form, visit)
            case "withdraw": return try await take(PortalVisit.withdraw, request, visit) { $0.handle = form["consent"] }
            case "extract": return try await extract(request, form, visit)
            case "unregister":
                _ = try await Self.step(PortalVisit.unregister, visit, request) { _ in }
                return try await leave(request, visit, to: "/portal")
            case "leave": return try await leave(request, visit, to: "/portal")
            default: throw DeskError.absent
            }
        } catch let refusal as Refusal {
            let words = refusal.faults.isEmpty ? [refusal.words] : refusal.faults.map(\.words)
            return try await show(request, words)
        }
    }

    private func ask(_ request: OpenRequest, _ form: FormData) async throws -> OpenResponse {
        let scopes = try await scopes(request)
        guard delivery.way != nil, let scope = Int(form["scope"]).flatMap({ scopes.indices.contains($0) ? scopes[$0].unit : nil }) else {
            return try await start(request, form, [])
        }
        let name = form["name"].trimmingBlanks, number = form["number"].trimmingBlanks
        var wrong: [Words] = []
        if name.isEmpty || name.count > 100 { wrong.append(Words("请填写姓名", "Enter your name")) }
        if number.isEmpty || number.count > 60 { wrong.append(Words("请填写证件号码", "Enter the number of your document")) }
        let isRegistering = form["purpose"] == "register"
        if isRegistering, !form.has("agrees") { wrong.append(Words("请阅读并同意查询须知", "Read the terms and agree")) }
        guard wrong.isEmpty else { return try await start(request, form, wrong) }
        let word = Self.newWord(), drawn = QueryCode.Drawn(request.desk)
        let network = request.desk.keyedDigest(of: request.network, for: "portal-network"), digest = Self.digest(word, request.desk)
        let taken: Desk.Taken
        do {
            taken = try await request.desk.take(PortalVisit.ask, by: .system, in: (scope, .none)) { document in
                var visit = PortalVisit()
                (visit.purpose, visit.name, visit.number, visit.network) = (isRegistering ? .register : .login, name, number, network)
                (visit.brought.drawn, visit.brought.word) = (drawn, digest)
                document = visit
            }
        } catch let refusal as Refusal {
            return try await start(request, form, [refusal.words])
        }
        // Nobody waits for the gateway: whether there is anything to send would show.
        let (desk, delivery) = (request.desk, delivery)
        Task { await Self.send(ID<PortalVisit>(taken.id), \.code, drawn, by: delivery, desk) }
        return OpenResponse.redirect("/portal").with(word: word)
    }

    /// Sends a visit's code. What becomes of it stands in the code's document.
    private static func send(
        _ id: ID<PortalVisit>, _ code: KeyPath<PortalVisit, ID<QueryCode>> & Sendable, _ drawn: QueryCode.Drawn,
        by delivery: any CodeDelivery,
        _ desk: Desk
    ) async {
        guard let visit = try? await desk.load([id]).first else { return }
        _ = try? await QueryCode.send(visit.value[keyPath: code], drawn, by: delivery, desk)
    }

    static func step(
        _ step: Step<PortalVisit>, _ visit: Found<PortalVisit>, _ request: OpenRequest,
        _ fill: @escaping @Sendable (inout PortalVisit.Brought) -> Void
    ) async throws -> Desk.Taken {
        try await request.desk.take(step, on: visit.id.raw, by: .system) { document in
            guard var visit = document as? PortalVisit else { return }
            fill(&visit.brought)
            document = visit
        }
    }

    private func take(
        _ step: Step<PortalVisit>, _ request: OpenRequest, _ visit: Found<PortalVisit>,
        _ fill: @escaping @Sendable (inout PortalVisit.Brought) -> Void
    ) async throws -> OpenResponse {
        let taken = try await Self.step(step, visit, request, fill)
        if let refusal = taken.refusal { return try await show(request, refusal.faults.map(\.words)) }
        return .redirect("/portal")
    }

    private func enter(_ request: OpenRequest, _ form: FormData, _ visit: Found<PortalVisit>) async throws -> OpenResponse {
        let word = Self.newWord(), digest = Self.digest(word, request.desk), typed = String(form["code"].prefix(20))
        let taken = try await Self.step(PortalVisit.enter, visit, request) { ($0.typedCode, $0.word) = (typed, digest) }
        if let refusal = taken.refusal { return try await show(request, refusal.faults.map(\.words)) }
        return OpenResponse.redirect("/portal").with(word: word)
    }

    private func leave(_ request: OpenRequest, _ visit: Found<PortalVisit>, to address: String) async throws -> OpenResponse {
        if visit.state == .asked || visit.state == .inside { _ = try await Self.step(PortalVisit.leave, visit, request) { _ in } }
        return OpenResponse.redirect(address).with(word: "")
    }

    private func askReveal(_ request: OpenRequest, _ visit: Found<PortalVisit>) async throws -> OpenResponse {
        let drawn = QueryCode.Drawn(request.desk)
        _ = try await Self.step(PortalVisit.askReveal, visit, request) { $0.drawn = drawn }
        let (desk, delivery, id) = (request.desk, delivery, visit.id)
        Task { await Self.send(id, \.revealCode, drawn, by: delivery, desk) }
        return .redirect("/portal")
    }

    private func view(_ request: OpenRequest, _ form: FormData, _ visit: Found<PortalVisit>) async throws -> OpenResponse {
        let handle = form["policy"], scope = QueryScope(rawValue: form["scope"]) ?? .unknown
        _ = try await Self.step(PortalVisit.view, visit, request) { ($0.handle, $0.scope) = (handle, scope) }
        let told = try await request.desk.inquire(within: visit.record.scope) { inquiry -> PolicyDisclosure? in
            guard let view = try PortalView(visit, inquiry), let item = view.items.first(where: { $0.handle == handle }),
                item.right.scopes.contains(scope)
            else { return nil }
            return try PolicyDisclosure(scope, of: item.right.policy, inquiry, isMasked: !view.isClear)
        }
        guard let told else { throw DeskError.absent }
        return try await show(request, told: DisclosureSheet.html(told, request.language))
    }

    private func consent(_ request: OpenRequest, _ form: FormData, _ visit: Found<PortalVisit>) async throws -> OpenResponse {
        var consent = QueryConsent()
        (consent.partyName, consent.partyNumber) = (form["partyName"].trimmingBlanks, form["partyNumber"].trimmingBlanks)
        (consent.partyPhone, consent.purpose) = (form["partyPhone"].trimmingBlanks, form["purpose"].trimmingBlanks)
        consent.scopes = QueryScope.codes(form.all("scopes").compactMap { QueryScope(rawValue: $0) })
        consent.until = Day(loose: form["until"]).map { Moment.endOfDay($0) }
        let isLong = [consent.partyName, consent.partyNumber, consent.partyPhone, consent.purpose].contains { $0.count > 200 }
        guard !consent.partyName.isEmpty, !consent.purpose.isEmpty, !isLong else {
            return try await show(request, [Words("请填写第三方姓名和查询目的", "Enter the third party and the purpose")])
        }
        let given = consent, handle = form["policy"]
        return try await take(PortalVisit.consent, request, visit) { ($0.handle, $0.consent) = (handle, given) }
    }

    private func extract(_ request: OpenRequest, _ form: FormData, _ visit: Found<PortalVisit>) async throws -> OpenResponse {
        let word = Self.newWord(), handle = form["policy"]
        var extract = QueryExtract()
        extract.scopes = QueryScope.codes(form.all("scopes").compactMap { QueryScope(rawValue: $0) })
        extract.word = request.desk.keyedDigest(of: word, for: "portal-extract")
        let made = extract
        _ = try await Self.step(PortalVisit.extract, visit, request) { ($0.handle, $0.extract) = (handle, made) }
        return try await show(request, told: linkSheet(request, word))
    }
}
