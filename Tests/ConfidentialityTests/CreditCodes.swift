/// Unified social credit codes of no organisation that there is, all of them right by their check characters.
enum CreditCodes {
    /// - Parameter number: which; another number is another organisation.
    static func code(_ number: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let digits = String(number), serial = "YT" + String(repeating: "0", count: 6 - digits.count) + digits
        func value(_ character: Character) -> Int { character.wholeNumberValue ?? Int(character.asciiValue ?? 55) - 55 }
        let organisation = (11 - zip(serial, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + value($1.0) * $1.1 } % 11) % 11
        let body = "91440101" + serial + (organisation == 10 ? "X" : String(organisation))
        let sum = zip(body, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
            .reduce(0) { $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1 }
        return body + String(alphabet[(31 - sum % 31) % 31])
    }
}
