import CustomerAuthenticity
import Kernel
import Tables
import Store
import Synchronization
import Web
import WorkCalendar

/// One uploaded file: checked when it came, and taken in when its person says so.
final class IntakeRun: Sendable {
    enum Phase: Sendable {
        case checked
        case running(rows: Int, share: Int)
        case done(IntakeImport.Summary)
        case failed(Words)
    }

    let name: String
    let id: String
    let person: PersonID
    let summary: CheckSummary
    let isWorkbook: Bool
    /// The sheet that was asked for.
    let sheet: String?
    /// The rows handed back, once there are any.
    let rejected: TemporaryFile
    /// The rows that would be handed back, before anything is taken in.
    let faulty: TemporaryFile
    /// When it came.
    let at: Moment
    private let file: TemporaryFile
    private let current = Mutex<Phase>(.checked)
    private let foreseen = Mutex<(forecast: IntakeForecast, preview: IntakePreview)?>(nil)

    /// Keeps the file and checks it: the dry run.
    /// - Throws: `PaperError` when it cannot be read, with the line.
    convenience init(_ upload: FormData.File, sheet: String?, by person: PersonID, at now: Moment) throws {
        try self.init(try Self.kept(upload.content), name: upload.name, sheet: sheet, by: person, at: now)
    }

    /// The same file once more, from another sheet.
    convenience init(_ earlier: IntakeRun, sheet: String, at now: Moment) throws {
        try self.init(earlier.file, name: earlier.name, sheet: sheet, by: earlier.person, at: now)
    }

    private init(_ file: TemporaryFile, name: String, sheet: String?, by person: PersonID, at now: Moment) throws {
        (self.file, self.name, self.sheet, at) = (file, name, sheet, now)
        id = String((0..<20).map { _ in "abcdefghijkmnpqrstuvwxyz23456789".randomElement() ?? "a" })
        self.person = person
        (rejected, faulty) = (try TemporaryFile(), try TemporaryFile())
        isWorkbook = try TableReader(path: file.path, name: name, sheet: sheet).format == .xlsx
        summary = try FileCheck(RowCheck(today: now.day)).run(file.path, name: name, sheet: sheet, to: try CSVWriter(.sink { _ in }))
    }

    private static func kept(_ content: FormData.File.Content) throws -> TemporaryFile {
        switch content {
        case .temporary(let kept): return kept
        case .bytes(let bytes):
            let file = try TemporaryFile()
            try bytes.withUnsafeBytes { try file.write($0) }
            return file
        }
    }

    /// What the book says to it; known once `foresee` was called.
    var forecast: IntakeForecast? { foreseen.withLock { $0?.forecast } }
    var preview: IntakePreview? { foreseen.withLock { $0?.preview } }

    func dryRun(_ desk: Desk, _ language: Language) async throws {
        let preview = try await IntakePreview(file.path, name: name, sheet: sheet, desk, by: person, language: language)
        let back = RejectedRows(path: faulty.path, isWorkbook: isWorkbook, language: language)
        let forecast = try await IntakeForecast(
            file.path, name: name, sheet: sheet, desk, by: person, language: language, handingBack: back)
        foreseen.withLock { $0 = (forecast, preview) }
    }

    var phase: Phase { current.withLock { $0 } }
    var isChecked: Bool { if case .checked = phase { true } else { false } }
    var hasRejected: Bool { rejected.size > 0 }
    /// The rows that would not be accepted, or were not.
    var handedBack: TemporaryFile { isChecked ? faulty : rejected }

    /// - Returns: false when it was begun before.
    func begin() -> Bool {
        current.withLock { phase in
            guard case .checked = phase else { return false }
            phase = .running(rows: 0, share: 0)
            return true
        }
    }

    func work(_ desk: Desk, _ principal: Principal, _ language: Language) async {
        do {
            let back = RejectedRows(path: rejected.path, isWorkbook: isWorkbook, language: language)
            let done = try await IntakeImport(desk, by: principal, language: language).run(
                file.path, name: name, sheet: sheet, rejected: back
            ) {
                [self] progress in
                let share = progress.total.map { $0 > 0 ? progress.done * 100 / $0 : 0 } ?? 0
                current.withLock { $0 = .running(rows: progress.rows, share: share) }
            }
            current.withLock { $0 = .done(done) }
        } catch let error as PaperError {
            current.withLock { $0 = .failed(Words(error.zh, error.en)) }
        } catch DeskError.forbidden(let words) {
            current.withLock { $0 = .failed(words) }
        } catch let error as StoreError {
            current.withLock { $0 = .failed(Failure.words(error)) }
        } catch {
            current.withLock {
                $0 = .failed(Words("登记中断，请稍后重新导入同一文件", "The import broke off; import the same file again later"))
            }
        }
    }
}

/// The runs of the last uploads, by their ids. A person sees the own ones only.
final class IntakeRuns: Sendable {
    private let kept = Mutex<[IntakeRun]>([])
    private static let most = 50

    func add(_ run: IntakeRun) -> String {
        kept.withLock { runs in
            runs.append(run)
            if runs.count > Self.most { runs.removeFirst() }
        }
        return run.id
    }

    /// The latest first.
    func all(of person: PersonID) -> [IntakeRun] { kept.withLock { $0.filter { $0.person == person }.reversed() } }

    func find(_ id: String, of person: PersonID) throws -> IntakeRun {
        guard let run = kept.withLock({ $0.first { $0.id == id && $0.person == person } }) else { throw DeskError.absent }
        return run
    }
}
