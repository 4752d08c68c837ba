import Store
import WorkCalendar

/// What the guards of the regulations say to a change of the organisation, before it is made.
extension Transaction {
    func requireGuards(_ change: Administration) throws {
        for (occasion, subject) in occasions(of: change) {
            for contents in desk.catalogue.contents {
                let rules = contents.guards.filter { $0.occasion == occasion }
                guard !rules.isEmpty, let scope = organisation.adopter(of: contents.regulation.id, for: subject.unit, on: now.day) else {
                    continue
                }
                for rule in rules { try rule.rule(OrganisationChange(self, within: scope, subject, under: rule.article)) }
            }
        }
    }

    private func occasions(of change: Administration) -> [(Guard.Occasion, OrganisationChange.Subject)] {
        switch change {
        case .closeUnit(let unit): return [(.closingUnit, .init(unit: unit))]
        case .endHolding(let id, _, _, let successor):
            guard let ended = organisation.holdings.first(where: { $0.id == id }) else { return [] }
            let isLast = organisation.holdings(of: ended.person, on: now.day).allSatisfy { $0.id == id }
            let subject = OrganisationChange.Subject(
                person: ended.person, successor: successor ?? .none, post: ended.post, unit: ended.unit)
            return [(.endingPost, subject)] + (isLast ? [(.leaving, subject)] : [])
        case .changePerson(let person, _, _, _, let isActive, _, _, let successor):
            guard !isActive, organisation.people[person]?.isActive == true else { return [] }
            // Each place where the person works has its own rules.
            return organisation.holdings(of: person, on: now.day).flatMap { held in
                [
                    (.endingPost, .init(person: person, successor: successor ?? .none, post: held.post, unit: held.unit)),
                    (.leaving, .init(person: person, successor: successor ?? .none, unit: held.unit)),
                ]
            }
        default: return []
        }
    }
}
