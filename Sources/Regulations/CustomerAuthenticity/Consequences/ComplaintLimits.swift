import Kernel
import WorkCalendar

/// Within which a complaint is finished and told: natural days, the day on which it came not counted; a complex one longer, a very complex
/// one longer still with approval. A longer limit is told before the shorter one's last day.
extension Complaint {
    static let answering: Deadline = Deadline(
        "answering", "办结并告知投诉人", "Finish and tell", under: authenticity[14], escalatesTo: .named(\Complaint.above),
        reminders: [.days(3), .days(1)])
    package static let deadlines = [answering]

    /// A complaint may be written down after it came, and be late already.
    mutating func startLimit(_ act: Act) throws {
        guard let received = receivedOn else { return }
        let last = received.adding(days: try act.parameter(.complaintDays))
        answerBy = last
        let whoHadIt = act.organisation.name(act.person)
        act.start(Complaint.answering, due: .endOfDay(last), since: .startOfDay(received)) { whoHadIt }
    }

    /// - Parameter longer: of a complaint that is very complex, and was complex before.
    mutating func extend(veryComplex longer: Bool, _ act: Act) throws {
        guard let received = receivedOn, let limit = answerBy else { return }
        try act.require(
            act.today <= limit, "办结期限 \(limit) 已过，不能再延期，请尽快办结并说明", "The limit \(limit) is over; it cannot be extended any more")
        try act.require(
            !longer || difficulty == .complex, "先按“情况复杂”延期，届满前仍不能办结的，方可认定特别复杂",
            "It is extended as complex first, and further only after that")
        try act.require(longer || difficulty == .ordinary, "本件已延期", "It is extended already")
        try act.require(
            extensionToldOn.map { $0 <= act.today && $0 >= received } ?? false, "请填写告知投诉人的日期，不能早于收到之日或晚于今天",
            "Enter the day on which the complainant was told, not before the receipt and not after today")
        try act.require(
            extensionToldOn.map { $0 < limit } ?? false, "延期须在期限届满日 \(limit) 之前告知投诉人；未按时告知的不得延期",
            "The complainant is told before the last day \(limit); told later, it is not extended")
        let complex = try act.parameter(.complexComplaintDays)
        let last = received.adding(days: longer ? complex + (try act.parameter(.furtherComplaintDays)) : complex)
        (answerBy, difficulty) = (last, longer ? .veryComplex : .complex)
        act.restart(Complaint.answering, due: .endOfDay(last))
    }
}
