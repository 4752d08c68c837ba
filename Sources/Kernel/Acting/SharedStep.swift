import Store

/// A step that several people each take: everybody on a list, or so many of a post. The document moves on with the last of them. Whoever
/// took it before the document came back to its state takes it anew.
extension Satellites {
    /// Who took the step since it waits.
    func takers(of step: String) -> [Taken] {
        let since = tasks[step] ?? .max
        return taken.filter { $0.step == step && $0.at >= since }
    }

    /// Whether this hand has taken a step that now waits for others.
    func hasTaken(_ step: DocumentType.Step, _ principal: Principal) -> Bool {
        step.isShared && !principal.isSystem && takers(of: step.name).contains { $0.isBy(principal) }
    }
}

extension Transaction {
    /// Whether the document moves on when this hand takes the step.
    func isLast<D: Document>(
        _ step: Step<D>, _ record: Record, fields: JSONValue, _ satellites: Satellites, _ principal: Principal
    ) throws -> Bool {
        guard step.isShared, !principal.isSystem else { return true }
        let done = satellites.takers(of: step.name)
        guard !done.contains(where: { $0.isBy(principal) }) else {
            throw DeskError.conflict(
                Words("您已办理“\(step.title.zh)”，现等待其他人办理", "You have taken “\(step.title.en)”; it waits for others now"))
        }
        let names = Set(done.map { $0.behalf == 0 ? $0.person : $0.behalf } + [principal.effective.raw])
        guard step.by.isEach else { return names.count >= step.takers }
        return authority.addressees(of: step.by, record, fields: fields).allSatisfy { addressee in
            addressee.person.map { names.contains($0.raw) } ?? true
        }
    }
}
