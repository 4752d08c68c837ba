/// The texts that the cells of a workbook share, in memory, up to the limit.
final class SharedTexts: XMLListener {
    private let texts = ByteBuffer()
    private var ends: [Int] = []
    private let part: String
    private let limits: TableLimits
    private var begin = 0
    private var isText = false
    private var isPhonetic = false
    private var stream: PartStream<SharedTexts>?

    init(_ workbook: Workbook) throws(PaperError) {
        limits = workbook.limits
        part = workbook.sharedTextsPart ?? ""
        guard !part.isEmpty, let stream = try PartStream(part, in: workbook.path, limits: limits, to: self) else { return }
        self.stream = stream
        defer { self.stream = nil }
        try stream.finish()
    }

    subscript(index: Int) -> UnsafeBufferPointer<UInt8>? {
        guard ends.indices.contains(index) else { return nil }
        let begin = index == 0 ? 0 : ends[index - 1]
        return UnsafeBufferPointer(start: texts.base + begin, count: ends[index] - begin)
    }

    func began(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "t" {
            isText = !isPhonetic
        } else if name == "rPh" {
            // How a text is read aloud is no part of it.
            isPhonetic = true
        } else if name == "si" {
            begin = texts.count
        }
    }

    func ended(_ name: XMLName) {
        if name == "t" {
            isText = false
        } else if name == "rPh" {
            isPhonetic = false
        } else if name == "si" {
            EscapedText.undo(in: texts, from: begin)
            ends.append(texts.count)
            guard texts.count + ends.count * MemoryLayout<Int>.stride <= limits.sharedTexts else {
                stream?.fail(.workbookTooLarge(part: part, limit: limits.sharedTexts))
                return
            }
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isText else { return }
        texts.append(bytes)
        if texts.count > limits.sharedTexts { stream?.fail(.workbookTooLarge(part: part, limit: limits.sharedTexts)) }
    }
}
