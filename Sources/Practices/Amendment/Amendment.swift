import Kernel
import WorkCalendar

/// 制度修订: what articles of a regulation are to say, and what its numbers are to be, beside what is in force; enacted it is a version of its
/// own, in force from its day and not before. A regulation has it by a document that says which regulation it amends; who drafts and who
/// enacts, and under which article, stands in that document's steps.
package protocol Amendment: Document {
    static var amended: Regulation { get }
    var changes: [ArticleChange] { get set }
    var numbers: [NumberChange] { get }
    var inForceFrom: Day? { get }
}

extension Amendment {
    /// What can be told before its articles are looked up.
    /// - Parameters: where they stand in the document.
    package func check(
        _ check: Checking<Self>, changes: PartialKeyPath<Self>, numbers: PartialKeyPath<Self>, day: PartialKeyPath<Self>
    ) {
        check.require(changesAny, Said.nothing.zh, Said.nothing.en, at: changes, numbers)
        check.require(isAhead(on: check.act.today), Said.past.zh, Said.past.en, at: day)
    }

    private var changesAny: Bool { !changes.isEmpty || !numbers.isEmpty }
    private func isAhead(on day: Day) -> Bool { inForceFrom.map { $0 >= day } ?? false }

    /// Sets each change beside the text in force, and refuses what changes nothing or cannot be in force.
    package mutating func compare(_ act: Act) throws {
        try act.require(changesAny, Said.nothing.zh, Said.nothing.en)
        try act.require(isAhead(on: act.today), Said.past.zh, Said.past.en)
        for index in changes.indices {
            let ref = changes[index].ref
            guard let text = try act.text(of: Self.amended[ref]) else {
                return try act.require(
                    false, "制度中没有“\(ref)”，请写如“\(Self.amended[1].ref)”",
                    "The regulation has no “\(ref)”; write it as the Chinese text calls it, like “\(Self.amended[1].ref)”")
            }
            (changes[index].oldZh, changes[index].oldEn) = (text.zh, text.en)
            try act.require(
                changes[index].newZh != text.zh || changes[index].newEn != text.en, "\(ref) 与现行条文相同", "\(ref) says the same as now")
        }
        try act.require(
            Set(changes.map(\.ref)).count == changes.count, "同一条文只能修改一次，请合并", "An article is changed once; join the lines")
    }

    /// - Returns: the number of the version that is in force from the day.
    package func putInForce(_ act: Act) throws -> Int {
        guard let day = inForceFrom else { throw DeskError.absent }
        return try act.enact(
            texts: changes.map { .init(ref: $0.ref, text: Words($0.newZh, $0.newEn)) },
            numbers: numbers.map { .init(parameter: $0.number, value: $0.value) }, from: day)
    }
}

private enum Said {
    static let nothing = Words("请填写要修改的条文或数值", "Say which article or number is changed")
    static let past = Words("施行日期不能早于今天", "It cannot be in force before today")
}

/// What an article says now, and what it is to say.
package struct ArticleChange: Line {
    package var ref = "", oldZh = "", newZh = "", oldEn = "", newEn = ""
    package init() {}
    package static let fields: [Field<ArticleChange>] = [
        .text(\.ref, "条", "Article").hint("按条文中的写法", "as the Chinese text calls it"),
        .prose(\.oldZh, "现行条文", "As it stands").optional().longest(4000),
        .prose(\.newZh, "修改为", "To read").longest(4000), .prose(\.oldEn, "现行条文（英文）", "As it stands, in English").optional().longest(4000),
        .prose(\.newEn, "修改为（英文）", "To read, in English").longest(4000),
    ]
}

/// 数值: a number that an article sets.
package struct NumberChange: Line {
    package var number = ""
    package var value = 0
    package init() {}
    package static let fields: [Field<NumberChange>] = [
        .text(\.number, "数值名称", "Number").longest(60), .whole(\.value, "修改为", "To be", in: 0...100_000),
    ]
}
