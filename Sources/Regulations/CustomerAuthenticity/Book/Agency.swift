import Kernel
import WorkCalendar

/// 中介机构: an agency or a bank's branch that sells, with its contacts (第十一条, 第二十三条).
package struct Agency: Document {
    package enum State: String, CaseIterable, Sendable { case active, ended }

    package var agencyName = ""
    package var channel = Channel.unknown
    package var address = ""
    package var account = ""
    package var phones: [AgencyPhone] = []
    package var finding = ""
    package var findings: [AgencyFinding] = []
    package init() {}

    package static let name = "agency"
    package var title: String { agencyName }

    package static let form = Form<Agency>(
        "中介机构", "Agency", states: [.active: .open("合作中", "Active"), .ended: .no("已终止", "Ended")],
        readers: [.either(.underwriter, .customerService, .compliance, .backOffice, .channelManagement)],
        [
            .text(\.agencyName, "名称", "Name").indexed().listed(),
            .choice(\.channel, "渠道", "Channel").listed(),
            .sealed(\.address, "地址", "Address", .address),
            .sealed(\.account, "银行账号", "Bank account", .account).optional(),
            .lines(\.phones, "电话", "Telephones").optional(),
            .prose(\.finding, "不实资料等情况", "What was found"),
            .lines(\.findings, "已记录的情况", "Findings").optional(),
        ])

    package static let register = Step<Agency>(
        "register", "登记机构", "Register", to: .active, by: .post(.backOffice), under: authenticity[23], authenticity[11],
        fields: [\Agency.agencyName, \Agency.channel, \Agency.address, \Agency.account, \Agency.phones]
    ) { agency, act in
        try act.require(
            try act.find(\Agency.agencyName, is: agency.agencyName, in: .active, limit: 1).isEmpty, "该机构已登记",
            "An agency of this name is registered already")
        try agency.requireTelephones(act)
        try agency.matchContacts(act)
    }
    package static let report = Step<Agency>(
        "report", "记录情况", "Record a finding", from: .active, to: nil, by: .either(.backOffice, .compliance), under: authenticity[23],
        fields: [\Agency.finding], isOptional: true
    ) { agency, act in
        // Each stays beside those before it.
        agency.findings.append(AgencyFinding(agency.finding, by: act.person, on: act.today))
        agency.finding = ""
        act.notify(
            .any([.post(.compliance), .post(.generalManager)]), "中介机构“\(agency.agencyName)”有新记录的情况",
            "Something was recorded of the agency “\(agency.agencyName)”")
    }
    package static let end = Step<Agency>(
        "end", "终止合作", "End", from: .active, to: .ended, by: .post(.compliance), under: authenticity[23], isOptional: true)
    package static let steps = [register, report, end]
}

package struct AgencyPhone: Line {
    package var phone = ""
    package var purpose = ""
    package init() {}

    package static let fields: [Field<AgencyPhone>] = [
        .sealed(\.phone, "电话", "Telephone", .phone),
        .text(\.purpose, "用途", "Purpose").optional(),
    ]
}

/// What was found of an agency, by whom and when (第二十三条).
package struct AgencyFinding: Line {
    package var text = ""
    package var person = PersonID.none
    package var day: Day?
    package init() {}

    init(_ text: String, by person: PersonID, on day: Day) { (self.text, self.person, self.day) = (text, person, day) }

    package static let fields: [Field<AgencyFinding>] = [
        .prose(\.text, "情况", "Finding"), .person(\.person, "记录人", "Recorded by"), .day(\.day, "日期", "Date"),
    ]
}
