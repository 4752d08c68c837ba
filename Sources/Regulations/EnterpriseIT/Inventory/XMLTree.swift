import CExpat

/// A small XML text as a tree: an inventory, an invoice. Entities cannot be declared, and depth and number of elements are bounded.
package final class XMLTree {
    package let name: String
    package let attributes: [String: String]
    package fileprivate(set) var text = ""
    package fileprivate(set) var children: [XMLTree] = []

    fileprivate init(_ name: String, _ attributes: [String: String] = [:]) { (self.name, self.attributes) = (name, attributes) }

    /// The first child of this name.
    package subscript(name: String) -> XMLTree? { children.first { $0.name == name } }
    package func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    fileprivate static let deepest = 32
    fileprivate static let most = 2_000_000

    fileprivate final class Reader {
        let root = XMLTree("")
        lazy var open: [XMLTree] = [root]
        var count = 0
        var isRefused = false
    }

    /// - Returns: the root; `nil` for what is no well-formed XML, or declares entities.
    package static func read(_ bytes: [UInt8]) -> XMLTree? {
        guard let parser = XML_ParserCreate(nil) else { return nil }
        defer { XML_ParserFree(parser) }
        let reader = Reader()
        XML_SetUserData(parser, Unmanaged.passUnretained(reader).toOpaque())
        XML_SetElementHandler(
            parser, { user, name, attributes in XMLTree.reader(user)?.began(name, attributes) },
            { user, _ in XMLTree.reader(user)?.ended() })
        XML_SetCharacterDataHandler(parser) { user, bytes, count in XMLTree.reader(user)?.said(bytes, Int(count)) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLTree.reader(user)?.isRefused = true }
        let status = bytes.withUnsafeBytes { XML_Parse(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), 1) }
        guard status == XML_STATUS_OK, !reader.isRefused else { return nil }
        return reader.root.children.first
    }

    private static func reader(_ user: UnsafeMutableRawPointer?) -> Reader? {
        user.map { Unmanaged<Reader>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension XMLTree.Reader {
    /// - Parameter attributes: names and values in turn, and a null at their end.
    fileprivate func began(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        count += 1
        guard let name, open.count <= XMLTree.deepest, count <= XMLTree.most, !isRefused else { return isRefused = true }
        let whole = String(cString: name), local = whole.split(separator: ":").last.map(String.init) ?? whole
        var said: [String: String] = [:], place = 0
        while let attributes, let key = attributes[place], let value = attributes[place + 1] {
            said[String(cString: key)] = String(cString: value)
            place += 2
        }
        let element = XMLTree(local, said)
        open.last?.children.append(element)
        open.append(element)
    }

    fileprivate func ended() {
        guard !isRefused, open.count > 1 else { return }
        let element = open.removeLast()
        var text = element.text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        element.text = String(text)
    }

    fileprivate func said(_ bytes: UnsafePointer<CChar>?, _ count: Int) {
        guard let bytes, !isRefused else { return }
        let buffer = UnsafeBufferPointer(start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: count)
        open.last?.text += String(decoding: buffer, as: UTF8.self)
    }
}
