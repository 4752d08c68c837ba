import Identifiers
import WorkCalendar

/// Invents people: their numbers keep the rules, and none is anybody's.
struct DemonstrationPeople {
    private var dice: DemonstrationDice
    private var serial = 0

    init(seed: UInt64) { dice = DemonstrationDice(seed: seed) }

    private static let families = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余").map(String.init)
    private static let given = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文志海燕波宁辉鹏飞宇浩然子轩欣怡").map(String.init)
    private static let regions = ["440103", "440104", "440105", "440106", "440304", "440305", "440604", "441302", "450103", "430102"]
    private static let places = [
        "广东省广州市天河区", "广东省广州市越秀区", "广东省广州市海珠区", "广东省深圳市南山区", "广东省佛山市禅城区", "广东省惠州市惠城区", "广东省东莞市南城街道",
    ]
    private static let roads = ["中山路", "建设路", "人民路", "东风路", "体育西路", "华强路", "文昌路", "滨江路", "学院路", "朝阳路"]
    private static let prefixes = ["131", "135", "136", "137", "139", "150", "151", "158", "159", "180", "186", "188", "189"]
    private static let banks = ["622202", "621700", "622848", "621661", "622588"]

    /// - Parameter ages: whole years, roughly.
    mutating func person(_ role: PersonRole, ages: ClosedRange<Int> = 22...68, on today: Day) -> ApplicationPerson {
        serial += 1
        var person = ApplicationPerson()
        person.role = role
        person.customerNo = "C" + String(1_000_000 + serial)
        person.name = name()
        let birth = today.adding(days: -365 * (ages.lowerBound + dice.next(ages.count)) - dice.next(360) - 6)
        person.birthDate = birth.description
        let isMale = dice.next(2) == 0
        person.sex = isMale ? .male : .female
        person.documentType = .residentID
        person.documentNumber = residentNumber(birth, isMale: isMale)
        person.mobile = phone()
        if dice.next(3) == 0 { person.landline = "020-8" + digits(7) }
        if dice.next(2) == 0 { person.email = "u\(serial)@example.com" }
        person.address = address()
        return person
    }

    mutating func name() -> String {
        dice.pick(Self.families) + dice.pick(Self.given) + (dice.next(4) == 0 ? "" : dice.pick(Self.given))
    }

    /// Each has its own serial number inside, so that no two meet by chance.
    mutating func phone() -> String {
        serial += 1
        return dice.pick(Self.prefixes) + String(String(100_000_000 + serial * 7919 % 100_000_000).suffix(8))
    }

    mutating func account() -> String {
        serial += 1
        return dice.pick(Self.banks) + "02" + String(String(1_000_000_000 + serial * 7919).suffix(9))
    }

    mutating func address() -> String {
        dice.pick(Self.places) + dice.pick(Self.roads) + "\(1 + dice.next(900))号\(1 + dice.next(30))栋\(101 + dice.next(2800))室"
    }

    private mutating func residentNumber(_ birth: Day, isMale: Bool) -> String {
        let sequence = dice.next(499) * 2 + (isMale ? 1 : 2)
        let body = dice.pick(Self.regions) + String(birth.yyyymmdd) + String(String(1000 + sequence).suffix(3))
        return body + String(ResidentNumber.checkCharacter(for: body + "0") ?? "0")
    }

    private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in String(dice.next(10)) }.joined() }
}
