import Kernel
import Tables

/// Files what a manifest names: each line becomes a part of its customer file, by the step that a hand would take. What cannot be filed
/// is handed back line by line, and files that no line names are named; nothing is lost without a word.
package struct ScanFiling: Sendable {
    /// Where the scans are: by the name that the manifest gives; `nil` where there is none.
    package typealias Source = @Sendable (_ name: String) throws -> [UInt8]?

    package struct Outcome: Sendable {
        package var filed: [ScanManifest.Line] = []
        package var rejected: [(line: ScanManifest.Line, words: Words)] = []
        /// Files that were there and that no line names.
        package var unnamed: [String] = []
        /// Scans on which a program has read something.
        package var recognised = 0
    }

    private let desk: Desk
    private let principal: Principal
    private let source: Source
    private let recognising: Bool

    /// - Parameter recognising: pictures are read by a program where there is one, as a hint to find them by.
    package init(_ desk: Desk, by principal: Principal, recognising: Bool = false, source: @escaping Source) {
        (self.desk, self.principal, self.recognising, self.source) = (desk, principal, recognising, source)
    }

    /// - Parameter names: of all files that were handed in.
    package func run(_ manifest: ScanManifest, names: [String]) async throws -> Outcome {
        var outcome = Outcome()
        let named = Set(manifest.lines.flatMap(\.files))
        outcome.unnamed = names.filter { !named.contains($0) }
        var order: [String] = []
        let groups = Dictionary(grouping: manifest.lines) { line in
            if !order.contains(line.code) { order.append(line.code) }
            return line.code
        }
        for code in order { try await file(groups[code] ?? [], code, &outcome) }
        outcome.rejected.sort { $0.line.row < $1.line.row }
        return outcome
    }

    private func file(_ lines: [ScanManifest.Line], _ code: String, _ outcome: inout Outcome) async throws {
        let sound = lines.filter(\.faults.isEmpty)
        for line in lines where !line.faults.isEmpty { outcome.rejected.append((line, Self.joined(line.faults))) }
        guard !sound.isEmpty else { return }
        guard let file = try await found(code) else {
            let words = Words("没有您可以补充材料的档案“\(code)”", "There is no file “\(code)” to which you may add")
            outcome.rejected += sound.map { ($0, words) }
            return
        }
        let known = Set(try await desk.load([file]).flatMap { $0.value.parts.flatMap(\.files) }.map(\.digest))
        var parts: [(line: ScanManifest.Line, part: FilePart)] = []
        var taken = known
        for line in sound {
            do {
                parts.append((line, try await kept(line, &taken)))
            } catch let error where error is DeskError || error is Refusal {
                outcome.rejected.append((line, Self.words(error)))
            }
        }
        try await supplement(file, parts, &outcome)
    }

    /// All parts of a file in one step; where it is refused, each by itself, so that one holds up no other.
    private func supplement(
        _ file: ID<CustomerFile>, _ parts: [(line: ScanManifest.Line, part: FilePart)], _ outcome: inout Outcome
    ) async throws {
        guard !parts.isEmpty else { return }
        do {
            let new = parts.map(\.part)
            try await desk.take(CustomerFile.supplement, on: file.raw, by: principal) { document in
                guard var file = document as? CustomerFile else { return }
                file.parts += new
                document = file
            }
            outcome.filed += parts.map(\.line)
            if recognising { for part in parts { outcome.recognised += try await recognise(part.part, in: file) } }
        } catch let error where error is DeskError || error is Refusal {
            guard parts.count > 1 else { return outcome.rejected.append((parts[0].line, Self.words(error))) }
            for part in parts { try await supplement(file, [part], &outcome) }
        }
    }

    private func found(_ code: String) async throws -> ID<CustomerFile>? {
        var query = RegisterQuery()
        (query.equal["referenceCode"], query.states, query.isCounted, query.limit) = (code, [CustomerFile.State.open.rawValue], false, 2)
        let rows = try await desk.register(CustomerFile.name, query, by: principal.person).rows
        return rows.count == 1 ? ID(rows[0].id) : nil
    }

    /// The part with its scans kept.
    private func kept(_ line: ScanManifest.Line, _ taken: inout Set<String>) async throws -> FilePart {
        var part = line.part, contents: [(name: String, content: [UInt8])] = []
        for name in line.files {
            guard let content = try source(name) else {
                throw DeskError.conflict(Words("没有文件“\(name)”", "There is no file “\(name)”"))
            }
            guard !taken.contains(FileReference.digest(of: content)) else {
                throw DeskError.conflict(Words("“\(name)”已在该档案中", "“\(name)” is in the file already"))
            }
            contents.append((name, content))
        }
        for (name, content) in contents {
            let reference = try await desk.keep(file: name, content: content, by: principal)
            taken.insert(reference.digest)
            part.files.append(reference)
        }
        return part
    }

    /// Reads the pictures of a part; what has a text of its own is left as it is.
    private func recognise(_ part: FilePart, in file: ID<CustomerFile>) async throws -> Int {
        var read = 0
        for reference in part.files {
            var query = RegisterQuery()
            (query.equal["digest"], query.isCounted, query.limit) = (reference.digest, false, 20)
            let rows = try await desk.register(AttachmentText.name, query, by: principal.person).rows
            guard let id = rows.first(where: { $0.values["file"]?.whole == file.raw })?.id,
                let text = try await desk.load([ID<AttachmentText>(id)]).first, text.value.text.isEmpty,
                let content = try source(reference.name), let recognised = PictureText.read(content)
            else { continue }
            try await desk.take(AttachmentText.recognise, on: id, input: ["text": .text(recognised)], by: principal)
            read += 1
        }
        return read
    }

    private static func joined(_ words: [Words]) -> Words {
        Words(words.map(\.zh).joined(separator: "；"), words.map(\.en).joined(separator: "; "))
    }

    private static func words(_ error: any Error) -> Words {
        switch error {
        case let refusal as Refusal: refusal.words
        case DeskError.invalid(let faults): joined(faults.map(\.words))
        case DeskError.forbidden(let words), DeskError.conflict(let words): words
        default: Words("没有找到", "Not found")
        }
    }
}
