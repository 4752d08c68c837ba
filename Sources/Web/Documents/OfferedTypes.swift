import Kernel
import WorkCalendar

/// Whether a page offers to start a document, or speaks to a reader of its register. A guess from the person's posts, to keep buttons away
/// that lead nowhere; the desk decides when the step is taken, the access rule what is read.
enum OfferedTypes {
    static func mayOpen(_ type: DocumentType, _ call: Call) -> Bool {
        type.opening.map { isHeld($0.by, type, call) } ?? false
    }

    /// The steps by which people create one.
    static func openings(of type: DocumentType) -> [DocumentType.Step] { type.openings }

    /// Those of them that this person's posts may take: a type may have one for the usual way and another for a case of need.
    static func openable(_ type: DocumentType, _ call: Call) -> [DocumentType.Step] {
        openings(of: type).filter { isHeld($0.by, type, call) }
    }

    /// The types that name a document of this type when they are started, each with the field that does.
    static func startable(from type: DocumentType, _ call: Call) -> [(type: DocumentType, field: FieldDescription)] {
        call.catalogue.types.filter { mayOpen($0, call) }.compactMap { other in
            let asked = (other.opening?.fields ?? []).compactMap { other.field($0) }
            return asked.first { $0.kind.refers(to: type.name) }.map { (other, $0) }
        }
    }

    static func mayRead(_ type: DocumentType, _ call: Call) -> Bool { type.readers.contains { isHeld($0, type, call) } }

    static func mayRead(_ type: DocumentType, _ person: PersonID, _ organisation: Organisation, on day: Day) -> Bool {
        let posts = posts(of: person, under: type.regulation.id, organisation, on: day)
        return !posts.isEmpty && type.readers.contains { may($0, posts) }
    }

    private static func isHeld(_ who: Who, _ type: DocumentType, _ call: Call) -> Bool {
        guard let posts = call.postsUnder[type.regulation.id], !posts.isEmpty else { return false }
        return may(who, posts)
    }

    /// The posts that a person holds where a regulation is in force.
    static func posts(of person: PersonID, under regulation: String, _ organisation: Organisation, on day: Day) -> Set<String> {
        let held = organisation.holdings(of: person, on: day).filter { organisation.adopter(of: regulation, for: $0.unit, on: day) != nil }
        return Set(held.map(\.post))
    }

    private static func may(_ who: Who, _ posts: Set<String>) -> Bool {
        switch who {
        case .post(let post), .postOf(let post, _): posts.contains(post.id)
        case .head: posts.contains(Post.head.id)
        case .any(let whos): whos.contains { may($0, posts) }
        case .system: false
        default: true
        }
    }
}

extension FieldKind {
    func refers(to type: String) -> Bool { named == .document(type) }
}
