import WorkCalendar

/// What a person asks of a register.
package struct RegisterQuery: Sendable {
    package enum Sort: String, Sendable, CaseIterable { case newest, oldest }
    package var states: Set<String> = []
    package var onlyOpen = false
    /// Only what somebody has to do, or has a clock that runs: a customer's record is in an open state for good, and waits for nobody.
    package var onlyUnfinished = false
    package var unit: UnitID?
    package var person: PersonID?
    /// Who started them, holds them or took a step on them.
    var hand: PersonID?
    package var from: Day?
    package var to: Day?
    /// Of the documents' clocks.
    package var due: Due?
    /// How the clocks of the documents stand that are asked for.
    package enum Due: Sendable, Hashable {
        /// One has run out and is not met: any, or the one of this name.
        case overdue(String?)
        /// One runs out within seven days, or has run out.
        case soon
        /// One ran out before it was met, once or now: any, or the one of this name.
        case late(String?)
    }
    /// The step that people took on them, by its name.
    package var act: String?
    /// Since when people took it, or any step.
    package var acted: Day?
    /// Only what is of a lesser level.
    var below: Level?
    /// Number, title or names: two characters and more, or pinyin initials.
    package var text = ""
    /// Equality on indexed and sealed fields, by key, as typed.
    package var equal: [String: String] = [:]
    package var sort = Sort.newest
    /// The last row of the page before.
    package var after: Int64?
    package var limit = 50
    /// Whether it is wanted how many there are in all.
    package var isCounted = true
    /// So many are counted; of more it is only said that there are more.
    var mostCounted = RegisterPage.countLimit
    /// Whether it is wanted how many there are in each state, whatever states are asked for.
    package var areStatesCounted = false
    /// Whether it is wanted how many were entered in each month.
    package var areMonthsCounted = false
    /// Only what the person may use so.
    var verb = Verb.read
    package init() {}
}

package struct RegisterPage: Sendable {
    package let rows: [DocumentRow]
    /// Counted up to `mostCounted`; more is shown as "above".
    package let total: Int
    package var mostCounted = RegisterPage.countLimit
    package let next: Int64?
    /// How many there are in each state, were no state asked for; `nil` where they are too many to be counted, or nobody asked.
    package var states: [String: Int]?
    /// How many were entered in each month, as `2026-03`; likewise.
    package var months: [String: Int]?
    package static let countLimit = 10_000
    /// A page ends where its documents hold more than so many bytes together.
    static let mostBytes = 2 << 20
    /// What references, persons and units are called, by id.
    package let names: [Int64: Words]
}

/// A document in a list. Personal values are masked.
package struct DocumentRow: Sendable {
    package let id: Int64
    package let type: String
    package let number: String?
    package let title: String
    package let state: String
    package let level: Level
    package let unit: UnitID
    package let holder: PersonID
    package let creator: PersonID
    package let created: Moment
    package let changed: Moment
    package let version: Int
    package let values: [String: JSONValue]
    /// The earliest clock that still runs.
    package let due: DeadlineView?
}

package struct DeadlineView: Sendable {
    package let name: String
    package let title: Words
    package let article: Article
    package let started: Moment
    package let due: Moment
    /// The working days of that year are not announced yet.
    package let isProvisional: Bool
    package let met: Moment?
    package let breached: Moment?
    /// When it was due before the working days changed; `nil` where it did not move.
    package let firstDue: Moment?
    /// Who had the document when the clock ran out.
    package let heldBy: Words?
}

package struct DocumentView: Sendable {
    package let row: DocumentRow
    /// Personal values are shown in clear; this reading stands in the ledger with its purpose.
    package let isRevealed: Bool
    /// What is asked before it is shown; until it is answered the row is the document's entry in the catalogue.
    package let gate: ReadingGate?
    /// What this person can do now, in the order of the table.
    package let availableSteps: [AvailableStep]
    /// Who has to act: the step's title and the people or the post.
    package let waiting: [Waiting]
    /// Who can be asked to sign.
    package let signers: [PersonID]
    /// All clocks; the first that still runs governs.
    package let deadlines: [DeadlineView]
    /// What happened, the newest first, from the ledger.
    package let trail: [TrailEntry]
    package let grants: [GrantView]
    package let names: [Int64: Words]
    package let scope: UnitID
    /// The names of the steps that are not on this document's way.
    package let bypassed: Set<String>
    /// What this person may do with it besides reading and its steps.
    package let verbs: Set<Verb>
    /// Whether this person may see who could read it, and who did.
    package let isSupervised: Bool
    /// The step that this person took last and may take back.
    package let undoable: Words?
    /// Whether this person may supervise it: set a limit, and give it to somebody else.
    package let mayDirect: Bool
    /// To whom it was sent to read.
    package let copies: [CopyView]
    /// What this person has filled in for a step and not sent yet, by step.
    package let drafts: [String: ActDraft]
    /// What this person often says to an act.
    package let phrases: [String]
}

/// A step that the person may take.
package struct AvailableStep: Sendable {
    package let step: DocumentType.Step
    package let articles: [Article]
    /// As whose delegate.
    package let behalf: PersonID?
    /// The present values of what it asks for, in clear where they are not personal.
    package let values: [String: JSONValue]
}

package struct Waiting: Sendable {
    package enum Kind: Sendable {
        case step
        case signature
        /// A signer's objection, to be answered.
        case objection
        /// An overdue clock, or a finding.
        case other
    }

    package let task: Int64
    package let kind: Kind
    package let title: Words
    package let who: Words
    /// Those behind the addressee.
    package let people: [PersonID]
    /// Who has claimed it.
    package let claimed: PersonID?
    package let isReminded: Bool
    /// It waits at a post, and not for somebody by name.
    package let isShared: Bool
    package let step: String
    package let since: Moment
    package let isMine: Bool
    /// Of one's own: to whom it can be passed on.
    package let others: [PersonID]
    /// Nobody is there whom it waits for.
    package let isVacant: Bool
    /// Whom it waits for stands in: nobody else can take it.
    package let standsIn: Bool
    /// A signature that this person can do without.
    package let mayWithdraw: Bool
}

package struct TrailEntry: Sendable {
    package enum Kind: String, Sendable { case act, refusal, read, handling, system }
    package let id: Int64
    package let person: PersonID
    package let step: String
    package let kind: Kind
    package let at: Moment
    package let title: Words
    package let who: Words
    package let behalf: Words?
    package let articles: [Article]
    /// What the product said of it.
    package let words: Words?
    /// What the person wrote to it: a reason, or what personal data was needed for.
    package let written: String
}

package struct GrantView: Sendable {
    package let person: Words
    /// None where it freezes the document.
    package let verbs: [Verb]
    package let purpose: Words
    package let ends: Moment
}

package struct NoticeView: Sendable {
    package let id: Int64
    package let words: Words
    package let document: Int64?
    /// The document's number; the words need not say it.
    package let number: String?
    package let created: Moment
    package let isSeen: Bool
    /// Of the type that it speaks of, where it names no document.
    let level: Level
    package let kind: NoticeTopic
}

package struct NoticePage: Sendable {
    package let notices: [NoticeView]
    /// How many of each kind there are in all, whichever are listed.
    package let counts: [NoticeTopic: Int]
    package let unseen: Int
    /// Where the next page goes on; `nil` on the last one.
    package let next: Int64?

    package var total: Int { counts.values.reduce(0, +) }
}

/// The charter of one regulation: each article beside what carries it out.
package struct CharterView: Sendable {
    package struct Law: Sendable {
        package let article: Article
        package let text: ArticleText
        package let carriers: [Carrier]
        /// What the interpreting unit has published about it, the newest first.
        package let answers: [CharterAnswer]
    }

    package enum CarrierKind: String, Sendable { case guardian, step, deadline, duty, finding, reading, signature }

    package struct Carrier: Sendable {
        package let kind: CarrierKind
        package let type: String?
        package let title: Words
        /// What the program calls it: `loan.lend`; empty where it is of no document.
        package let source: String
        /// Acts, clocks met in time, or how often a finding was found.
        package let acts: Int
        /// Refusals, clocks breached, or in how many documents a finding stands now.
        package let refusals: Int
        /// Whether the reader may see one of the documents behind the count.
        package var isSeenThrough = false
    }

    package let contents: RegulationContents
    package let adopter: Words?
    package let inForce: Day?
    package let version: Int?
    package let laws: [Law]
    package let parameters: [(name: String, article: Article, value: Int, standard: Int)]
    package let refusalsOf90Days: Int
}
