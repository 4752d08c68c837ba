import Hummingbird
import Kernel

/// The kinds of answers that pages give.
extension Response {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        JSONText.write(value, into: &bytes)
        return Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"], body: .init(byteBuffer: ByteBuffer(string: html.text)))
    }

    /// After a form was taken: the browser goes on with GET.
    static func redirect(to address: String) -> Response { Response(status: .seeOther, headers: [.location: address]) }

    /// Something to be saved under its name.
    static func download(_ bytes: [UInt8], name: String, type: String) -> Response {
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: .ok, headers: [.contentType: type, .contentDisposition: disposition(name)], body: body)
    }

    /// The same from a temporary file, a piece at a time.
    static func download(_ file: TemporaryFile, name: String, type: String) -> Response {
        let size = file.size
        let body = ResponseBody(contentLength: size) { writer in
            var offset = 0
            while offset < size {
                let piece = try file.read(at: offset, count: min(256 << 10, size - offset))
                guard !piece.isEmpty else { throw WebFault.noRoom }
                offset += piece.count
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: type, .contentDisposition: disposition(name)], body: body)
    }

    /// Never shown in the page: what people hand in may be HTML.
    private static func disposition(_ name: String) -> String {
        let plain = name.unicodeScalars.allSatisfy { $0.isASCII && $0 != "\"" && $0 != "\\" && $0.value >= 0x20 }
        return "attachment; filename=\"\(plain ? name : "file")\"; filename*=UTF-8''\(FormData.encode(name))"
    }
}
