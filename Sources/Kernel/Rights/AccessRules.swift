import Store
import Synchronization
import WorkCalendar

/// The access rule for one document of a type, remembered for each person: it is asked with every page, and stays the same until the
/// organisation, the day or a delegation changes.
final class AccessRules: Sendable {
    private struct Question: Hashable {
        let person: PersonID
        let type: String
        let names: [PersonID]
        let delegate: PersonID?
        let verb: Verb
    }

    private struct Known {
        var organisation: Int64 = -1
        var day = Day(number: 0)
        var rules: [Question: (sql: String, arguments: [Value])] = [:]
    }

    private let known = Mutex(Known())
    private static let most = 10_000

    /// `Access.condition` with its arguments from `$2` on.
    func condition(_ access: Access, _ type: String, for verb: Verb = .read) -> (sql: String, arguments: [Value]) {
        let question = Question(person: access.person, type: type, names: access.names, delegate: access.delegate, verb: verb)
        let remembered = known.withLock { known -> (sql: String, arguments: [Value])? in
            if known.organisation != access.organisation.version || known.day != access.now.day || known.rules.count >= Self.most {
                known = Known(organisation: access.organisation.version, day: access.now.day)
            }
            return known.rules[question]
        }
        if var rule = remembered {
            if rule.arguments.indices.contains(Access.momentPosition) { rule.arguments[Access.momentPosition] = access.moment }
            return rule
        }
        let rule = access.condition(type: type, startingAt: 2, for: verb)
        // Another thread may have begun a new day, or another state of the organisation, meanwhile.
        known.withLock { known in
            if known.organisation == access.organisation.version, known.day == access.now.day { known.rules[question] = rule }
        }
        return rule
    }
}
