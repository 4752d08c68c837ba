import ScratchFiles
import Testing

@testable import Tables

@Suite struct CSVReadingTests {
    let scratch = Scratch()

    @Test func takesFieldsApart() throws {
        let text = "a,b,c\r\n1,,3\n\n \"x,\"\"y\"\"\nz\",\"\", 2 \r\"p\nq\",\"say \"\"hi\"\"\",\"\"\r\n5\" pipe,\"a\"b,\"\"\"\""
        let seen = try Outcome(scratch.file(text))
        #expect(seen.error == nil)
        #expect(seen.columns == ["a", "b", "c"])
        #expect(
            seen.rows == [
                Seen(["1", "", "3"], line: 2),
                // A quote behind a space stands for itself, and so do those behind a closing one.
                Seen([" \"x", "y\"\""], line: 4),
                Seen(["z\"", "", " 2 "], line: 5),
                Seen(["p\nq", "say \"hi\"", ""], line: 6),
                Seen(["5\" pipe", "ab", "\""], line: 8, number: 7),
            ])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func understandsEveryLineEnd(end: String) throws {
        let seen = try Outcome(scratch.file(["a,b", "1,2", "", "3,4"].joined(separator: end)))
        #expect(seen.rows == [Seen(["1", "2"], line: 2), Seen(["3", "4"], line: 4)])
        let ended = try Outcome(scratch.file(["a,b", "1,2", ""].joined(separator: end)))
        #expect(ended.rows == [Seen(["1", "2"], line: 2)])
    }

    @Test(arguments: [",", "\t", ";"])
    func findsTheSeparator(separator: String) throws {
        let path = try scratch.file("姓名\(separator)\"a,;\tb\"\(separator)c\n张三\(separator)2\(separator)3\n")
        #expect(try Outcome(path).texts == [["张三", "2", "3"]])
        #expect(try TableReader(path: path).separator == separator.utf8.first)
    }

    @Test func oneColumnNeedsNoSeparator() throws {
        #expect(try Outcome(scratch.file("h\n1,2\t3;4\n")).texts == [["1", "2\t3;4"]])
    }

    @Test func takesTheMarkAway() throws {
        let seen = try Outcome(scratch.file([0xEF, 0xBB, 0xBF] + Array("姓名,b\n1,2\n".utf8)))
        #expect(seen.columns == ["姓名", "b"])
        let marked = try Outcome(scratch.file([0x84, 0x31, 0x95, 0x33] + gb18030("姓名,b\n张,2\n")))
        #expect(marked.columns == ["姓名", "b"] && marked.texts == [["张", "2"]])
    }

    @Test func readsGB18030() throws {
        let path = try scratch.file(gb18030("姓名,地址\n张三,北京市朝阳区\n𠮷野,\"㐀路,\"\"一\"\"号\"\n"))
        let table = try TableReader(path: path)
        #expect(table.encoding == .gb18030 && table.columns == ["姓名", "地址"])
        #expect(try Outcome(path).texts == [["张三", "北京市朝阳区"], ["𠮷野", "㐀路,\"一\"号"]])
    }

    /// The first chunks are plain ASCII; which encoding it is shows only later.
    @Test func decidesOnTheEncodingWhenItShows() throws {
        let plain = "name,note\n" + String(repeating: "abc,def\n", count: 1000)
        for chunk in [64, 1000, 1 << 20] {
            let seen = try Outcome(scratch.file(Array(plain.utf8) + gb18030("张三,北京市\n")), chunk: chunk)
            #expect(seen.error == nil)
            #expect(seen.rows.last == Seen(["张三", "北京市"], line: 1002))
        }
    }

    @Test func absentFieldsAreEmpty() throws {
        let table = try TableReader(path: scratch.file("a,b,c\n1\n1,2,3,4\n"))
        var counts: [Int] = []
        try table.forEachRow { row in
            counts.append(row.count)
            #expect(row[-1].isEmpty && row[4].isEmpty && row.text(0) == "1")
        }
        #expect(counts == [1, 4])
    }

    @Test func aTableMayHaveNoRows() throws {
        let seen = try Outcome(scratch.file("\n\na,b"))
        #expect(seen.columns == ["a", "b"] && seen.rows.isEmpty && seen.error == nil)
        #expect(try TableReader(path: scratch.file("\n\na,b")).columnsLine == 3)
    }

    @Test func whatTheClosureThrowsComesOut() throws {
        struct Enough: Error {}
        let table = try TableReader(path: scratch.file("a\n1\n2\n"))
        var rows = 0
        #expect(throws: Enough.self) {
            try table.forEachRow { _ in
                rows += 1
                throw Enough()
            }
        }
        #expect(rows == 1)
    }
}
