import Kernel

/// 告知事项: what a customer is told of (第二十条): six events of a policy, the leaving of whoever sold it, and a reminder to report changes.
package enum NoticeKind: String, Choosable {
    case unknown = "", inEffect = "in_effect", renewalDue = "renewal_due", premiumReceived = "premium_received"
    case claimResult = "claim_result", paymentDue = "payment_due", majorChange = "major_change", sellerLeft = "seller_left"
    case changeReminder = "change_reminder"
    /// A code that leaves at once and is kept nowhere.
    case code

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .inEffect: Words("保单生效", "Policy in effect")
        case .renewalDue: Words("续期缴费", "Renewal due")
        case .premiumReceived: Words("保费到账", "Premium received")
        case .claimResult: Words("索赔审核结果", "Result of a claim")
        case .paymentDue: Words("领取", "Payment due")
        case .majorChange: Words("重大变更", "Major change")
        case .sellerLeft: Words("业务员离职", "The seller has left")
        case .changeReminder: Words("提醒办理变更", "Reminder to report changes")
        case .code: Words("验证码", "Code")
        }
    }

    /// The six events of a policy.
    static let ofPolicy: [NoticeKind] = [.inEffect, .renewalDue, .premiumReceived, .claimResult, .paymentDue, .majorChange]

    /// It tells of a day that is to come, and is worth nothing behind it.
    var isDue: Bool { self == .renewalDue || self == .paymentDue }

    /// A premium may be named. What was insured, claimed or paid out may not: whoever has the number now would learn it.
    var mayNameAmount: Bool { self == .renewalDue || self == .premiumReceived }
}

/// 告知方式, in the order in which they are tried.
package enum NoticeWay: String, Choosable {
    case unknown = "", sms, mail, letter

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .sms: Words("短信", "Short message")
        case .mail: Words("电子邮件", "E-mail")
        case .letter: Words("信函", "Letter")
        }
    }

    static let order: [NoticeWay] = [.sms, .mail, .letter]

    /// Those that come after it.
    var next: [NoticeWay] { NoticeWay.order.firstIndex(of: self).map { Array(NoticeWay.order[($0 + 1)...]) } ?? [] }
}
