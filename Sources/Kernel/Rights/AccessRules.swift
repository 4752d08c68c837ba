import Store
import Synchronization
import WorkCalendar

/// The access rule, remembered for each person: it is asked with every page, and stays the same until the organisation, the day or a
/// delegation changes.
final class AccessRules: Sendable {
    private struct Question: Hashable {
        let person: PersonID
        let type: String?
        let start: Int
        let names: [PersonID]
        let delegate: PersonID?
        let verb: Verb
        let byGrant: Bool
    }

    private struct Known {
        var organisation: Int64 = -1
        var day = Day(number: 0)
        var rules: [Question: (sql: String, arguments: [Value])] = [:]
    }

    private let known = Mutex(Known())
    private static let most = 10_000

    /// `Access.condition`.
    func condition(
        _ access: Access, _ type: String?, startingAt start: Int, for verb: Verb, byGrant: Bool
    ) -> (sql: String, arguments: [Value]) {
        let question = Question(
            person: access.person, type: type, start: start, names: access.names, delegate: access.delegate, verb: verb, byGrant: byGrant)
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
        let rule = access.written(type: type, startingAt: start, for: verb, byGrant: byGrant)
        // Another thread may have begun a new day, or another state of the organisation, meanwhile.
        known.withLock { known in
            if known.organisation == access.organisation.version, known.day == access.now.day { known.rules[question] = rule }
        }
        return rule
    }
}
