import Kernel
import WorkCalendar

/// A regulation made for these tests: it has every kind of field, a sealed number, lines, a choice and a route over two posts.
let clinic = Regulation("clinic", Words("诊所制度", "Clinic"), short: Words("诊所", "Clinic"), numbering: .arabic)
let clinicContents = RegulationContents(clinic, articles: clinicArticles, parameters: [mostVisits], posts: [nurse, doctor], documents: [Patient.self])
let mostVisits = Parameter("visits", in: clinic[1])
let clinicArticles = Array(
    """
    articles:
    - {ref: 第1条, zh: 建档, en: Open a file, kind: [register], parameters: {visits: 3}, demands: [a]}
    - {ref: 第2条, zh: 复核, en: Review, kind: [workflow], demands: [b]}
    """.utf8)
let nurse = Post("nurse", "护士", "Nurse")
let doctor = Post("doctor", "医生", "Doctor")

struct Visit: Line {
    var reason = ""
    var phone = ""
    static let fields: [Field<Visit>] = [.text(\.reason, "事由", "Reason"), .sealed(\.phone, "电话", "Telephone", .phone).optional()]
}

struct Patient: Document {
    enum State: String, CaseIterable, Sendable { case draft, filed, reviewed }
    static let name = "patient"
    var name = ""
    var mobile = ""
    var born: Day?
    var visits: [Visit] = []
    var note = ""

    static let form = Form<Patient>(
        "病历", "Patient", number: "病历",
        states: [.draft: .open("草稿", "Draft"), .filed: .open("已建档", "Filed"), .reviewed: .done("已复核", "Reviewed")],
        readers: [.post(doctor)],
        [
            .name(\.name, "姓名", "Name").listed(), .sealed(\.mobile, "手机", "Mobile", .phone), .day(\.born, "出生日期", "Birth date").optional(),
            .lines(\.visits, "就诊", "Visits").optional(), .prose(\.note, "意见", "Opinion"),
        ])
    static let file = Step<Patient>(
        "file", "建档", "File", to: .filed, by: .post(nurse), under: clinic[1], fields: [\.name, \.mobile, \.born, \.visits]
    ) {
        patient, act in
        let most = try act.parameter(mostVisits)
        try act.require(patient.visits.count <= most, "就诊不得超过\(most)次", "At most \(most) visits")
        if patient.name == "草稿" {
            act.keepAsDraft([.init(field: "name", Words("姓名不实", "Not a name"), under: clinic[1])], in: State.draft)
        }
    }
    static let mend = Step<Patient>("mend", "补正", "Mend", from: .draft, to: .filed, by: .requester, under: clinic[1], fields: [\.name])
    static let review = Step<Patient>(
        "review", "复核", "Review", from: .filed, to: .reviewed, by: .post(doctor), notBy: file, under: clinic[2], fields: [\.note])
    static let steps = [file, mend, review]
}
