import Kernel
import WorkCalendar

/// 介绍信: numbered, with a stub that says the same word for word; valid until the end of a day; brought back unused, recalled, or lost
/// (第十六条).
package struct IntroductionLetter: Document {
    package enum State: String, CaseIterable, Sendable { case requested, issued, used, recalling, returned, lost, refused }
    package var addressee = "", bearer = "", bearerPost = "", personsInWords = "", matter = "", stub = "", reason = ""
    package var persons = 1
    package var day: Day?, validUntil: Day?
    package var approver = PersonID.none
    package init() {}

    package static let name = "introduction-letter"
    package var title: String { addressee }

    package static let form = Form<IntroductionLetter>(
        "介绍信", "Letter of introduction",
        states: [
            .requested: .open("待审批", "Requested"), .issued: .open("已开出", "Issued"), .used: .done("已使用", "Used"),
            .recalling: .open("收回中", "Being recalled"), .returned: .done("未用交回", "Brought back unused"), .lost: .no("遗失", "Lost"),
            .refused: .no("不予开具", "Refused"),
        ],
        readers: [.office, .post(.sealKeeper)],
        [
            .text(\.addressee, "致", "To").listed(), .text(\.bearer, "持信人", "Bearer").listed(), .text(\.bearerPost, "职务", "Post"),
            .whole(\.persons, "人数", "Persons", in: 1...9999), .text(\.personsInWords, "人数（大写）", "In words").code().onceFilled(),
            .text(\.matter, "事由", "Matter").hint("如：联系教研活动", "such as a visit for teaching research"), .day(\.day, "开具日期", "Day").onceFilled(),
            .day(\.validUntil, "有效期至", "Valid until").listed().hint("当日24时止", "to the end of that day"),
            .person(\.approver, "批准人", "Approver").onceFilled(), .prose(\.stub, "存根", "Stub").onceFilled(),
            .text(\.reason, "事由说明", "Reason").onceFilled(),
        ])

    package static let request = Step<IntroductionLetter>(
        "request", "申请介绍信", "Request", to: .requested, by: .staff, under: school[16],
        fields: [\.addressee, \.bearer, \.bearerPost, \.persons, \.matter, \.validUntil]
    ) { letter, act in
        let days = try act.parameter(.introductionDays)
        try act.require(
            letter.validUntil.map { $0 >= act.today && $0 <= act.today.adding(days: days) } ?? false, "有效期从今天起最长\(days)天，请核对有效期",
            "It is valid for \(days) days at most, from today")
        letter.personsInWords = CapitalNumber.words(letter.persons)
    }
    package static let issue = Step<IntroductionLetter>(
        "issue", "批准开具", "Issue", from: .requested, to: .issued, by: .any([.head, .management]), notBy: request, under: school[16],
        fields: [], isIrrevocable: true, signs: true
    ) { letter, act in
        (letter.approver, letter.day) = (act.person, act.today)
        letter.stub = letter.wording
        act.number("校介")
    }
    package static let refuse = Step<IntroductionLetter>(
        "refuse", "不予开具", "Refuse", from: .requested, to: .refused, by: .any([.head, .management]), notBy: request, under: school[16],
        fields: [\.reason], isOptional: true)
    package static let use = Step<IntroductionLetter>(
        "use", "登记已使用", "Used", from: .issued, to: .used, by: .any([.requester, .office]), under: school[16], fields: []
    ) { letter, act in
        try act.require(
            letter.isValid(at: act.now), "介绍信已过有效期，不能再登记使用；请把原件交回信息室，需要时另行申请", "It is not valid any more; bring it back")
    }
    package static let recall = Step<IntroductionLetter>(
        "recall", "收回", "Recall", from: .issued, to: .recalling, by: .any([.office, .management]), under: school[16], fields: [\.reason],
        isOptional: true
    ) { letter, act in
        try act.require(!letter.reason.isEmpty, "请写明收回理由", "Say why it is recalled")
        act.notify([act.requester], "您的介绍信须收回，请交回原件", "Bring your letter of introduction back")
    }
    /// Expired or not, the paper itself comes back.
    package static let bringBack = Step<IntroductionLetter>(
        "return", "交回原件", "Bring back", from: .issued, .recalling, to: .returned, by: .office, under: school[16], fields: [\.reason],
        isOptional: true
    ) { letter, act in try act.require(!letter.reason.isEmpty, "请写明未使用的原因，原件与存根合订", "Say why it was not used") }
    package static let lose = Step<IntroductionLetter>(
        "lose", "报失", "Report lost", from: .issued, .recalling, to: .lost, by: .any([.requester, .office]), under: school[16],
        fields: [\.reason], isOptional: true
    ) { letter, act in
        try act.require(!letter.reason.isEmpty, "请写明遗失经过", "Say how it was lost")
        act.notify(
            .office, "介绍信 \(act.record.number ?? "") 遗失，请通知“\(letter.addressee)”", "A letter of introduction is lost; warn the addressee")
    }
    package static let steps = [request, issue, refuse, use, recall, bringBack, lose]

    static let kept = Finding(
        "letter-kept", "介绍信过期未交回", "A letter of introduction has run out and was not brought back", under: school[16],
        in: State.issued, .recalling, by: .office
    ) { (letter: IntroductionLetter, now) in !letter.isValid(at: now) }

    package func isValid(at moment: Moment) -> Bool { validUntil.map { moment < .endOfDay($0) } ?? false }

    /// The same on the letter and on the stub.
    package var wording: String {
        let last = validUntil.map { "\($0.year)年\($0.month)月\($0.day)日" } ?? "", others = persons > 1 ? "等" : ""
        return "\(addressee)：兹介绍我校\(bearerPost)\(bearer)\(others)\(personsInWords)人前往贵处，\(matter)，请予接洽。有效期至\(last)。"
    }
}
