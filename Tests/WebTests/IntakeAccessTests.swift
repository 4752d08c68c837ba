import CustomerAuthenticity
import EngineFixture
import HummingbirdTesting
import Kernel
import TestOffice
import Testing

@testable import Web
@testable import dianzhang

/// The pages of an intake, which a regulation brings along, tell of another's import as of one that never was.
struct IntakeAccessTests {
    private static let file = """
        application_no,policy_no,product_class,term_years,application_date,role,customer_no,name,sex,birth_date,document_type,\
        document_number,mobile,landline,email,address,bank_account,account_holder,agent_no,channel
        T1,P1,life,20,2026-01-05,applicant,C1,王小明,M,1980-02-03,resident-id,110105198002030111,13912345670,,,北京市朝阳区建国路88号,,,A1,individual

        """

    @Test(arguments: TestEngine.all) func anothersImportIsAsIfItNeverWas(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [authenticityContents]) { office in
            let one = try await office.hire("one", .backOffice), other = try await office.hire("other", .backOffice)
            let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: WebOffice.WallClock().clock)
            let server = WebServer(desk: office.desk, configuration: configuration, extraPages: IntakePages.all)
            try await server.application().test(.router) { client in
                let mine = try await Browser.enter(one, server, client), others = try await Browser.enter(other, server, client)
                let sent = try await mine.postFiles("/intake", [], files: [("file", "intake.csv", Self.file)])
                let address = try #require(sent.headers[.location])
                let shown = try await mine.get(address)
                #expect(shown.status == .ok && shown.text.contains("intake.csv"))
                #expect(!shown.text.contains(">****<"), "an empty cell is not shown as one that hides something")
                let back = try await mine.get(address + "/rejected").headers[.contentDisposition] ?? ""
                #expect(back.contains(FormData.encode("退回的行.csv")), "\(back)")
                #expect(try await mine.get(address + "/state").status == .ok)
                let never = "/intake/abcdefghijkmnpqrstuv"
                for path in ["", "/state", "/rejected"] {
                    let (hidden, none) = (try await others.get(address + path), try await others.get(never + path))
                    #expect(hidden.status == .notFound && hidden.text == none.text, "\(path)")
                }
                for fields in [[], [("sheet", "甲")]] {
                    let (hidden, none) = (try await others.post(address, fields), try await others.post(never, fields))
                    #expect(hidden.status == .notFound && hidden.text == none.text)
                }
                #expect(try await mine.get(address).text.contains("尚未登记"), "nobody else has begun it")
            }
        }
    }
}
