import ArticleProof
import CustomerAuthenticity
import Kernel
import Testing

/// How a paper is drawn, and how it is marked (第九条, 第十条).
@Suite struct PaperDrawTests {
    private static let strata = [Stratum(.applicant, .easy, 3, points: 5), Stratum(.contact, .hard, 2, points: 10)]
    private static let pool = (0..<20).map { PoolEntry($0 % 2, ID(Int64(100 + $0)), first: ID(Int64(100 + $0))) }

    @Test(.article(authenticity[9])) func everyPaperHasTheSameTotalAndNoQuestionTwice() throws {
        var papers: Set<[Int64]> = []
        for seed in 0..<200 {
            var draw = PaperDraw(seed: UInt64(seed))
            let wanted = draw.questions(Self.strata, from: Self.pool, seen: [])
            let drawn = try #require(wanted)
            #expect(drawn.reduce(0) { $0 + $1.points } == 35, "not the pool's")
            #expect(Set(drawn.map(\.entry.question)).count == 5)
            #expect(drawn.count { $0.entry.stratum == 0 } == 3)
            papers.insert(drawn.map(\.entry.question.raw))
        }
        #expect(papers.count > 150, "papers differ")
        var one = PaperDraw(seed: 7), same = PaperDraw(seed: 7)
        let (first, second) = (one.questions(Self.strata, from: Self.pool, seen: []), same.questions(Self.strata, from: Self.pool, seen: []))
        #expect(first == second)
        let none = one.questions([Stratum(.contact, .hard, 11, points: 1)], from: Self.pool, seen: [])
        #expect(none == nil, "too few")
    }

    @Test(.article(authenticity[9])) func whatWasSeenIsDrawnLast() throws {
        let seen = Set(Self.pool.prefix(14).map(\.first))
        var draw = PaperDraw(seed: 3)
        let wanted = draw.questions(Self.strata, from: Self.pool, seen: seen)
        let drawn = try #require(wanted)
        #expect(Set(drawn.map(\.entry.first)).isDisjoint(with: seen))
        // Three of a stratum are not seen; a paper of four takes one that was.
        let next = draw.questions([Stratum(.applicant, .easy, 4, points: 1)], from: Self.pool, seen: seen)
        let four = try #require(next)
        #expect(four.count { seen.contains($0.entry.first) } == 1)
    }

    @Test(.article(authenticity[9])) func anOptionAboutThoseAboveStaysLast() {
        var question = TestQuestion()
        question.kind = .single
        question.options = [
            AnswerOption("以上都对", staysLast: true), AnswerOption("甲", isRight: true), AnswerOption("乙"), AnswerOption("丙"),
        ]
        var orders: Set<[Int]> = []
        for seed in 0..<60 {
            var draw = PaperDraw(seed: UInt64(seed))
            let order = draw.order(of: question)
            #expect(order.last == 0 && order.sorted() == [0, 1, 2, 3])
            orders.insert(order)
        }
        #expect(orders.count == 6)
        question.kind = .judgement
        question.options = [AnswerOption("正确", isRight: true), AnswerOption("错误")]
        var draw = PaperDraw(seed: 1)
        #expect(draw.order(of: question) == [0, 1])
    }

    /// “Need 80 %, you have 80 %, failed”, and 0.29 · 100 = 28.
    @Test(.article(authenticity[10])) func noScoreIsRounded() {
        for (points, total, mark, passes) in [
            (80, 100, 80, true), (79, 100, 80, false), (29, 100, 29, true), (4, 5, 80, true), (795, 1000, 80, false),
            (799, 1000, 80, false),
            (57, 71, 80, true), (56, 71, 80, false), (0, 100, 60, false),
        ] {
            #expect(AnswerSheet.passes(points: points, of: total, mark: mark) == passes, "\(points) of \(total), \(mark) %")
        }
    }
}
