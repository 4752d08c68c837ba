import Kernel
import WorkCalendar

/// 资料更正: a customer's data put right through policy service, with what stood before and what stands after (第十三条).
package struct Correction: Document {
    package enum State: String, CaseIterable, Sendable { case requested, applied, refused }

    package var customer = ID<Customer>.none
    package var suspicion = ID<Suspicion>.none
    package var name = ""
    package var sex = PersonSex.unknown
    package var birthDate: Day?
    package var documentType = CardKind.unknown
    package var documentNumber = ""
    package var mobile = ""
    package var landline = ""
    package var email = ""
    package var address = ""
    package var account = ""
    package var oldName = ""
    package var oldSex = PersonSex.unknown
    package var oldBirthDate: Day?
    package var oldDocumentType = CardKind.unknown
    package var oldDocumentNumber = ""
    package var oldMobile = ""
    package var oldLandline = ""
    package var oldEmail = ""
    package var oldAddress = ""
    package var oldAccount = ""
    package var evidence: [FileReference] = []
    package var isSignedByCustomer = false
    package var reason = ""
    package var answer = ""
    package init() {}

    package static let name = "correction"

    package static let form = Form<Correction>(
        "资料更正", "Correction", number: "更正",
        states: [.requested: .open("已申请", "Requested"), .applied: .done("已更正", "Applied"), .refused: .no("不予更正", "Refused")],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.customer, "客户", "Customer").subject().listed(),
            .reference(\.suspicion, "问题件", "Suspicious item").optional().listed(),
            .name(\.name, "姓名改为", "Name becomes").optional(),
            .choice(\.sex, "性别改为", "Sex becomes").optional(),
            .birthday(\.birthDate, "出生日期改为", "Date of birth becomes").optional(),
            .choice(\.documentType, "证件类型改为", "Document becomes").optional(),
            .sealed(\.documentNumber, "证件号码改为", "Document number becomes", .document).optional(),
            .sealed(\.mobile, "手机改为", "Mobile becomes", .phone).optional(),
            .sealed(\.landline, "固定电话改为", "Land line becomes", .phone).optional(),
            .sealed(\.email, "电子邮箱改为", "E-mail becomes", .email).optional(),
            .sealed(\.address, "联系地址改为", "Address becomes", .address).optional(),
            .sealed(\.account, "银行账号改为", "Bank account becomes", .account).optional(),
            .name(\.oldName, "原姓名", "Name before").optional(),
            .choice(\.oldSex, "原性别", "Sex before").optional(),
            .birthday(\.oldBirthDate, "原出生日期", "Date of birth before").optional(),
            .choice(\.oldDocumentType, "原证件类型", "Document before").optional(),
            .sealed(\.oldDocumentNumber, "原证件号码", "Document number before", .document).optional(),
            .sealed(\.oldMobile, "原手机", "Mobile before", .phone).optional(),
            .sealed(\.oldLandline, "原固定电话", "Land line before", .phone).optional(),
            .sealed(\.oldEmail, "原电子邮箱", "E-mail before", .email).optional(),
            .sealed(\.oldAddress, "原联系地址", "Address before", .address).optional(),
            .sealed(\.oldAccount, "原银行账号", "Bank account before", .account).optional(),
            .files(\.evidence, "证明材料", "Evidence"),
            .flag(\.isSignedByCustomer, "客户已亲笔签名", "Signed by the customer"),
            .text(\.reason, "理由", "Reason"),
            .text(\.answer, "不予更正的理由", "Why it is refused"),
        ])

    package static let request = Step<Correction>(
        "request", "申请更正", "Request", to: .requested, by: .either(.backOffice, .customerService), under: authenticity[13],
        fields: [
            \Correction.customer, \Correction.suspicion, \Correction.name, \Correction.sex, \Correction.birthDate,
            \Correction.documentType, \Correction.documentNumber, \Correction.mobile, \Correction.landline, \Correction.email,
            \Correction.address, \Correction.account, \Correction.evidence, \Correction.isSignedByCustomer, \Correction.reason,
        ]
    ) { correction, act in
        try act.require(correction.isSignedByCustomer, "更正须有客户亲笔签名", "A correction needs the customer's own signature")
        // What stood before is kept here: a reading of the customer's data, on the customer's trail.
        let found = try act.open(correction.customer), customer = found.value
        try act.require(
            found.state != .joined, "该客户记录已并入另一记录，请对保留的记录办理更正", "This record is joined to another; correct the one that was kept")
        if let item = try act.load(correction.suspicion) {
            try act.require(
                item.value.customers.contains(correction.customer) && item.state != .closed,
                "所选问题件不涉及该客户，或已结案，请改选", "The item does not name this customer, or is closed; choose another")
        }
        try correction.requireGoodValues(for: customer, act)
        correction.keepOld(customer)
    }
    package static let apply = Step<Correction>(
        "apply", "核对并更正", "Apply", from: .requested, to: .applied, by: .post(.customerService), notBy: request, under: authenticity[13],
        signs: true
    ) { correction, act in
        let number = act.record.number ?? ""
        // While an item is open, the customer stays in doubt until it is closed.
        let isOpen = try Suspicion.open(naming: correction.customer, act) != nil
        try act.take(isOpen ? Customer.amend : Customer.correct, on: correction.customer) {
            correction.change(&$0, from: number, at: act.now)
        }
        try correction.lookForClues(act)
    }
    package static let refuse = Step<Correction>(
        "refuse", "不予更正", "Refuse", from: .requested, to: .refused, by: .post(.customerService), under: authenticity[13],
        fields: [\Correction.answer], isOptional: true)
    package static let steps = [request, apply, refuse]
}
