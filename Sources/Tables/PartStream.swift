/// Parses a large part of a workbook as it is unpacked: with `PlainXML` as long as it is plain. At the first thing that is not, expat
/// gets the whole part from its beginning, and what has been told of it already is not told again.
final class PartStream<Listener: XMLListener> {
    private let name: String
    private let path: String
    private let limits: TableLimits
    /// It owns this stream, so it is there as long.
    private unowned(unsafe) let listener: Listener
    /// Nothing once expat reads.
    private var blocks: UnpackedBlocks?
    private let xml = PlainXML()
    private var parser: XMLStream?
    private var replay: ToldAlready?
    private var failure: PaperError?
    private var isStopped = false
    private var hasEnded = false
    private var farthest = 0

    /// What the listener has been told: how many tags, and how much text behind the last of them.
    private var tags = 0
    private var text = 0

    /// Nothing if the package has no part of this name.
    init?(_ name: String, in path: String, limits: TableLimits, to listener: Listener) throws(PaperError) {
        guard let part = try ZipPart(name, in: path, limits: limits) else { return nil }
        (self.name, self.path, self.limits, self.listener) = (name, path, limits, listener)
        blocks = UnpackedBlocks(part)
    }

    /// How much of the package has been used, in bytes.
    var position: Int { max(farthest, parser?.position ?? blocks?.position ?? 0) }

    /// Unpacks and parses some more; false at the end.
    func advance() throws(PaperError) -> Bool {
        if let parser { return try parser.advance() }
        guard limits.readsPlainXML else {
            try changeOver()
            return true
        }
        isStopped = false
        let isOdd = scan()
        if let failure { throw failure }
        if hasEnded { return false }
        if isStopped { return true }
        if isOdd || xml.isFull {
            try changeOver()
            return true
        }
        let got = try xml.append(upTo: UnpackedBlocks.size) { room throws(PaperError) in try blocks?.next(into: room) ?? 0 }
        if got > 0 { return true }
        if xml.isWhole { return false }
        try changeOver()
        return true
    }

    /// Parses all.
    func finish() throws(PaperError) { while try advance() {} }

    /// To be called by the listener: lets `advance` return here.
    func suspend() {
        isStopped = true
        parser?.suspend()
    }

    /// To be called by the listener: what follows is of no interest.
    func end() {
        (isStopped, hasEnded) = (true, true)
        parser?.end()
    }

    /// To be called by the listener: ends with this error.
    func fail(_ error: PaperError) {
        if failure == nil { failure = error }
        isStopped = true
        parser?.fail(error)
    }

    /// Tells all that is there in full. Answers whether something is not plain.
    private func scan() -> Bool {
        let (xml, listener) = (xml, listener)
        while true {
            switch xml.next() {
            case .began:
                (tags, text) = (tags + 1, 0)
                listener.began(xml.name, xml.attributes)
            case .ended:
                (tags, text) = (tags + 1, 0)
                listener.ended(xml.name)
            case .text:
                text = xml.text.count
                listener.text(xml.text)
            case .more: return false
            case .odd: return true
            }
            if isStopped { return false }
        }
    }

    private func changeOver() throws(PaperError) {
        farthest = position
        blocks = nil
        guard let part = try ZipPart(name, in: path, limits: limits) else { throw .damagedWorkbook(part: name, line: nil) }
        let replay = ToldAlready(listener, tags: tags, text: text)
        self.replay = replay
        parser = try XMLStream(part, to: replay)
    }
}

/// Passes on what a listener has not been told before.
private final class ToldAlready: XMLListener {
    private unowned(unsafe) let listener: any XMLListener
    private var tags: Int
    private var text: Int

    init(_ listener: any XMLListener, tags: Int, text: Int) { (self.listener, self.tags, self.text) = (listener, tags, text) }

    func began(_ name: XMLName, _ attributes: XMLAttributes) { if isNews { listener.began(name, attributes) } }
    func ended(_ name: XMLName) { if isNews { listener.ended(name) } }

    private var isNews: Bool {
        guard tags == 0 else {
            tags -= 1
            return false
        }
        text = 0
        return true
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard tags == 0 else { return }
        let told = min(text, bytes.count)
        text -= told
        if told < bytes.count { listener.text(UnsafeBufferPointer(rebasing: bytes[told...])) }
    }
}
