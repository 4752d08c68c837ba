import WorkCalendar

/// Who takes a step: a person, in the own name or as somebody's delegate; or the system.
package struct Hand: Sendable, Hashable {
    package let person: PersonID
    /// Whose delegate the person is in this act.
    package let behalf: PersonID?
    /// By which request: what it asks for is done once, however often it comes.
    package let request: RequestKey?

    package init(_ person: PersonID, onBehalfOf behalf: PersonID? = nil, request: RequestKey? = nil) {
        self.person = person
        self.behalf = behalf
        self.request = request
    }

    /// The program itself: nightly jobs, intakes, steps that follow from other steps. Person 0 in the ledger.
    package static let system = Hand(.none)
    package var isSystem: Bool { person.isNone }
    /// The person whose posts count.
    package var standing: PersonID { behalf ?? person }
}

/// The only source of "now". One file of the program makes it from the machine's clock; tests and the demonstration move it.
package struct Clock: Sendable {
    package let now: @Sendable () -> Moment
    package init(_ now: @escaping @Sendable () -> Moment) { self.now = now }
}
