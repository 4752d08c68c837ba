import Kernel
import Practices
import WorkCalendar

extension ServiceDemonstration {
    /// The undertakings of the regulation (第2条, 第21条, 第26条): the manager drafts them, the general manager approves them, and all sign but
    /// one, whose signatures are overdue a week later.
    func undertake(at now: Moment) async throws {
        // Where the practice is not in the house, nobody signs.
        guard desk.catalogue.type(SignedRule.name) != nil else { return }
        let rules = try await desk.register(SignedRule.name, RegisterQuery(), by: office.manager.person).rows
        let texts = [
            confidentiality[21].key: "不私自复制、携带、留存客户档案；发现泄露立即报告。离岗后仍承担保密义务。",
            confidentiality[26].key: "离岗后仍遵守上述规定。",
        ]
        for rule in rules where rule.state == "draft" {
            guard let text = texts[rule.values["law"]?.text ?? ""] else { continue }
            try await desk.take(
                SignedRule.draft, on: rule.id,
                input: ["heading": .text(rule.title), "text": .text(text), "signingDays": .whole(7)], by: office.manager)
            try await desk.take(SignedRule.approve, on: rule.id, by: office.generalManager)
        }
        let signers = [
            office.specialist, office.supervisor, office.manager, office.generalManager, office.archivist, office.custodian, office.courier,
            office.marketHead, office.clerks[0], office.clerks[1], office.accountant,
        ]
        for signer in signers {
            let open = try await desk.register(Undertaking.name, RegisterQuery(), by: signer.person).rows
                .filter { $0.state == "open" && $0.holder == signer.person }
            for one in open { try await desk.take(Undertaking.sign, on: one.id, by: signer) }
        }
        // From the next day on nobody is granted, lent or shown what is classified who has not signed.
        try await desk.administer(
            .setParameter(
                regulation: confidentiality.id, name: Parameter.undertakingFirst.name, unit: office.company, value: 1,
                from: now.day.adding(days: 1), reason: "承诺书已签署，未签的不得查阅密级档案"), by: .system)
    }
}
