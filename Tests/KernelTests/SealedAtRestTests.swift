import EngineFixture
import Foundation
import Kernel
import Store
import TestOffice
import Testing

/// Whoever carries the database away without the master key learns nobody's name and nobody's number from it.
@Suite struct SealedAtRestTests {
    @Test func theFileHoldsNoPersonalDataInClear() async throws {
        try await TestOffice.with(.sqlite, [clinicContents]) { office in
            let hand = Hand(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            try await office.desk.take(
                "file", of: Patient.name,
                input: [
                    "name": .text("欧阳震华"), "mobile": .text("13912345678"),
                    "visits": .list([.record([.init("reason", .text("失眠多梦")), .init("phone", .text("13987654321"))])]),
                ], by: hand)
            let path = try await office.desk.store.read { session in
                try session.first("SELECT file FROM pragma_database_list WHERE name = 'main'") { $0.text(0) } ?? ""
            }
            let bytes = try ["", "-wal"].map { try Data(contentsOf: URL(filePath: path + $0)) }.reduce(Data(), +)
            #expect(bytes.range(of: Data("建档".utf8)) != nil || bytes.range(of: Data("patient".utf8)) != nil, "the right file is looked at")
            for word in ["欧阳", "阳震", "震华", "~oy", "13912345678", "13987654321", "失眠"] {
                #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) stands in the file")
            }
            // And yet it is found: by parts of the name, by initials, by the whole number.
            for question in ["震华", "oy", "欧阳震华"] {
                #expect(try await office.desk.search(question, by: reader).rows.count == 1, "\(question)")
            }
        }
    }
}
