import Kernel

/// What a person wrote: it stays in the language in which it was written, whatever the page speaks, and is marked as no word of the
/// product's own (`bdi` is what HTML has for text of other people; it also keeps a right-to-left name from turning the line around).
package enum UserText {
    package static func html(_ text: String, _ l: Language) -> HTML {
        if text.isEmpty { return "" }
        let isChinese = l == .en && text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        return "<bdi class=\"written\"\(" lang=\"zh-Hans\"", if: isChinese)>\(text)</bdi>"
    }
}
