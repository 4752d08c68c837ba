import Identifiers
import WorkCalendar

/// What a sealed field holds: how it is normalised for matching, and what of it may be shown.
/// Values of one kind match each other wherever they stand: a customer's mobile, an agent's land line.
package enum SealedKind: String, Sendable, CaseIterable {
    case document, phone, account, address, email

    /// The form in which two writings of one value are equal; empty where there is nothing to match.
    package func matchKey(_ text: String) -> String {
        switch self {
        case .document: DocumentKind.lookupForm(text)
        case .phone: Self.phoneKey(text)
        case .account: BankAccount.matchKey(text)?.text ?? ""
        case .address: Address.normalForm(text)
        case .email: Email.normalForm(text)
        }
    }

    private static func phoneKey(_ text: String) -> String {
        let mobile = Mobile.check(text)
        if mobile.number != 0 { return String(mobile.number) }
        let landline = Landline.check(text)
        return landline.number != 0 ? String(landline.number) : String(text.filter(\.isNumber))
    }

    package func mask(_ text: String) -> String {
        switch self {
        case .document: Mask.documentNumber(text)
        case .phone: Mobile.check(text).number != 0 ? Mask.mobile(text) : Mask.landline(text)
        case .account: Mask.account(text)
        case .address: Mask.address(text)
        case .email: Mask.email(text)
        }
    }

    /// 张*三, 张*.
    package static func maskName(_ text: String) -> String { Mask.name(text) }

    /// 1980-**-**; of nothing, nothing.
    package static func maskBirthday(_ text: String) -> String {
        if text.trimmingBlanks.isEmpty { return "" }
        return Day(loose: text).map { "\($0.year)-**-**" } ?? "****"
    }
}
