import Glibc

/// Text in an encoding that mail names: what cannot be read in it is left out, and one that is not known is read as UTF-8.
package enum CharsetText {
    /// - Parameter charset: as a message writes it: `gb2312`, `UTF-8`.
    package static func text(_ bytes: [UInt8], charset: String) -> String {
        let name = charset.lowercased()
        guard let known = names[name] else { return String(decoding: bytes, as: UTF8.self) }
        let converter = iconv_open("UTF-8//IGNORE", known)
        guard converter != iconv_t(bitPattern: -1) else { return String(decoding: bytes, as: UTF8.self) }
        defer { iconv_close(converter) }
        var source = bytes, target = [UInt8](repeating: 0, count: bytes.count * 4 + 16)
        var written = 0
        source.withUnsafeMutableBytes { from in
            target.withUnsafeMutableBytes { to in
                var start = from.baseAddress?.assumingMemoryBound(to: CChar.self), left = from.count
                var end = to.baseAddress?.assumingMemoryBound(to: CChar.self), room = to.count
                iconv(converter, &start, &left, &end, &room)
                written = to.count - room
            }
        }
        return String(decoding: target[..<written], as: UTF8.self)
    }

    /// GB2312 is written for what is GBK, and ISO-8859-1 for what is Windows-1252.
    private static let names = [
        "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "x-gbk": "GB18030", "big5": "BIG5", "iso-8859-1": "WINDOWS-1252",
        "windows-1252": "WINDOWS-1252", "utf-16": "UTF-16",
    ]
}
