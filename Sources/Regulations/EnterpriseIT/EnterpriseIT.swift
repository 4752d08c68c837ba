import Kernel

/// 企业信息化工作管理制度.
package let enterpriseIT = Regulation(
    "enterprise-it", Words("企业信息化工作管理制度", "Enterprise information technology"),
    short: Words("信息化", "Enterprise IT"), numbering: .chinese)

/// The numbers that its articles set.
extension Parameter {
    static let longestGrantDays = Parameter("longestGrantDays", in: enterpriseIT["第二章12"])
}

/// The regulation's table of contents.
package let enterpriseITContents = RegulationContents(
    enterpriseIT, articles: PackageResources.Articles_yaml,
    parameters: [.longestGrantDays],
    posts: [factoryLeader, centreDirector],
    documents: [
        InternetApplication.self  // 第二章12
    ])

package let factoryLeader = Post("factory-leader", "厂领导", "Factory leader")
package let centreDirector = Post("centre-director", "信息中心主任", "Director of the information centre", isSupervising: true)
