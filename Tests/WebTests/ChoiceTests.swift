import EngineFixture
import HummingbirdTesting
import Kernel
import Testing

@testable import Web

/// A form offers what the desk would take, and nothing else.
struct ChoiceTests {
    @Test(arguments: TestEngine.all) func onlyWhoAndWhatMayBeNamedIsOffered(engine: TestEngine) async throws {
        try await LeadOffice.with(engine) { office in
            let organisation = try await office.web.office.desk.organisation()
            for login in ["creator", "far clerk"] {
                let visitor = office.visitor(login)
                let page = try await visitor.browser.get("/r/lead/new").text
                let people = try Self.offered("keeper", page, office, organisation),
                    units = try Self.offered("origin", page, office, organisation)
                for person in organisation.people.keys {
                    let isTaken = try await Self.isTaken(["keeper": .whole(person.raw)], visitor, office)
                    #expect(people.contains(office.web.word(person)) == isTaken, "\(login): \(organisation.name(person).zh)")
                }
                for unit in organisation.units.keys {
                    let isTaken = try await Self.isTaken(["origin": .whole(unit.raw)], visitor, office)
                    #expect(units.contains(office.web.word(unit)) == isTaken, "\(login): \(organisation.name(unit).zh)")
                }
                #expect(people.count > 1 && people.count < organisation.people.count, "\(login) is offered some")
            }
            let mine = office.paper("线索甲一")
            let guests = try Self.offered(
                "invite.guest", try await office.visitor("creator").browser.get("/d/\(mine.word)").text, office, organisation)
            let here = organisation.people.keys.filter {
                organisation.isInService($0, within: office.web.office.company, on: office.web.office.now.day)
            }
            #expect(guests == Set(here.map { office.web.word($0) }))
        }
    }

    /// The values of a list, but the empty one; where a name is typed, the people who are proposed.
    private static func offered(
        _ field: String, _ page: String, _ office: LeadOffice, _ organisation: Organisation
    ) throws -> Set<String> {
        if let list = page.between("<select id=\"\(field)\"", "</select>") {
            return Set(list.matches(of: /<option value="([^"]+)"/).map { String($0.output.1) })
        }
        let input = try #require(page.between("<input id=\"\(field)\"", ">"), "\(field) is typed")
        return try proposed(try #require(input.between("list=\"", "\"")), page, office, organisation)
    }

    /// Everybody in this office is called as nobody else is.
    private static func proposed(
        _ list: String, _ page: String, _ office: LeadOffice, _ organisation: Organisation
    ) throws -> Set<String> {
        let proposals = try #require(page.between("<datalist id=\"\(list)\">", "</datalist>"))
        let names = Set(
            proposals.matches(of: /<option value="([^"（]+)/).map { String($0.output.1).replacing("&#39;", with: "'") })
        let people = organisation.people.values.filter { names.contains($0.words.zh) }
        #expect(people.count == names.count)
        return Set(people.map { office.web.word($0.id) })
    }

    private static func isTaken(_ more: [String: JSONValue], _ visitor: LeadOffice.Visitor, _ office: LeadOffice) async throws -> Bool {
        let input = more.merging(["subject": .text("试名"), "phone": .text("13800134499")]) { given, _ in given }
        do {
            try await office.web.office.desk.take(Lead.enter, input: input, by: Principal(visitor.id))
            return true
        } catch DeskError.invalid(let faults) {
            #expect(faults.map(\.field) == Array(more.keys))
            return false
        }
    }

    @Test func aRegisterIsFilteredByThoseOfTheHouse() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let organisation = try await office.web.office.desk.organisation()
            let (company, today) = (office.web.office.company, office.web.office.now.day)
            let page = try await office.visitor("reader").browser.get("/r/lead").text
            let here = organisation.people.keys.filter { organisation.isInService($0, within: company, on: today) }
            #expect(page.contains("<input name=\"keeper\""))
            let proposed = try Self.proposed("people-proposed", page, office, organisation)
            #expect(proposed == Set(here.map { office.web.word($0) }))
            #expect(!page.contains(office.web.word(office.visitor("far").id)) && !page.contains("value=\"far（"))
        }
    }

    /// What stands in a document stays chosen when its form is sent again, also where it could not be chosen newly.
    @Test func whatStandsStaysChosen() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let desk = office.web.office.desk, guest = office.visitor("guest")
            for holding in try await desk.organisation().holdings where holding.person == guest.id {
                try await desk.administer(.endHolding(holding.id, on: office.web.office.now.day), by: .system)
            }
            let page = try await office.visitor("creator").browser.get("/d/\(office.paper("线索甲一").word)").text
            #expect(page.contains("name=\"guest~stands\" value=\"\(office.web.word(guest.id))\""))
            let called = try #require(page.between("name=\"guest~called\" value=\"", "\""))
            #expect(called == "guest" && !page.contains("<option value=\"guest（"))
            let sent = [("guest", called), ("guest~called", called), ("guest~stands", office.web.word(guest.id))]
            let again = try await office.visitor("creator").browser.post("/d/\(office.paper("线索甲一").word)/invite", sent)
            #expect(again.status == .seeOther)
            let typed = try await office.visitor("creator").browser.post("/d/\(office.paper("线索甲一").word)/invite", [("guest", called)])
            #expect(typed.status == .unprocessableContent)
        }
    }

    @Test func aSignerIsSomebodyWhoMayBeAsked() async throws {
        try await LeadOffice.with(.sqlite) { office in
            let desk = office.web.office.desk, checker = office.visitor("checker")
            let id = office.paper("线索丙三").id
            let page = try await checker.browser.get("/d/\(office.paper("线索丙三").word)").text
            let offered = try Self.offered("signer-to", page, office, try await desk.organisation())
            for person in try await desk.organisation().people.keys.sorted(by: { $0.raw < $1.raw }) {
                do {
                    try await desk.handle(.addSigner(document: id, person, note: "请看"), by: Principal(checker.id))
                    #expect(offered.contains(office.web.word(person)))
                } catch is DeskError {
                    #expect(!offered.contains(office.web.word(person)))
                }
            }
            #expect(!offered.isEmpty)
        }
    }
}
