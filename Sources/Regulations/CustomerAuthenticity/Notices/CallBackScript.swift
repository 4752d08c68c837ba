import Kernel
import WorkCalendar

/// 回访要点: what is asked of the applicant, each of which wants a yes.
package enum ScriptPoint: String, Choosable {
    case unknown = "", applicant, signed, read, cover, surrender, coolingOff = "cooling_off", instalments

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .applicant: Words("确认为投保人本人", "Is the applicant")
        case .signed: Words("本人投保并亲笔签名，被保险人亦签名", "Bought and signed, and the insured too")
        case .read: Words("已阅读产品说明书和投保提示", "Has read the product sheet and the hints")
        case .cover: Words("了解保险责任、责任免除和保险期间", "Knows cover, exclusions and term")
        case .surrender: Words("了解退保可能受损失", "Knows the loss on surrender")
        case .coolingOff: Words("了解犹豫期的起算、长度和权利", "Knows start, length and rights of the cooling-off")
        case .instalments: Words("了解缴费期间和频次", "Knows how long and how often premiums are paid")
        }
    }

    /// As it is asked on the telephone.
    package func spoken(until end: Day?) -> Words {
        switch self {
        case .unknown: Words("", "")
        case .applicant: Words("请问您是这份保单的投保人本人吗？请您说一下您的出生年月日。", "Are you the policyholder yourself? Please tell me your date of birth.")
        case .signed: Words("这份保单是您自己要投保、亲笔签名的吗？被保险人也签名了吗？", "Did you want this policy and sign for it yourself? Did the insured sign too?")
        case .read: Words("产品说明书和投保提示，您都看过了吗？", "Have you read the product sheet and the hints?")
        case .cover: Words("保险保什么、不保什么、保多久，您都清楚吗？", "Do you know what is covered, what is not, and for how long?")
        case .surrender: Words("犹豫期过后退保可能会有损失，您知道吗？", "Do you know that surrender after the cooling-off may cost you money?")
        case .coolingOff:
            Words(
                "犹豫期从您签收保单的第二天算起\(end.map { "，到\($0.month)月\($0.day)日为止" } ?? "")，期间可以退保，您清楚吗？",
                "The cooling-off counts from the day after you received the policy\(end.map { ", until \($0)" } ?? ""), and you can withdraw in it. Is that clear?"
            )
        case .instalments: Words("要交多少年、多久交一次保费，您清楚吗？", "Do you know for how many years, and how often, premiums are paid?")
        }
    }

    package static let asked = allCases.filter { $0 != .unknown }
}

/// What was answered to a point.
package struct ScriptAnswer: Line {
    package enum Answer: String, Choosable {
        case unknown = "", yes, no, unsure

        package var words: Words {
            switch self {
            case .unknown: Words("未答复", "No answer")
            case .yes: Words("是", "Yes")
            case .no: Words("否", "No")
            case .unsure: Words("不清楚", "Not sure")
            }
        }
    }

    package var point = ScriptPoint.unknown
    package var answer = Answer.unknown
    package var note = ""
    package init() {}

    package init(_ point: ScriptPoint, _ answer: Answer, note: String = "") { (self.point, self.answer, self.note) = (point, answer, note) }

    package static let fields: [Field<ScriptAnswer>] = [
        .choice(\.point, "要点", "Point"), .choice(\.answer, "答复", "Answer"), .text(\.note, "说明", "Note").optional(),
    ]
}

extension CallBack {
    /// Before the points, and after them.
    package static let greeting = [
        Words("您好，我是保险公司的客户服务人员，请问您现在方便接听电话吗？", "Good day, this is your insurer's customer service. Is this a good moment?"),
        Words(
            "想就您刚签收的保单做一个回访，大约三分钟，通话会录音。",
            "I have some questions about the policy that you received; it takes three minutes and is recorded."),
    ]
    package static let parting = Words(
        "谢谢您的配合。您有疑问，可以随时拨打保险合同上的查询电话。", "Thank you. If you have questions, call the number in your contract at any time.")
}
