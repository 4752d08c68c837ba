import Kernel

/// 特批申请: what the rules do not allow and a factory leader does, each for one purpose, with its reason.
package struct ITException: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, refused }
    package enum Kind: String, Choosable {
        case none = "", outsidePlan, fewerQuotes, split
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .outsidePlan: Words("计划外采购或立项", "Outside the plan")
            case .fewerQuotes: Words("询价不足规定家数", "Fewer quotes")
            case .split: Words("分批报账", "Reimbursement in parts")
            }
        }
    }
    package var kind = Kind.none
    package var subject = "", reason = "", answer = ""
    package var amount: DecimalNumber?
    package init() {}

    package static let name = "it-exception"
    package var title: String { subject }

    package static let form = Form<ITException>(
        "特批申请", "Exception", number: "特批",
        states: [.requested: .open("待批准", "Requested"), .approved: .done("已批准", "Approved"), .refused: .no("不批准", "Refused")],
        readers: [.centre, .post(factoryLeader), .post(.finance)],
        [
            .choice(\.kind, "事项", "Matter").indexed().listed(), .text(\.subject, "标题", "Subject").code().listed(),
            .prose(\.reason, "理由", "Reason"),
            .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...100_000_000).optional().listed(),
            .text(\.answer, "不批准的理由", "Why not").onceFilled(),
        ])

    package static let request = Step<ITException>(
        "request", "申请特批", "Ask", to: .requested, by: .any([.centre, .post(.head)]), under: enterpriseIT["第三条"], enterpriseIT["第二章7"],
        fields: [\.kind, \.subject, \.reason, \.amount])
    package static let approve = Step<ITException>(
        "approve", "批准", "Approve", from: .requested, to: .approved, by: .post(factoryLeader), notBy: request,
        under: enterpriseIT["第三条"], enterpriseIT["第二章7"], signs: true)
    package static let refuse = Step<ITException>(
        "refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .post(factoryLeader), under: enterpriseIT["第三条"],
        fields: [\.answer], isOptional: true)
    package static let steps = [request, approve, refuse]

    /// Whether one is approved, and of this kind.
    static func isApproved(_ id: ID<ITException>, as kind: Kind, _ act: Act) throws -> Bool {
        try act.load(id).map { $0.state == .approved && $0.value.kind == kind } ?? false
    }

    /// Each serves one purchase or project. What was cancelled or refused gives it back.
    static func requireUnused(_ id: ID<ITException>, under article: Article, _ act: Act) throws {
        if id.isNone { return }
        let paths: [KeyPath<ITPurchase, ID<ITException>>] = [\ITPurchase.exception, \ITPurchase.quoteException, \ITPurchase.splitException]
        let purchases = try paths.flatMap { try act.find($0, is: id, limit: 100) }.filter { $0.state != .cancelled }
        let projects = try act.find(\DevelopmentRequest.exception, is: id, limit: 100).filter { $0.state != .refused }
        let number = (purchases.map(\.record) + projects.map(\.record)).first?.number ?? ""
        try act.require(
            purchases.isEmpty && projects.isEmpty, "该特批已用于 \(number)，一份特批只用于一件事，请另行申请",
            "The exception serves \(number) already; each is for one purpose: ask for another", under: article)
    }
}
