import Kernel

/// 企业信息化工作管理制度.
package let enterpriseIT = Regulation(
    "enterprise-it", Words("企业信息化工作管理制度", "Enterprise information technology"),
    short: Words("信息化", "Enterprise IT"), numbering: .chinese)

/// The regulation's table of contents.
package let enterpriseITContents = RegulationContents(
    enterpriseIT, articles: PackageResources.Articles_yaml,
    posts: [factoryLeader, centreDirector],
    documents: [
        InternetApplication.self  // 第二章12
    ])

package let factoryLeader = Post("factory-leader", "厂领导", "Factory leader")
package let centreDirector = Post("centre-director", "信息中心主任", "Director of the information centre", isSupervising: true)
