import Kernel
import WorkCalendar

/// A document of which reading implies nothing else, with numbered copies, grants of verbs, and a freeze.
struct Binder: Document {
    enum State: String, CaseIterable, Sendable { case kept }
    static let name = "binder"
    var subject = ""
    var reader = PersonID.none
    var verbs = ""
    var files: [FileReference] = []
    var title: String { subject }

    static let form = Form<Binder>(
        "案卷", "Binder", number: "案卷", states: [.kept: .open("在卷", "Kept")], readers: [.either(nurse, doctor)],
        reserved: .verbs(.print, .export, .copy, .lend, from: .secret, under: clinic[2], keepers: [doctor], copies: BinderCopy.self),
        [
            .text(\.subject, "事由", "Subject").listed(), .person(\.reader, "查阅人", "Reader").optional(),
            .codes(\.verbs, "授权", "Verbs", Verb.allCases.map { .init(value: $0.rawValue, words: $0.words) }).optional(),
            .files(\.files, "附件", "Files").optional(),
        ])
    static let open = Step<Binder>("open", "立卷", "Open", to: .kept, by: .post(nurse), under: clinic[1], fields: [\.subject, \.files])
    static let give = Step<Binder>(
        "give", "授权", "Give", from: .kept, to: nil, by: .post(doctor), under: clinic[2], fields: [\.reader, \.verbs], isOptional: true
    ) { binder, act in
        let verbs = Set(binder.verbs.split(separator: ";").compactMap { Verb(rawValue: String($0)) })
        try act.grant(binder.reader, verbs: verbs, until: act.now.adding(days: 2), "会诊", "To confer")
    }
    static let revoke = Step<Binder>(
        "revoke", "收回授权", "Revoke", from: .kept, to: nil, by: .post(doctor), under: clinic[2], isOptional: true
    ) { _, act in try act.revoke(on: [ID<Binder>(act.record.id)]) }
    static let freeze = Step<Binder>(
        "freeze", "冻结", "Freeze", from: .kept, to: nil, by: .post(doctor), under: clinic[2], isOptional: true
    ) { _, act in try act.freeze([ID<Binder>(act.record.id)], until: act.now.adding(days: 30), "核查", "Under inquiry") }
    static let thaw = Step<Binder>(
        "thaw", "解除冻结", "Unfreeze", from: .kept, to: nil, by: .post(doctor), under: clinic[2], isOptional: true
    ) { _, act in try act.unfreeze([ID<Binder>(act.record.id)]) }
    static let raise = Step<Binder>(
        "raise", "提升密级", "Raise", from: .kept, to: nil, by: .post(doctor), under: clinic[2], isOptional: true
    ) { _, act in act.raise(to: .secret) }
    static let steps = [open, give, revoke, freeze, thaw, raise]
}

struct BinderCopy: NumberedCopy {
    enum State: String, CaseIterable, Sendable { case out }
    static let name = "binder-copy"
    var binders: [ID<Binder>] = []
    var code = ""
    var verb = ""
    var reader = PersonID.none
    var title: String { code }

    init() {}
    init(of documents: [Int64], for verb: Verb, by reader: PersonID) {
        (binders, self.verb, self.reader) = (documents.map { ID($0) }, verb.rawValue, reader)
    }

    static let form = Form<BinderCopy>(
        "案卷副本", "Copy of a binder", states: [.out: .open("在外", "Out")], readers: [.either(nurse, doctor)],
        [
            .references(\.binders, "案卷", "Binders"), .text(\.code, "副本号", "Number").code(), .text(\.verb, "方式", "How").code(),
            .person(\.reader, "领用人", "Reader"),
        ])
    static let issue = Step<BinderCopy>("issue", "发放", "Issue", to: .out, by: .system, under: clinic[2], isIrrevocable: true) { copy, act in
        guard let binder = copy.binders.first, let number = try act.load(binder)?.record.number else { return }
        let before = try act.find(\BinderCopy.binders, with: binder, limit: 1000).count
        copy.code = "\(number)-\(before + 1)"
    }
    static let steps = [issue]
}
