import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// Acts that share a transaction: each sees what those before it created, though nothing is written yet, and falls alone.
@Suite struct WrittenTogetherTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Patient.self, Referral.self])

    private static func referral(_ mobile: String, _ remark: String = "") -> Referral {
        var referral = Referral()
        (referral.mobile, referral.remark) = (mobile, remark)
        return referral
    }

    @Test(arguments: TestEngine.all) func eachSeesTheOnesBeforeAndFallsAlone(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            let (one, other) = ("13912345678", "13987654321")
            let results = try await office.desk.takeMany(
                Referral.send,
                [
                    Self.referral(one), Self.referral(one), Self.referral(other, "拒绝"), Self.referral(one), Self.referral(other),
                ], by: principal)

            #expect(results.map { (try? $0.get()) != nil } == [true, true, false, false, true])
            let patients = try await office.desk.all(Patient.self)
            #expect(patients.map(\.value.mobile) == [one, other])
            #expect(patients.map(\.record.number) == ["病历〔2026〕1号", "病历〔2026〕2号"], "a number of a refused act is given again")
            #expect(
                try await office.desk.all(Referral.self).map(\.value.patient.raw) == [patients[0], patients[0], patients[1]].map(\.id.raw))
            var query = RegisterQuery()
            query.equal["mobile"] = other
            #expect(try await office.desk.register("patient", query, by: reader).rows.count == 1)
            let report = try await office.desk.verify()
            #expect(report.isClean, "\(report)")
        }
    }
}

/// Refers somebody to the clinic, at most twice; makes a file for whoever has none, and may be refused after that.
private struct Referral: Document {
    enum State: String, CaseIterable, Sendable { case sent }
    static let name = "referral"
    var mobile = ""
    var remark = ""
    var patient = ID<Patient>.none

    static let form = Form<Referral>(
        "转诊单", "Referral", states: [.sent: .done("已转", "Sent")],
        [
            .sealed(\.mobile, "手机", "Mobile", .phone), .text(\.remark, "备注", "Remark").optional(),
            .reference(\.patient, "病历", "Patient").optional(),
        ])
    static let send = Step<Referral>("send", "转诊", "Send", to: .sent, by: .post(nurse), under: clinic[1]) { referral, act in
        try act.require(try act.find(\Referral.mobile, is: referral.mobile).count < 2, "只能转诊两次", "At most two referrals")
        if let known = try act.ids(of: Patient.self, .phone, is: referral.mobile).first {
            referral.patient = known
        } else {
            var patient = Patient()
            (patient.name, patient.mobile) = ("张三丰", referral.mobile)
            referral.patient = try act.create(patient, by: Patient.file)
        }
        try act.require(referral.remark != "拒绝", "不予转诊", "Not to be referred")
    }
    static let steps = [send]
}
