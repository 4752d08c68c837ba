import Kernel
import WorkCalendar

/// Whom a reader may ask a register for: those whom its documents may name, where the reader's own posts are. Nobody else is found, and of
/// nobody else is it told whether there is one.
struct NameablePeople {
    private let call: Call
    private let scopes: Set<UnitID>

    init(_ call: Call, of type: DocumentType) {
        self.call = call
        scopes = Set(
            call.organisation.holdings(of: call.person, on: call.today).compactMap {
                call.organisation.adopter(of: type.regulation.id, for: $0.unit, on: call.today)
            })
    }

    /// Few enough to choose from; else a name is typed.
    var isListed: Bool { call.organisation.people.count <= 200 }

    /// Those in service who may be asked for.
    var people: [Option] { Options.people(call) { may($0.id) } }
    var units: [Option] { Options.units(call) { mayName($0) } }
    var articles: [Option] { call.articles }

    /// A day as somebody types it on a page.
    func day(_ typed: String) -> Day? { Day(spoken: typed, today: call.today, calendar: call.calendar) }

    func may(_ person: PersonID) -> Bool { scopes.contains { call.organisation.mayName(person, in: $0, on: call.today) } }

    func mayName(_ unit: UnitID) -> Bool { scopes.contains { call.organisation.mayName(unit, in: $0) } }

    /// The only one of this name or log-in name, or as the page proposes.
    func find(_ typed: String) -> PersonID? {
        if let one = TypeAhead.find(typed, among: people).option { return call.ids.read(one.value, .person).map { PersonID($0) } }
        let found = call.organisation.people.values.filter { person in
            (person.words.zh == typed || person.words.en == typed || person.login == typed) && may(person.id)
        }
        return found.count == 1 ? found.first?.id : nil
    }

    func findUnit(_ typed: String) -> UnitID? {
        TypeAhead.find(typed, among: units).option.flatMap { call.ids.read($0.value, .unit) }.map { UnitID($0) }
    }

    /// What stands in the field for a word of an address; what was typed stays as it is.
    func shown(_ word: String) -> String {
        guard let person = call.ids.read(word, .person).map({ PersonID($0) }), may(person) else { return word }
        return call.organisation.name(person)[call.l]
    }
}
