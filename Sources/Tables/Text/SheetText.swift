/// The text of an XLSX (ECMA-376 part 1, 18): every shared and inline text and every number of every sheet, hidden ones too, and what
/// stands in drawings; phonetic readings are left out.
enum SheetText {
    private static let mostSheets = 200

    static func read(_ path: String) throws(PaperError) -> FileText {
        let shared = SharedListener()
        if let part = try ZipPart("xl/sharedStrings.xml", in: path, limits: .forText) { try XMLStream(part, to: shared).finish() }
        var bytes = shared.bytes, isHidden = false
        if let part = try ZipPart("xl/workbook.xml", in: path, limits: .forText) {
            let book = BookListener()
            try XMLStream(part, to: book).finish()
            isHidden = book.hasHidden
            bytes += book.bytes
        }
        for number in 1...mostSheets {
            guard let part = try ZipPart("xl/worksheets/sheet\(number).xml", in: path, limits: .forText) else { break }
            let sheet = CellListener()
            try XMLStream(part, to: sheet).finish()
            bytes += sheet.bytes
            isHidden = isHidden || sheet.hasHidden
        }
        for number in 1...mostSheets {
            guard let part = try ZipPart("xl/drawings/drawing\(number).xml", in: path, limits: .forText) else { break }
            let drawing = SharedListener()
            try XMLStream(part, to: drawing).finish()
            bytes += drawing.bytes
        }
        return FileText(text: String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self), notes: isHidden ? [.hiddenSheet] : [])
    }
}

/// Shared texts, and those of drawings: `t` outside `rPh`; each item or paragraph on a line of its own.
private final class SharedListener: XMLListener {
    var bytes: [UInt8] = []
    private var phonetic = 0
    private var isText = false

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "t" { isText = true } else if name == "rPh" { phonetic += 1 }
    }

    func ended(_ name: XMLName) {
        if name == "t" { isText = false }
        else if name == "rPh" { phonetic = max(0, phonetic - 1) }
        else if name == "si" || name == "p" { bytes.append(UInt8(ascii: "\n")) }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isText, phonetic == 0 { bytes.append(contentsOf: text) } }
}

/// What cells hold besides shared texts: numbers and texts of their own.
private final class CellListener: XMLListener {
    var bytes: [UInt8] = []
    private(set) var hasHidden = false
    private var isValue = false, isShared = false

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "c" { isShared = attributes["t"] == "s" }
        else if name == "v" { isValue = !isShared }
        else if name == "t" { isValue = true }
        else if name == "row" || name == "col" { if attributes.isTrue("hidden") { hasHidden = true } }
    }

    func ended(_ name: XMLName) {
        if name == "v" || name == "t" {
            if isValue { bytes.append(UInt8(ascii: "\n")) }
            isValue = false
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { if isValue { bytes.append(contentsOf: text) } }
}

/// The names of the sheets, and whether one is hidden.
private final class BookListener: XMLListener {
    var bytes: [UInt8] = []
    private(set) var hasHidden = false

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "sheet" else { return }
        if let title = attributes["name"] { bytes += Array(title.utf8) + [UInt8(ascii: "\n")] }
        if let state = attributes["state"], state != "visible" { hasHidden = true }
    }

    func ended(_ name: XMLName) {}
    func text(_ text: UnsafeBufferPointer<UInt8>) {}
}
