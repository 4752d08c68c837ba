import Kernel
import WorkCalendar

/// What takes steps in the system's name: another document's step, or a duty.
protocol StepTaking: Inquiry {
    func take<D: Document>(_ step: Step<D>, on id: ID<D>, change: (inout D) throws -> Void) throws
}

extension Act: StepTaking {}
extension DutyAct: StepTaking {}

/// Grants that end before their time; the requests by which they were given follow at once, so that none looks granted that is not (第17条,
/// 第18条).
enum GrantEnding {
    /// Ends everybody's grants on files.
    /// - Returns: whose they were.
    static func revoke(on files: [ID<CustomerFile>], because reason: Words, _ act: Act) throws -> [PersonID] {
        let ended = try act.revoke(on: files).sorted { $0.raw < $1.raw }
        for file in files { try follow(file, of: nil, because: reason, act) }
        return ended
    }

    /// Ends what one request granted. What other requests granted the same reader on the same files goes on.
    static func end(_ request: AccessRequest, _ act: Act) throws {
        guard !request.reader.isNone else { return }
        try act.revoke(on: request.files, of: request.reader)
        let post = act.organisation.holdings(of: request.reader, on: act.today).first.map { Post($0.post, "", "") }
        for file in request.files {
            let others = try running(AccessRequest.self, \.files, file, act).filter { $0.value.reader == request.reader }
            for other in others {
                try act.grant(
                    request.reader, as: post, verbs: other.value.verbs, on: [file], until: other.value.ends ?? act.now,
                    other.value.purpose.words.zh, other.value.purpose.words.en)
            }
            let mayRead = try !others.isEmpty || act.may(.read, file, request.reader)
            for copying in try running(CopyRequest.self, \.files, file, act) where copying.value.reader == request.reader {
                if mayRead, let ends = copying.value.ends {
                    try act.grant(request.reader, as: post, verbs: copying.value.verbs, on: [file], until: ends, "复制摘抄", "To copy")
                } else {
                    try end(copying, file, because: Words("查阅授权已结束", "The grant to read has ended"), act)
                }
            }
        }
    }

    /// The requests by which a file was granted lose it; one that has none left is revoked.
    /// - Parameter reader: those of this person alone; everybody's without.
    static func follow(_ file: ID<CustomerFile>, of reader: PersonID?, because reason: Words, _ book: some StepTaking) throws {
        for request in try running(AccessRequest.self, \.files, file, book) where reader == nil || request.value.reader == reader {
            let left = Set(request.value.files).subtracting(request.value.withdrawn + [file])
            try book.take(left.isEmpty ? AccessRequest.revoke : AccessRequest.withdraw, on: request.id) { request in
                request.withdrawn.append(file)
                request.revocation = reason.zh
            }
        }
        for request in try running(CopyRequest.self, \.files, file, book) where reader == nil || request.value.reader == reader {
            try end(request, file, because: reason, book)
        }
    }

    private static func end(
        _ request: Found<CopyRequest>, _ file: ID<CustomerFile>, because reason: Words, _ book: some StepTaking
    ) throws {
        let left = Set(request.value.files).subtracting(request.value.withdrawn + [file])
        try book.take(left.isEmpty ? CopyRequest.revoke : CopyRequest.withdraw, on: request.id) { request in
            request.withdrawn.append(file)
            request.revocation = reason.zh
        }
    }

    /// The requests that run and grant a file.
    private static func running<R: Granting>(
        _ type: R.Type, _ path: KeyPath<R, [ID<CustomerFile>]>, _ file: ID<CustomerFile>, _ book: Inquiry
    ) throws -> [Found<R>] {
        try book.find(path, with: file, limit: 1000).filter { found in
            guard let state = found.state, R.granting.contains(state), !found.value.withdrawn.contains(file) else { return false }
            return found.value.ends.map { $0 > book.now } ?? false
        }
    }
}

/// A request that grants something while it runs.
protocol Granting: Document {
    static var granting: Set<State> { get }
    var files: [ID<CustomerFile>] { get }
    var withdrawn: [ID<CustomerFile>] { get }
    var ends: Moment? { get }
    var reader: PersonID { get }
}

extension AccessRequest: Granting {
    static let granting: Set<State> = [.granted, .reading]
    var verbs: Set<Verb> { alsoLend ? [.read, .lend] : [.read] }

    /// Looks each day at what was granted: a post that ended, a clearance that was lowered, a record that is there no more end it too.
    static let followRights = Duty(
        "access-rights", "查阅授权核对", "Grants looked at", under: confidentiality[17], .eachDay, .opening, lastIsEnough: true
    ) { duty in
        let reason = Words("查阅人已不能查阅该档案", "The reader may not read the record any more")
        for request in try duty.all(AccessRequest.self, in: .granted, createdBy: duty.today) where !request.value.reader.isNone {
            for file in request.value.files where !request.value.withdrawn.contains(file) {
                if try duty.may(.read, file, request.value.reader) { continue }
                try GrantEnding.follow(file, of: request.value.reader, because: reason, duty)
            }
        }
        for request in try duty.all(CopyRequest.self, in: .granted, createdBy: duty.today) {
            for file in request.value.files where !request.value.withdrawn.contains(file) {
                if try duty.may(.read, file, request.value.reader) { continue }
                try GrantEnding.follow(file, of: request.value.reader, because: reason, duty)
            }
        }
    }
}

extension CopyRequest: Granting {
    static let granting: Set<State> = [.granted]
    var verbs: Set<Verb> { Set(ways.split(separator: ";").compactMap { Verb(rawValue: String($0)) }) }
}
