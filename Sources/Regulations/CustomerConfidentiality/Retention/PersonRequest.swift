import Kernel
import WorkCalendar

/// 个人信息请求 (第25条): a person wants to see, have corrected or have deleted what the archive keeps. A hold goes before both a term and the
/// person; a legal term turns deletion into a restriction; a term that only the house has set does not.
package struct PersonRequest: Document {
    package enum State: String, CaseIterable, Sendable {
        case received, verified, answered, corrected, erased, restricted, suspended,
            refused
    }
    package static let name = "person-request"
    package enum Kind: String, Choosable {
        case unset = "", access, correction, erasure
        package var words: Words {
            switch self {
            case .unset: Words("", "")
            case .access: Words("查阅、复制", "Access and copy")
            case .correction: Words("更正、补充", "Correction")
            case .erasure: Words("删除", "Erasure")
            }
        }
    }
    /// 删除的事由: those of the law on personal information, article 47.
    package enum Ground: String, Choosable {
        case unset = "", purposeReached = "purpose", serviceEnded = "ended", termOver = "term", consentWithdrawn = "withdrawn", unlawful
        package var words: Words {
            switch self {
            case .unset: Words("", "")
            case .purposeReached: Words("处理目的已实现或无法实现", "The purpose is reached or cannot be")
            case .serviceEnded: Words("停止提供服务", "The service has ended")
            case .termOver: Words("保存期限届满", "The term is over")
            case .consentWithdrawn: Words("撤回同意", "Consent was withdrawn")
            case .unlawful: Words("违法处理", "It was unlawful")
            }
        }
    }

    package var kind = Kind.unset
    package var ground = Ground.unset
    package var who = "", contact = "", identity = "", wants = "", answer = ""
    package var file = ID<CustomerFile>.none
    package var region = "", keywords = "", customer = "", person = ""
    package var papers: [FileReference] = []
    package init() {}

    package static let form = Form<PersonRequest>(
        "个人信息请求", "Request of a person", number: "个请",
        states: [
            .received: .open("待核验身份", "Identity to be checked"), .verified: .open("待办理", "To be answered"),
            .answered: .done("已答复", "Answered"), .corrected: .done("已更正", "Corrected"), .erased: .done("已删除", "Erased"),
            .restricted: .done("依法保存，已限制处理", "Kept by law, restricted"), .suspended: .open("因保全暂缓", "Waits for a hold"),
            .refused: .no("不予办理", "Refused"),
        ],
        readers: [.officers, .post(.informationSpecialist)], level: .internal,
        [
            .choice(\.kind, "请求事项", "What is asked").listed(), .name(\.who, "请求人", "Who asks").listed(),
            .sealed(\.contact, "联系电话", "Telephone", .phone).optional(), .prose(\.wants, "请求内容", "What is wanted"),
            .choice(\.ground, "删除事由", "Ground of erasure").only(\.kind, .erasure), .files(\.papers, "请求书及证明", "Papers").optional(),
            .text(\.identity, "如何核验身份", "How the identity was checked"), .reference(\.file, "客户档案", "File").subject(),
            .text(\.customer, "更正后的客户名称", "Name as corrected").optional().onceFilled(),
            .name(\.person, "更正后的客户姓名", "Name of the individual as corrected").optional().onceFilled(),
            .text(\.region, "更正后的地区", "Region as corrected").optional().onceFilled(),
            .prose(\.answer, "答复", "Answer"),
        ])
    static let answering = Deadline(
        "answering", "答复请求", "Answer the request", under: confidentiality[25], escalatesTo: .post(.serviceManager), reminders: [.days(7)])
    package static let deadlines = [answering]

    package static let receive = Step<PersonRequest>(
        "receive", "登记请求", "Receive", to: .received, by: .either(.informationSpecialist, .informationSupervisor),
        under: confidentiality[25],
        fields: [\.kind, \.who, \.contact, \.wants, \.ground, \.papers]
    ) { request, act in
        act.start(answering, due: .endOfDay(act.today.adding(days: try act.parameter(.personRequestDays))))
        act.notify(.officers, "收到个人信息请求：\(request.kind.words.zh)", "A person asks: \(request.kind.words.en)")
    }
    package static let verify = Step<PersonRequest>(
        "verify", "核验身份", "Check the identity", from: .received, to: .verified, by: .either(.informationSpecialist, .informationSupervisor),
        under: confidentiality[25], fields: [\.identity, \.file]
    ) { request, act in
        let state = try act.load(request.file)?.state
        try act.require(state != nil && state != .destroyed, "该档案已销毁，无可办理", "The file is destroyed; there is nothing to be done with it")
    }
    package static let answerAccess = Step<PersonRequest>(
        "answer", "提供查阅、复制", "Give access", from: .verified, to: .answered, by: .officers, notBy: verify,
        when: { $0.value.kind == .access }, under: confidentiality[25], fields: [\.answer], signs: true
    ) { request, act in
        let file = try act.open(request.file)
        try act.require(
            file.state != .restricted, "该档案已限制处理，除存储和保护外不得使用", "The file is restricted: nothing is done with it but keeping it")
        act.meet(answering)
    }
    package static let correct = Step<PersonRequest>(
        "correct", "更正", "Correct", from: .verified, to: .corrected, by: .officers, notBy: verify, when: { $0.value.kind == .correction },
        under: confidentiality[25], fields: [\.customer, \.person, \.region, \.answer], signs: true
    ) { request, act in
        let said = request
        try act.require(
            ![said.customer, said.person, said.region].allSatisfy(\.isEmpty), "请填写更正后的内容", "Say what it is corrected to")
        // A hold stops it: the kernel asks.
        try act.take(CustomerFile.correct, on: said.file) { file in
            if !said.customer.isEmpty { file.customer = said.customer }
            if !said.person.isEmpty { file.person = said.person }
            if !said.region.isEmpty { file.region = said.region }
        }
        act.meet(answering)
    }
    package static let erase = Step<PersonRequest>(
        "erase", "删除", "Erase", from: .verified, .suspended, to: .erased, by: .post(.serviceManager), notBy: verify,
        when: { $0.value.kind == .erasure }, under: confidentiality[25], fields: [\.answer], isIrrevocable: true, signs: true
    ) { request, act in
        try request.requireUnheld(act)
        let file = try act.load(request.file)
        if let last = try file?.value.bindingTerm(act) {
            try act.require(false, "法定保管期限至 \(last) 未满，不得删除，请办理“限制处理”", "A law has it kept until \(last): restrict it instead")
        }
        let cleared = try CustomerFile.destroyWhole(request.file, act)
        request.answer += "\n" + cleared.map { "\($0.store.zh)：\($0.result.zh)" }.joined(separator: "；")
        act.meet(answering)
    }
    package static let restrict = Step<PersonRequest>(
        "restrict", "限制处理", "Restrict", from: .verified, .suspended, to: .restricted, by: .post(.serviceManager), notBy: verify,
        when: { $0.value.kind == .erasure }, under: confidentiality[25], fields: [\.answer], isOptional: true, signs: true
    ) { request, act in
        try request.requireUnheld(act)
        let term = try act.load(request.file)?.value.bindingTerm(act)
        try act.require(
            term != nil, "没有未满的法定保管期限；本单位自定的期限不能对抗删除请求，请办理“删除”",
            "No legal term runs; a term of the house does not stand against the person: erase it")
        try act.take(CustomerFile.restrict, on: request.file)
        if let term {
            _ = try GrantEnding.revoke(on: [request.file], because: Words("档案已限制处理", "The record is restricted"), act)
            for keeper in act.holders(of: [.custodian]) {
                try act.grant(keeper, as: .custodian, on: [request.file], until: .endOfDay(term), "限制处理期间保管", "Kept while it is restricted")
            }
            try act.freeze([request.file], until: .endOfDay(term), "应个人请求限制处理", "Restricted at the person's request")
            let texts = try AttachmentText.all(of: [request.file], act)
            try act.freeze(texts, until: .endOfDay(term), "应个人请求限制处理", "Restricted at the person's request")
        }
        act.meet(answering)
    }
    package static let suspend = Step<PersonRequest>(
        "suspend", "因保全暂缓", "Wait for the hold", from: .verified, to: .suspended, by: .officers, notBy: verify,
        when: { $0.value.kind != .access }, under: confidentiality[25], fields: [\.answer], isOptional: true
    ) { request, act in
        try act.require(try act.holds(on: request.file) > 0, "该档案未处于保全，请直接办理", "No hold lies on the file; answer the request")
        act.meet(answering)
    }
    package static let refuse = Step<PersonRequest>(
        "refuse", "不予办理", "Refuse", from: .received, .verified, to: .refused, by: .post(.serviceManager), under: confidentiality[25],
        fields: [\.answer], isOptional: true, signs: true
    ) { request, act in
        try act.require(!request.answer.isEmpty, "请写明不予办理的理由", "Say why it is refused")
        act.meet(answering)
    }
    package static let steps = [receive, verify, answerAccess, correct, erase, restrict, suspend, refuse]

    private func requireUnheld(_ act: Act) throws {
        try act.require(
            try act.holds(on: file) == 0, "该档案处于保全，保全优先于删除请求和保管期限，请办理“暂缓”",
            "The file is under legal hold, which goes before both the request and the term: let it wait")
    }
}
