import Kernel
import WorkCalendar

/// 收文: 签收 登记 初审 拟办 批办 承办 传阅 催办 答复 归档 (第十六条). 收文号 is ours; 来文字号 is theirs, and is unique for its sender alone.
package struct IncomingDocument: Document {
    package enum State: String, CaseIterable, Sendable {
        case received, registered, vetted, proposed, decided, handled, answered, filed, returned
    }
    package var sender = "", theirNumber = "", subject = "", text = "", theirKey = "", warning = ""
    package var kind = OfficialKind.unknown
    package var direction = Direction.unknown
    package var secrecy = Secrecy.unknown
    package var urgency = Urgency.ordinary
    package var copies = 1
    package var receivedAt: Moment?
    package var files: [FileReference] = []
    package var proposal = "", decision = "", result = "", answer = "", reason = ""
    package var lead = UnitID.none
    package var others = ""
    package var limit: Day?, firstLimit: Day?
    package var readers: [PersonID] = []
    package var inOrder = false
    package init() {}

    package static let name = "incoming-document"
    package var title: String { secrecy.isConfidential ? "" : subject }
    var textDigest: String { TextDigest.of(subject + "\n" + text, files) }

    package static let form = Form<IncomingDocument>(
        "收文", "Incoming document", number: "收文",
        states: [
            .received: .open("待登记", "To be registered"), .registered: .open("待初审", "To be vetted"),
            .vetted: .open("待拟办", "To be proposed"), .proposed: .open("待批办", "To be decided"),
            .decided: .open("待承办", "To be handled"), .handled: .open("待答复", "To be answered"),
            .answered: .open("待归档", "To be filed"), .filed: .done("已归档", "Filed"), .returned: .no("退回来文单位", "Sent back"),
        ],
        readers: [.office, .management, .head],
        [
            .text(\.sender, "来文单位", "From").listed(), .text(\.theirNumber, "来文字号", "Their number").code().optional().listed(),
            .text(\.subject, "标题", "Subject").listed(), .choice(\.kind, "文种", "Kind"), .choice(\.direction, "来文方向", "Direction"),
            .choice(\.secrecy, "密级", "Secrecy"),
            .choice(\.urgency, "紧急程度", "Urgency").optional().onceFilled().listed()
                .hint("不选为普通", "ordinary where nothing is said"),
            .whole(\.copies, "份数", "Copies", in: 1...999),
            .moment(\.receivedAt, "签收时间", "Received at").optional().listed()
                .hint("不填为现在；加急、特急件须填写，精确到分", "now where nothing is said; to the minute where it is urgent"),
            .prose(\.text, "内容", "Text").optional().onceFilled(), .files(\.files, "附件", "Attachments").optional().onceFilled(),
            .text(\.theirKey, "来文标识", "Key").code().indexed().onceFilled(), .text(\.warning, "提示", "Hint").onceFilled(),
            .prose(\.proposal, "拟办意见", "Proposal").onceFilled(), .prose(\.decision, "批办意见", "Decision").onceFilled(),
            .unit(\.lead, "主办部门", "Lead unit").optional().onceFilled().listed(),
            .text(\.others, "协办部门", "Other units").optional().onceFilled(),
            .day(\.limit, "办理期限", "Limit").optional().onceFilled().listed(), .day(\.firstLimit, "原定期限", "First limit").onceFilled(),
            .people(\.readers, "传阅人员", "To be read by").optional().onceFilled(),
            .flag(\.inOrder, "依次传阅", "One after the other").onceFilled()
                .hint("不勾选则同时送达；批办前可以排定顺序", "else at once; the order is drawn before it is decided"),
            .prose(\.result, "办理结果", "Result").onceFilled(),
            .text(\.answer, "复文号", "Number of the answer").code().onceFilled(), .text(\.reason, "退回原因", "Why it is sent back").onceFilled(),
        ])

    static let handling = Deadline(
        "handling", "按期承办", "Handle in time", under: school[16], escalatesTo: .post(.informationOffice), reminders: [.days(1), .lastFifth])
    package static let deadlines = [handling]

    package static let receive = Step<IncomingDocument>(
        "receive", "签收", "Receive", to: .received, by: .any([.office, .specialists]), under: school[16], school[21],
        fields: [
            \.sender, \.theirNumber, \.subject, \.kind, \.direction, \.secrecy, \.urgency, \.copies, \.receivedAt, \.text, \.files,
        ]
    ) { document, act in
        document.receivedAt = document.receivedAt ?? act.now
        if document.secrecy.isConfidential { act.raise(to: document.secrecy.level) }
        guard !document.theirNumber.isEmpty else { return }
        document.theirKey = "\(document.sender) \(document.theirNumber)"
        let known = try act.find(\IncomingDocument.theirKey, is: document.theirKey, limit: 1).first
        // Theirs may repeat; that is theirs to say.
        document.warning = known.map { "来文字号与\($0.record.number ?? "已登记收文")相同，请核对是否重复" } ?? ""
    }.checking { document, check in
        check.require(
            document.urgency == .ordinary || document.receivedAt != nil, "加急、特急件须填写签收时间，精确到分",
            "Say at what time an urgent one was received", at: \.receivedAt, \.urgency)
        check.require(
            document.receivedAt.map { $0 <= check.act.now } ?? true, "签收时间不能晚于现在", "It cannot be received after now", at: \.receivedAt)
    }
    package static let register = Step<IncomingDocument>(
        "register", "登记", "Register", from: .received, to: .registered, by: .office, under: school[16], fields: [])
    package static let vet = Step<IncomingDocument>(
        "vet", "初审", "Vet", from: .registered, to: .vetted, by: .office, under: school[16], fields: [])
    package static let sendBack = Step<IncomingDocument>(
        "decline", "初审退回", "Send back", from: .registered, to: .returned, by: .office, under: school[16], fields: [\.reason],
        isOptional: true
    ) { document, act in try act.require(!document.reason.isEmpty, "退回须写明原因", "Say why it is sent back") }
    package static let propose = Step<IncomingDocument>(
        "propose", "拟办", "Propose", from: .vetted, to: .proposed, by: .office, under: school[16],
        fields: [\.proposal, \.readers, \.inOrder]
    ) { document, act in try act.require(!document.proposal.isEmpty, "请写明拟办意见", "Say what is proposed") }
    package static let decide = Step<IncomingDocument>(
        "decide", "批办", "Decide", from: .proposed, to: .decided, by: .management, notBy: propose, under: school[16],
        fields: [\.decision, \.lead, \.others, \.limit, \.readers, \.inOrder], signs: true
    ) { document, act in
        if let limit = document.limit {
            document.firstLimit = limit
            act.start(handling, due: .endOfDay(limit))
        }
        document.readers = document.readers.filter { $0 != act.person }
        for reader in document.inOrder ? Array(document.readers.prefix(1)) : document.readers { try document.deliver(to: reader, act) }
    }.checking { document, check in
        check.require(!document.lead.isNone, "请指定主办部门", "Name the unit that leads", at: \.lead)
        check.require(
            !document.urgency.isLimited || document.limit != nil, "紧急件须限定办理期限", "An urgent one has a limit", at: \.limit)
        check.require(
            document.limit.map { $0 >= check.act.today } ?? true, "办理期限不能早于今天", "The limit cannot be before today", at: \.limit)
    }
    package static let arrange = Step<IncomingDocument>(
        "arrange", "排定传阅顺序", "Draw the order", from: .proposed, to: nil, by: .any([.office, .management]), under: school[16],
        fields: [\.readers, \.inOrder], isOptional: true
    ) { document, act in
        let id: ID<IncomingDocument> = ID(act.record.id)
        try Circulation.requireSame(document.readers, as: act.load(id)?.value.readers ?? [], act)
    }
    package static let advance = Step<IncomingDocument>(
        "advance", "传给下一位", "Pass on", from: .decided, .handled, .answered, .filed, to: nil, by: .system, under: school[16],
        isOptional: true
    ) { document, act in
        let known = try Delivery.all(of: ID<IncomingDocument>(act.record.id), act).map(\.value.reader)
        if let next = document.readers.first(where: { !known.contains($0) }) { try document.deliver(to: next, act) }
    }
    package static let handle = Step<IncomingDocument>(
        "handle", "承办", "Handle", from: .decided, to: .handled, by: .post(.head, of: \IncomingDocument.lead), under: school[16],
        fields: [\.result]
    ) { document, act in
        try act.require(!document.result.isEmpty, "请写明办理结果", "Say what came of it")
        act.meet(handling)
    }
    package static let urge = Step<IncomingDocument>(
        "urge", "催办", "Urge", from: .decided, to: nil, by: .office, under: school[16], fields: [], isOptional: true
    ) { document, act in
        act.notify(
            .post(.head, of: \IncomingDocument.lead), "收文 \(act.record.number ?? "") 请抓紧办理", "\(act.record.number ?? "") is to be handled")
    }
    package static let reply = Step<IncomingDocument>(
        "answer", "答复", "Answer", from: .handled, to: .answered, by: .office, under: school[16], fields: [\.answer])
    package static let file = Step<IncomingDocument>(
        "archive", "归档", "File", from: .answered, to: .filed, by: .office, under: school[16], fields: []
    ) { document, act in
        let title = document.secrecy.isConfidential ? "[收文]" : document.subject
        try ArchiveEntry.enter(title, document.secrecy, number: act.record.number ?? "", author: document.sender, act)
    }
    package static let steps = [receive, register, vet, sendBack, propose, arrange, decide, advance, handle, urge, reply, file]
}

extension IncomingDocument {
    private func deliver(to reader: PersonID, _ act: Act) throws {
        var delivery = Delivery()
        (delivery.incoming, delivery.reader, delivery.secrecy) = (ID(act.record.id), reader, secrecy)
        (delivery.digest, delivery.why, delivery.subject) = (textDigest, "传阅", title)
        delivery.inOrder = inOrder
        try act.grant(reader, until: act.now.adding(days: 3650), "传阅收文", "Circulated")
        try act.create(delivery, by: Delivery.deliver, heldBy: reader)
    }
}

extension Urgency {
    fileprivate var isLimited: Bool { self != .ordinary }
}
