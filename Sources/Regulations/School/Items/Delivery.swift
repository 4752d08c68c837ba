import Kernel
import WorkCalendar

/// 送达回执: what became of one item with one reader. Delivered, opened, read and acknowledged are four different things, each with its
/// time; the digest proves that everybody read the same text (第四条).
package struct Delivery: Document {
    package enum State: String, CaseIterable, Sendable { case delivered, opened, read, acknowledged, recalled }
    package var item = ID<InformationItem>.none
    package var incoming = ID<IncomingDocument>.none
    package var reader = PersonID.none, openedBy = PersonID.none
    package var secrecy = Secrecy.unknown
    package var subject = "", why = "", digest = "", readDigest = "", opinion = ""
    package var isImportant = false, inOrder = false
    package var deliveredAt: Moment?, openedAt: Moment?, readAt: Moment?, acknowledgedAt: Moment?
    package init() {}

    package static let name = "item-delivery"
    /// Whose it is, the reader knows.
    package static var summary: [PartialKeyPath<Delivery>] { [\.item, \.incoming, \.why] }

    package static let form = Form<Delivery>(
        "送达回执", "Delivery",
        states: [
            .delivered: .open("已送达", "Delivered"), .opened: .open("已打开", "Opened"), .read: .open("已阅", "Read"),
            .acknowledged: .done("已签收", "Acknowledged"), .recalled: .no("已收回", "Recalled"),
        ],
        readers: [.office, .head],
        [
            // Empty where it is confidential: a notice is read on the way.
            .text(\.subject, "标题", "Subject").optional().onceFilled(),
            .reference(\.item, "信息件", "Item").optional().onceFilled().listed(),
            .reference(\.incoming, "收文", "Incoming document").optional().onceFilled().listed(),
            .person(\.reader, "收件人", "Reader").listed(), .choice(\.secrecy, "密级", "Secrecy"),
            .text(\.why, "送阅说明", "Why").optional().onceFilled(), .flag(\.isImportant, "重要信息", "Important").listed(),
            .flag(\.inOrder, "按顺序传阅", "In order"), .text(\.digest, "发出时校验值", "Digest when sent").code(),
            .text(\.readDigest, "阅读时校验值", "Digest when read").code().onceFilled(),
            .moment(\.deliveredAt, "送达", "Delivered").listed(), .moment(\.openedAt, "打开", "Opened").listed().onceFilled(),
            .person(\.openedBy, "打开人", "Opened by").onceFilled(), .moment(\.readAt, "阅读", "Read").listed().onceFilled(),
            .moment(\.acknowledgedAt, "签收", "Acknowledged").listed().onceFilled(),
            .text(\.opinion, "意见", "Opinion").optional().onceFilled(),
        ])

    static let acknowledging = Deadline(
        "acknowledging", "按时签收", "Acknowledge in time", under: school[4], escalatesTo: .headOf(\Delivery.reader))
    package static let deadlines = [acknowledging]

    package static let deliver = Step<Delivery>("deliver", "送达", "Deliver", to: .delivered, by: .system, under: school[4]) {
        delivery, act in
        delivery.deliveredAt = act.now
        if delivery.secrecy.isConfidential { act.raise(to: delivery.secrecy.level) }
        let hours = try act.parameter(delivery.isImportant ? .importantHours : .acknowledgeHours)
        act.start(acknowledging, due: act.now.adding(hours: hours))
        let named = delivery.subject.isEmpty ? Words("一件信息", "An item") : Words("“\(delivery.subject)”", "“\(delivery.subject)”")
        act.notify([delivery.reader], "您收到\(named.zh)，请阅读并签收", "\(named.en) has come for you; read and acknowledge it")
    }
    /// A secretary may open it, which acknowledges nothing.
    package static let open = Step<Delivery>(
        "open", "打开", "Open", from: .delivered, to: .opened, by: .named(\Delivery.reader), under: school[4], fields: []
    ) { delivery, act in (delivery.openedAt, delivery.openedBy) = (act.now, act.person) }
    package static let read = Step<Delivery>(
        "read", "已阅", "Read", from: .opened, to: .read, by: .named(\Delivery.reader), under: school[4], fields: []
    ) { delivery, act in
        delivery.readAt = act.now
        delivery.readDigest = try delivery.presentDigest(act)
        try act.require(
            delivery.readDigest == delivery.digest, "正文与送达时不一致，请勿按此办理，并联系发件人收回后重新发出",
            "The text is not the one that was delivered; ask the sender to recall it and send it anew")
    }.task("阅读文件", "Read the document")
    package static let acknowledge = Step<Delivery>(
        "acknowledge", "签收", "Acknowledge", from: .read, to: .acknowledged, by: .named(\Delivery.reader), under: school[4], school[19],
        fields: [\.opinion]
    ) { delivery, act in
        try act.require(
            act.principal.behalf == nil, "签收须由收件人本人办理，代为打开不算签收", "The reader acknowledges in person; a delegate's opening is none")
        delivery.acknowledgedAt = act.now
        act.meet(acknowledging)
        guard delivery.inOrder else { return }
        if delivery.item.isNone {
            try act.take(IncomingDocument.advance, on: delivery.incoming)
        } else {
            try act.take(InformationItem.advance, on: delivery.item)
        }
    }
    package static let recall = Step<Delivery>(
        "recall", "收回", "Recall", from: .delivered, .opened, .read, to: .recalled, by: .system, under: school[8]
    ) { delivery, act in
        act.meet(acknowledging)
        act.notify([delivery.reader], "发给您的一件信息已由发件人收回，无须再办", "An item that was sent to you was recalled")
    }
    package static let steps = [deliver, open, read, acknowledge, recall]

    static func all(of item: ID<InformationItem>, _ act: Inquiry) throws -> [Found<Delivery>] {
        try act.find(\Delivery.item, is: item, limit: 50_000)
    }

    static func all(of document: ID<IncomingDocument>, _ act: Inquiry) throws -> [Found<Delivery>] {
        try act.find(\Delivery.incoming, is: document, limit: 50_000)
    }

    static func open(of item: ID<InformationItem>, _ act: Inquiry) throws -> [Found<Delivery>] {
        try all(of: item, act).filter { $0.state != .acknowledged && $0.state != .recalled }
    }

    private func presentDigest(_ act: Act) throws -> String {
        if let found = try act.load(item)?.value { return TextDigest.of(found.text, found.files) }
        if let found = try act.load(incoming)?.value { return found.textDigest }
        return ""
    }
}
