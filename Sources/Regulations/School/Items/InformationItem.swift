import Kernel
import WorkCalendar

/// 信息件: one item of information, from whoever writes it through the head who releases it to everybody who is to know of it (第二条).
package struct InformationItem: Document {
    package enum State: String, CaseIterable, Sendable { case waiting, returned, released, filed, recalled }
    package var kind = ItemClass.unknown
    package var administrative = AdministrativeSubtype.unknown
    package var market = MarketSubtype.unknown
    package var medium = ItemForm.unknown
    package var direction = Direction.unknown
    package var source = ItemSource.unknown
    package var secrecy = Secrecy.unknown
    package var isImportant = false, inOrder = false
    package var subject = "", text = "", why = "", digest = "", wrong = "", reason = ""
    package var files: [FileReference] = []
    package var readers: [PersonID] = [], core: [PersonID] = []
    package var returns = 0
    package var releasedAt: Moment?, remindedOn: Day?
    package init() {}

    package static let name = "information-item"
    package var title: String { secrecy.isConfidential ? "" : subject }

    package static let form = Form<InformationItem>(
        "信息件", "Information item", number: "信息",
        states: [
            .waiting: .open("待签发或接收", "To be released or received"), .returned: .open("退回更正", "Returned"),
            .released: .open("已发出", "Released"),
            .filed: .done("已归档", "Filed"), .recalled: .no("已收回", "Recalled"),
        ],
        readers: [.office, .head], reserved: .verbs(.print, .export, .copy, from: .secret, under: school[2]),
        [
            .text(\.subject, "标题", "Subject").listed(), .choice(\.kind, "类别", "Class").indexed().listed(),
            .choice(\.administrative, "行政信息小类", "Subtype").only(\.kind, .administrative),
            .choice(\.market, "市场信息小类", "Subtype of market information").only(\.kind, .market),
            .choice(\.source, "来源", "Source").indexed().listed().only(\.kind, .market),
            .choice(\.medium, "形式", "Form").listed(), .choice(\.direction, "方向", "Direction").listed(),
            .choice(\.secrecy, "密级", "Secrecy").listed(),
            .people(\.core, "核心人员名单", "Core list").optional().onceFilled()
                .hint(
                    "受控、核心信息必填；只有名单上的人可以传送、导出、打印、借出",
                    "for what is controlled or core: only they send, export, print or lend it"),
            .prose(\.text, "正文", "Text"), .files(\.files, "附件", "Attachments").optional().onceFilled(),
            .people(\.readers, "收件人", "Addressees").longest(50_000),
            .flag(\.inOrder, "依次传阅", "One after the other").hint(
                "不勾选则同时送达；签发前可以排定顺序", "else at once; the order is drawn before it is released"),
            .text(\.why, "送阅说明", "Why they get it").optional().onceFilled(), .flag(\.isImportant, "重要信息", "Important"),
            .text(\.digest, "正文校验值", "Digest").code().onceFilled(), .text(\.wrong, "退回原因", "Why it is returned").onceFilled(),
            .whole(\.returns, "退回次数", "Times returned", in: 0...1000).onceFilled(),
            .moment(\.releasedAt, "发出时间", "Released").onceFilled(), .day(\.remindedOn, "催办日期", "Reminded on").onceFilled(),
            .text(\.reason, "收回理由", "Why it is recalled").onceFilled(),
        ])

    private static var asked: [PartialKeyPath<InformationItem>] {
        [
            \.subject, \.kind, \.administrative, \.market, \.source, \.medium, \.direction, \.secrecy, \.core, \.text, \.files, \.readers,
            \.inOrder, \.why, \.isImportant,
        ]
    }

    package static let write = Step<InformationItem>(
        "write", "起草信息", "Write", to: .waiting, by: .staff, under: school[2], school[15], fields: asked
    ) { item, act in
        try item.settle(act)
        if item.kind == .market, item.isImportant { try item.reachDirectors(act) }
    }.checking { item, check in item.checkReaders(check) }
    /// 第九条: what leaves a department is released by its head.
    package static let release = Step<InformationItem>(
        "release", "签发", "Release", from: .waiting, to: .released, by: .head, notBy: write,
        when: { $0.value.kind == .administrative }, under: school[9], isIrrevocable: true, signs: true
    ) { item, act in try item.send(act) }
    /// Market information goes to the specialist, who looks it over (第十九条).
    package static let receive = Step<InformationItem>(
        "receive", "接收整理", "Receive", from: .waiting, to: .released, by: .either(.marketSpecialist, .businessDirector), notBy: write,
        when: { $0.value.kind == .market }, under: school[19], school[17], isIrrevocable: true
    ) { item, act in try item.send(act) }
    package static let giveBack = Step<InformationItem>(
        "return", "退回更正", "Return", from: .waiting, to: .returned, by: .any([.head, .office, .post(.marketSpecialist)]), notBy: write,
        under: school[4], fields: [\.wrong], isOptional: true
    ) { item, act in
        try act.require(!item.wrong.isEmpty, "请写明退回原因", "Say why it is returned")
        item.returns += 1
    }
    package static let correct = Step<InformationItem>(
        "correct", "更正", "Correct", from: .returned, to: .waiting, by: .requester, under: school[4], fields: asked
    ) { item, act in try item.settle(act) }.checking { item, check in item.checkReaders(check) }
    package static let recall = Step<InformationItem>(
        "recall", "收回", "Recall", from: .released, to: .recalled, by: .any([.requester, .head]), under: school[8], fields: [\.reason],
        isOptional: true
    ) { item, act in
        try act.require(!item.reason.isEmpty, "请写明收回理由", "Say why it is recalled")
        for delivery in try Delivery.open(of: act.itemID, act) { try act.take(Delivery.recall, on: delivery.id) }
    }
    /// The order of those who get it one after the other, drawn before it goes out.
    package static let arrange = Step<InformationItem>(
        "arrange", "排定传阅顺序", "Draw the order", from: .waiting, .returned, to: nil, by: .any([.requester, .head, .office]), under: school[4],
        fields: [\.readers, \.inOrder], isOptional: true
    ) { item, act in try Circulation.requireSame(item.readers, as: act.load(act.itemID)?.value.readers ?? [], act) }
    /// All who have not acknowledged it are reminded at once, and no more than once a day.
    package static let remind = Step<InformationItem>(
        "remind", "批量催办", "Remind all", from: .released, to: nil, by: .any([.requester, .office]), under: school[4], fields: [],
        isOptional: true
    ) { item, act in
        try act.require(item.remindedOn != act.today, "今天已经催办过，请明天再催", "They were reminded today already")
        let waiting = try Delivery.open(of: act.itemID, act)
        try act.require(!waiting.isEmpty, "收件人都已签收，无须催办", "Everybody has acknowledged it")
        item.remindedOn = act.today
        act.notify(waiting.map(\.value.reader), "您有一件信息尚未签收，请及时阅办", "An item waits for your acknowledgement")
    }
    package static let advance = Step<InformationItem>(
        "advance", "传给下一位", "Pass on", from: .released, .filed, to: nil, by: .system, under: school[4]
    ) { item, act in
        let known = try Delivery.all(of: act.itemID, act).map(\.value.reader)
        if let next = item.readers.first(where: { !known.contains($0) }) { try item.deliver(to: next, act) }
    }
    /// 第八条: the office gathers all.
    package static let file = Step<InformationItem>(
        "archive", "汇总归档", "File", from: .released, to: .filed, by: .office, under: school[8], school[16]
    ) { item, act in
        try ArchiveEntry.enter(item.secrecy.isConfidential ? "[信息件]" : item.subject, item.secrecy, number: act.record.number ?? "", act)
    }
    package static let steps = [write, release, receive, giveBack, correct, recall, arrange, remind, advance, file]

    private func checkReaders(_ check: Checking<InformationItem>) {
        let others = readers.filter { $0 != check.act.person }
        check.require(!others.isEmpty, "请至少填写一位收件人（本人不必填）", "Name an addressee other than yourself", at: \.readers)
        guard secrecy.isConfidential else { return }
        check.require(
            !core.isEmpty, "受控、核心信息须填写核心人员名单，收件人都要在名单上", "A confidential item has a core list, and its addressees are on it",
            at: \.core, \.secrecy)
        if core.isEmpty { return }
        check.require(
            others.allSatisfy(core.contains), "受控、核心信息只能发给核心人员名单上的人，请核对收件人",
            "A confidential item goes to people on its core list alone; check the addressees", at: \.readers, \.core, \.secrecy)
    }

    private mutating func settle(_ act: Act) throws {
        readers = readers.filter { $0 != act.person }
        guard secrecy.isConfidential else {
            core = []
            return act.raise(to: secrecy.level)
        }
        if !core.contains(act.person) { core.append(act.person) }
        let organisation = act.organisation, level = secrecy.level
        try act.require(
            core.allSatisfy { organisation.people[$0].map { $0.clearance >= level } ?? false }, "核心人员名单上有人的涉密级别不够，请核对",
            "Somebody on the core list is not cleared for it")
        act.raise(to: level)
    }

    private mutating func send(_ act: Act) throws {
        digest = TextDigest.of(text, files)
        releasedAt = act.now
        try letUse(core, act)
        let reached = Set(try Delivery.all(of: act.itemID, act).map(\.value.reader))
        for reader in (inOrder ? Array(readers.prefix(1)) : readers) where !reached.contains(reader) { try deliver(to: reader, act) }
    }

    private func deliver(to reader: PersonID, isUrgent: Bool = false, _ act: Act) throws {
        var delivery = Delivery()
        (delivery.item, delivery.reader, delivery.secrecy, delivery.why) = (act.itemID, reader, secrecy, why)
        delivery.subject = title
        (delivery.digest, delivery.isImportant) = (digest.isEmpty ? TextDigest.of(text, files) : digest, isUrgent || isImportant)
        delivery.inOrder = inOrder && !isUrgent
        try letUse([reader], act)
        let id = try act.create(delivery, by: Delivery.deliver, heldBy: reader)
        // Whoever sent it sees what became of it with each reader.
        guard reader != act.requester else { return }
        try act.grant(act.requester, on: [id], until: act.now.adding(days: 3650), "查看送达情况", "The sender sees what became of it")
    }

    /// Whoever it is sent to, and whoever is on its core list, also takes it away; whoever only keeps it reads it.
    private func letUse(_ people: [PersonID], _ act: Act) throws {
        for person in people {
            try act.grant(
                person, verbs: [.read, .print, .export, .copy], until: act.now.adding(days: 3650), "收阅信息件",
                "An item that was sent to the reader")
        }
    }

    /// 第十九条: what is important reaches the director at once, before anybody else has looked at it.
    private func reachDirectors(_ act: Act) throws {
        let directors = act.organisation.holders(of: Post.businessDirector.id, within: act.scope, on: act.today)
        try act.require(!directors.isEmpty, "尚无业务中心总监，重要信息无人接收，请先报信息室", "There is no business director to receive what is important")
        for director in directors where director != act.person { try deliver(to: director, isUrgent: true, act) }
    }
}

extension Act {
    /// The document at hand.
    var itemID: ID<InformationItem> { ID(record.id) }
}
