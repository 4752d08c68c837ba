import Kernel
import WorkCalendar

/// What several regulations ask for in the same way: a regulation has a practice by a line in its contents (`practices:`), and the
/// practice's documents name the article that they carry out.
package let practicesContents = RegulationContents(
    .practices, articles: [], posts: [],
    documents: [
        SignedRule.self, Undertaking.self,
        InspectionPlan.self, Inspection.self, Danger.self,
    ],
    duties: [SignedRule.daily, InspectionPlan.daily],
    findings: [
        Finding(
            "undertaking-unsigned", "承诺书逾期未签", "An undertaking is not signed in time", under: .named, in: Undertaking.State.open,
            by: .headOf(\Undertaking.person)
        ) { (undertaking: Undertaking, now: Moment) in undertaking.due.map { $0 < now.day } ?? false }
    ])

extension Practice {
    /// 签署承诺: whoever is bound signs the rule in its present version, and again after a new one.
    /// - Parameters:
    ///   - posts: whose holders sign; none for everybody whom the regulation binds.
    ///   - heading: what the rule is called.
    ///   - clauses: what everybody signs in these words; the house adds to them and takes nothing away.
    package static func undertaking(
        under article: Article, _ heading: Words, of posts: Post..., stating clauses: Words? = nil
    ) -> Practice {
        Practice(
            "undertaking", heading, under: article, of: posts, stating: clauses, documents: [SignedRule.self, Undertaking.self])
    }

    /// 检查: a campaign over places with a list of what is looked at; what is found has an owner and a day until it is removed.
    /// - Parameter watchers: whose holders see every plan, inspection and danger, beside the heads of the units.
    package static func inspection(under article: Article, _ heading: Words, by posts: Post..., seenBy watchers: Post...) -> Practice {
        Practice(
            "inspection", heading, under: article, of: posts, seenBy: watchers,
            documents: [InspectionPlan.self, Inspection.self, Danger.self])
    }
}
