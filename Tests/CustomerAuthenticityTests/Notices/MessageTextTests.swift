import ArticleProof
import CustomerAuthenticity
import Kernel
import Testing
import WorkCalendar

/// How the carriers count a message, and what it may not say.
@Suite struct MessageTextTests {
    /// Characters with the signature and its 【】, and the messages that are charged.
    private static let lengths = [(70, 1), (71, 2), (134, 2), (135, 3), (160, 3), (201, 3), (202, 4), (500, 8), (1, 1), (0, 0)]

    @Test(.article(authenticity[20]), arguments: lengths.indices) func aMessageIsChargedAsTheCarriersCount(index: Int) {
        let (length, parts) = Self.lengths[index]
        #expect(MessageText.parts(ofLength: length) == parts)
    }

    @Test(.article(authenticity[20])) func theSignatureAndItsBracketsCount() {
        #expect(MessageText.length(signature: "岭南人寿", text: String(repeating: "字", count: 64)) == 70)
        #expect(MessageText.parts(ofLength: MessageText.length(signature: "岭南人寿", text: String(repeating: "字", count: 64))) == 1)
        #expect(MessageText.parts(ofLength: MessageText.length(signature: "岭南人寿", text: String(repeating: "字", count: 65))) == 2)
        // What takes two units is charged as two.
        #expect(MessageText.length(signature: "", text: "𠮷") == 2)
    }

    private static let bad = [
        ("岭", "保单已生效", "2 至 12"), ("岭南人寿保险有限公司广东分公司", "保单已生效", "2 至 12"), ("岭南-人寿", "保单已生效", "不含符号"),
        ("岭南人寿", "【提醒】保单已生效", "不能含【】"), ("岭南人寿", String(repeating: "字", count: 500), "最多 500"),
        ("岭南人寿", "请登录www.a.example或www.b.example", "个网址"), ("岭南人寿", "请拨95500、020-83330000或13912345678", "个电话"),
        ("岭南人寿", "保单已生效，限时优惠请致电", "营销"),
    ]

    @Test(.article(authenticity[20]), arguments: bad.indices) func whatTheCarriersWouldBlockIsNotTaken(index: Int) {
        let (signature, text, words) = Self.bad[index]
        #expect(MessageText.faults(signature: signature, text: text).contains { $0.zh.contains(words) })
    }

    @Test(.article(authenticity[20])) func aHotLineASiteAndAnOfficeFitAndAmountsAreNoTelephones() {
        let text = "您的保单应于2026年3月4日续期缴费10050元。查询请拨95500、登录www.lingnan.example或到天河营业部。"
        #expect(MessageText.faults(signature: "岭南人寿", text: text).isEmpty)
    }

    private static let noon = Moment(Day(iso: "2026-01-16")!, hour: 12)!

    private static func report(_ outcome: DeliveryReport.Outcome, minute: Int, part: Int = 0, of parts: Int = 1, round: Int = 1) -> DeliveryReport {
        var report = DeliveryReport()
        (report.outcome, report.at, report.part, report.parts, report.round) = (outcome, noon.adding(seconds: minute * 60), part, parts, round)
        return report
    }

    @Test(.article(authenticity[20])) func theLastWordByTheGatewaysTimeCountsInWhateverOrderItComes() {
        let (sent, delivered) = (Self.report(.sent, minute: 1), Self.report(.delivered, minute: 2))
        #expect(DeliveryVerdict.of([sent, delivered], round: 1) == .delivered)
        #expect(DeliveryVerdict.of([delivered, sent], round: 1) == .delivered, "backwards")
        #expect(DeliveryVerdict.of([delivered, delivered], round: 1) == .delivered, "twice")
        // A bounce after delivered is the last word; one that happened before is not.
        #expect(DeliveryVerdict.of([delivered, Self.report(.permanent, minute: 3)], round: 1) == .permanent)
        #expect(DeliveryVerdict.of([Self.report(.permanent, minute: 1), delivered], round: 1) == .delivered)
        #expect(DeliveryVerdict.of([Self.report(.temporary, minute: 9), delivered], round: 1) == .delivered, "what arrived has arrived")
        #expect(DeliveryVerdict.of([sent], round: 1) == .none && DeliveryVerdict.of([], round: 1) == .none)
    }

    @Test(.article(authenticity[20])) func aLongMessageIsDeliveredWhenItsLastPartIs() {
        let first = Self.report(.delivered, minute: 1, part: 1, of: 3), second = Self.report(.delivered, minute: 1, part: 2, of: 3)
        #expect(DeliveryVerdict.of([first, second], round: 1) == .none, "the third is missing")
        #expect(DeliveryVerdict.of([first, second, Self.report(.delivered, minute: 4, part: 3, of: 3)], round: 1) == .delivered)
        #expect(DeliveryVerdict.of([first, second, Self.report(.permanent, minute: 4, part: 3, of: 3)], round: 1) == .permanent, "one part is lost")
    }

    @Test(.article(authenticity[20])) func whatFailedInAnEarlierRoundSaysNothingOfThisOne() {
        let failed = Self.report(.permanent, minute: 1, round: 1)
        #expect(DeliveryVerdict.of([failed], round: 2) == .none)
        #expect(DeliveryVerdict.of([failed, Self.report(.delivered, minute: 2, round: 2)], round: 2) == .delivered)
        #expect(DeliveryVerdict.of([Self.report(.delivered, minute: 2, round: 1)], round: 2) == .delivered, "late, of the round before")
    }

    @Test(.article(authenticity[20])) func whatIsNoReportIsNotRead() {
        let now = Self.noon
        for text in [#"{"state":"delivered"}"#, #"{"key":"n-1","state":"read"}"#, #"{"key":"n-1"}"#, "[]", #""x""#] {
            let json = try? JSONReader.read(text)
            #expect(GatewayReport(json ?? .null, at: now) == nil, "\(text)")
        }
        let greedy = try? JSONReader.read(#"{"key":"n-1","state":"delivered","part":9223372036854775807,"parts":9223372036854775807,"at":"2999-01-01T00:00:00+08:00"}"#)
        let report = GatewayReport(greedy ?? .null, at: now)?.report
        #expect(report?.parts == 16 && report?.part == 16 && report?.at == now, "nothing is of tomorrow, and no message has more parts")
    }
}
