import Kernel
import WorkCalendar

/// 客户通知: one message to one customer by one way, from its composing until it is known what became of it (第二十条). Every attempt and every
/// word of the gateway's stays on it.
package struct CustomerNotice: Document {
    package enum State: String, CaseIterable, Sendable {
        case queued, sending, printing, handed, delivered, temporary, permanent, technical, unknown, dead, withheld
    }

    package var kind = NoticeKind.unknown
    package var way = NoticeWay.unknown
    package var customer = ID<Customer>.none
    package var policy = ID<Policy>.none
    package var leaving = ID<SellerLeaving>.none
    package var day: Day?
    package var amount: DecimalNumber?
    package var servedBy = ""
    package var phone = ""
    package var email = ""
    package var addressee = ""
    package var address = ""
    package var signature = ""
    package var template = ID<MessageTemplate>.none
    package var text = ""
    package var length = 0
    package var parts = 0
    package var reference = ""
    package var round = 1
    package var tries = 0
    package var isLastTry = false
    package var gatewayNumber = ""
    package var mailNumber = ""
    package var attempts: [HandingAttempt] = []
    package var reports: [DeliveryReport] = []
    package var withheld = WithholdingReason.unknown
    package var follows = ID<CustomerNotice>.none
    package var note = ""
    package init() {}

    package static let name = "customer-notice"

    package static let form = Form<CustomerNotice>(
        "客户通知", "Notice to a customer", number: "通知",
        states: [
            .queued: .open("待发", "Queued"), .sending: .open("正在交付", "Being handed over"),
            .printing: .open("待打印寄出", "To be printed and posted"),
            .handed: .open("已交付", "Handed over"), .delivered: .done("已送达", "Delivered"),
            .temporary: .open("暂时失败，待重试", "Failed for now, to be tried again"), .permanent: .no("永久失败", "Failed for good"),
            .technical: .open("技术故障，待重试", "Technical failure, to be tried again"), .unknown: .no("结果不明", "Not known"),
            .dead: .open("停止重试，待处理", "Given up, to be seen to"), .withheld: .no("未发出", "Withheld"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .choice(\.kind, "告知事项", "Kind").indexed().listed(), .choice(\.way, "方式", "Way").listed(),
            .reference(\.customer, "客户", "Customer").subject().listed(), .reference(\.policy, "保单", "Policy").optional().listed(),
            .reference(\.leaving, "离职告知", "Leaving of the seller").optional().onceFilled(),
            .day(\.day, "日期", "Day").optional(),
            .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...100_000_000).optional().onceFilled(),
            .text(\.servedBy, "现服务人员", "Served by").optional().onceFilled(),
            .sealed(\.phone, "接收号码", "Number", .phone).optional().onceFilled(),
            .sealed(\.email, "接收邮箱", "Mail address", .email).optional().onceFilled(),
            .name(\.addressee, "收件人", "Addressee").optional().onceFilled(),
            .sealed(\.address, "收件地址", "Address", .address).optional().onceFilled(),
            .text(\.signature, "签名", "Signature").optional().onceFilled(), .reference(\.template, "模板", "Template").optional(),
            .prose(\.text, "内容", "Text").optional(),
            .whole(\.length, "字数（含签名）", "Characters, with the signature", in: 0...10_000).optional().onceFilled(),
            .whole(\.parts, "计费条数", "Messages charged", in: 0...100).optional().onceFilled(),
            .text(\.reference, "交付编号", "Reference").optional().indexed(), .whole(\.round, "轮次", "Round", in: 1...10_000).optional(),
            .whole(\.tries, "本轮尝试次数", "Tries of this round", in: 0...10_000).optional().listed(),
            .flag(\.isLastTry, "本轮最后一次", "The last try of this round"),
            .text(\.gatewayNumber, "网关编号", "The gateway's number").optional().indexed().onceFilled(),
            .text(\.mailNumber, "挂号信编号", "Number of the registered letter").longest(40).onceFilled(),
            .lines(\.attempts, "交付记录", "Attempts").optional().unindexed(),
            .lines(\.reports, "回执", "Delivery reports").optional().unindexed(),
            .choice(\.withheld, "未发出的原因", "Why it was withheld").optional().onceFilled().listed(),
            .reference(\.follows, "接续", "Follows").optional().onceFilled(), .text(\.note, "处理说明", "Note").onceFilled(),
        ])

    package static let steps = [
        queue, lay, hold, claim, accept, noteNumber, postpone, falter, abandon, refuseAddress, release, requeue, report, deliver,
        failForNow,
        failForGood, giveUp, replay, post, confirm, comeBack, reissue,
    ]
    package static let deadlines = [handing, retry, receipt]
}

/// Why a notice does not leave, found where messages leave.
package enum WithholdingReason: String, Choosable {
    case unknown = "", deceased, noWay = "no_way", deadAddress = "dead_address", personal, noChannels = "no_channels"
    case noTemplate = "no_template", badText = "bad_text"

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .deceased: Words("客户已身故，不再通知", "The customer has died")
        case .noWay: Words("没有可用的联系方式", "There is no way to reach the customer")
        case .deadAddress: Words("号码或地址正待核实", "Number or address is being looked into")
        case .personal: Words("内容含个人信息，不得外发", "The text holds personal data")
        case .noChannels: Words("内容未写明查询方式", "The text does not name the query channels")
        case .noTemplate: Words("没有使用中的模板", "There is no template in use")
        case .badText: Words("内容不合短信规则", "The text breaks the rules of messages")
        }
    }
}

/// One try to hand a notice over, and what came of it at once.
package struct HandingAttempt: Line {
    package enum Outcome: String, Choosable {
        case open = "", taken, noSuchAddress = "no_such_address", unacceptable, later, unsure

        package var words: Words {
            switch self {
            case .open: Words("", "")
            case .taken: Words("已接收", "Taken over")
            case .noSuchAddress: Words("号码或地址不存在", "No such address")
            case .unacceptable: Words("内容不被接受", "Not let through")
            case .later: Words("暂不接收", "Not now")
            case .unsure: Words("没有答复，是否接收不明", "No answer; nobody knows")
            }
        }
    }

    package var at: Moment?
    package var round = 0
    package var outcome = Outcome.open
    package var detail = ""
    package init() {}

    package static let fields: [Field<HandingAttempt>] = [
        .moment(\.at, "时间", "At"), .whole(\.round, "轮次", "Round", in: 0...10_000), .choice(\.outcome, "结果", "Outcome").optional(),
        .text(\.detail, "说明", "Detail").optional(),
    ]
}
