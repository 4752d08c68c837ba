import Kernel

/// 客户信息保密管理制度.
package let confidentiality = Regulation(
    "customer-confidentiality", Words("客户信息保密管理制度", "Confidentiality of customer information"),
    short: Words("保密", "Confidentiality"), numbering: .arabic)

/// The numbers that its articles set.
extension Parameter {
    static let loanDays = Parameter("loanDays", in: confidentiality[19])
    static let overdueThreshold = Parameter("overdueThreshold", in: confidentiality[19])
}

/// The regulation's table of contents.
package let confidentialityContents = RegulationContents(
    confidentiality, articles: PackageResources.Articles_yaml,
    parameters: [.loanDays, .overdueThreshold],
    posts: [informationSpecialist],
    documents: [
        CustomerFile.self,  // 第4条
        Loan.self,  // 第19条, 第20条
    ],
    findings: [Loan.kept])

package let informationSpecialist = Post("information-specialist", "信息管理专员", "Information specialist")
