import CustomerAuthenticity
import EngineFixture
import Foundation
import Identifiers
import Kernel
import Store
import TestOffice
import Testing
import Vault
import WorkCalendar

/// A database with a small insurer in it, at whose address the program works.
struct BookPlace: Sendable {
    let place: TestPlace
    let address: String

    static let key = "00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f"
    static let environment = ["DIANZHANG_MASTER_KEY": key]

    static func with(_ engine: TestEngine, hoursAgo: Int = 0, _ body: (BookPlace) async throws -> Void) async throws {
        try await engine.withPlace { place in try await body(try await found(place, hoursAgo: hoursAgo)) }
    }

    static func found(_ place: TestPlace, hoursAgo: Int = 0) async throws -> BookPlace {
        let store = try place.open()
        let now = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).adding(hours: -hoursAgo)
        do {
            let office = try await TestOffice.open(store, [authenticityContents], at: now, master: MasterKey(text: key))
            try await office.hire("underwriter", .underwriter, in: office.service)
            try await office.hire("back", .backOffice, in: office.market)
            try await office.hire("service", .customerService, in: office.service)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        return BookPlace(place: place, address: store.engine == .sqlite ? "sqlite:\(place.address)" : place.address)
    }

    func importing(_ file: String, more: [String] = []) -> [String] {
        ["import", "application", file, "--as", "underwriter", "--database", address] + more
    }

    func importingAgents(_ file: String, more: [String] = []) -> [String] {
        ["import", "agent", file, "--as", "back", "--database", address] + more
    }

    /// As if the person had come in by the page in this language.
    func logIn(_ login: String, in language: String) async throws {
        let store = try place.open()
        let insertion = """
            INSERT INTO login (token, person, csrf, language, created, seen, ends)
            SELECT $1, id, 'x', $2, 0, 0, 1 FROM person WHERE login = $3
            """
        do {
            try await store.write { session in
                try session.execute(insertion, [.blob([1]), .text(language), .text(login)])
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    func run(_ arguments: [String]) async throws -> Program.Outcome { try await Program.run(arguments, Self.environment) }
    func start(_ arguments: [String]) throws -> Program.Running { try Program.start(arguments, Self.environment) }

    /// How many documents of the type there are, and how many titles they have among them.
    func count(_ type: String) async throws -> (documents: Int, titles: Int) {
        let store = try place.open()
        let counts = try? await store.read { session in
            try session.first("SELECT count(*), count(DISTINCT title) FROM document WHERE type = $1", [.text(type)]) {
                (Int($0.int(0)), Int($0.int(1)))
            }
        }
        await store.close()
        return (counts ?? nil) ?? (0, 0)
    }

    /// Nothing doubled, nothing lost, and the ledger proves every document.
    func expectWhole(_ applications: Int) async throws -> Bool {
        let (found, customers) = (try await count("application"), try await count("customer"))
        let verified = try await run(["verify", "--database", address])
        verified.expect(0)
        return found == (applications, applications) && customers.documents == applications && verified.answer.contains("完整无改动")
    }
}

/// The rows of an intake file: direct business, an applicant who insures himself in each application.
enum IntakeRows {
    static let header =
        "application_no,product_class,term_years,application_date,role,name,sex,birth_date,document_type,document_number,mobile,address,"
        + "bank_account,account_holder,channel,customer_no"

    static func row(_ index: Int) -> String {
        let day = String(19_800_101 + index / 999 % 28)
        let birth = "1980-01-" + day.suffix(2)
        let body = "110105" + day + String(String(1000 + index % 999 + 1).suffix(3))
        let number = body + String(ResidentNumber.checkCharacter(for: body + "0") ?? "?")
        let sex = (index % 999 + 1) % 2 == 1 ? "M" : "F"
        let serial = String(String(10_000_000 + index * 37).suffix(8))
        return "T\(index),life,20,2026-01-05,applicant,王小明,\(sex),\(birth),resident-id,\(number),139\(serial),"
            + "广东省广州市天河区中山路\(index)号2栋301室,6222021\(serial),王小明,direct,C\(index)"
    }

    static func file(_ count: Int) -> String { header + "\n" + (0..<count).map { row($0) + "\n" }.joined() }
}
