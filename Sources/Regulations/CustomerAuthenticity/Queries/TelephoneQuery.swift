import Kernel
import WorkCalendar

/// 电话查询: a call to the telephone desk. Questions are answered blind - the operator types what the caller says and sees only yes or no -,
/// then a code or a call goes to the number on file, and only then the four scopes are told, each entered as it is (第十七条).
package struct TelephoneQuery: Document {
    package enum State: String, CaseIterable, Sendable { case asked, proved, open, finished, abandoned, failed, lapsed }

    package var callerNumber = ""
    package var name = ""
    package var claim = ""
    package var wish = ""
    package var questions = ""
    package var answers: [IdentityAnswer] = []
    package var code = ID<QueryCode>.none
    package var typedCode = ""
    package var dialledAt: Moment?
    package var isOwnVoice = false
    package var callNote = ""
    package var identifiedBy = NumberSource.unknown
    package var identifiedAt: Moment?
    package var until: Moment?
    package var askedPolicy = ""
    package var askedScope = QueryScope.unknown
    package var askedConsent = ""
    package var told: [ToldLine] = []
    package var note = ""
    /// The code that is to be sent, while its step is taken; it is kept nowhere.
    package var drawn: QueryCode.Drawn?
    package init() {}

    package static let name = "telephone-query"

    package static let form = Form<TelephoneQuery>(
        "电话查询", "Telephone query", number: "电话查询",
        states: [
            .asked: .open("核对身份", "Identity questions"), .proved: .open("待验证码或回拨", "Code or call back"),
            .open: .open("已核实，可告知", "Verified"), .finished: .done("已办结", "Finished"),
            .abandoned: .no("客户挂断", "Hung up"), .failed: .no("未通过核实", "Not verified"), .lapsed: .no("已超时", "Out of time"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .sealed(\.callerNumber, "来电号码", "Calling number", .phone).optional().listed().hint(
                "来电未显示号码的可不填", "empty where the number is withheld"),
            .name(\.name, "来电人姓名", "Name of the caller").listed(),
            .sealed(\.claim, "所报证件号码或保单号", "Document or policy number", .document),
            .text(\.wish, "查询事由", "What it is about").listed(),
            .codes(
                \.questions, "核对问题", "Questions", IdentityQuestion.allCases.dropFirst().map { .init(value: $0.rawValue, words: $0.words) }
            )
            .onceFilled(),
            .lines(\.answers, "客户的回答", "Answers").unindexed().onceFilled(),
            .reference(\.code, "验证码", "Code").onceFilled(), .text(\.typedCode, "客户报出的验证码", "The code that the caller says").onceFilled(),
            .moment(\.dialledAt, "调出留存号码", "Number on file shown at").onceFilled(),
            .flag(\.isOwnVoice, "已按留存号码回拨，由本人接听", "Called back on the number on file; the person answered").onceFilled(),
            .text(\.callNote, "回拨情况", "The call back").optional().onceFilled(),
            .choice(\.identifiedBy, "核实方式", "Verified by").onceFilled(), .moment(\.identifiedAt, "核实时间", "Verified at").onceFilled(),
            .moment(\.until, "查询截止", "Until").ends().onceFilled(), .text(\.askedPolicy, "要告知的保单号", "Policy to be told").code().onceFilled(),
            .choice(\.askedScope, "要告知的内容", "Scope to be told").onceFilled(),
            .text(\.askedConsent, "撤回的第三方查询同意", "Consent withdrawn").code().onceFilled(),
            .lines(\.told, "已告知", "Told").unindexed().onceFilled(),
            .text(\.note, "办理情况", "Note").optional().onceFilled(),
        ])

    static let time: Deadline = Deadline("time", "查询时限", "Time of the query", under: authenticity[17], takes: lapse)
    package static let deadlines = [time]

    package static let open = Step<TelephoneQuery>(
        "open", "登记来电", "Open", to: .asked, by: .post(.deskOperator), under: authenticity[17],
        fields: [\.callerNumber, \.name, \.claim, \.wish]
    ) { query, act in try query.begin(act) }
    package static let answer = Step<TelephoneQuery>(
        "answer", "核对回答", "Compare the answers", from: .asked, to: .proved, by: .holder, under: authenticity[17],
        fields: [\.answers], isOptional: true
    ) { query, act in try query.compare(act) }.countingTries()
    package static let sendCode = Step<TelephoneQuery>(
        "sendCode", "发送验证码", "Send a code", from: .proved, to: nil, by: .holder, under: authenticity[17], isOptional: true
    ) { query, act in try query.issueCode(act) }
    package static let enterCode = Step<TelephoneQuery>(
        "enterCode", "核对验证码", "Compare the code", from: .proved, to: .open, by: .holder, under: authenticity[17],
        fields: [\.typedCode], isOptional: true
    ) { query, act in try query.compareCode(act) }.countingTries()
    /// The number on file is shown to whoever calls back.
    package static let dial = Step<TelephoneQuery>(
        "dial", "调出留存号码回拨", "Show the number to call back", from: .proved, to: nil, by: .holder, under: authenticity[17],
        authenticity[21], isOptional: true
    ) { query, act in try query.showNumber(act) }
    package static let callBack = Step<TelephoneQuery>(
        "callBack", "登记回拨", "Called back", from: .proved, to: .open, by: .holder, under: authenticity[17],
        fields: [\.isOwnVoice, \.callNote], isOptional: true
    ) { query, act in try query.takeCallBack(act) }
    package static let tell = Step<TelephoneQuery>(
        "tell", "告知", "Tell", from: .open, to: nil, by: .holder, under: authenticity[17], authenticity[21],
        fields: [\.askedPolicy, \.askedScope], isOptional: true
    ) { query, act in try query.tellOne(act) }
    package static let withdrawConsent = Step<TelephoneQuery>(
        "withdrawConsent", "撤回第三方查询同意", "Withdraw a consent", from: .open, to: nil, by: .holder, under: authenticity[21],
        fields: [\.askedConsent], isOptional: true
    ) { query, act in try query.withdraw(act) }
    package static let finish = Step<TelephoneQuery>(
        "finish", "办结", "Finish", from: .open, to: .finished, by: .holder, under: authenticity[17], fields: [\.note], isOptional: true
    ) { _, act in act.meet(time) }
    package static let hangUp = Step<TelephoneQuery>(
        "hangUp", "客户挂断", "The caller hung up", from: .asked, .proved, to: .abandoned, by: .holder, under: authenticity[17],
        fields: [\.note], isOptional: true
    ) { query, act in try query.end(act) }
    package static let lapse = Step<TelephoneQuery>(
        "lapse", "超时", "Out of time", from: .asked, .proved, .open, to: .lapsed, by: .system, under: authenticity[17], isOptional: true
    ) { query, act in try QueryCode.discard(query.code, act) }
    package static let steps = [open, answer, sendCode, enterCode, dial, callBack, tell, withdrawConsent, finish, hangUp, lapse]

    /// The questions of this query, in the order in which they are read out.
    package var asked: [IdentityQuestion] { questions.split(separator: ";").compactMap { IdentityQuestion(rawValue: String($0)) } }
}
