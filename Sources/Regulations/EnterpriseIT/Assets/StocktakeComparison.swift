import WorkCalendar

/// The ledger as it stood when a thing was scanned, against the scans (第二章22).
package struct StocktakeComparison: Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        case found, missing, wrongPlace, wrongHolder, wrongConfiguration, brokenSeal, movedLawfully, surplus
    }

    package struct Book: Sendable {
        package var number: String, place: String, keeper: Int64
        /// After the base date: when, and to where.
        package var moves: [(at: Moment, place: String)]
        package init(number: String, place: String, keeper: Int64 = 0, moves: [(at: Moment, place: String)] = []) {
            (self.number, self.place, self.keeper, self.moves) = (number, place, keeper, moves)
        }

        func place(at moment: Moment) -> String { moves.last { $0.at <= moment }?.place ?? place }
    }

    package struct Scan: Sendable {
        package var at: Moment, number: String, place: String, keeper: Int64
        package var isConfigurationWrong: Bool, isSealBroken: Bool
        package init(
            at: Moment, number: String, place: String, keeper: Int64 = 0, isConfigurationWrong: Bool = false, isSealBroken: Bool = false
        ) {
            (self.at, self.number, self.place, self.keeper) = (at, number, place, keeper)
            (self.isConfigurationWrong, self.isSealBroken) = (isConfigurationWrong, isSealBroken)
        }
    }

    package struct Difference: Sendable, Hashable {
        package let number: String
        package let outcome: Outcome
        package let bookPlace: String
        /// Every place in which it was scanned.
        package let places: [String]
        package let keeper: Int64
    }

    package private(set) var differences: [Difference] = []
    package private(set) var lawful: [Difference] = []
    /// Found with right place, holder and configuration.
    package private(set) var agreeing = 0
    package private(set) var inScope = 0
    package var surplus: Int { differences.count { $0.outcome == .surplus } }

    /// Agreement of ledger and things, in thousandths; what is surplus stands beside it and is not counted in.
    package var agreement: Int { inScope == 0 ? 1000 : agreeing * 1000 / inScope }

    /// - Parameters:
    ///   - books: what the ledger had in the scope on the base date.
    ///   - others: assets of the ledger that were scanned and do not belong to the scope.
    ///   - scope: the place that is counted; empty where everything is.
    package init(_ books: [Book], others: [Book] = [], scans: [Scan], scope: String = "") {
        let byNumber = Dictionary(grouping: scans) { PlainText.code($0.number) }
        inScope = books.count
        for book in books {
            let seen = (byNumber[PlainText.code(book.number)] ?? []).sorted { $0.at < $1.at }
            take(book, seen, Self.outcome(of: book, seen, scope), counts: true)
        }
        for book in others {
            let seen = (byNumber[PlainText.code(book.number)] ?? []).sorted { $0.at < $1.at }
            if seen.isEmpty { continue }
            let outcome = Self.outcome(of: book, seen, scope)
            take(book, seen, outcome == .found ? .wrongPlace : outcome, counts: false)
        }
        let known = Set((books + others).map { PlainText.code($0.number) })
        for (number, seen) in byNumber.sorted(by: { $0.key < $1.key }) where !known.contains(number) {
            differences.append(
                Difference(number: number, outcome: .surplus, bookPlace: "", places: Self.places(seen), keeper: seen.last?.keeper ?? 0))
        }
    }

    private mutating func take(_ book: Book, _ seen: [Scan], _ outcome: Outcome, counts: Bool) {
        let line = Difference(
            number: book.number, outcome: outcome, bookPlace: book.place, places: Self.places(seen), keeper: seen.last?.keeper ?? 0)
        switch outcome {
        case .found: agreeing += counts ? 1 : 0
        case .movedLawfully:
            agreeing += counts ? 1 : 0
            lawful.append(line)
        default: differences.append(line)
        }
    }

    private static func places(_ scans: [Scan]) -> [String] {
        scans.reduce(into: []) { places, scan in if !places.contains(scan.place) { places.append(scan.place) } }
    }

    private static func outcome(of book: Book, _ seen: [Scan], _ scope: String) -> Outcome {
        guard let last = seen.last else {
            // What lawfully left the scope meanwhile is not missing from it.
            let hasLeft = !scope.isEmpty && book.moves.last.map { $0.place != scope } ?? false
            return hasLeft ? .movedLawfully : .missing
        }
        if seen.contains(where: { $0.place != book.place(at: $0.at) }) { return .wrongPlace }
        if seen.contains(where: \.isSealBroken) { return .brokenSeal }
        if seen.contains(where: \.isConfigurationWrong) { return .wrongConfiguration }
        if last.keeper != 0, book.keeper != 0, last.keeper != book.keeper, book.moves.isEmpty { return .wrongHolder }
        return seen.contains { $0.place != book.place } ? .movedLawfully : .found
    }
}
