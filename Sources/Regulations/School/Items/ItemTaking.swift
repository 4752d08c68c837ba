import Kernel
import WorkCalendar

/// 携出登记: an item is sent on, exported, printed or lent. Of a confidential one nobody does that who is not on its core list; the refusal
/// stands in the ledger (第二条).
package struct ItemTaking: Document {
    package enum State: String, CaseIterable, Sendable { case taken, returned }
    package enum Way: String, Choosable {
        case unknown = "", send, export, print, lend
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .send: Words("传送", "Send")
            case .export: Words("导出", "Export")
            case .print: Words("打印", "Print")
            case .lend: Words("借出", "Lend")
            }
        }
    }
    package var item = ID<InformationItem>.none
    package var way = Way.unknown
    package var to = "", purpose = ""
    package var copies = 1
    package var due: Day?
    package init() {}

    package static let name = "item-taking"

    package static let form = Form<ItemTaking>(
        "信息携出登记", "Taking of an item", number: "携出",
        states: [.taken: .done("已登记", "Entered"), .returned: .done("已归还", "Returned")], readers: [.office],
        [
            .reference(\.item, "信息件", "Item").listed(), .choice(\.way, "方式", "Way").listed(), .text(\.to, "去向", "To whom").listed(),
            .text(\.purpose, "用途", "Purpose"), .whole(\.copies, "份数", "Copies", in: 1...999),
            .day(\.due, "应还日期", "Due back").only(\.way, .lend).listed(),
        ])

    package static let take = Step<ItemTaking>("take", "携出", "Take", to: .taken, by: .staff, under: school[2], school[22]) { taking, act in
        guard let item = try act.load(taking.item)?.value else { throw DeskError.absent }
        try act.require(
            !item.secrecy.isConfidential || item.core.contains(act.person), "受控、核心信息只有核心人员名单上的人可以传送、导出、打印或借出，请由名单上的人办理",
            "Only people on the core list send, export, print or lend a confidential item; let one of them do it")
        try act.require(
            taking.way != .lend || taking.due.map { $0 >= act.today } ?? false, "借出的须写明应还日期，且不早于今天",
            "Say until when it is lent, not before today")
        if item.secrecy.isConfidential { act.raise(to: item.secrecy.level) }
    }
    package static let giveBack = Step<ItemTaking>(
        "return", "归还", "Return", from: .taken, to: .returned, by: .office, when: { $0.value.way == .lend }, under: school[2])
    package static let steps = [take, giveBack]

    static let kept = Finding(
        "item-kept", "借出的信息件逾期未还", "An item was not brought back", under: school[2], in: State.taken, by: .office
    ) { (taking: ItemTaking, now) in taking.way == .lend && (taking.due.map { Moment.endOfDay($0) <= now } ?? false) }
}
