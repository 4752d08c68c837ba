import Kernel
import WorkCalendar

/// What a month is counted from: the items, deliveries and reports that were made in it, each for the unit that had it then. What a unit
/// gave over when it was dissolved or merged counts for that unit up to the day, and for the other from then on (第四条, 第十四条).
struct MonthBook {
    private let month: ClosedRange<Day>
    private let today: Day
    private let all: [Found<InformationItem>]
    private let items: [UnitID: [Found<InformationItem>]], deliveries: [UnitID: [Found<Delivery>]], reports: [UnitID: [Found<MarketReport>]]
    private let hours: (usual: Int, important: Int)
    /// Those that gave all they kept to another.
    private let given: Set<UnitID>
    /// Those with something of the month, or in which somebody worked in it, in the order in which they were founded.
    let units: [UnitID]

    init(_ month: ClosedRange<Day>, _ inquiry: Inquiry) throws {
        (self.month, today) = (month, inquiry.today)
        all = try InformationItem.all(from: month.lowerBound, to: month.upperBound, inquiry)
        let delivered = try Delivery.State.allCases.flatMap {
            try inquiry.all(Delivery.self, in: $0, createdFrom: month.lowerBound, createdBy: month.upperBound)
        }
        let due = try MarketReport.State.allCases.flatMap {
            try inquiry.all(MarketReport.self, in: $0, createdFrom: month.lowerBound, createdBy: month.upperBound)
        }
        hours = (try inquiry.parameter(.acknowledgeHours), try inquiry.parameter(.importantHours))
        let former = try UnitTransfer.formerUnits(since: month.lowerBound, inquiry)
        given = Set(former.values)
        items = Dictionary(grouping: all) { former[$0.record.id] ?? $0.record.unit }
        deliveries = Dictionary(grouping: delivered) { former[$0.record.id] ?? $0.record.unit }
        reports = Dictionary(grouping: due) { $0.value.reporting }
        let organisation = inquiry.organisation, scope = inquiry.scope
        let worked = organisation.holdings.filter { held in
            let first = max(held.from, month.lowerBound)
            return first <= month.upperBound && held.holds(on: first)
        }.map(\.unit)
        units = Set(worked).union(items.keys).union(deliveries.keys).union(reports.keys)
            .filter { organisation.isWithin($0, scope) }.sorted { $0.raw < $1.raw }
    }

    /// Whether nothing of the month can be acknowledged in time any more.
    func isSettled(at now: Moment) -> Bool {
        Moment.endOfDay(month.upperBound).adding(hours: max(hours.usual, hours.important)) <= now
    }

    /// Nothing new is laid into a unit that was dissolved or has given all away.
    func place(of unit: UnitID, _ inquiry: Inquiry) -> UnitID {
        !given.contains(unit) && inquiry.organisation.mayName(unit, in: inquiry.scope) ? unit : inquiry.scope
    }

    func figures(of unit: UnitID) -> SchoolFigures {
        var figures = SchoolFigures()
        (figures.period, figures.measured) = (SchoolMonth.name(of: month.upperBound), unit)
        figures.add(items: items[unit] ?? [])
        figures.add(deliveries: deliveries[unit] ?? [], all, hours)
        figures.add(reports: reports[unit] ?? [], on: today)
        return figures
    }
}
