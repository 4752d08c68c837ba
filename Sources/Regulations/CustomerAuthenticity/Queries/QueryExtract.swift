import Kernel
import WorkCalendar

/// 查询结果: what was asked on the web of one policy, to be fetched by a link for some hours by whoever asked, who says the number of the own
/// document again. Where the right to ask has ended - a beneficiary changed, a consent withdrawn - the link has too (第十八条, 第二十一条).
package struct QueryExtract: Document {
    package enum State: String, CaseIterable, Sendable { case ready, void }

    package var number = ""
    package var name = ""
    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var scopes = ""
    package var consent = ID<QueryConsent>.none
    package var word = ""
    package var until: Moment?
    package var tries = 0
    package var fetches = 0
    package var fetchedAt: Moment?
    /// What was typed at the link; it is not kept.
    package var typed = ""
    package init() {}

    package static let name = "query-extract"

    package static let form = Form<QueryExtract>(
        "查询结果", "Extract", number: "查询结果",
        states: [.ready: .open("可下载", "Ready"), .void: .no("已失效", "Void")],
        readers: [.either(.customerService, .compliance)],
        [
            .sealed(\.number, "证件号码", "Document number", .document).listed(), .name(\.name, "姓名", "Name").listed(),
            .text(\.policyNo, "保单号", "Policy number").code().listed(), .reference(\.policy, "保单", "Policy"),
            .codes(\.scopes, "内容", "Scope", QueryScope.choices()), .reference(\.consent, "第三方查询同意", "Consent").optional(),
            .text(\.word, "链接校验值", "Digest of the link").indexed().kept(), .moment(\.until, "有效至", "Good until").ends().listed(),
            .whole(\.tries, "输错次数", "Wrong tries", in: 0...1000), .whole(\.fetches, "下载次数", "Fetched", in: 0...1_000_000).listed(),
            .moment(\.fetchedAt, "最近下载", "Fetched at").onceFilled(),
        ])

    static let validity: Deadline = Deadline("validity", "链接有效期", "Link", under: authenticity[18], takes: void)
    package static let deadlines = [validity]

    package static let make = Step<QueryExtract>("make", "制作", "Make", to: .ready, by: .system, under: authenticity[18]) { extract, act in
        try act.require(!extract.scopes.isEmpty, "请选择要下载的内容", "Choose what the extract is to say")
        if let until = extract.until { act.start(validity, due: until) }
    }
    package static let fetch = Step<QueryExtract>(
        "fetch", "下载", "Fetch", from: .ready, to: nil, by: .system, under: authenticity[18], authenticity[21], isOptional: true
    ) { extract, act in try extract.open(act) }.countingTries()
    package static let void = Step<QueryExtract>(
        "void", "失效", "Void", from: .ready, to: .void, by: .system, under: authenticity[18], isOptional: true
    ) { _, act in act.meet(validity) }
    package static let steps = [make, fetch, void]

    /// The same whatever is wrong.
    package static let closed = Words("链接已失效，或者证件号码不符", "The link is void, or the document number does not fit")

    private mutating func open(_ act: Act) throws {
        let given = act.keyedDigest(of: SealedKind.document.matchKey(typed), for: "extract")
        let fits = given.isSameInConstantTime(as: act.keyedDigest(of: SealedKind.document.matchKey(number), for: "extract"))
        typed = ""
        guard fits, until.map({ act.now < $0 }) ?? false, try !rightScopes(act).isEmpty else {
            tries += 1
            let isSpent = try tries >= act.parameter(.codeTries)
            return act.keepAsDraft([.init(field: "number", Self.closed, under: authenticity[18])], in: isSpent ? State.void : State.ready)
        }
        (fetches, fetchedAt) = (fetches + 1, act.now)
        try act.disclose(policy, "\(act.record.number ?? "")：下载查询结果", "\(act.record.number ?? ""): an extract was fetched")
    }

    /// What of it may be told at this moment.
    func rightScopes(_ inquiry: Inquiry) throws -> [QueryScope] {
        let wanted = QueryScope.all(in: scopes)
        if let consent = try inquiry.load(consent) {
            guard let right = try QueryRight.right(by: consent, inquiry) else { return [] }
            return wanted.filter(right.scopes.contains)
        }
        guard let found = try inquiry.load(policy), try QueryRight.hasRole(number, name, in: found, inquiry) else { return [] }
        return wanted
    }

    /// What the file says, once it was fetched; nothing where the right has ended meanwhile.
    package static func disclosures(of extract: Found<QueryExtract>, _ inquiry: Inquiry) throws -> [PolicyDisclosure] {
        guard extract.state == .ready, let policy = try inquiry.load(extract.value.policy) else { return [] }
        return try extract.value.rightScopes(inquiry).map { try PolicyDisclosure($0, of: policy, inquiry) }
    }
}
