/// The kinds of document that an intake row can name, with the number's form of each.
package enum DocumentKind: UInt8, Sendable, CaseIterable {
    case residentID, hkMacauPermit, taiwanPermit, residencePermit, foreignerCard, passport, householdBook, military, birthCertificate

    /// The name in files and in the API.
    package var code: String { names[0] }
    package var zh: String { names[1] }
    package var en: String {
        switch self {
        case .residentID: "Resident identity card"
        case .hkMacauPermit: "Mainland travel permit for Hong Kong and Macau residents"
        case .taiwanPermit: "Mainland travel permit for Taiwan residents"
        case .residencePermit: "Residence permit for Hong Kong, Macau and Taiwan residents"
        case .foreignerCard: "Foreigner's permanent residence card"
        case .passport: "Passport"
        case .householdBook: "Household register"
        case .military: "Military identity card"
        case .birthCertificate: "Medical certificate of birth"
        }
    }

    /// The code, the Chinese name, and what else people call it.
    private var names: [String] {
        switch self {
        case .residentID:
            ["resident-id", "身份证", "居民身份证", "二代身份证", "临时身份证", "中国居民身份证", "第二代身份证", "第二代居民身份证", "二代居民身份证", "中华人民共和国居民身份证", "居民身份证件"]
        case .hkMacauPermit: ["hk-macau-permit", "港澳居民来往内地通行证", "港澳通行证", "港澳居民通行证", "回乡证"]
        case .taiwanPermit: ["taiwan-permit", "台湾居民来往大陆通行证", "台湾通行证", "台湾居民通行证", "台胞证"]
        case .residencePermit: ["residence-permit", "港澳台居民居住证", "居住证", "港澳居民居住证", "台湾居民居住证"]
        case .foreignerCard: ["foreigner-card", "外国人永久居留身份证", "外国人永久居留证", "永居证", "外国人永久居留身份证（新版）", "五星卡"]
        case .passport: ["passport", "护照", "中国护照", "外国护照", "普通护照", "因私护照", "因公护照", "外交护照", "公务护照"]
        case .householdBook: ["household-book", "户口簿", "户口本", "居民户口簿", "户籍证明"]
        case .military: ["military", "军官证", "士兵证", "军人证", "军人身份证", "武警警官证", "士官证", "文职干部证", "文职人员证", "军官退休证"]
        case .birthCertificate: ["birth-certificate", "出生医学证明", "出生证明", "出生证", "出生医学证"]
        }
    }

    private static let byName: [String: DocumentKind] = Dictionary(
        allCases.flatMap { kind in kind.names.map { ($0, kind) } }, uniquingKeysWith: { first, _ in first })

    /// - Parameter name: the code or a Chinese name, without spaces around it.
    package init?(_ name: String) {
        guard let kind = DocumentKind.byName[name] ?? DocumentKind.byName[name.lowercased()] else { return nil }
        self = kind
    }

    /// The same from bytes; the kind that fills most files is told without making a text of them.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        if KnownWord("resident-id").isAll(of: bytes) || KnownWord("身份证").isAll(of: bytes) {
            self = .residentID
        } else if bytes.count <= 64 {
            self.init(String(decoding: bytes, as: UTF8.self))
        } else {
            return nil
        }
    }

    /// Judges a number of this kind as typed. The `id.` faults are for what is numbered as residents are (resident and residence
    /// cards, the foreigner's card since 2023, and a household register that gives the resident number); others get
    /// `documentFormat`, or `documentUnverified` where nothing more can be told.
    /// - Parameter today: yyyymmdd.
    package func check(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32, counties: CountyTable? = nil) -> CheckResult {
        switch self {
        case .residentID: ResidentNumber.check(bytes, today: today, counties: counties)
        case .residencePermit: ResidencePermit.check(bytes, today: today)
        case .hkMacauPermit: TravelPermit.checkHongKongMacau(bytes)
        case .taiwanPermit: TravelPermit.checkTaiwan(bytes)
        case .foreignerCard: ForeignerCard.check(bytes, today: today)
        case .passport: Passport.check(bytes)
        case .householdBook: HouseholdBook.check(bytes, today: today, counties: counties)
        case .military: MilitaryCard.check(bytes)
        case .birthCertificate: BirthCertificate.check(bytes)
        }
    }

    package func check(_ text: String, today: Int32, counties: CountyTable? = nil) -> CheckResult {
        text.withBytes { check($0, today: today, counties: counties) }
    }
}
