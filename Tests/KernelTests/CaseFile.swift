import Kernel
import TestOffice

/// A regulation whose documents can be destroyed, and be kept from it.
let disposal = Regulation("disposal", Words("销毁制度", "Disposal"), short: Words("销毁", "Disposal"), numbering: .arabic)
let keeper = Post("keeper", "保管员", "Keeper")
let disposalArticles = Array("articles:\n- {ref: 第1条, zh: 到期销毁, en: Destroy in time, kind: [register], demands: [a]}\n".utf8)
let disposalContents = RegulationContents(
    disposal, articles: disposalArticles, posts: [keeper], documents: [CaseFile.self, Shredding.self, CourtOrder.self])

struct CaseFile: Document {
    enum State: String, CaseIterable, Sendable { case kept, destroyed }
    static let name = "case-file"
    var client = ""
    var code = ""
    var facts = ""
    var shelf = 0
    var papers: [FileReference] = []
    var title: String { client }

    static let form = Form<CaseFile>(
        "卷宗", "Case file", number: "卷", states: [.kept: .open("在库", "Kept"), .destroyed: .done("已销毁", "Destroyed")],
        readers: [.post(keeper)], destructible: true,
        [
            .name(\.client, "当事人", "Client"), .text(\.code, "代码", "Code").indexed(), .prose(\.facts, "经过", "Facts").optional(),
            .whole(\.shelf, "架号", "Shelf", in: 0...99).optional(), .files(\.papers, "附件", "Papers").optional(),
        ])
    static let keep = Step<CaseFile>("keep", "入库", "Keep", to: .kept, by: .post(keeper), under: disposal[1]) { _, act in
        act.notify(.post(keeper), "鲎通知", "told")
    }
    static let amend = Step<CaseFile>(
        "amend", "更正", "Amend", from: .kept, to: nil, by: .post(keeper), under: disposal[1], fields: [\.facts, \.papers], isOptional: true)
    static let move = Step<CaseFile>(
        "move", "上架", "Move", from: .kept, to: nil, by: .post(keeper), under: disposal[1], fields: [\.shelf], isOptional: true, evenHeld: true)
    static let raise = Step<CaseFile>(
        "raise", "定密", "Raise", from: .kept, to: nil, by: .post(keeper), under: disposal[1], fields: [], isOptional: true
    ) { _, act in act.raise(to: .secret) }
    static let destroy = Step<CaseFile>("destroy", "销毁", "Destroy", from: .kept, to: .destroyed, by: .system, under: disposal[1])
    static let touch = Step<CaseFile>(
        "touch", "补记", "Touch", from: .destroyed, to: nil, by: .post(keeper), under: disposal[1], fields: [\.facts], isOptional: true)
    static let steps = [keep, amend, move, raise, destroy, touch]
}

/// Destroys what it lists; what is held drops out.
struct Shredding: Document {
    enum State: String, CaseIterable, Sendable { case done }
    static let name = "shredding"
    var files: [ID<CaseFile>] = []
    var result = ""
    static let form = Form<Shredding>(
        "销毁清单", "Shredding", states: [.done: .done("已执行", "Done")], readers: [.post(keeper)],
        [.references(\.files, "卷宗", "Files"), .prose(\.result, "结果", "Result").optional()])
    static let carryOut = Step<Shredding>("carry-out", "执行", "Carry out", to: .done, by: .post(keeper), under: disposal[1], fields: [\.files]) {
        list, act in
        for file in list.files {
            guard try act.holds(on: file) == 0 else {
                list.result += "保全 "
                continue
            }
            let cleared = try act.destroy(CaseFile.destroy, on: file)
            list.result += cleared.map { "\($0.store.zh)：\($0.result.zh)" }.joined(separator: "；") + " "
        }
    }
    /// Without asking first: the kernel asks all the same.
    static let blindly = Step<Shredding>("blindly", "径行", "Blindly", to: .done, by: .post(keeper), under: disposal[1], fields: [\.files]) {
        list, act in
        for file in list.files { _ = try act.destroy(CaseFile.destroy, on: file) }
    }
    static let steps = [carryOut, blindly]
}

struct CourtOrder: Document {
    enum State: String, CaseIterable, Sendable { case held, released }
    static let name = "court-order"
    var files: [ID<CaseFile>] = []
    static let form = Form<CourtOrder>(
        "保全通知", "Court order", states: [.held: .open("保全中", "Held"), .released: .done("已解除", "Released")], readers: [.post(keeper)],
        [.references(\.files, "卷宗", "Files")])
    static let place = Step<CourtOrder>("place", "保全", "Hold", to: .held, by: .post(keeper), under: disposal[1]) { order, act in
        try act.placeHold(on: order.files)
    }
    static let release = Step<CourtOrder>("release", "解除", "Release", from: .held, to: .released, by: .post(keeper), under: disposal[1]) {
        _, act in try act.releaseHolds()
    }
    static let steps = [place, release]
}
