import CustomerAuthenticity
import CustomerConfidentiality
import DrugQuality
import EnterpriseIT
import Kernel
import Practices
import School
import Web

/// The regulations of this program. A folder and a line here add one.
enum Regulations {
    static let catalogue = Catalogue([
        authenticityContents, confidentialityContents, enterpriseITContents, drugQualityContents, schoolContents, practicesContents,
    ])

    /// The pages that they bring along.
    static let pages = pages(codesBy: NoCodeDelivery())
    /// Those for whoever comes.
    static let openPages = openPages(codesBy: NoCodeDelivery())

    /// - Parameter codes: by what codes to customers leave the house.
    static func pages(codesBy codes: any CodeDelivery) -> [RegulationPage] {
        IntakePages.all + AuthenticityPages.all + ConsequencePages.all + QualityPages.all + ArchivePages.all + GivingPages.all
            + EnterpriseITPages.all + AssetLifePage.all + SchoolPages.all + SellerLearningPages.all + TestSittingPage.all
            + CirculationPages.all + HandoverPages.all + MarketPages.all + InventoryPages.all + StocktakePages.all
            + TelephoneDeskPage(delivery: codes).all + CounterPage.all + CallBackPage.all + ContactPage.all + UsagePage.all
    }

    static func openPages(codesBy codes: any CodeDelivery) -> [OpenPage] {
        PublicPages.all + SchoolPages.open + PortalPages(delivery: codes).all + ((codes as? ShownCodes).map { [$0.page] } ?? [])
    }
}
