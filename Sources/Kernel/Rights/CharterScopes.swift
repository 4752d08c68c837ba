import WorkCalendar

/// Of which units' documents a person may know how many there are under a regulation: of those that bind the units in which the person
/// holds a post, and of all below them. Administrators, and the program itself, count all.
struct CharterScopes {
    /// `nil`: all of them.
    private let units: [UnitID]?

    init(of regulation: String, for person: PersonID?, _ organisation: Organisation, on day: Day) {
        guard let person, organisation.people[person]?.isAdministrator != true else {
            units = nil
            return
        }
        let binding = Set(
            organisation.holdings(of: person, on: day).compactMap { organisation.adopter(of: regulation, for: $0.unit, on: day) })
        let adopters = Set(organisation.adoptions(of: regulation).filter { $0.regulation == regulation }.map(\.unit))
        units = adopters.filter { unit in binding.contains { organisation.isWithin(unit, $0) } }.sorted { $0.raw < $1.raw }
    }

    /// As a condition of SQL on a column.
    func condition(_ column: String) -> String {
        guard let units else { return "1 = 1" }
        return units.isEmpty ? "1 = 0" : "\(column) IN (\(units.map { String($0.raw) }.joined(separator: ", ")))"
    }
}
