import Kernel
import WorkCalendar

/// 送达回执: that the customer has the contract, that whoever sold pointed out where to ask, and that the customer confirms it (第十六条). Its
/// first signature starts the cooling-off; another copy or another delivery starts nothing.
package struct DeliveryReceipt: Document {
    package enum State: String, CaseIterable, Sendable { case awaited, confirmed, contested }

    package var policy = ID<Policy>.none
    package var policyNo = ""
    package var issuedOn: Day?
    package var signedOn: Day?
    package var wasHintGiven = false
    package var isHintConfirmed = false
    package var channels = ""
    package var paper: [FileReference] = []
    package var reason = ""
    package var newSignedOn: Day?
    package var newPaper: [FileReference] = []
    package var opinion = ""
    package var earlier: [EarlierReceipt] = []
    package init() {}

    package static let name = "delivery-receipt"

    package static let form = Form<DeliveryReceipt>(
        "送达回执", "Delivery receipt", number: "回执",
        states: [
            .awaited: .open("待补客户确认", "The customer's confirmation is missing"), .confirmed: .done("客户已确认", "Confirmed by the customer"),
            .contested: .open("签收有异议，待审批", "Contested, to be decided"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.policy, "保单", "Policy").listed(),
            .text(\.policyNo, "保单号", "Policy number").optional().code().hint("保单尚无号码的填写", "where the policy has none yet"),
            .day(\.issuedOn, "承保日期", "Issued on"), .day(\.signedOn, "客户签收日期", "Signed on").listed(),
            .flag(\.wasHintGiven, "销售人员已提示查询电话、网站和网点，并引导阅读提示语", "The seller pointed out the query channels and the hints"),
            .flag(\.isHintConfirmed, "客户确认已获提示", "The customer confirms it").listed(),
            .text(\.channels, "回执所载查询方式", "Query channels on it").optional().longest(200),
            .files(\.paper, "客户签署的回执", "The signed receipt"),
            .prose(\.reason, "重新起算的理由", "Why it starts anew").onceFilled().longest(1000),
            .day(\.newSignedOn, "客户本人签收日期", "Signed by the customer on").onceFilled(),
            .files(\.newPaper, "客户本人签署的回执", "The receipt that the customer signed").onceFilled(),
            .prose(\.opinion, "审批意见", "Opinion").onceFilled().longest(1000),
            .lines(\.earlier, "原签收", "Receipts before").optional().onceFilled(),
        ])

    package static let register = Step<DeliveryReceipt>(
        "register", "登记回执", "Register", to: .confirmed, by: .post(.customerService), under: authenticity[16], authenticity[7],
        fields: [\.policy, \.policyNo, \.issuedOn, \.signedOn, \.wasHintGiven, \.isHintConfirmed, \.paper]
    ) { receipt, act in
        guard let policy = try act.load(receipt.policy), let signed = receipt.signedOn else { throw DeskError.absent }
        let before = policy.value.signedOn?.description ?? ""
        try act.require(
            policy.state != .delivered, "客户已于 \(before) 签收：补打或再次送达不重新起算犹豫期；首次签收不是客户本人所签的，请在原回执上办理",
            "Received on \(before) already: another copy or delivery starts nothing; where the first signature was not the customer's, contest that receipt"
        )
        try act.require(policy.state == .issued, "该保单已终止，不再登记签收", "The policy has ended; nothing is received any more")
        try receipt.noteChannels(act)
        try act.take(Policy.deliver, on: receipt.policy) { delivered in
            (delivered.signedOn, delivered.wasHintGiven) = (signed, receipt.wasHintGiven)
            if delivered.policyNo.isEmpty { delivered.policyNo = receipt.policyNo }
        }
    }.checking { receipt, check in
        if let issued = receipt.issuedOn, let signed = receipt.signedOn {
            check.require(
                signed >= issued, "签收日期早于承保日期，请核对：承保之前不能签收合同", "It is signed before the policy was issued; check the days",
                at: \.signedOn, \.issuedOn)
            check.require(issued <= check.act.today, "承保日期不能晚于今天", "The policy cannot be issued after today", at: \.issuedOn)
        }
        receipt.checkConfirmation(check)
    }
    /// Where the delivery was registered on the policy itself, the customer's confirmation is still to come.
    package static let expect = Step<DeliveryReceipt>(
        "expect", "待补客户确认", "Wait for the confirmation", to: .awaited, by: .system, under: authenticity[16]
    ) { receipt, act in try receipt.noteChannels(act) }
    package static let confirm = Step<DeliveryReceipt>(
        "confirm", "登记客户确认", "Enter the confirmation", from: .awaited, to: .confirmed, by: .post(.customerService),
        under: authenticity[16], fields: [\.isHintConfirmed, \.paper]
    ).checking { receipt, check in receipt.checkConfirmation(check) }
    /// A forged or a stranger's first signature, or a contract that was changed: it starts anew, with a reason and an approver.
    package static let contest = Step<DeliveryReceipt>(
        "contest", "申请重新起算", "Ask to start anew", from: .awaited, .confirmed, to: .contested, by: .post(.customerService),
        under: authenticity[16], authenticity[11], fields: [\.reason, \.newSignedOn, \.newPaper], isOptional: true
    ) { receipt, act in
        guard let anew = receipt.newSignedOn, let before = receipt.signedOn else { throw DeskError.absent }
        try act.require(anew <= act.today, "签收日期不能晚于今天", "It cannot be signed after today")
        try act.require(anew >= before, "重新签收不能早于原签收日期 \(before)", "It cannot be signed before the receipt of \(before)")
    }
    package static let approve = Step<DeliveryReceipt>(
        "approve", "批准重新起算", "Start anew", from: .contested, to: .confirmed, by: .post(.compliance), notBy: contest,
        under: authenticity[16], authenticity[7], fields: [\.opinion], signs: true
    ) { receipt, act in
        guard let anew = receipt.newSignedOn else { throw DeskError.absent }
        receipt.earlier.append(EarlierReceipt(receipt, by: act.person))
        (receipt.signedOn, receipt.paper) = (anew, receipt.newPaper)
        (receipt.newSignedOn, receipt.newPaper) = (nil, [])
        try act.take(Policy.renewReceipt, on: receipt.policy) { $0.signedOn = anew }
    }
    package static let reject = Step<DeliveryReceipt>(
        "reject", "不予重新起算", "Reject", from: .contested, to: .confirmed, by: .post(.compliance), notBy: contest, under: authenticity[16],
        fields: [\.opinion], isOptional: true
    ) { receipt, _ in (receipt.newSignedOn, receipt.newPaper) = (nil, []) }
    package static let steps = [register, expect, confirm, contest, approve, reject]

    /// Where somebody registers the delivery on the policy.
    static func follow(_ id: ID<Policy>, _ policy: Policy, _ act: Act) throws {
        // The receipt that leads to it says all that already.
        if act.principal.isSystem { return }
        var receipt = DeliveryReceipt()
        (receipt.policy, receipt.signedOn, receipt.wasHintGiven) = (id, policy.signedOn, policy.wasHintGiven)
        try act.create(receipt, by: DeliveryReceipt.expect)
    }

    private func checkConfirmation(_ check: Checking<DeliveryReceipt>) {
        check.require(
            wasHintGiven, "请先向客户提示查询电话、网站和网点，再登记签收", "Point out the query telephone, web site and offices to the customer first",
            at: \.wasHintGiven)
        check.require(
            isHintConfirmed, "回执须有客户本人对查询提示的确认", "The receipt needs the customer's own confirmation of the hint",
            at: \.isHintConfirmed)
    }

    private mutating func noteChannels(_ act: Act) throws {
        guard let published = try QueryChannels.inForce(act) else { return }
        channels = published.onReceipt
    }
}

/// What stood there before it started anew.
package struct EarlierReceipt: Line {
    package var signedOn: Day?
    package var paper: [FileReference] = []
    package var reason = ""
    package var person = PersonID.none
    package init() {}

    init(_ receipt: DeliveryReceipt, by person: PersonID) {
        (signedOn, paper, reason, self.person) = (receipt.signedOn, receipt.paper, receipt.reason, person)
    }

    package static let fields: [Field<EarlierReceipt>] = [
        .day(\.signedOn, "签收日期", "Signed on"), .files(\.paper, "回执", "Receipt").optional(),
        .text(\.reason, "不作数的理由", "Why it does not count").longest(1000),
        .person(\.person, "批准人", "Approved by"),
    ]
}

extension Policy {
    /// 第十六条, 第七条: the cooling-off begins anew, and what hangs on it with it.
    package static let renewReceipt = Step<Policy>(
        "renewReceipt", "重新起算犹豫期", "Start the cooling-off anew", from: .delivered, to: nil, by: .system, under: authenticity[16],
        authenticity[7], isOptional: true
    ) { policy, act in
        guard let signed = policy.signedOn else { return }
        let coolingOff = CoolingOff(
            signed: signed, days: try act.parameter(.coolingOffDays),
            followsHolidays: try act.parameter(.coolingOffFollowsHolidays) == 1, act.calendar)
        (policy.coolingOffEnd, policy.rightEnds) = (coolingOff.end, coolingOff.rightEnds)
        let id = ID<Policy>(act.record.id), end = coolingOff.end
        try Suspicion.follow(id, policy, act)
        for call in try act.find(\CallBack.policy, is: id, limit: 20) where call.state != .void {
            try act.take(CallBack.restart, on: call.id) { ($0.receiptOn, $0.coolingOffEnd) = (signed, end) }
        }
    }
}
