import Store

/// Which of the charter's counts a reader may see through: those behind which stands a document that the reader may read.
extension Desk {
    /// - Returns: by type, the steps that were taken and the clocks that ran out on documents that the person may read; of very many
    ///   documents the newest are looked at.
    func seenThrough(
        _ access: Access, _ contents: RegulationContents, _ counts: [CountKey: Int], _ clocks: [String: (met: Int, broken: Int)],
        _ session: any Session
    ) throws -> [String: TypeFigures.Names] {
        let counted = Set(counts.filter { $0.value > 0 }.map(\.key.type))
        let late = Set(clocks.filter { $0.value.broken > 0 }.compactMap { $0.key.split(separator: ".").first.map(String.init) })
        let practised = Set(contents.practices.flatMap(\.types))
        var found: [String: TypeFigures.Names] = [:]
        for type in catalogue.types where type.regulation.id == contents.regulation.id || practised.contains(type.name) {
            guard counted.contains(type.name) || late.contains(type.name) else { continue }
            let search = RegisterSearch(type: type, query: RegisterQuery(), access: access, keys: keys)
            found[type.name] = try TypeFigures(search).names(session)
        }
        return found
    }
}

extension CharterView.Law {
    init(
        article: Article, text: ArticleText, carriers: [CharterView.Carrier], seen: [String: TypeFigures.Names], answers: [CharterAnswer]
    ) {
        let known = carriers.map { carrier -> CharterView.Carrier in
            guard let type = carrier.type, let names = seen[type], carrier.source.hasPrefix(type + ".") else { return carrier }
            let name = String(carrier.source.dropFirst(type.count + 1))
            var carrier = carrier
            switch carrier.kind {
            case .step, .guardian, .signature: carrier.isSeenThrough = names.steps.contains(name)
            case .deadline: carrier.isSeenThrough = names.clocks.contains(name)
            case .duty, .finding, .reading: break
            }
            return carrier
        }
        self.init(article: article, text: text, carriers: known, answers: answers)
    }
}
