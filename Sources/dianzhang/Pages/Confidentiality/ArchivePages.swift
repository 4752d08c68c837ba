import CustomerConfidentiality
import Kernel
import Print
import Tables
import Web
import WorkCalendar

/// What the customer archive shows besides its registers: the finding aid, the map of the shelves and their labels, the check on the
/// phone, the climate as a chart, and reports on paper.
enum ArchivePages {
    static let all = [
        RegulationPage(
            path: "/archive", regulation: confidentiality.id, title: FindingAidPage.title,
            show: { .page(try await FindingAidPage.show($0)) }),
        RegulationPage(
            path: "/archive/shelves", regulation: confidentiality.id, title: ShelfMapPage.title, register: Shelf.name,
            show: { .page(try await ShelfMapPage.show($0)) }),
        RegulationPage(
            path: "/archive/labels/:id", regulation: confidentiality.id, title: Words("打印标签", "Print labels"), isListed: false,
            document: Shelf.name, show: ShelfMapPage.labels),
        RegulationPage(
            path: "/archive/check/:id", regulation: confidentiality.id, title: Words("逐架检查", "Walk the shelf"), isListed: false,
            document: ArchiveCheck.name, uploadLimit: Desk.largestFile, show: { .page(try await CheckPage.show($0)) },
            take: { try await CheckPage.take($0, $1) }),
        RegulationPage(
            path: "/archive/climate", regulation: confidentiality.id, title: ClimatePage.title, register: ArchiveStore.name,
            show: { .page(try await ClimatePage.show($0)) }),
        RegulationPage(
            path: "/archive/figures/:id", regulation: confidentiality.id, title: Words("报表图", "Charts of the report"), isListed: false,
            document: StatisticalReport.name, show: { .page(try await ReportPages.figures($0)) }),
        RegulationPage(
            path: "/archive/report/:id", regulation: confidentiality.id, title: ReportPages.title, isListed: false,
            document: ReportCopy.name, show: { .page(try await ReportPages.offer($0)) },
            take: { request, _ in try await ReportPages.pdf(request) }),
        RegulationPage(
            path: "/archive/workbook/:id", regulation: confidentiality.id, title: ReportPages.title, isListed: false,
            take: { request, _ in try await ReportPages.workbook(request) }),
        RegulationPage(
            path: "/archive/inner/:id", regulation: confidentiality.id, title: InnerListPage.title, isListed: false,
            document: CustomerFile.name, show: { .page(try await InnerListPage.show($0)) }, take: { try await InnerListPage.take($0, $1) }),
        RegulationPage(
            path: "/archive/scans", regulation: confidentiality.id, title: ScansPage.title, register: CustomerFile.name,
            show: { .page(ScansPage.show($0)) }, take: { try await ScansPage.take($0, $1) }),
        RegulationPage(
            path: "/archive/appraisal/:id", regulation: confidentiality.id, title: AppraisalPage.title, isListed: false,
            document: DestructionList.name, show: { .page(try await AppraisalPage.show($0)) },
            take: { try await AppraisalPage.take($0, $1) }),
    ]

    /// The view of a document of one type; of any other it is as if there were none.
    static func view(_ request: RegulationRequest, of type: String) async throws -> DocumentView {
        let view = try await request.desk.document(try request.document("id"), by: request.person)
        guard view.row.type == type else { throw DeskError.absent }
        return view
    }

    static func head(_ title: String, _ links: [HTML] = []) -> HTML {
        "<div class=\"head\"><h1>\(title)</h1><span class=\"quiet\">\(links.joined(by: " "))</span></div>"
    }
}
