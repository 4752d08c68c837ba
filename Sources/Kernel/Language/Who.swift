/// 岗位: what a person is there to do, held in a unit from a day to a day.
package struct Post: Sendable, Hashable {
    package let id: String
    package let title: Words
    /// Watches over what others do: sees the figures of the ledger and has it verified.
    package let isSupervising: Bool
    package init(_ id: String, _ zh: String, _ en: String, isSupervising: Bool = false) {
        self.id = id
        title = Words(zh, en)
        self.isSupervising = isSupervising
    }
}

/// Who may take a step, or read a document.
package indirect enum Who: Sendable, Hashable {
    /// Everybody in the units that the regulation binds.
    case staff
    /// Whoever holds the post within the unit that adopted the regulation.
    case post(Post)
    /// Whoever holds the post in the unit that the document names in this field, or in a unit above it.
    case postOf(Post, field: String)
    /// The head of the document's unit, or of the nearest unit above that has one.
    case head
    /// Whoever took the step that created the document.
    case requester
    case holder
    /// The person that the document names in this field.
    case named(field: String)
    /// The head of the unit of the person that the document names in this field.
    case headOf(field: String)
    /// Each person that the document names in this field: the step is theirs together, and the document moves on with the last of them.
    case each(field: String)
    case any([Who])
    /// The system itself: a nightly job, an intake, another document's step.
    case system

    package static func either(_ posts: Post...) -> Who { .any(posts.map(Who.post)) }
    package static func named<D>(_ path: KeyPath<D, PersonID>) -> Who { .named(field: path.name) }
    package static func each<D>(_ path: KeyPath<D, [PersonID]>) -> Who { .each(field: path.name) }
    package static func headOf<D>(_ path: KeyPath<D, PersonID>) -> Who { .headOf(field: path.name) }
    package static func post<D>(_ post: Post, of path: KeyPath<D, UnitID>) -> Who { .postOf(post, field: path.name) }

    var isEach: Bool { if case .each = self { true } else { false } }

    package var words: Words {
        switch self {
        case .staff: Words("任何员工", "any member of staff")
        case .post(let post): post.title
        case .postOf(let post, _): post.title
        case .head: Words("部门负责人", "head of the unit")
        case .requester: Words("申请人", "requester")
        case .holder: Words("当前办理人", "holder")
        case .named: Words("指定的人", "the person named")
        case .each: Words("名单上的每个人", "each person named")
        case .headOf: Words("其部门负责人", "head of that person's unit")
        case .any(let whos): Words(whos.map(\.words.zh).joined(separator: "或"), whos.map(\.words.en).joined(separator: " or "))
        case .system: Words("系统", "the system")
        }
    }
}

extension Post {
    /// The head of a unit. Every regulation knows this post.
    package static let head = Post("head", "部门负责人", "Head of unit")
    /// A member of a unit without a post of a regulation's.
    package static let staff = Post("staff", "员工", "Member of staff")
}
