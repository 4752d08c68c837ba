import Kernel

/// Of one regulation's registers what is summed up, for the page and for the paper alike.
struct OverviewSection {
    let contents: RegulationContents
    let registers: [Overview.Register]
    /// In the order of the articles.
    let matters: [Overview.Matter]
    let months: [String]

    /// One for each regulation in whose registers there is something.
    static func all(_ overview: Overview, _ regulations: [RegulationContents]) -> [OverviewSection] {
        regulations.compactMap { contents in
            let own = overview.registers.filter { $0.type.regulation == contents.regulation && ($0.all != 0 || $0.overdue > 0) }
            let order = Dictionary(contents.articles.enumerated().map { ($1.ref, $0) }) { first, _ in first }
            let under = overview.matters.enumerated().filter { $1.article.regulation == contents.regulation.id }
            let sorted = under.sorted { one, other in
                let (first, second) = (order[one.element.article.ref] ?? Int.max, order[other.element.article.ref] ?? Int.max)
                return first == second ? one.offset < other.offset : first < second
            }
            if own.isEmpty, sorted.isEmpty { return nil }
            return OverviewSection(contents: contents, registers: own, matters: sorted.map(\.element), months: overview.months)
        }
    }

    var month: String { months.last ?? "" }

    /// The most overdue first.
    var sorted: [Overview.Register] {
        registers.sorted { ($0.overdue, $0.open ?? Int.max) > ($1.overdue, $1.open ?? Int.max) }
    }

    /// How many were entered in each month.
    var entered: [Int] { months.map { month in registers.reduce(0) { $0 + ($1.months?[month] ?? 0) } } }

    /// Of the clocks that ended in each month: met in time, all.
    var ended: [Overview.Punctual] {
        months.map { month in registers.compactMap { $0.punctuality[month] }.reduce((0, 0)) { ($0.0 + $1.inTime, $0.1 + $1.all) } }
    }

    /// In percent; nothing where none ended.
    var shares: [Double?] {
        ended.map { $0.all == 0 ? nil : (Double($0.inTime) * 1000 / Double($0.all)).rounded() / 10 }
    }
}

/// The few figures at the head.
struct OverviewTotals {
    let open: Int
    let overdue: Int
    let entered: Int
    let ended: Overview.Punctual

    init(_ overview: Overview) {
        let month = overview.months.last ?? ""
        open = overview.registers.reduce(0) { $0 + ($1.open ?? 0) }
        overdue = overview.registers.reduce(0) { $0 + $1.overdue }
        entered = overview.registers.reduce(0) { $0 + ($1.months?[month] ?? 0) }
        ended = overview.registers.compactMap { $0.punctuality[month] }.reduce((0, 0)) { ($0.0 + $1.inTime, $0.1 + $1.all) }
    }
}

extension Overview.Register {
    /// Of a whole year: met in time, all.
    var year: Overview.Punctual { punctuality.values.reduce((0, 0)) { ($0.0 + $1.inTime, $0.1 + $1.all) } }
}

extension Overview.Matter {
    /// 外借登记·借出, as the charter has it.
    var title: Words {
        let name =
            switch kind {
            case .step(let step, _, _): step.title
            case .clock(let clock, _, _): clock.title
            }
        return Words("\(type.title.zh)·\(name.zh)", "\(type.title.en) · \(name.en)")
    }
}
