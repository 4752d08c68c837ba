import CustomerAuthenticity
import Kernel
import Print
import Web

/// What notices, reports and rules of the regulation on authenticity show besides their registers: the effect of notices and queries, a
/// letter as it is posted, the upload of a self-check, and an amendment beside what it amends.
enum AuthenticityPages {
    static let all = [
        RegulationPage(
            path: "/authenticity/effect", regulation: authenticity.id, title: EffectPage.title, register: UsageReport.name,
            show: { .page(try await EffectPage.show($0)) }),
        RegulationPage(
            path: "/authenticity/self-check", regulation: authenticity.id, title: SelfCheckPage.title, register: SelfCheck.name,
            show: { .page(SelfCheckPage.form($0)) }, take: { try await SelfCheckPage.upload($0, $1) }),
        RegulationPage(
            path: "/authenticity/letter/:id", regulation: authenticity.id, title: Words("打印信函", "Print the letter"), isListed: false,
            document: CustomerNotice.name, show: { .page(try await NoticeLetter.offer($0)) },
            take: { request, _ in try await NoticeLetter.pdf(request) }),
        ComparisonPage.of(RegulationAmendment.self, at: "/authenticity/compare", under: authenticity[29]),
    ]

    /// The view of a document of one type; of any other it is as if there were none.
    static func view(_ request: RegulationRequest, of type: String) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == type else { throw DeskError.absent }
        return view
    }
}
