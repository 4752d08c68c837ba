import Testing

@testable import Tables

@Suite struct HeaderTests {
    let columns = [
        Header.Column("name", "姓名", isRequired: true), Header.Column("mobile", "手机", isRequired: true), Header.Column("policy_no", "保单号"),
    ]

    @Test func findsColumnsByAnyOfTheirNames() throws {
        let header = try Header(["手机", "remark", " ＮＡＭＥ　", "Policy_No"], columns: columns)
        #expect(header["mobile"] == 0 && header["name"] == 2 && header["policy_no"] == 3 && header["sex"] == nil)
        #expect(header.unknown == [1])
        #expect(header.names[1] == "remark")
    }

    @Test func namesAllThatIsMissing() {
        #expect(throws: PaperError.missingColumns(["name/姓名", "mobile/手机"], line: 3)) {
            try Header(["保单号", "x"], line: 3, columns: columns)
        }
    }

    @Test func namesBothThatAreDoubled() {
        #expect(throws: PaperError.doubledColumn(first: "姓名", firstIndex: 0, second: "Name", secondIndex: 2, line: 1)) {
            try Header(["姓名", "手机", "Name"], columns: columns)
        }
    }

    @Test func unknownOnesMayBeDoubled() throws {
        #expect(try Header(["姓名", "手机", "", ""], columns: columns).unknown == [2, 3])
    }
}
