import Kernel
import WorkCalendar

/// 内网账号: asked for, opened, looked at each year, closed when its person leaves (第二章13).
package struct NetworkAccount: Document {
    package enum State: String, CaseIterable, Sendable { case requested, approved, open, closed, refused }
    package var login = "", system = "", rights = "", purpose = "", reason = ""
    package var person = PersonID.none
    package var policy = ID<PasswordPolicy>.none
    package var passwordSetOn: Day?, reviewedOn: Day?
    package init() {}

    package static let name = "network-account"
    /// Until it is opened it has no login yet.
    package var title: String { login.isEmpty ? system : login }

    package static let form = Form<NetworkAccount>(
        "内网账号", "Network account", number: "账号",
        states: [
            .requested: .open("待批准", "Requested"), .approved: .open("待开通", "To be opened"), .open: .done("使用中", "Open"),
            .closed: .no("已注销", "Closed"), .refused: .no("不批准", "Refused"),
        ],
        readers: [.post(.networkStaff), .post(centreDirector), .head],
        [
            .text(\.system, "系统", "System").code().listed(), .text(\.rights, "所需权限", "Rights"), .prose(\.purpose, "用途", "Purpose"),
            .person(\.person, "使用人", "Person").optional().listed(),
            .text(\.login, "账号名", "Login").unique(under: enterpriseIT["第二章13"]).listed().onceFilled(),
            .reference(\.policy, "口令策略", "Password policy").onceFilled(),
            .day(\.passwordSetOn, "口令设置日期", "Password set on").listed().onceFilled(),
            .day(\.reviewedOn, "最近复核", "Reviewed on").optional().listed().onceFilled(), .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    private static let article = enterpriseIT["第二章13"]
    package static let request = Step<NetworkAccount>(
        "request", "申请账号", "Ask", to: .requested, by: .staff, under: article, fields: [\.system, \.rights, \.purpose]
    ) { account, act in account.person = act.person }
    package static let approve = Step<NetworkAccount>(
        "approve", "批准", "Approve", from: .requested, to: .approved, by: .any([.headOf(\NetworkAccount.person), .post(centreDirector)]),
        notBy: request, under: article, signs: true)
    package static let refuse = Step<NetworkAccount>(
        "refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .any([.headOf(\NetworkAccount.person), .post(centreDirector)]),
        under: article, fields: [\.reason], isOptional: true)
    package static let openIt = Step<NetworkAccount>(
        "open", "开通", "Open", from: .approved, to: .open, by: .post(.networkStaff), notBy: approve, under: article,
        fields: [\.login, \.policy, \.passwordSetOn]
    ) { account, act in
        account.reviewedOn = act.today
        try account.requirePassword(act)
    }
    package static let setPassword = Step<NetworkAccount>(
        "setPassword", "登记更换口令", "Enter a new password", from: .open, to: nil,
        by: .any([.named(\NetworkAccount.person), .post(.networkStaff)]),
        under: article, fields: [\.passwordSetOn], isOptional: true
    ) { account, act in
        // A policy that was replaced meanwhile gives way to the one in its place.
        if let policy = try PasswordPolicy.current(account.policy, act) { account.policy = policy.id }
        try account.requirePassword(act)
    }
    package static let confirm = Step<NetworkAccount>(
        "confirm", "复核：继续使用", "Reviewed: goes on", from: .open, to: nil, by: .headOf(\NetworkAccount.person), under: article,
        isOptional: true
    ) { account, act in account.reviewedOn = act.today }
    package static let close = Step<NetworkAccount>(
        "close", "注销", "Close", from: .open, to: .closed, by: .any([.post(.networkStaff), .headOf(\NetworkAccount.person)]), under: article,
        fields: [\.reason], isOptional: true)
    package static let closeByItself = Step<NetworkAccount>(
        "closeByItself", "人员离开，注销", "Closed: its person left", from: .open, .requested, .approved, to: .closed, by: .system, under: article,
        isOptional: true)
    package static let steps = [request, approve, refuse, openIt, setPassword, confirm, close, closeByItself]

    private func requirePassword(_ act: Act) throws {
        try act.require(
            passwordSetOn.map { $0 <= act.today } ?? false, "口令设置日期不能晚于今天", "The password cannot be set after today")
        try act.require(
            try act.load(policy)?.state == .inForce, "请选择现行的口令策略", "Choose the password policy in force")
    }

    /// Each is looked at within a year.
    static let unreviewed = Finding(
        "account-unreviewed", "账号一年未复核", "An account was not reviewed for a year", under: article, in: State.open,
        by: .headOf(\NetworkAccount.person)
    ) { (account: NetworkAccount, now) in account.reviewedOn.map { $0.adding(months: 12) < now.day } ?? true }
    static let stale = Finding(
        "password-stale", "口令超过有效期未更换", "A password is older than the policy allows", under: article, in: State.open,
        by: .named(\NetworkAccount.person)
    ) { (found: Found<NetworkAccount>, book) in
        guard let policy = try PasswordPolicy.current(found.value.policy, book), let set = found.value.passwordSetOn else { return false }
        return set.adding(days: policy.value.longestDays) < book.today
    }

    /// What its person leaves behind is closed the same night.
    static let daily = Duty("accounts-close", "离开人员账号注销", "Accounts of who left", under: article, .eachDay, lastIsEnough: true) { duty in
        for account in try duty.all(NetworkAccount.self, in: .open, createdBy: duty.now.day)
        where !duty.organisation.isInService(account.value.person, within: duty.scope, on: duty.now.day) {
            try duty.take(closeByItself, on: account.id) { $0.reason = "使用人已离开" }
        }
    }
}
