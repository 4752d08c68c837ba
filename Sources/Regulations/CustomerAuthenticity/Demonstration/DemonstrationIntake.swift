import Kernel
import WorkCalendar

/// Invents the applications of a day, with planted faults and clues.
struct DemonstrationIntake {
    private var people: DemonstrationPeople
    private var dice: DemonstrationDice
    private var serial = 0
    private var agents: [DemonstrationAgent]
    /// Telephones and accounts that later customers give as well.
    private var lent: (phones: [String], accounts: [String]) = ([], [])

    init(seed: UInt64, agents: [DemonstrationAgent]) {
        people = DemonstrationPeople(seed: seed)
        dice = DemonstrationDice(seed: seed &+ 1)
        self.agents = agents
    }

    /// Others sell from now on.
    mutating func take(_ agents: [DemonstrationAgent]) { self.agents = agents }

    /// - Parameter hasFaults: whether some are planted.
    mutating func application(on day: Day, hasFaults: Bool = true) -> Application {
        serial += 1
        var application = Application()
        application.applicationNo = "T\(day.yyyymmdd)\(String(1000 + serial % 1000).suffix(3))"
        application.policyNo = "P44\(1_000_000 + serial)"
        application.term = dice.pick(["10", "20", "30", "终身", "1"])
        application.applicationDate = day
        let qualified = agents.filter(\.isQualified)
        let agent = qualified[serial % qualified.count]
        (application.agentNo, application.channel) = (agent.number, agent.channel)
        application.productClass = dice.pick(Self.products(of: agent.grade))
        application.isCheckedByAgent = true
        var applicant = people.person(.applicant, on: day)
        applicant.account = people.account()
        applicant.accountHolder = applicant.name
        application.persons = [applicant]
        if dice.next(10) < 6 {
            application.persons.append(people.person(.insured, ages: dice.next(3) == 0 ? 3...15 : 20...60, on: day))
        } else {
            var insured = applicant
            (insured.role, insured.account, insured.accountHolder) = (.insured, "", "")
            application.persons.append(insured)
        }
        if dice.next(7) == 0 {
            var beneficiary = ApplicationPerson()
            (beneficiary.role, beneficiary.name) = (.beneficiary, people.name())
            application.persons.append(beneficiary)
        }
        plantClue(&application, agentPhone: agent.phone)
        if hasFaults { plantFault(&application) }
        return application
    }

    /// What a grade sells.
    private static func products(of grade: SellerGrade) -> [ProductClass] {
        let all: [(ProductClass, least: SellerGrade)] = [
            (.participating, .third), (.universal, .second), (.life, .fourth), (.accident, .fourth), (.health, .fourth),
            (.unitLinked, .first),
        ]
        return all.filter { grade.level <= $0.least.level }.map(\.0)
    }

    private mutating func plantClue(_ application: inout Application, agentPhone: String) {
        let applicant = application.persons[0]
        if serial % 11 == 3 { lent.phones.append(applicant.mobile) }
        if serial % 17 == 5 { lent.accounts.append(applicant.account) }
        switch serial % 40 {
        case 7 where !lent.phones.isEmpty: setPhone(lent.phones.removeFirst(), &application)
        case 19 where !lent.accounts.isEmpty: application.persons[0].account = lent.accounts.removeFirst()
        case 33: setPhone(agentPhone, &application)
        default: break
        }
    }

    private func setPhone(_ phone: String, _ application: inout Application) {
        let number = application.persons[0].documentNumber
        for index in application.persons.indices where application.persons[index].documentNumber == number {
            application.persons[index].mobile = phone
        }
    }

    private mutating func plantFault(_ application: inout Application) {
        guard serial % 41 == 9 else { return }
        switch serial / 41 % 8 {
        case 0: application.persons[0].documentNumber = broken(application.persons[0].documentNumber)
        case 1: application.persons[0].address = ""
        case 2: application.persons[0].mobile = "13800138000"
        case 3: application.persons[0].sex = application.persons[0].sex == .male ? .female : .male
        case 4: application.persons[1].birthDate = ""
        case 5: application.persons[0].address = "同上"
        case 6: application.persons[0].accountHolder = people.name() + "文"
        default: application.agentNo = agents.first { !$0.isQualified }?.number ?? application.agentNo
        }
    }

    /// With another check character.
    private func broken(_ number: String) -> String { number.dropLast() + (number.last == "0" ? "1" : "0") }
}
