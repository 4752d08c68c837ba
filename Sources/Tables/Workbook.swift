/// What an XLSX package says of itself: its sheets, and where its parts are. ECMA-376, parts 1 and 2.
final class Workbook {
    struct Sheet {
        let name: String
        let part: String
        let isHidden: Bool
    }

    let path: String
    let limits: TableLimits
    private(set) var sheets: [Sheet] = []
    private(set) var sharedTextsPart: String?
    private(set) var stylesPart: String?
    private(set) var countsDatesFrom1904 = false

    init(path: String, limits: TableLimits) throws(PaperError) {
        self.path = path
        self.limits = limits
        guard try ZipPart("[Content_Types].xml", in: path, limits: limits) != nil else { throw .notATable }
        let main = try Relations("_rels/.rels", base: "", in: path, limits: limits).targets(of: "/officeDocument").first?.part
        guard let main, main.lowercased().hasSuffix(".xml") else { throw .notATable }
        let (folder, file) = Self.split(main)
        let relations = try Relations("\(folder)_rels/\(file).rels", base: folder, in: path, limits: limits)
        sharedTextsPart = relations.targets(of: "/sharedStrings").first?.part
        stylesPart = relations.targets(of: "/styles").first?.part
        let parts = Dictionary(relations.targets(of: "/worksheet").map { ($0.id, $0.part) }) { first, _ in first }
        try ElementReader.read(main, in: path, limits: limits) { name, attributes in
            if name == "workbookPr" {
                let value = attributes["date1904"]
                countsDatesFrom1904 = value == "1" || value == "true"
            } else if name == "sheet", let title = attributes["name"], let id = attributes["id"], let part = parts[id] {
                let state = attributes["state"] ?? "visible"
                sheets.append(Sheet(name: title, part: part, isHidden: state != "visible"))
            }
        }
        guard !sheets.isEmpty else { throw .notATable }
    }

    /// The sheet of this name, in any case and with spaces around it.
    func sheet(_ name: String) throws(PaperError) -> Sheet {
        let plain = HeaderName.plain(name)
        guard let found = sheets.first(where: { $0.name == name }) ?? sheets.first(where: { HeaderName.plain($0.name) == plain }) else {
            throw .noSuchSheet(name, present: sheets.map(\.name))
        }
        return found
    }

    /// What people see when they open it.
    var visible: [Sheet] { sheets.filter { !$0.isHidden } }

    private static func split(_ part: String) -> (folder: String, file: String) {
        guard let slash = part.lastIndex(of: "/") else { return ("", part) }
        return (String(part[...slash]), String(part[part.index(after: slash)...]))
    }
}

/// Which part stands for what.
private struct Relations {
    private var all: [(id: String, kind: String, part: String)] = []

    /// - Parameter base: The folder that relative targets start from, with its slash.
    init(_ part: String, base: String, in path: String, limits: TableLimits) throws(PaperError) {
        var all: [(id: String, kind: String, part: String)] = []
        try ElementReader.read(part, in: path, limits: limits) { name, attributes in
            guard name == "Relationship", attributes["TargetMode"] != "External" else { return }
            guard let id = attributes["Id"], let kind = attributes["Type"], let target = attributes["Target"] else { return }
            all.append((id, kind, Self.resolve(target, base: base)))
        }
        self.all = all
    }

    func targets(of kind: String) -> [(id: String, part: String)] {
        all.filter { $0.kind.hasSuffix(kind) }.map { ($0.id, $0.part) }
    }

    private static func absolute(_ target: String, base: String) -> String {
        let target = target.replacing("\\", with: "/")
        return target.hasPrefix("/") ? target : base + target
    }

    private static func resolve(_ target: String, base: String) -> String {
        var steps: [Substring] = []
        for step in Self.absolute(target, base: base).split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}

/// Reports each element of a small part as it begins.
private final class ElementReader: XMLListener {
    private let report: (XMLName, XMLAttributes) -> Void

    private init(_ report: @escaping (XMLName, XMLAttributes) -> Void) { self.report = report }

    static func read(
        _ part: String, in path: String, limits: TableLimits, _ report: (XMLName, XMLAttributes) -> Void
    ) throws(PaperError) {
        var limits = limits
        limits.part = min(limits.part, 16 << 20)
        guard let stream = try ZipPart(part, in: path, limits: limits) else { throw .damagedWorkbook(part: part, line: nil) }
        let outcome = withoutActuallyEscaping(report) { report in
            let reader = ElementReader(report)
            return Result { () throws(PaperError) in try XMLStream(stream, to: reader).finish() }
        }
        try outcome.get()
    }

    func began(_ name: XMLName, _ attributes: XMLAttributes) { report(name, attributes) }
    func ended(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
