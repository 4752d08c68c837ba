import EngineFixture
import Kernel
import Synchronization
import TestOffice
import Testing

/// Who is told that a list has changed.
@Suite struct StirringTests {
    private final class Heard: Sendable {
        private let people = Mutex<Set<PersonID>>([])
        func add(_ more: Set<PersonID>) { people.withLock { $0.formUnion(more) } }
        func take() -> Set<PersonID> {
            people.withLock { people in
                defer { people = [] }
                return people
            }
        }
    }

    @Test(arguments: TestEngine.all) func thoseForWhomSomethingWaitsAndNobodyAfterARefusal(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let heard = Heard(), outsider = try await office.hire("outsider")
            office.desk.stirrings.listen { heard.add($0) }
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let told = heard.take()
            #expect(told == [nurse.person, doctor.person] && !told.contains(outsider))
            await #expect(throws: DeskError.self) { try await office.desk.take(Patient.review, on: id, by: doctor) }
            #expect(heard.take().isEmpty)
            let task = try await office.desk.todo(of: doctor.person).items[0].task
            try await office.desk.handle(.claim(task: task), by: doctor)
            #expect(heard.take() == [doctor.person])
        }
    }
}
