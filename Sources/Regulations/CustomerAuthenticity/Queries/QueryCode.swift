import Identifiers
import Kernel
import WorkCalendar

/// 查询验证码: a code that went to the number on file. The code itself is not kept, only a digest under a key that the database does not
/// hold; it is good for some minutes, for some tries, and once (第十七条, 第十八条). One that goes to nobody is made all the same.
package struct QueryCode: Document {
    package enum State: String, CaseIterable, Sendable { case issued, sent, failed, used, spent }

    package var use = CodeUse.unknown
    package var holder = ""
    package var telephone = ""
    package var email = ""
    package var salt = ""
    package var digest = ""
    package var expires: Moment?
    package var tries = 0
    package var way = CodeWay.unknown
    package var fault = ""
    package init() {}

    package static let name = "query-code"

    package static let form = Form<QueryCode>(
        "查询验证码", "Query code",
        states: [
            .issued: .open("待发送", "To be sent"), .sent: .open("已发送", "Sent"), .failed: .no("发送失败", "Not sent"),
            .used: .done("已使用", "Used"), .spent: .no("已失效", "Void"),
        ],
        readers: [.post(.compliance)],
        [
            .choice(\.use, "用途", "Use").listed(),
            .sealed(\.holder, "本人证件号码", "Document of the holder", .document).optional().unindexed(),
            .sealed(\.telephone, "发往号码", "Sent to", .phone).optional().listed(),
            .sealed(\.email, "发往邮箱", "Sent to, by mail", .email).optional(), .text(\.salt, "随机数", "Salt").code().kept(),
            .text(\.digest, "验证码校验值", "Digest of the code").code().kept(), .moment(\.expires, "有效至", "Good until").ends().listed(),
            .whole(\.tries, "已试次数", "Tries", in: 0...1000).listed(), .choice(\.way, "发送方式", "Sent by").onceFilled(),
            .text(\.fault, "失败原因", "Why it failed").onceFilled(),
        ])

    package static let issue = Step<QueryCode>("issue", "生成", "Issue", to: .issued, by: .system, under: authenticity[18])
    package static let leave = always("leave", "发出", "Leave", from: .issued, to: .sent)
    package static let failToLeave = always("failToLeave", "发送失败", "Not sent", from: .issued, to: .failed)
    /// The gateway knows of nobody at this number: nothing is verified by it until it is confirmed.
    package static let bounce = Step<QueryCode>(
        "bounce", "号码不存在", "No such number", from: .issued, to: .failed, by: .system, under: authenticity[18], authenticity[20],
        isOptional: true
    ) { code, act in try QueryTelephone.markFailed(code.telephone, of: code.holder, act) }
    package static let miss = always("miss", "输入有误", "A wrong code", from: .issued, .sent, to: nil)
    package static let accept = always("accept", "核对相符", "Accept", from: .issued, .sent, to: .used)
    package static let void = always("void", "作废", "Void", from: .issued, .sent, .failed, to: .spent)
    package static let steps = [issue, leave, failToLeave, bounce, miss, accept, void]

    private static func always(_ name: String, _ zh: String, _ en: String, from one: State, _ more: State..., to state: State?) -> Step<
        QueryCode
    > {
        // A step takes its states one by one.
        switch more.count {
        case 0: Step(name, zh, en, from: one, to: state, by: .system, under: authenticity[18], isOptional: true)
        case 1: Step(name, zh, en, from: one, more[0], to: state, by: .system, under: authenticity[18], isOptional: true)
        default: Step(name, zh, en, from: one, more[0], more[1], to: state, by: .system, under: authenticity[18], isOptional: true)
        }
    }

    /// For what a code is asked.
    package enum CodeUse: String, Choosable {
        case unknown = "", desk, register, login, reveal

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .desk: Words("电话查询", "Telephone query")
            case .register: Words("网上注册", "Registration on the web")
            case .login: Words("网上登录", "Log-in on the web")
            case .reveal: Words("网上查看完整资料", "Full data on the web")
            }
        }
    }
}

extension QueryCode {
    /// A code as it was drawn: its digits go to one person and nowhere else.
    package struct Drawn: Sendable {
        let digits: String
        let salt: String
        let digest: String

        /// Six digits at random.
        package init(_ desk: Desk) {
            let code = String(UInt32.random(in: 1_000_000..<2_000_000)).dropFirst()
            digits = String(code)
            salt = String(UInt64.random(in: .min ... .max), radix: 36)
            digest = desk.keyedDigest(of: "\(salt) \(digits)", for: "query-code")
        }
    }

    /// Makes the code of a person; of nobody, and of one whose number opens nothing or was sent enough, one that is sent nowhere and that
    /// nothing fits.
    static func make(_ drawn: Drawn, for use: CodeUse, to person: QueryPerson?, _ act: Act) throws -> ID<QueryCode> {
        var code = QueryCode()
        (code.use, code.salt) = (use, drawn.salt)
        code.expires = act.now.adding(seconds: try minutes(act) * 60)
        let mayLeave = try person.map { try $0.hasGoodTelephone(act) && !isEnough($0.telephone, act) } ?? false
        if let person, mayLeave {
            (code.holder, code.telephone, code.email) = (person.number, person.telephone, person.email)
            code.digest = drawn.digest
        }
        if code.digest.isEmpty { code.digest = act.keyedDigest(of: drawn.salt, for: "no-code") }
        return try act.create(code, by: issue)
    }

    /// So long a code is good.
    package static func minutes(_ inquiry: Inquiry) throws -> Int { try inquiry.parameter(.codeMinutes) }

    /// So many went to this number within an hour, a day or a minute.
    static func isEnough(_ telephone: String, _ act: Act) throws -> Bool {
        let key = SealedKind.phone.matchKey(telephone)
        let times = try act.find(QueryCode.self, .phone, is: telephone, limit: 60)
            .filter { SealedKind.phone.matchKey($0.value.telephone) == key }.map(\.record.created)
        let hour = times.count { $0 > act.now.adding(hours: -1) }, day = times.count { $0 > act.now.adding(days: -1) }
        let isSoon = times.contains { $0 > act.now.adding(seconds: -60) }
        return try isSoon || hour >= act.parameter(.codesAnHour) || day >= act.parameter(.codesADay)
    }

    /// Tries a code. Whatever comes of it, the same is done.
    /// - Parameter person: whose number it went to; where that is another by now, the code is worth nothing.
    static func isRight(_ typed: String, _ id: ID<QueryCode>, of person: QueryPerson?, _ act: Act) throws -> Bool {
        guard let found = try act.load(id) else { return false }
        let code = found.value, digits = typed.compactMap(\.wholeNumberValue).map(String.init).joined()
        let fits = code.digest.isSameInConstantTime(as: act.keyedDigest(of: "\(code.salt) \(digits)", for: "query-code"))
        let isOpen = found.state == .issued || found.state == .sent
        let isInTime = code.expires.map { act.now < $0 } ?? false
        let number = SealedKind.phone.matchKey(person?.telephone ?? "")
        let isSameNumber = !number.isEmpty && number == SealedKind.phone.matchKey(code.telephone)
        let most = try act.parameter(.codeTries)
        guard isOpen else { return false }
        if fits && isInTime && isSameNumber && code.tries < most {
            try act.take(accept, on: id)
            return true
        }
        try act.take(code.tries + 1 >= most ? void : miss, on: id) { $0.tries += 1 }
        return false
    }

    /// One that was not used is worth nothing once another is made.
    static func discard(_ id: ID<QueryCode>, _ act: Act) throws {
        if let found = try act.load(id), [.issued, .sent, .failed].contains(found.state) { try act.take(void, on: id) }
    }
}
