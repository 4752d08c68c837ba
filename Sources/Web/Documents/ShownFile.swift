import HTTPTypes
import Hummingbird

/// A file that a browser shows by itself: told by its first bytes, whatever it is called, and shown where no script of it could run.
struct ShownFile {
    static let endings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf"]

    let type: String

    /// - Returns: `nil` for what is to be saved.
    init?(_ bytes: [UInt8]) {
        let signatures: [(start: [UInt8], type: String)] = [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
            (Array("GIF87a".utf8), "image/gif"), (Array("GIF89a".utf8), "image/gif"), (Array("%PDF-".utf8), "application/pdf"),
        ]
        if let found = signatures.first(where: { bytes.starts(with: $0.start) }) {
            type = found.type
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            type = "image/webp"
        } else {
            return nil
        }
    }

    func response(_ bytes: [UInt8], name: String) -> Response {
        var response = Response.download(bytes, name: name, type: type)
        response.headers[.contentDisposition] = response.headers[.contentDisposition]?.replacing("attachment;", with: "inline;")
        // A PDF is drawn by the browser's own viewer, which a sandbox would shut out; nothing in it can ask for anything.
        let sandbox = type == "application/pdf" ? "" : "; sandbox"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'\(sandbox)"
        return response
    }
}
