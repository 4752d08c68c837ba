import Kernel
import Practices

/// 第21条: who has not signed the undertaking in force is granted nothing, borrows nothing and reads nothing that is classified, from the
/// day on from which the organisation has it so.
extension Inquiry {
    /// What is missing for a person; `nil` where nothing is, or where it is not asked.
    func missingUndertaking(of person: PersonID) throws -> Words? {
        guard try parameter(.undertakingFirst) == 1, !person.isNone else { return nil }
        guard let rule = try find(\SignedRule.law, is: confidentiality[21].key, in: .inForce, limit: 1).first else {
            return Words(
                "本单位的客户信息保密承诺书尚未批准生效，批准并签署后方可办理", "No undertaking of confidentiality is in force yet; it is approved and signed first")
        }
        let signed = try find(\Undertaking.person, is: person, in: .signed, limit: 1000).contains { $0.value.rule == rule.id }
        if signed { return nil }
        let name = organisation.name(person)
        return Words(
            "\(name.zh)尚未签署现行的《\(rule.value.title)》，请先在“待办”中签署",
            "\(name.en) has not signed the undertaking in force; sign it first, on the to-do list")
    }
}

extension Act {
    func requireUndertaking(of person: PersonID) throws {
        guard let words = try missingUndertaking(of: person) else { return }
        try require(false, words.zh, words.en, under: confidentiality[21])
    }
}
