import Foundation
import Testing

@testable import Print

/// Papers are printed one after the other, and no more than so many wait.
@Suite struct PressTests {
    @Test func papersOfManyComeFromOneThreadEachWithItsOwnText() async throws {
        let press = Press()
        let threads = try await withThrowingTaskGroup(of: String.self) { group in
            for place in 0..<20 {
                group.addTask {
                    let number = "DZ2026\(100 + place)"
                    let (pdf, thread) = try await press.make {
                        let form = PaperForm(title: "合同", number: number, cells: [.init("事项", "设备采购")])
                        return (try FormPrinter().pdf(form), "\(pthread_self())")
                    }
                    let text = try Reader.text(pdf)
                    #expect(text.contains(number) && text.contains("设备采购"))
                    return thread
                }
            }
            var threads: Set<String> = []
            for try await thread in group { threads.insert(thread) }
            return threads
        }
        #expect(threads.count == 1)
    }

    @Test func whatCannotBeMadeIsToldAsItIs() async throws {
        let press = Press()
        await #expect(throws: PrintError.codeTooLong(characters: 0)) { try await press.make { try Symbol.code128("") } }
        // And the next comes out.
        #expect(try await press.make { try Symbol.code128("1234").rows } == 1)
    }

    @Test func onlySoManyWait() async throws {
        let press = Press(waiting: 2), gate = DispatchSemaphore(value: 0)
        let (begun, begin) = AsyncStream<Void>.makeStream()
        async let first: Void = press.make {
            begin.yield()
            gate.wait()
        }
        for await _ in begun { break }
        let refusals = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do {
                        try await press.make {}
                        return false
                    } catch { return error as? PrintError == .overloaded }
                }
            }
            var refusals: [Bool] = []
            for await isRefused in group {
                refusals.append(isRefused)
                // The others wait until the first is done, so this one was refused.
                if refusals.count == 1 { gate.signal() }
            }
            return refusals
        }
        #expect(refusals == [true, false, false])
        try await first
        // The line is empty again.
        try await press.make {}
    }
}
