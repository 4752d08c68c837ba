import CustomerAuthenticity
import CustomerConfidentiality
import DrugQuality
import EnterpriseIT
import Kernel

/// The regulations of this program. A folder and a line here add one.
enum Regulations {
    static let catalogue = Catalogue([authenticityContents, confidentialityContents, enterpriseITContents, drugQualityContents])
}
