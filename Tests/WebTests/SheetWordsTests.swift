import CustomerAuthenticity
import DrugQuality
import EnterpriseIT
import Kernel
import Testing

@testable import dianzhang

/// What stands on the sheets is for those who read them.
@Suite struct SheetWordsTests {
    /// In an office 摘要 is what a text says in short.
    @Test func aCheckValueIsNotCalledASummary() {
        for type in Regulations.catalogue.types {
            for field in type.fields { #expect(!field.label.zh.contains("摘要"), "\(type.name) \(field.key)") }
        }
    }

    @Test func whatTheProgramAloneReadsStandsOnNoSheet() throws {
        let own = [
            (PortalVisit.name, "network"), (PortalVisit.name, "word"), (QueryCode.name, "salt"), (QueryCode.name, "digest"),
            (QueryExtract.name, "word"), (QueryFailures.name, "key"), (StaffOpinion.name, "code"), (InventoryReport.name, "format"),
        ]
        for (type, key) in own {
            let field = try #require(Regulations.catalogue.type(type)?.field(key), "\(type) \(key)")
            #expect(!field.isShown(with: [key: .text("9f2c")]), "\(type) \(key)")
        }
        let name = try #require(Regulations.catalogue.type(PortalVisit.name)?.field("name"))
        #expect(name.isShown(with: ["name": .text("王芳")]))
    }
}
