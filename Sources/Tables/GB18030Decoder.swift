import Glibc

/// GB18030 to UTF-8, strictly, a piece of whole rows at a time.
final class GB18030Decoder {
    private let converter: iconv_t?

    init() {
        let opened = iconv_open("UTF-8", "GB18030")
        converter = opened == iconv_t(bitPattern: -1) ? nil : opened
    }

    deinit { if let converter { iconv_close(converter) } }

    /// Decodes as far as it goes. The answer is what stopped it.
    func decode(_ text: UnsafeBufferPointer<UInt8>, into result: ByteBuffer) -> TextTail? {
        result.clear()
        let readable = Self.endBeforeUTF8(text)
        let stopped = convert(UnsafeBufferPointer(rebasing: text[..<readable]), into: result)
        return stopped ?? (readable < text.count ? .mixed : nil)
    }

    private func convert(_ text: UnsafeBufferPointer<UInt8>, into result: ByteBuffer) -> TextTail? {
        guard let converter else { return .badText(.gb18030) }
        iconv(converter, nil, nil, nil, nil)
        var from = UnsafeMutableRawPointer(mutating: text.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var left = text.count
        while left > 0 {
            var status = 0
            // Two bytes become three at most, four become four; anything more comes in the next round.
            let room = left + left / 2 + 16
            result.append(upTo: room) { start in
                var to: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(start).assumingMemoryBound(to: CChar.self)
                var free = room
                status = iconv(converter, &from, &left, &to, &free) == Int(bitPattern: UInt.max) ? Int(errno) : 0
                return room - free
            }
            switch Int32(status) {
            case 0, E2BIG: continue
            case EINVAL: return .cutOff
            default: return .badText(.gb18030)
            }
        }
        return nil
    }

    /// Most of UTF-8 reads as wrong characters of GB18030, not as a fault. But a line of GB18030 that by chance is UTF-8 through and
    /// through, with six characters of three bytes and none of two, is not to be met in ten thousand million lines.
    private static func endBeforeUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var start = 0
        while start < text.count, let base = text.baseAddress {
            let rest = text.count - start
            let length = memchr(base + start, Int32(UInt8.lineFeed), rest).map { UnsafeRawPointer($0) - UnsafeRawPointer(base + start) }
            let line = UnsafeBufferPointer(start: base + start, count: length ?? rest)
            let run = UTF8Check.run(line)
            if run.end == line.count && run.threes >= 6 && run.threes == run.sequences { return start }
            start += line.count + 1
        }
        return text.count
    }
}
