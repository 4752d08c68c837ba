import HTTPTypes
import Synchronization

/// Which addresses there are and by which methods they are asked, so that a wrong method is told from a wrong address.
final class RoutePaths: Sendable {
    struct Path: Sendable {
        /// As the router has it: `/d/:id`.
        let text: String
        fileprivate let parts: [Substring]
        fileprivate(set) var methods: Set<HTTPRequest.Method> = []
    }

    private let paths = Mutex<[Path]>([])

    func add(_ text: String, _ method: HTTPRequest.Method) {
        paths.withLock { paths in
            let place = paths.firstIndex { $0.text == text } ?? paths.endIndex
            if place == paths.endIndex { paths.append(Path(text: text, parts: Self.parts(text))) }
            paths[place].methods.insert(method)
            // The router answers HEAD where it answers GET.
            if method == .get { paths[place].methods.insert(.head) }
        }
    }

    /// Every path that is asked by a method.
    func all(_ method: HTTPRequest.Method) -> [String] {
        paths.withLock { paths in paths.filter { $0.methods.contains(method) }.map(\.text) }
    }

    /// The methods of the address; none where there is no such address.
    func methods(of address: String) -> [HTTPRequest.Method] {
        let parts = Self.parts(address)
        let fitting = paths.withLock { paths in paths.filter { Self.fits($0.parts, parts) } }
        // As the router does, a word goes before a name, part by part.
        let nearest = fitting.max { one, other in
            for (one, other) in zip(one.parts, other.parts) where one.hasPrefix(":") != other.hasPrefix(":") { return one.hasPrefix(":") }
            return false
        }
        return nearest.map { $0.methods.sorted { $0.rawValue < $1.rawValue } } ?? []
    }

    private static func parts(_ address: String) -> [Substring] { address.split(separator: "/") }

    private static func fits(_ pattern: [Substring], _ parts: [Substring]) -> Bool {
        pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
}
