import Kernel
import WorkCalendar

/// 对外提供 (第24条): data of a customer leaves the house only with both officers' approval beforehand, only in the fields that were approved,
/// and against a receipt. Giving it to somebody who decides over it, having it processed for us, and a legal duty are three cases.
package struct OutsideProvision: Document {
    package enum State: String, CaseIterable, Sendable { case applied, supervised, approved, handedOver, received, refused }
    package static let name = "outside-provision"

    package enum Kind: String, Choosable {
        case unset = "", provision, entrustment, duty
        package var words: Words {
            switch self {
            case .unset: Words("", "")
            case .provision: Words("向其他处理者提供", "Provision to another processor")
            case .entrustment: Words("委托处理", "Entrusted processing")
            case .duty: Words("依法定义务提供", "By legal duty")
            }
        }
    }

    package var kind = Kind.unset
    package var file = ID<CustomerFile>.none
    package var recipient = "", recipientCode = "", recipientContact = "", purpose = "", way = "", legalGround = "", supervision = ""
    package var given = ""
    package var consent: [FileReference] = [], contract: [FileReference] = [], order: [FileReference] = [], receipt: [FileReference] = []
    package var until: Day?
    package var answer = "", digest = "", receivedBy = ""
    package var handedAt: Moment?
    package init() {}

    package static let form = Form<OutsideProvision>(
        "对外提供", "Provision outside", number: "外供",
        states: [
            .applied: .open("待主管审批", "To the supervisor"), .supervised: .open("待经理审批", "To the manager"),
            .approved: .open("已批准，待交付", "Approved, to be handed over"), .handedOver: .open("已交付，待回执", "Handed over, receipt awaited"),
            .received: .done("已回执", "Received"), .refused: .no("不予提供", "Refused"),
        ],
        readers: [.archive, .post(.generalManager)],
        [
            .choice(\.kind, "提供方式", "Kind").listed(), .reference(\.file, "客户档案", "File").subject().listed(),
            .text(\.recipient, "接收方", "Recipient").listed(), .text(\.recipientContact, "接收方联系方式", "Contact of the recipient"),
            .prose(\.purpose, "处理目的", "Purpose"), .text(\.way, "处理方式", "Way of processing"),
            .codes(\.given, "提供的栏目", "Fields given", GivenField.choices),
            .text(\.legalGround, "法律依据", "Legal ground").hint("例如取得单独同意，或法律条文", "a separate consent, or the provision of a law"),
            .day(\.until, "使用至", "To be used until"),
            .files(\.consent, "个人单独同意书", "Separate consent").only(\.kind, .provision).optional(),
            .files(\.contract, "委托合同", "Contract").only(\.kind, .entrustment),
            .prose(\.supervision, "监督安排", "How it is supervised").only(\.kind, .entrustment),
            .files(\.order, "调取文书", "Order").only(\.kind, .duty),
            .text(\.answer, "审批意见", "What was said").optional(),
            .text(\.digest, "资料包校验值", "Digest of the package").code().optional().onceFilled(),
            .moment(\.handedAt, "交付时间", "Handed over at").optional().onceFilled().listed(),
            .text(\.receivedBy, "签收人", "Received by"), .files(\.receipt, "回执", "Receipt"),
        ])
    static let receiving = Deadline(
        "receiving", "收回回执", "Get the receipt", under: confidentiality[24], escalatesTo: .post(.serviceManager), ofWorkingDays: true)
    package static let deadlines = [receiving]

    package static let apply = Step<OutsideProvision>(
        "apply", "申请对外提供", "Apply", to: .applied, by: .staff, under: confidentiality[24],
        fields: [
            \.kind, \.file, \.recipient, \.recipientContact, \.purpose, \.way, \.given, \.legalGround, \.until, \.consent, \.contract,
            \.supervision, \.order,
        ]
    ) { provision, act in try provision.requireFounded(act) }.checking { provision, check in provision.check(check) }
    package static let supervise = Step<OutsideProvision>(
        "supervise", "主管批准", "Supervisor approves", from: .applied, to: .supervised, by: .post(.informationSupervisor), notBy: apply,
        under: confidentiality[24], fields: [\.answer], signs: true
    ) { provision, act in try provision.requireGivable(act) }
    package static let approve = Step<OutsideProvision>(
        "approve", "经理批准", "Manager approves", from: .supervised, to: .approved, by: .post(.serviceManager), notBy: apply, supervise,
        under: confidentiality[24], fields: [\.answer], signs: true
    ) { provision, act in try provision.requireGivable(act) }
    package static let refuse = Step<OutsideProvision>(
        "refuse", "不予提供", "Refuse", from: .applied, .supervised, to: .refused, by: .officers, notBy: apply, under: confidentiality[24],
        fields: [\.answer], isOptional: true
    ) { provision, act in try act.require(!provision.answer.isEmpty, "请写明不予提供的理由", "Say why it is refused") }
    /// 交付: the package is made now, of the file as it is, and of the approved fields alone; its digest stays.
    package static let handOver = Step<OutsideProvision>(
        "hand-over", "交付资料包", "Hand over", from: .approved, to: .handedOver, by: .post(.informationSpecialist), under: confidentiality[24],
        fields: [], isIrrevocable: true
    ) { provision, act in
        try provision.requireGivable(act)
        let file = try act.open(provision.file).value
        provision.digest = GivenField.digest(GivenField.package(of: file, provision.given))
        provision.handedAt = act.now
        act.start(receiving, workingDays: try act.parameter(.receiptWorkingDays))
    }
    package static let acknowledge = Step<OutsideProvision>(
        "acknowledge", "登记回执", "Enter the receipt", from: .handedOver, to: .received, by: .post(.informationSpecialist),
        under: confidentiality[24], fields: [\.receivedBy, \.receipt]
    ) { _, act in act.meet(receiving) }
    package static let steps = [apply, supervise, approve, refuse, handOver, acknowledge]

    private func check(_ check: Checking<OutsideProvision>) {
        check.require(!given.isEmpty, "请选择提供的栏目，只提供目的所需", "Choose the fields: those that the purpose needs", at: \.given)
        check.require(until.map { $0 >= check.act.today } ?? false, "请填写使用至哪一天", "Say until when it is used", at: \.until)
    }

    private func requireFounded(_ act: Act) throws {
        try requireGivable(act)
        let isPersonal = try act.load(file).map { $0.value.subclass == .individual } ?? false
        try act.require(
            kind != .provision || !isPersonal || !consent.isEmpty, "向其他处理者提供个人信息，须附个人的单独同意书",
            "Personal data goes to another processor only with the person's separate consent; attach it")
    }

    private func requireGivable(_ act: Act) throws {
        let state = try act.load(file)?.state
        try act.require(
            state == .open || state == .closed, "该档案已限制处理或已销毁，不得对外提供", "The file is restricted or destroyed; nothing of it is given")
    }
}

/// The fields of a customer's file that may leave the house.
package enum GivenField: String, CaseIterable, Sendable {
    case customer, person, creditCode, kind, region, keywords

    var words: Words {
        switch self {
        case .customer: Words("客户名称", "Customer")
        case .person: Words("客户姓名", "Name of the individual")
        case .creditCode: Words("统一社会信用代码", "Credit code")
        case .kind: Words("客户子类", "Kind of customer")
        case .region: Words("地区", "Region")
        case .keywords: Words("主题词", "Keywords")
        }
    }

    static let choices = allCases.map { FieldKind.Choice(value: $0.rawValue, words: $0.words) }

    /// What they are called.
    package static func titles(of given: String) -> [Words] {
        let chosen = Set(FieldKind.codes(in: given))
        return allCases.filter { chosen.contains($0.rawValue) }.map(\.words)
    }

    private func value(of file: CustomerFile) -> String {
        switch self {
        case .customer: file.customer
        case .person: file.person
        case .creditCode: file.creditCode
        case .kind: file.subclass.words.zh
        case .region: file.region
        case .keywords: file.keywords
        }
    }

    /// The package: the approved fields and nothing else, a line each.
    package static func package(of file: CustomerFile, _ given: String) -> String {
        let chosen = Set(FieldKind.codes(in: given))
        return allCases.filter { chosen.contains($0.rawValue) }.map { "\($0.words.zh)\t\($0.value(of: file))\n" }.joined()
    }

    package static func digest(_ package: String) -> String { FileReference.digest(of: Array(package.utf8)) }
}
