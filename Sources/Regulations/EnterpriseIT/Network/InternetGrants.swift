import Kernel
import WorkCalendar

/// 上网授权: a grant ends with the post, with the leaving, or with its last day, whichever is first (第二章12).
extension InternetApplication {
    /// Whether it counts at a moment: what the gateway is given is reckoned when it is asked for, not when somebody was last looked at.
    /// - Parameter unit: where the applicant worked when it was asked for. Another unit needs another grant: the need was that of the post.
    package static func counts(
        from: Day?, until: Day?, applicant: PersonID, of unit: UnitID, _ organisation: Organisation, on day: Day
    ) -> Bool {
        guard let from, let until, from <= day, day <= until else { return false }
        return organisation.isWorking(applicant, on: day) && organisation.home(of: applicant, on: day) == unit
    }

    /// The night after a person leaves, or the post is over, the grants are over too.
    static let daily = Duty(
        "internet-ends", "离岗上网授权终止", "Internet grants of who left", under: enterpriseIT["第二章12"], .eachDay, lastIsEnough: true
    ) { duty in
        for found in try duty.all(InternetApplication.self, in: .granted, createdBy: duty.now.day) {
            let person = found.value.applicant
            let isThere = duty.organisation.isInService(person, within: duty.scope, on: duty.now.day)
            let home = duty.organisation.home(of: person, on: duty.now.day)
            if isThere, home == found.record.unit { continue }
            try duty.take(endWithPost, on: found.id) { $0.reason = isThere ? "岗位变动" : "人员离开" }
        }
    }
}
