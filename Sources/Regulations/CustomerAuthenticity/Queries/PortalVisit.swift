import Kernel
import WorkCalendar

/// 网上查询: one visit of a customer on the web - asked for with document and name, entered with a code to the number on file, masked until
/// a second code, with a session of its own; what was shown stands in it (第十八条). For somebody who is nobody, the same is done.
package struct PortalVisit: Document {
    package enum State: String, CaseIterable, Sendable { case asked, inside, left, lapsed }

    package var purpose = QueryCode.CodeUse.unknown
    package var number = ""
    package var name = ""
    package var network = ""
    package var word = ""
    package var code = ID<QueryCode>.none
    package var revealCode = ID<QueryCode>.none
    package var enteredAt: Moment?
    package var lastAt: Moment?
    package var until: Moment?
    package var clearUntil: Moment?
    package var told: [ToldLine] = []
    /// What a step brings along, and nothing keeps.
    package var brought = Brought()
    package init() {}

    package struct Brought: Sendable {
        /// The code that is to be sent.
        package var drawn: QueryCode.Drawn?
        package var typedCode = ""
        /// The digest of the session's word from now on.
        package var word = ""
        /// What is asked for: a policy, a consent, as the page has called it.
        package var handle = ""
        package var scope = QueryScope.unknown
        package var consent: QueryConsent?
        package var extract: QueryExtract?
        package init() {}
    }

    package static let name = "portal-visit"

    package static let form = Form<PortalVisit>(
        "网上查询", "Query on the web", number: "网上查询",
        states: [
            .asked: .open("待验证码", "Code asked for"), .inside: .open("查询中", "Inside"), .left: .done("已退出", "Left"),
            .lapsed: .no("已超时", "Out of time"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .choice(\.purpose, "事项", "Purpose").listed(), .sealed(\.number, "证件号码", "Document number", .document).listed(),
            .name(\.name, "姓名", "Name").listed(), .text(\.network, "网络地址校验值", "Digest of the network").code().kept(),
            .text(\.word, "会话校验值", "Digest of the session").indexed().kept(), .reference(\.code, "验证码", "Code").optional(),
            .reference(\.revealCode, "二次验证码", "Second code").onceFilled(), .moment(\.enteredAt, "登录时间", "Entered at").onceFilled().listed(),
            .moment(\.lastAt, "最近操作", "Last").onceFilled(), .moment(\.until, "最迟退出", "Until").ends(),
            .moment(\.clearUntil, "完整显示至", "Clear until").ends().onceFilled(), .lines(\.told, "已告知", "Told").unindexed().onceFilled(),
        ])

    static let time: Deadline = Deadline("time", "网上查询时限", "Time of the visit", under: authenticity[18], takes: lapse)
    package static let deadlines = [time]

    package static let ask = Step<PortalVisit>(
        "ask", "索取验证码", "Ask for a code", to: .asked, by: .system, under: authenticity[18]
    ) { visit, act in try visit.begin(act) }
    package static let enter = Step<PortalVisit>(
        "enter", "登录", "Enter", from: .asked, to: .inside, by: .system, under: authenticity[18], isOptional: true
    ) { visit, act in try visit.comeIn(act) }.countingTries()
    package static let askReveal = inside("askReveal", "索取二次验证码", "Ask for a second code") { visit, act in try visit.issueSecond(act) }
    package static let reveal = inside("unmask", "查看完整资料", "Unmask") { visit, act in try visit.unmask(act) }.countingTries()
    package static let view = inside("view", "查看", "View") { visit, act in try visit.show(act) }
    package static let consent = inside("consent", "同意第三方查询", "Consent") { visit, act in try visit.giveConsent(act) }
    package static let withdraw = inside("withdrawConsent", "撤回同意", "Withdraw a consent") { visit, act in try visit.withdrawConsent(act) }
    package static let extract = inside("extract", "制作查询结果", "Make an extract") { visit, act in try visit.makeExtract(act) }
    package static let unregister = inside("unregister", "注销网上查询", "End the registration") { visit, act in try visit.endRegistration(act) }
    package static let leave = Step<PortalVisit>(
        "leave", "退出", "Leave", from: .asked, .inside, to: .left, by: .system, under: authenticity[18], isOptional: true
    ) { visit, act in try visit.end(act) }
    package static let lapse = Step<PortalVisit>(
        "lapse", "超时", "Out of time", from: .asked, .inside, to: .lapsed, by: .system, under: authenticity[18], isOptional: true
    ) { visit, act in
        try QueryCode.discard(visit.code, act)
        try QueryCode.discard(visit.revealCode, act)
    }
    package static let steps = [ask, enter, askReveal, reveal, view, consent, withdraw, extract, unregister, leave, lapse]

    /// A step inside a session that still runs.
    private static func inside(_ name: String, _ zh: String, _ en: String, rules: @escaping Step<PortalVisit>.Rules) -> Step<PortalVisit> {
        Step(name, zh, en, from: .inside, to: nil, by: .system, under: authenticity[18], authenticity[21], isOptional: true) { visit, act in
            guard visit.isRunning(at: act.now, idle: try act.parameter(.portalIdleMinutes)) else { throw PortalVisit.over }
            visit.lastAt = act.now
            try rules(&visit, act)
        }
    }

    /// The session has ended, or never was.
    package static let over = Refusal(
        article: authenticity[18], words: Words("登录已超时，请重新登录", "The session has ended; come in again"))

    func isRunning(at now: Moment, idle minutes: Int) -> Bool {
        (until.map { now < $0 } ?? false) && (lastAt.map { now < $0.adding(seconds: minutes * 60) } ?? false)
    }

    /// Ends every visit of somebody at once: the consent was withdrawn, the registration suspended, the person has died.
    static func close(of number: String, _ act: Act) throws {
        let key = SealedKind.document.matchKey(number)
        if key.isEmpty { return }
        for found in try act.find(PortalVisit.self, .document, is: number, limit: 500)
        where [.asked, .inside].contains(found.state) && SealedKind.document.matchKey(found.value.number) == key {
            try act.take(leave, on: found.id)
        }
    }
}
