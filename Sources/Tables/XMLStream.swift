import CExpat
import Glibc

/// Parses a part of a package as it is unpacked. Entities cannot be declared, nesting and the length of a single tag are bounded.
final class XMLStream {
    private let part: ZipPart
    private let parser: XML_Parser
    /// It owns this stream, so it is there whenever the parser reports.
    private unowned(unsafe) let listener: any XMLListener
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var failure: PaperError?
    private var hasFailed = false
    private var isSuspended = false
    private var hasEnded = false
    private var isLast = false
    private var depth = 0
    /// Bytes given to the parser since it last reported anything: it holds them all.
    private var silent = 0

    private static let deepest = 256
    private static let longestTag = 2 << 20

    init(_ part: ZipPart, to listener: any XMLListener) throws(PaperError) {
        guard let parser = XML_ParserCreate(nil) else { throw .cannotOpen(path: part.name, cause: SystemCause(ENOMEM)) }
        (self.part, self.parser, self.listener) = (part, parser, listener)
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLStream.of($0)?.began($1, $2) }, { XMLStream.of($0)?.ended($1) })
        XML_SetCharacterDataHandler(parser) { XMLStream.of($0)?.text($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
            guard let stream = XMLStream.of(user) else { return }
            stream.fail(.declaresEntities(part: stream.part.name))
        }
    }

    deinit {
        XML_ParserFree(parser)
        room.deallocate()
    }

    var position: Int { part.position }

    /// Unpacks and parses some more; false at the end.
    func advance() throws(PaperError) -> Bool {
        var status = XML_STATUS_OK
        if isSuspended {
            isSuspended = false
            status = XML_ResumeParser(parser)
        } else if isLast {
            return false
        } else {
            let got = try part.read(into: room)
            isLast = got == 0
            silent += got
            status = XML_Parse(parser, room.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(got), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        if hasEnded { return false }
        guard status != XML_STATUS_ERROR, silent <= Self.longestTag else { throw .damagedWorkbook(part: part.name, line: nil) }
        return isSuspended || !isLast
    }

    /// Parses all.
    func finish() throws(PaperError) { while try advance() {} }

    /// To be called by the listener: lets `advance` return here.
    func suspend() { isSuspended = XML_StopParser(parser, XML_Bool(1)) == XML_STATUS_OK }

    /// To be called by the listener: what follows is of no interest.
    func end() { hasEnded = XML_StopParser(parser, XML_Bool(0)) == XML_STATUS_OK }

    /// To be called by the listener: ends with this error.
    func fail(_ error: PaperError) {
        if !hasFailed { failure = error }
        hasFailed = true
        XML_StopParser(parser, XML_Bool(0))
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> XMLStream? {
        user.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private func began(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard let name, let attributes, !hasFailed else { return }
        silent = 0
        depth += 1
        guard depth <= Self.deepest else { return fail(.damagedWorkbook(part: part.name, line: nil)) }
        listener.began(XMLName(name), XMLAttributes(pairs: attributes))
    }

    private func ended(_ name: UnsafePointer<CChar>?) {
        guard let name, !hasFailed else { return }
        silent = 0
        depth -= 1
        listener.ended(XMLName(name))
    }

    private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int32) {
        guard let bytes, !hasFailed else { return }
        silent = 0
        listener.text(UnsafeBufferPointer(start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: Int(count)))
    }
}
