import Kernel
import WorkCalendar

/// 网上查询注册: somebody who asks on the web, bound to the document and to the number on file of that day. With another number on file it
/// binds nothing until it is registered anew (第十八条).
package struct PortalRegistration: Document {
    package enum State: String, CaseIterable, Sendable { case active, suspended, ended }

    package var number = ""
    package var name = ""
    package var telephone = ""
    package var boundAt: Moment?
    package var reason = ""
    package init() {}

    package static let name = "portal-registration"

    package static let form = Form<PortalRegistration>(
        "网上查询注册", "Registration on the web", number: "网上注册",
        states: [.active: .done("有效", "Active"), .suspended: .no("已停用", "Suspended"), .ended: .no("已注销", "Ended")],
        readers: [.either(.customerService, .compliance)],
        [
            .sealed(\.number, "证件号码", "Document number", .document).listed(), .name(\.name, "姓名", "Name").listed(),
            .sealed(\.telephone, "绑定的手机", "Bound to the mobile", .phone).listed(),
            .moment(\.boundAt, "绑定时间", "Bound at").listed(), .text(\.reason, "停用或恢复的原因", "Reason").onceFilled(),
        ])

    package static let register = Step<PortalRegistration>(
        "register", "注册", "Register", to: .active, by: .system, under: authenticity[18])
    package static let bind = Step<PortalRegistration>(
        "bind", "重新绑定", "Bind anew", from: .active, .ended, to: .active, by: .system, under: authenticity[18], isOptional: true)
    package static let suspend = Step<PortalRegistration>(
        "suspend", "停用", "Suspend", from: .active, to: .suspended, by: .post(.customerService), under: authenticity[18],
        fields: [\.reason], isOptional: true
    ) { registration, act in try PortalVisit.close(of: registration.number, act) }
    package static let resume = Step<PortalRegistration>(
        "resume", "恢复", "Resume", from: .suspended, to: .active, by: .post(.customerService), under: authenticity[18],
        fields: [\.reason], isOptional: true)
    package static let end = Step<PortalRegistration>(
        "end", "本人注销", "End", from: .active, to: .ended, by: .system, under: authenticity[18], isOptional: true)
    package static let steps = [register, bind, suspend, resume, end]

    static func find(_ person: QueryPerson, _ inquiry: Inquiry) throws -> Found<PortalRegistration>? {
        let key = SealedKind.document.matchKey(person.number)
        return try inquiry.find(PortalRegistration.self, .document, is: person.number, limit: 20).first {
            SealedKind.document.matchKey($0.value.number) == key
        }
    }

    /// Whether it lets this person in: active, and bound to the number that is on file now.
    static func binds(_ person: QueryPerson, _ inquiry: Inquiry) throws -> Bool {
        guard let found = try find(person, inquiry), found.state == .active else { return false }
        return SealedKind.phone.matchKey(found.value.telephone) == SealedKind.phone.matchKey(person.telephone)
    }

    /// Whether it may be made, or bound to the number on file: not while it is suspended.
    static func mayBind(_ person: QueryPerson, _ inquiry: Inquiry) throws -> Bool { try find(person, inquiry)?.state != .suspended }

    static func bind(_ person: QueryPerson, _ act: Act) throws {
        if let found = try find(person, act) {
            try act.take(bind, on: found.id) { ($0.name, $0.telephone, $0.boundAt) = (person.name, person.telephone, act.now) }
            return
        }
        var registration = PortalRegistration()
        (registration.number, registration.name) = (person.number, person.name)
        (registration.telephone, registration.boundAt) = (person.telephone, act.now)
        try act.create(registration, by: register)
    }
}
