import Glibc

/// The text of a file that was handed in, by which it is found: PDF, DOCX, XLSX, plain text. A hint for searching, never a value.
package struct FileText: Sendable {
    package var text: String
    /// What whoever relies on it should know, in Chinese and in English.
    package var notes: [Note]

    package struct Note: Sendable, Hashable {
        package let zh: String
        package let en: String

        package static let trackedChanges = Note(zh: "文中有修订标记，取的是接受修订后的文字", en: "It has tracked changes; the text is that with all of them accepted")
        package static let hidden = Note(zh: "含隐藏文字", en: "It has hidden text")
        package static let hiddenSheet = Note(zh: "含隐藏的工作表、行或列", en: "It has hidden sheets, rows or columns")
        package static let unread = Note(zh: "未能提取文本", en: "No text could be taken out")
        package static let noText = Note(zh: "没有可提取的文本，可能是图片扫描件", en: "There is no text in it; it may be a picture")
        package static let tooLarge = Note(zh: "文件过大，未提取文本", en: "Too large; its text was not taken out")
    }

    package init(text: String = "", notes: [Note] = []) { (self.text, self.notes) = (text, notes) }

    /// What is larger is not read while whoever hands it in waits.
    package static let largest = 20 << 20

    /// - Parameter name: of the file; what it is says its content.
    package static func read(_ content: [UInt8], name: String) -> FileText {
        guard content.count <= largest else { return FileText(notes: [.tooLarge]) }
        if content.starts(with: Array("%PDF-".utf8)) { return PDFText.read(content) }
        if content.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return packaged(content) }
        let ending = name.lowercased().split(separator: ".").last ?? ""
        guard ["txt", "csv", "md", "htm", "html", "xml"].contains(ending) else { return FileText(notes: [.noText]) }
        return FileText(text: plain(content))
    }

    private static func plain(_ content: [UInt8]) -> String {
        if let text = String(validating: content, as: UTF8.self) { return text.filter { $0 != "\0" } }
        return String(decoding: content.lazy.map { $0 < 0x80 ? $0 : UInt8(ascii: " ") }, as: UTF8.self)
    }

    private static func packaged(_ content: [UInt8]) -> FileText {
        do {
            return try ScratchFile.with(content) { path in
                if try ZipPart("word/document.xml", in: path, limits: .forText) != nil { return try WordText.read(path) }
                if try ZipPart("xl/workbook.xml", in: path, limits: .forText) != nil { return try SheetText.read(path) }
                return FileText(notes: [.noText])
            }
        } catch { return FileText(notes: [.unread]) }
    }
}

extension TableLimits {
    /// What is read while somebody waits.
    static let forText: TableLimits = {
        var limits = TableLimits()
        (limits.part, limits.freePart) = (64 << 20, 16 << 20)
        return limits
    }()
}

/// A file without a name, for libraries that read no memory.
enum ScratchFile {
    static func with<T>(_ content: [UInt8], _ body: (_ path: String) throws -> T) throws -> T {
        let descriptor = unnamed(in: "/dev/shm") ?? unnamed(in: "/tmp") ?? -1
        guard descriptor >= 0 else { throw PaperError.cannotOpen(path: "memory", cause: .latest) }
        defer { close(descriptor) }
        var written = 0
        while written < content.count {
            let got = content[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard got > 0 else { throw PaperError.cannotOpen(path: "memory", cause: .latest) }
            written += got
        }
        return try body("/proc/self/fd/\(descriptor)")
    }

    /// In memory where there is such a place; its name is gone before anything is written.
    private static func unnamed(in folder: String) -> Int32? {
        var name = Array("\(folder)/dianzhang-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }
}
