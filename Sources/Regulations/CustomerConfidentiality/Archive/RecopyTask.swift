import Kernel
import WorkCalendar

/// 重抄任务: a part written with ball-point, pencil or another ink that fades is copied anew before it does (第8条).
package struct RecopyTask: Document {
    package enum State: String, CaseIterable, Sendable { case open, done, dropped }
    package static let name = "recopy-task"
    package var file = ID<CustomerFile>.none
    package var part = PartKind.unknown
    package var heading = ""
    package var ink = Ink.unknown, newInk = Ink.unknown
    package var scans: [FileReference] = []
    package var secrecy = SecrecyLevel.internal
    package init() {}

    package static let form = Form<RecopyTask>(
        "重抄任务", "Re-copy", number: "重抄",
        states: [.open: .open("待重抄", "To be copied"), .done: .done("已重抄", "Copied"), .dropped: .no("已撤销", "Dropped")],
        readers: [.archive],
        [
            .reference(\.file, "客户档案", "File").listed(), .choice(\.part, "材料种类", "Part").listed(),
            .text(\.heading, "题名", "Title").optional().listed(), .choice(\.ink, "原书写材料", "Written with").listed(),
            .choice(\.newInk, "重抄后书写材料", "Copied with").hint("须为耐久墨水或打印", "a lasting ink, or print"),
            .files(\.scans, "重抄件扫描", "Scan of the copy").optional(), .choice(\.secrecy, "密级", "Level").optional(),
        ])

    static let copying = Deadline(
        "copying", "及时重抄", "Copy in time", under: confidentiality[8], escalatesTo: .post(.informationSupervisor), ofWorkingDays: true)
    package static let deadlines = [copying]

    package static let open = Step<RecopyTask>("open", "待重抄", "To be copied", to: .open, by: .system, under: confidentiality[8]) {
        task, act in
        act.raise(to: task.secrecy.level)
        act.start(copying, workingDays: try act.parameter(.recopyWorkingDays))
    }
    package static let copy = Step<RecopyTask>(
        "copy", "重抄完成", "Copy anew", from: .open, to: .done, by: .either(.archivist, .informationSpecialist, .custodian),
        under: confidentiality[8], fields: [\.newInk, \.scans]
    ) { task, act in
        try act.require(
            task.newInk != .unknown && task.newInk.isLasting, "重抄须用碳素、蓝黑墨水或打印，不得再用圆珠笔、铅笔、纯蓝墨水",
            "Copy it with carbon or blue-black ink, or print it; no ball-point, pencil or pure blue ink")
        let done = task
        try act.take(CustomerFile.renewPart, on: task.file) { file in
            guard let place = file.parts.firstIndex(where: { done.isAbout($0) }) else { return }
            file.parts[place].ink = done.newInk
        }
        act.meet(copying)
    }.task("重抄", "Copy anew")
    package static let drop = Step<RecopyTask>(
        "drop", "撤销", "Drop", from: .open, to: .dropped, by: .system, under: confidentiality[8], isOptional: true
    ) { _, act in act.meet(copying) }
    package static let changeLevel = Step<RecopyTask>(
        "changeLevel", "变更密级", "Change the level", from: .open, .done, .dropped, to: nil, by: .system, under: confidentiality[22],
        isOptional: true
    ) { task, act in act.raise(to: task.secrecy.level) }
    package static let steps = [open, copy, drop, changeLevel]

    private func isAbout(_ candidate: FilePart) -> Bool {
        part == candidate.kind && heading == candidate.title && ink == candidate.ink
    }

    /// One task for each part that fades; a task whose part is gone goes too.
    static func open(for file: CustomerFile, _ act: Act) throws {
        let id = ID<CustomerFile>(act.record.id)
        let known = try act.find(\RecopyTask.file, is: id, in: .open, limit: 1000)
        let fading = file.parts.filter { !$0.ink.isLasting }
        for task in known where !fading.contains(where: task.value.isAbout) { try act.take(drop, on: task.id) }
        for part in fading where !known.contains(where: { $0.value.isAbout(part) }) {
            var task = RecopyTask()
            (task.file, task.part, task.heading, task.ink) = (id, part.kind, part.title, part.ink)
            task.secrecy = file.secrecy
            try act.create(task, by: open)
        }
    }
}
