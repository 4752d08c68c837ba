import Kernel
import WorkCalendar

/// A regulation of which a document holds files, and has limits of its own.
let archive = Regulation("archive", Words("档案制度", "Archive"), short: Words("档案", "Archive"), numbering: .arabic)
let archivist = Post("archivist", "档案员", "Archivist")
let archiveContents = RegulationContents(
    archive,
    articles: Array(
        """
        articles:
        - {ref: 第1条, zh: 归档, en: File it, kind: [register], demands: [a]}
        """.utf8),
    posts: [archivist], documents: [Dossier.self])

struct Sheet: Line {
    var place = ""
    var copies = 0
    static let fields: [Field<Sheet>] = [
        .text(\.place, "位置", "Place").longest(5), .whole(\.copies, "份数", "Copies", in: 1...9).optional(),
    ]
}

struct Dossier: Document {
    enum State: String, CaseIterable, Sendable { case kept }
    static let name = "dossier"
    var name = ""
    var pages = 0
    var shelf = 0
    var note = ""
    var files: [FileReference] = []
    var sheets: [Sheet] = []

    var title: String { name }

    static let form = Form<Dossier>(
        "案卷", "Dossier", number: "案卷", states: [.kept: .done("在库", "Kept")], readers: [.post(archivist)],
        [
            .text(\.name, "题名", "Name"), .whole(\.pages, "页数", "Pages", in: 0...99), .whole(\.shelf, "架号", "Shelf", in: 1...9).optional(),
            .prose(\.note, "说明", "Note").optional(), .files(\.files, "附件", "Files").optional(),
            .lines(\.sheets, "分册", "Sheets").longest(3).optional(),
        ])
    static let keep = Step<Dossier>("keep", "归档", "Keep", to: .kept, by: .post(archivist), under: archive[1]) { dossier, act in
        try act.require(dossier.name != "不收", "不予归档", "It is not kept")
    }
    static let add = Step<Dossier>(
        "add", "补充", "Add", from: .kept, to: nil, by: .post(archivist), under: archive[1], fields: [\Dossier.note, \Dossier.files])
    static let steps = [keep, add]
}
