import Testing

@testable import Web

/// Reading of multipart/form-data in pieces of any size.
struct MultipartTests {
    private struct Part: Equatable {
        let head: MultipartReader.Head
        var content: [UInt8] = []
        var isComplete = false
    }

    private func read(_ body: [UInt8], boundary: String = "XyZ", piece: Int) throws -> [Part] {
        var reader = MultipartReader(boundary: boundary)
        var parts: [Part] = []
        var rest = body[...]
        while !rest.isEmpty {
            try Array(rest.prefix(piece)).withUnsafeBytes { chunk in
                try reader.feed(chunk) { event in
                    switch event {
                    case .part(let head): parts.append(Part(head: head))
                    case .bytes(let bytes): parts[parts.count - 1].content += Array(bytes)
                    case .partEnd: parts[parts.count - 1].isComplete = true
                    }
                }
            }
            rest = rest.dropFirst(piece)
        }
        try reader.finish()
        return parts
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000]) func readsPartsInAnyPieces(piece: Int) throws {
        let tricky = "a\r\n--Xy\r\n\r\r\n--XyY\u{0}典"
        let body =
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\(tricky)\r\n"
            + "--XyZ\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; name=\"f\"; filename=\"C:\\x\\证%22明.txt\"\r\n\r\n\r\n"
            + "--XyZ \r\nContent-Disposition: form-data; name=b; filename=\"\"\r\n\r\nx\r\n--XyZ--\r\nepilogue"
        let parts = try read(Array(body.utf8), piece: piece)
        #expect(parts.map(\.head) == [.init(name: "a", file: nil), .init(name: "f", file: "证\"明.txt"), .init(name: "b", file: "")])
        #expect(parts.map { String(decoding: $0.content, as: UTF8.self) } == [tricky, "", "x"])
        #expect(!parts.contains { !$0.isComplete })
    }

    @Test func refusesWhatIsBrokenOrCutOff() {
        let good = "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--XyZ--\r\n"
        for end in 0..<(good.utf8.count - 3) {
            #expect(throws: WebFault.self) { try read(Array(good.utf8.prefix(end)), piece: 5) }
        }
        #expect(throws: WebFault.self) { try read(Array("--XyZ\r\nX: y\r\n\r\nb\r\n--XyZ--".utf8), piece: 9) }
        #expect(throws: WebFault.self) { try read(Array("--XyZ\r\n\(String(repeating: "h", count: 20_000))".utf8), piece: 4096) }
    }

    @Test func neverTrapsOnNoise() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("\r\n-XyZ:;=\"\\ name filename form-data Content-Disposition".utf8)
        for _ in 0..<3_000 {
            let noise = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            _ = try? read(Array("--XyZ\r\n".utf8) + noise, piece: Int.random(in: 1...50, using: &random))
        }
    }

    @Test func findsTheBoundary() {
        #expect(MultipartReader.boundary(of: "multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartReader.boundary(of: "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"") == "a b")
        #expect(MultipartReader.boundary(of: "multipart/form-data") == nil)
        #expect(MultipartReader.boundary(of: "text/plain; boundary=abc") == nil)
        #expect(MultipartReader.boundary(of: "multipart/form-data; boundary=" + String(repeating: "x", count: 71)) == nil)
    }

    @Test func readsURLEncodedFormsAsTheStandardHasIt() throws {
        let form = try FormData(urlEncoded: "a=1&b=%E5%85%B8+%2B&a=2&c&=d&bad=%zz%4")
        #expect(form.all("a") == ["1", "2"])
        #expect(form["b"] == "典 +")
        #expect(form.has("c") && form["c"] == "")
        #expect(form["bad"] == "%zz%4")
        #expect(FormData.query([("q", "典 +"), ("empty", "")]) == "?q=%E5%85%B8%20%2B")
        #expect(throws: WebFault.self) { try FormData(urlEncoded: String(repeating: "a&", count: 20_000)) }
    }
}
