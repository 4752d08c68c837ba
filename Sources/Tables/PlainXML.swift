import Glibc

/// Takes apart the plain XML that spreadsheet programs write: UTF-8, without declarations of its own, comments, instructions or sections
/// of raw text, and no tag or text that is very long.
///
/// Whatever it takes, expat takes as well and says the same of it. What it does not take may be sound or not: it is `odd`, and is
/// for expat to judge.
final class PlainXML {
    enum Event {
        case began, ended, text
        /// What comes next is not there in full.
        case more
        case odd
    }

    private enum Place { case start, prolog, root, epilog }

    /// The element that began or ended, and the text; valid until the next event or more bytes, as the attributes are.
    private(set) var name: XMLName
    private(set) var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// What has been unpacked and not yet taken. `bytes[end]` is a zero: every loop stops there, and so nothing behind it is read.
    private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: PlainXML.room + 1)
    private var at = 0
    private var end = 0
    private let kinds = ByteKinds()
    private var place = Place.start
    private var open = OpenElements()
    private var list = AttributeList()
    private var isEmptyElement = false
    /// What had references or line ends in it. It never becomes longer by that, so this need not grow.
    private let decoded = ByteBuffer(capacity: PlainXML.room)

    private static let room = 256 << 10
    private static let longest = 128 << 10

    init() {
        name = XMLName(bytes, count: 0)
        bytes[0] = 0
    }

    deinit {
        bytes.deallocate()
        open.deallocate()
        list.deallocate()
    }

    @inline(__always)
    var attributes: XMLAttributes { list.attributes }

    /// The whole part has been taken, if this is its end.
    var isWhole: Bool { place == .epilog && at == end }

    /// What is not there in full is longer than anything that is taken here.
    var isFull: Bool { end - at > Self.longest }

    /// Takes over what `fill` writes; it answers how much that is.
    func append<E: Error>(upTo wanted: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(E) -> Int) throws(E) -> Int {
        memmove(bytes, bytes + at, end - at)
        (at, end) = (0, end - at)
        let free = min(wanted, Self.room - end)
        let got = min(try fill(UnsafeMutableRawBufferPointer(start: bytes + end, count: free)), free)
        end += got
        bytes[end] = 0
        return got
    }

    @inline(__always)
    func next() -> Event {
        if isEmptyElement {
            isEmptyElement = false
            close()
            return .ended
        }
        guard place == .root else { return outside() }
        let from = at
        if bytes[from] == UInt8(ascii: "<") { return tag() }
        var to = from
        var seen = kinds[bytes[to]]
        while seen & ByteKinds.stop == 0 {
            to += 1
            seen |= kinds[bytes[to]]
        }
        guard to < end else { return .more }
        guard bytes[to] == UInt8(ascii: "<") else { return .odd }
        let found = UnsafeBufferPointer(start: bytes + from, count: to - from)
        if seen & (ByteKinds.high | ByteKinds.careful) == 0 {
            text = found
        } else {
            guard let sound = sound(found, seen, isAttribute: false) else { return .odd }
            text = sound
        }
        at = to
        return .text
    }

    /// Before the first element and behind the last.
    private func outside() -> Event {
        if place == .start {
            let plain = UnsafeBufferPointer(start: bytes, count: end)
            switch XMLDeclaration(plain) {
            case .none: at = 0
            case .plain(let length): at = length
            case .cut: return .more
            case .odd: return .odd
            }
            place = .prolog
        }
        while kinds[bytes[at]] & ByteKinds.space != 0 { at += 1 }
        guard at < end else { return .more }
        guard place == .prolog, bytes[at] == UInt8(ascii: "<") else { return .odd }
        return tag()
    }

    private func close() {
        open.pop()
        place = open.isEmpty ? .epilog : .root
    }

    /// At a `<`.
    @inline(__always)
    private func tag() -> Event {
        let begin = at + 1
        if bytes[begin] == UInt8(ascii: "/") { return endTag() }
        guard kinds[bytes[begin]] & ByteKinds.nameStart != 0 else { return begin < end ? .odd : .more }
        var to = begin
        guard let local = skipName(&to) else { return .odd }
        let nameEnd = to
        list.clear()
        if decoded.count > 0 { decoded.clear() }
        while bytes[to] != UInt8(ascii: ">") {
            guard let event = attribute(&to) else { continue }
            guard event == .ended else { return event }
            isEmptyElement = true
            break
        }
        guard open.push(UnsafeBufferPointer(start: bytes + begin, count: nameEnd - begin), local: local - begin) else {
            isEmptyElement = false
            return .odd
        }
        name = XMLName(bytes + local, count: nameEnd - local)
        (at, place) = (to + (isEmptyElement ? 2 : 1), .root)
        return .began
    }

    /// Goes behind a name and answers where its local part begins. Nothing if it has more than one prefix.
    @inline(__always)
    private func skipName(_ to: inout Int) -> Int? {
        var local = to
        let begin = to
        while case let byte = bytes[to], kinds[byte] & ByteKinds.name != 0 {
            to += 1
            guard byte == UInt8(ascii: ":") else { continue }
            guard local == begin else { return nil }
            local = to
        }
        return local
    }

    /// Takes an attribute with the spaces around it. Answers `ended` at the end of an empty element, and why it cannot go on.
    @inline(__always)
    private func attribute(_ to: inout Int) -> Event? {
        let before = to
        while kinds[bytes[to]] & ByteKinds.space != 0 { to += 1 }
        let byte = bytes[to]
        if byte == UInt8(ascii: ">") { return nil }
        if byte == UInt8(ascii: "/") { return bytes[to + 1] == UInt8(ascii: ">") ? .ended : to + 1 < end ? .odd : .more }
        guard to < end else { return .more }
        guard to > before, kinds[byte] & ByteKinds.nameStart != 0 else { return .odd }
        let begin = to
        guard let local = skipName(&to) else { return .odd }
        let nameEnd = to
        guard bytes[to] == UInt8(ascii: "=") else { return to < end ? .odd : .more }
        let quote = bytes[to + 1]
        guard kinds[quote] & ByteKinds.quote != 0 else { return to + 1 < end ? .odd : .more }
        to += 2
        let from = to
        var seen: UInt8 = 0
        while case let kind = kinds[bytes[to]], bytes[to] != quote {
            guard kind & (ByteKinds.stop | ByteKinds.lineEnd) == 0 else { return to < end ? .odd : .more }
            seen |= kind
            to += 1
        }
        var value = UnsafeBufferPointer(start: bytes + from, count: to - from)
        to += 1
        if seen & (ByteKinds.high | ByteKinds.careful) != 0 {
            guard let sound = sound(value, seen, isAttribute: true) else { return .odd }
            value = sound
        }
        let isNew = list.append(UnsafeBufferPointer(start: bytes + begin, count: nameEnd - begin), local: local - begin, value)
        return isNew ? nil : .odd
    }

    private func endTag() -> Event {
        let begin = at + 2
        let name = open.last
        guard end - begin > name.count else { return .more }
        guard open.lastEquals(bytes + begin) else { return .odd }
        var to = begin + name.count
        while kinds[bytes[to]] & ByteKinds.space != 0 { to += 1 }
        guard bytes[to] == UInt8(ascii: ">") else { return to < end ? .odd : .more }
        self.name = XMLName(bytes + begin + name.local, count: name.count - name.local)
        at = to + 1
        close()
        return .ended
    }

    /// The text with its references resolved and its line ends made one. Nothing if expat has to look at it.
    private func sound(_ text: UnsafeBufferPointer<UInt8>, _ seen: UInt8, isAttribute: Bool) -> UnsafeBufferPointer<UInt8>? {
        if seen & ByteKinds.high != 0, !XMLText.isSound(text) { return nil }
        guard seen & ByteKinds.careful != 0 else { return text }
        if !isAttribute {
            if XMLText.endsSection(text) { return nil }
            if decoded.count > 0 { decoded.clear() }
        }
        let begin = decoded.count
        guard XMLText.decode(text, into: decoded) else { return nil }
        return UnsafeBufferPointer(start: decoded.base + begin, count: decoded.count - begin)
    }
}
