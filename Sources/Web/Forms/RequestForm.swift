import Hummingbird
import Kernel

/// How much a form may bring, and where its files are put meanwhile.
package struct FormLimits: Sendable {
    /// All texts together, in bytes.
    var texts = 2 << 20
    /// One file, in bytes.
    var file: Int
    /// All files together, in bytes.
    var files: Int
    /// Files go to temporary files instead of memory.
    var spills = false
    /// Files are passed over.
    var dropsFiles = false
    /// A file that is too large is passed over and told of (`FormData.oversized`), so that nothing else of the form is lost.
    var keepsTexts = false

    /// Texts only.
    static let plain = FormLimits(file: 0, files: 0)
}

extension FormData {
    /// The names of files that were passed over.
    static let dropped = "~dropped"
    /// The names of fields with files that were too large.
    static let oversized = "~oversized"

    /// Reads the body of a request, urlencoded or multipart.
    static func read(_ request: Request, within limits: FormLimits) async throws -> FormData {
        let type = request.headers[.contentType] ?? ""
        if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            let body = try await request.body(upTo: limits.texts)
            guard let text = String(validating: body.readableBytesView, as: UTF8.self) else { throw WebFault.notUTF8 }
            return try FormData(urlEncoded: text)
        }
        guard let boundary = MultipartReader.boundary(of: type) else {
            // A button without fields sends nothing, and some clients then name no type.
            if request.headers[.contentLength] == "0" { return FormData() }
            throw WebFault.unknownFormat
        }
        var collector = PartCollector(limits: limits)
        var reader = MultipartReader(boundary: boundary)
        try await request.eachChunk { chunk in
            try chunk.withUnsafeReadableBytes { bytes in try reader.feed(bytes) { try collector.take($0) } }
        }
        try reader.finish()
        return collector.form
    }
}

extension Request {
    /// The whole body.
    /// - Throws: `WebFault.tooLarge`.
    func body(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw WebFault.tooLarge(limit: limit) }
        var whole: ByteBuffer?
        try await eachChunk { chunk in
            var chunk = chunk
            guard (whole?.readableBytes ?? 0) + chunk.readableBytes <= limit else { throw WebFault.tooLarge(limit: limit) }
            if whole == nil { whole = chunk } else { whole?.writeBuffer(&chunk) }
        }
        return whole ?? ByteBuffer()
    }

    /// - Throws: what `take` throws; `WebFault.brokenOff` where the sender went away.
    func eachChunk(_ take: (ByteBuffer) throws -> Void) async throws {
        var chunks = body.makeAsyncIterator()
        while true {
            let next: ByteBuffer?
            do { next = try await chunks.next() } catch { throw WebFault.brokenOff }
            guard let next else { return }
            try take(next)
        }
    }
}

/// Gathers the parts of a multipart form within its limits.
private struct PartCollector {
    let limits: FormLimits
    private(set) var form = FormData()
    private var head: MultipartReader.Head?
    private var bytes: [UInt8] = []
    private var spilled: TemporaryFile?
    private var size = 0
    private var textsSize = 0
    private var filesSize = 0
    private var isOversized = false

    init(limits: FormLimits) { self.limits = limits }

    mutating func take(_ event: MultipartReader.Event) throws {
        switch event {
        case .part(let head):
            self.head = head
            bytes = []
            (size, isOversized) = (0, false)
            spilled = limits.spills && head.file != nil ? try TemporaryFile() : nil
        case .bytes(let piece): try take(piece)
        case .partEnd:
            guard let head else { return }
            if let name = head.file, limits.dropsFiles {
                if !name.isEmpty { form.add(FormData.dropped, name) }
            } else if isOversized {
                form.add(FormData.oversized, head.name)
            } else if let name = head.file {
                // An empty choice of files sends one part without a name.
                guard !name.isEmpty else { return }
                form.add(head.name, .init(name: name, content: spilled.map { .temporary($0) } ?? .bytes(bytes), size: size))
            } else {
                guard let text = String(validating: bytes, as: UTF8.self) else { throw WebFault.notUTF8 }
                form.add(head.name, text)
            }
        }
    }

    private mutating func take(_ piece: UnsafeRawBufferPointer) throws {
        size += piece.count
        if head?.file == nil {
            textsSize += piece.count
            guard textsSize <= limits.texts else { throw WebFault.tooLarge(limit: limits.texts) }
        } else {
            filesSize += piece.count
            let isTooLarge = size > limits.file || filesSize > limits.files
            // Read to its end, but not without end.
            guard !isTooLarge || limits.keepsTexts && filesSize <= 4 * limits.files else {
                throw WebFault.tooLarge(limit: size > limits.file ? limits.file : limits.files)
            }
            if isTooLarge { (isOversized, bytes) = (true, []) }
        }
        if isOversized { return }
        if head?.file != nil, limits.dropsFiles { return }
        if let spilled { try spilled.write(piece) } else { bytes.append(contentsOf: piece) }
    }
}
