import Kernel
import WorkCalendar

/// One who sells in the invented branch.
struct DemonstrationAgent {
    let number: String
    let phone: String
    let channel: Channel
    let grade: SellerGrade
    let isQualified: Bool
    private let index: Int
    private let team: Int
    private let name: String
    private let address: String
    private let relative: Relative

    init(_ index: Int, _ office: DemonstrationOffice, _ people: inout DemonstrationPeople) {
        self.index = index
        team = index % office.teams.count
        var relative = Relative()
        (relative.name, relative.phone) = (people.name(), people.phone())
        self.relative = relative
        channel = team == 2 ? .bancassurance : .individual
        number = "A44\(1001 + index)"
        (phone, name, address) = (people.phone(), people.name(), people.address())
        grade = [.first, .first, .second, .third, .fourth][index % 5]
        isQualified = index % 13 != 12
    }

    func register(_ desk: Desk, _ office: DemonstrationOffice, on day: Day) async throws -> Int64 {
        try await desk.take(
            "register", of: "agent",
            input: [
                "agentNo": .text(number), "name": .text(name), "channel": .text(channel.rawValue),
                "team": .whole(office.teams[team].raw), "leader": .whole(office.leaders[team].raw), "phone": .text(phone),
                "address": .text(address), "relatives": .list([relative.stored]),
                "licenceNo": .text("0000114401\(20_200_001 + index)"), "grade": .text(grade.rawValue),
                "registeredOn": .text(day.adding(days: -700 - index).description),
            ], by: office.backOffice(ofTeam: team)
        ).id
    }

    /// Where it stands in the book.
    func id(_ desk: Desk) async throws -> Int64 { try await desk.find(\Agent.agentNo, is: number).first?.id.raw ?? 0 }
}
