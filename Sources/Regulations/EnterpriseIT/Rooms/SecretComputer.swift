import Kernel
import WorkCalendar

/// 涉密计算机: marked only after review, with a custodian whose secrecy training is valid and a password that is set; the unit's leader answers
/// for it (第二章15). The register alone is kept here, nothing of what the machine holds.
package struct SecretComputer: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, reviewed, marked, leaving, withdrawn, refused }
    package enum Grade: String, Choosable {
        case none = "", secret, confidential, topSecret
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .secret: Words("秘密", "Secret")
            case .confidential: Words("机密", "Confidential")
            case .topSecret: Words("绝密", "Top secret")
            }
        }
        /// Days until its password is changed.
        var passwordDays: Int { self == .secret ? 30 : 7 }
    }
    package enum Lock: String, Choosable {
        case none = "", password, card, biometric
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .password: Words("口令", "Password")
            case .card: Words("卡或钥匙加识别码", "Card or key with PIN")
            case .biometric: Words("生物特征", "Biometric")
            }
        }
    }
    package var asset = ID<ITAsset>.none
    package var grade = Grade.none
    package var lock = Lock.none
    package var leader = PersonID.none, custodian = PersonID.none
    package var label = "", system = "", review = "", reason = "", disposal = ""
    package var length = 0
    package var passwordSetOn: Day?
    package var isOffline = false, hasNoWireless = false
    package init() {}

    package static let name = "secret-computer"
    package var title: String { label }
    private static let article = enterpriseIT["第二章15"]

    package static let form = Form<SecretComputer>(
        "涉密计算机", "Secret computer", number: "涉密机",
        states: [
            .proposed: .open("待审查", "To be reviewed"), .reviewed: .open("待标定", "To be marked"), .marked: .done("涉密使用中", "Marked"),
            .leaving: .open("待批准退出", "To be withdrawn"), .withdrawn: .no("已退出涉密", "Withdrawn"), .refused: .no("审查未通过", "Refused"),
        ],
        readers: [.post(centreDirector), .post(factoryLeader)],
        [
            .reference(\.asset, "计算机", "Computer"), .text(\.label, "计算机名称", "Which computer").code().optional().listed().onceFilled(),
            .choice(\.grade, "密级", "Grade").listed(),
            .person(\.leader, "单位领导", "Leader who answers").listed(), .person(\.custodian, "专管人", "Custodian").listed(),
            .prose(\.system, "保密制度", "Rules"), .flag(\.isOffline, "不接互联网", "Never on the internet"),
            .flag(\.hasNoWireless, "无无线设备", "No wireless devices"), .prose(\.review, "审查意见", "Review").onceFilled(),
            .choice(\.lock, "身份鉴别", "How it is opened").onceFilled(),
            .whole(\.length, "口令或识别码位数", "Length of the password or PIN", in: 0...64).optional().onceFilled(),
            .day(\.passwordSetOn, "口令设置日期", "Password set on").listed().onceFilled(), .text(\.reason, "理由", "Reason").onceFilled(),
            .text(\.disposal, "存储部件处置", "What became of its disks").onceFilled(),
        ])

    package static let propose = Step<SecretComputer>(
        "propose", "提请定密", "Propose", to: .proposed, by: .either(centreDirector, .assetStaff), under: article,
        fields: [\.asset, \.grade, \.leader, \.custodian, \.system, \.isOffline, \.hasNoWireless]
    ) { computer, act in
        try act.require(computer.leader != computer.custodian, "单位领导与专管人不能是同一人", "Leader and custodian are two people")
        try computer.requireApart(act)
        computer.label = try act.load(computer.asset)?.value.title ?? ""
        act.hold(computer.custodian)
        try act.grant(computer.leader, until: act.now.adding(days: 3650), "单位领导负责制", "As the leader who answers for it")
    }
    package static let look = Step<SecretComputer>(
        "reviewPassed", "审查通过", "Review passed", from: .proposed, to: .reviewed, by: .post(factoryLeader), notBy: propose, under: article,
        fields: [\.review], signs: true
    ).task("审查", "Review")
    package static let refuse = Step<SecretComputer>(
        "refuse", "审查未通过", "Review not passed", from: .proposed, to: .refused, by: .post(factoryLeader), under: article, fields: [\.reason],
        isOptional: true)
    package static let setPassword = Step<SecretComputer>(
        "setPassword", "登记口令设置", "Enter that the password is set", from: .reviewed, .marked, to: nil, by: .named(\SecretComputer.custodian),
        under: article, fields: [\.lock, \.length, \.passwordSetOn], isOptional: true
    ).checking { computer, check in
        check.require(computer.isLocked, computer.lockRule.zh, computer.lockRule.en, at: \.lock, \.length)
        check.require(
            computer.passwordSetOn.map { $0 <= check.act.today } ?? false, "设置日期不能晚于今天", "It cannot be set after today",
            at: \.passwordSetOn)
    }
    package static let mark = Step<SecretComputer>(
        "mark", "标定涉密", "Mark", from: .reviewed, to: .marked, by: .post(centreDirector), under: article, signs: true
    ) { computer, act in
        try act.require(
            try SecrecyTraining.isValid(of: computer.custodian, act), "专管人的保密培训已过期或没有记录，请先培训",
            "The custodian's secrecy training has lapsed, or there is none; train first")
        try act.require(computer.passwordSetOn != nil, "专管人尚未设置口令", "The custodian has set no password yet")
        try computer.requireApart(act)
        try act.take(ITAsset.markSecret, on: computer.asset) { $0.isSecret = true }
    }
    package static let askOut = Step<SecretComputer>(
        "askOut", "申请退出涉密", "Ask to withdraw it", from: .marked, to: .leaving, by: .named(\SecretComputer.leader), under: article,
        fields: [\.reason], isOptional: true)
    package static let withdraw = Step<SecretComputer>(
        "takeOut", "批准退出涉密", "Withdraw", from: .leaving, to: .withdrawn, by: .post(factoryLeader), notBy: askOut, under: article,
        fields: [\.disposal], signs: true
    ) { computer, act in
        try act.require(!computer.disposal.isEmpty, "退出涉密须更换并处置存储部件，请写明", "Its disks are replaced and disposed of; say how")
        try act.take(ITAsset.markSecret, on: computer.asset) { $0.isSecret = false }
    }
    package static let steps = [propose, look, refuse, setPassword, mark, askOut, withdraw]

    /// 第二章15: the training lapsed while the machine is in use. The mark stays.
    static let lapsed = Finding(
        "secret-training", "专管人保密培训已过期", "The custodian's secrecy training has lapsed", under: article, in: State.marked,
        by: .named(\SecretComputer.leader)
    ) { (found: Found<SecretComputer>, book) in try !SecrecyTraining.isValid(of: found.value.custodian, book) }
    static let stale = Finding(
        "secret-password", "涉密机口令逾期未换", "Its password is overdue", under: article, in: State.marked, by: .named(\SecretComputer.custodian)
    ) { (computer: SecretComputer, now) in
        computer.lock == .password && computer.passwordSetOn.map { $0.adding(days: computer.grade.passwordDays) < now.day } ?? true
    }

    private func requireApart(_ act: Act) throws {
        let patched = try act.find(\ConnectionPoint.asset, is: asset, in: .patched, limit: 1)
        let addresses = try act.find(\NetworkAddress.asset, is: asset, in: .active, limit: 1)
        try act.require(
            isOffline && hasNoWireless && patched.isEmpty && addresses.isEmpty, "涉密计算机不得接入网络或使用无线设备，请先断开",
            "A secret computer hangs on no network and has no wireless devices; take it off first")
    }

    private var isLocked: Bool {
        switch (grade, lock) {
        case (.secret, .password): length >= 8
        case (.confidential, .password): length >= 10
        case (.topSecret, .password), (_, .none): false
        case (.topSecret, .card): length >= 6
        case (_, .card): length >= 4
        case (_, .biometric): true
        default: false
        }
    }
    private var lockRule: Words {
        switch grade {
        case .secret, .none: Words("秘密级口令不少于 8 位", "Secret: a password of 8 characters at least")
        case .confidential:
            Words("机密级须用卡加 4 位以上识别码，或 10 位以上口令", "Confidential: a card with a PIN of 4, or a password of 10")
        case .topSecret: Words("绝密级须用生物特征，或卡加 6 位以上识别码", "Top secret: biometric, or a card with a PIN of 6")
        }
    }
}

/// 保密培训: who was trained, until when it counts (第二章15).
package struct SecrecyTraining: Document {
    package enum State: String, CaseIterable, Sendable { case passed }
    package var person = PersonID.none
    package var topic = ""
    package var day: Day?, validUntil: Day?
    package init() {}

    package static let name = "secrecy-training"
    package var title: String { topic }

    package static let form = Form<SecrecyTraining>(
        "保密培训", "Secrecy training", number: "保密培训", states: [.passed: .done("合格", "Passed")],
        readers: [.post(centreDirector), .post(factoryLeader)],
        [
            .person(\.person, "参加人", "Who").listed(), .text(\.topic, "内容", "Topic").code().listed(), .day(\.day, "培训日期", "Day").listed(),
            .day(\.validUntil, "有效期至", "Valid until").optional().listed(),
        ])

    package static let enter = Step<SecrecyTraining>(
        "enter", "登记培训", "Enter", to: .passed, by: .post(centreDirector), under: enterpriseIT["第二章15"], fields: [\.person, \.topic, \.day]
    ) { training, act in
        let months = try act.parameter(.secrecyTrainingMonths)
        try act.require(training.day.map { $0 <= act.today } ?? false, "培训日期不能晚于今天", "It cannot have been after today")
        training.validUntil = training.day?.adding(months: months)
        act.hold(training.person)
    }
    package static let steps = [enter]

    static func isValid(of person: PersonID, _ book: Inquiry) throws -> Bool {
        try book.find(\SecrecyTraining.person, is: person, limit: 100).contains { $0.value.validUntil.map { $0 >= book.today } ?? false }
    }
}
