/// 一次说全: what is wrong with what was handed in to a step, whichever check found it, so that a form comes back once and not three times.
struct FaultGathering {
    private(set) var faults: [Refusal.Fault] = []
    /// What ended each check, to go on as it is where one alone found something.
    private var endings: [any Error] = []

    var isEmpty: Bool { endings.isEmpty }
    /// The fields at fault; of a row, the field that holds it.
    var fields: Set<String> { Set(faults.map { Self.field($0) }) }

    static func field(_ fault: Refusal.Fault) -> String { String(fault.field.prefix { $0 != "." }) }

    /// Runs a check. What it finds of fields is kept; whatever else it throws goes on.
    mutating func run(_ check: () throws -> Void) throws {
        do {
            try check()
        } catch DeskError.invalid(let wrong) {
            add(wrong, DeskError.invalid(wrong))
        } catch let refusal as Refusal where !refusal.faults.isEmpty {
            add(refusal.faults, refusal)
        }
    }

    /// A field is told of once, by the first that found something of it.
    mutating func add(_ wrong: [Refusal.Fault], _ error: any Error) {
        let known = fields
        faults += wrong.filter { !known.contains(Self.field($0)) }
        endings.append(error)
    }

    /// - Parameter order: the fields as they are asked for.
    /// - Throws: all that was found.
    func finish(_ order: [String]) throws {
        guard let first = endings.first else { return }
        if endings.count == 1 { throw first }
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { place, _ in place })
        let sorted = faults.enumerated().sorted { one, other in
            let (here, there) = (places[Self.field(one.element)] ?? .max, places[Self.field(other.element)] ?? .max)
            return here == there ? one.offset < other.offset : here < there
        }.map(\.element)
        if endings.contains(where: { $0 is DeskError }) { throw DeskError.invalid(sorted) }
        throw Refusal(of: sorted, under: nil)
    }
}

extension Refusal {
    /// With every fault named.
    init(of faults: [Fault], under article: Article?) {
        let zh = faults.map(\.words.zh).joined(separator: "；"), en = faults.map(\.words.en).joined(separator: "; ")
        self.init(article: faults.first?.article ?? article, words: Words(zh, en), faults: faults)
    }
}

/// What of a step is judged field by field, before its rules: every requirement names the fields that it speaks of, and all that fail are
/// told at once. One whose fields cannot be read is not asked.
package final class Checking<D: Document> {
    package let act: Act
    private let unsound: Set<String>
    private(set) var faults: [Refusal.Fault] = []

    init(_ act: Act, unsound: Set<String>) { (self.act, self.unsound) = (act, unsound) }

    /// - Parameter fields: what it speaks of; the fault stands at the first.
    package func require(
        _ holds: @autoclosure () throws -> Bool, _ zh: @autoclosure () -> String, _ en: @autoclosure () -> String,
        at fields: PartialKeyPath<D>..., under article: Article? = nil
    ) rethrows {
        let names = fields.map(\.name)
        guard let first = names.first, unsound.isDisjoint(with: names), try !holds() else { return }
        if faults.contains(where: { $0.field == first }) { return }
        faults.append(.init(field: first, Words(zh(), en()), under: article ?? act.articles.first))
    }
}

extension Transaction {
    /// Takes the input of a step and judges it, field by field.
    /// - Throws: all that is wrong with it at once.
    func judge<D: Document>(
        _ step: Step<D>, _ document: inout D, since before: PendingStep.Before?, _ record: Record, _ type: DocumentType,
        through post: Int64,
        by principal: Principal, _ fill: (inout D) throws -> Void
    ) throws {
        let base = document
        var found = FaultGathering()
        try found.run { try fill(&document) }
        try found.run { try requireNamed(in: document, since: before, record, type, by: principal) }
        try found.run { try requireKept(document, since: before, type, principal) }
        try found.run { try requireUnique(document, since: before, record, type) }
        if found.isEmpty, step.checks == nil { return }
        var sound = found.isEmpty ? document : Self.restored(document, found.fields, as: base)
        let act = Act(
            self, principal: principal, through: post, record: record, type: type, articles: step.articles(of: sound))
        if let checks = step.checks {
            let checking = Checking<D>(act, unsound: found.fields)
            try found.run {
                try checks(sound, checking)
                try act.refuse(checking.faults)
            }
        }
        if !found.isEmpty, step.allowsBlanks { try ask(step.rules, of: &sound, act, &found) }
        try found.finish(step.fields)
    }

    /// The document with these fields as they were.
    private static func restored<D: Document>(_ document: D, _ fields: Set<String>, as base: D) -> D {
        var restored = base
        for field in D.form.fields where !fields.contains(field.key) {
            let value = field.read(document)
            // What was emptied stays empty.
            if value != field.read(base) { _ = field.fill(&restored, value) }
        }
        return restored
    }

    /// What the rules of a step find besides, that judge what is incomplete too. Without the rows of a list they would miss the list.
    private func ask<D: Document>(_ rules: Step<D>.Rules, of document: inout D, _ act: Act, _ found: inout FaultGathering) throws {
        let hasRows = D.form.fields.contains { field in
            guard case .lines = field.kind else { return false }
            return found.fields.contains(field.key)
        }
        if hasRows { return }
        var more: [Refusal.Fault] = []
        do {
            try rules(&document, act)
            more = act.draftRefusal?.faults ?? []
        } catch let refusal as Refusal {
            more = refusal.faults
        } catch DeskError.invalid(let faults) {
            more = faults
        } catch is DeskError {
        }
        more.removeAll { $0.field.isEmpty }
        if !more.isEmpty { found.add(more, Refusal(of: more, under: nil)) }
    }
}
