import Kernel

/// 企业信息化工作管理制度.
package let enterpriseIT = Regulation(
    "enterprise-it", Words("企业信息化工作管理制度", "Enterprise information technology"),
    short: Words("信息化", "Enterprise IT"), numbering: .chinese)

/// The numbers that its articles set.
extension Parameter {
    static let minimumQuotes = Parameter("minimumQuotes", in: enterpriseIT["第二章7"])
    static let inventoryDays = Parameter("inventoryDays", in: enterpriseIT["第二章10"])
    static let findingWorkingDays = Parameter("findingWorkingDays", in: enterpriseIT["第二章10"])
    static let longestGrantDays = Parameter("longestGrantDays", in: enterpriseIT["第二章12"])
    static let longestRuleDays = Parameter("longestRuleDays", in: enterpriseIT["第二章9"])
    static let addressRestDays = Parameter("addressRestDays", in: enterpriseIT["第二章13"])
    static let secrecyTrainingMonths = Parameter("secrecyTrainingMonths", in: enterpriseIT["第二章15"])
    static let summaryWorkingDays = Parameter("summaryWorkingDays", in: enterpriseIT["第二章19"])
    static let ownHours = Parameter("ownHours", in: enterpriseIT["第二章21"])
    static let majorHours = Parameter("majorHours", in: enterpriseIT["第二章21"])
    static let firstHours = Parameter("firstHours", in: enterpriseIT["第二章21"])
    static let secondHours = Parameter("secondHours", in: enterpriseIT["第二章21"])
    static let thirdHours = Parameter("thirdHours", in: enterpriseIT["第二章21"])
    static let fourthHours = Parameter("fourthHours", in: enterpriseIT["第二章21"])
    static let stocktakeMonths = Parameter("stocktakeMonths", in: enterpriseIT["第二章22"])
    static let stocktakeWorkingDays = Parameter("stocktakeWorkingDays", in: enterpriseIT["第二章22"])
    static let moveCheckWorkingDays = Parameter("moveCheckWorkingDays", in: enterpriseIT["第二章22"])
    static let returnWorkingDays = Parameter("returnWorkingDays", in: enterpriseIT["第二章23"])
    static let protectionCheckMonths = Parameter("protectionCheckMonths", in: enterpriseIT["第三章四"])
    static let dangerWorkingDays = Parameter("dangerWorkingDays", in: enterpriseIT["第三章六"])
}

package let factoryLeader = Post("factory-leader", "厂领导", "Factory leader")
package let centreDirector = Post("centre-director", "信息中心主任", "Director of the information centre", isSupervising: true)

/// The further posts that its articles name.
extension Post {
    package static let networkStaff = Post("network-staff", "网络管理员", "Network staff")
    package static let assetStaff = Post("asset-staff", "资产管理员", "Asset staff")
    package static let serviceDesk = Post("service-desk", "服务台", "Service desk")
    package static let storeKeeper = Post("store-keeper", "仓库保管员", "Store keeper")
    package static let finance = Post("it-finance", "财务", "Finance")
    package static let roomDuty = Post("room-duty", "电脑室值班员", "Room duty")
}

extension Who {
    /// 信息中心.
    package static let centre = Who.either(centreDirector, .networkStaff, .assetStaff, .serviceDesk)
}
