import Identifiers
import Kernel

/// What a message may say and how the carriers count it. Pure.
package enum MessageText {
    /// 短信签名: characters between 【 and 】.
    static let signature = 2...12
    /// Of a message with its signature.
    static let longest = 500
    private static let ofOne = 70, ofSeveral = 67
    /// What the carriers let through since links and numbers are filed with the template.
    private static let mostLinks = 1, mostContacts = 2

    /// As the carriers count: the signature and its 【】 with it, in units of UTF-16.
    package static func length(signature: String, text: String) -> Int {
        (signature.isEmpty ? 0 : signature.utf16.count + 2) + text.utf16.count
    }

    /// How many messages are charged: up to 70 one, above that one for each 67.
    package static func parts(ofLength length: Int) -> Int {
        length <= ofOne ? (length > 0 ? 1 : 0) : (length + ofSeveral - 1) / ofSeveral
    }

    /// Words of sales: a notice that carries one needs the customer's consent, and is none of the kinds that are due.
    private static let salesWords = ["优惠", "折扣", "限时", "抢购", "热销", "返现", "抽奖", "赠送", "高收益", "新品", "推荐购买", "加保"]

    /// What keeps a text from being a notice.
    package static func faults(signature: String, text: String) -> [Words] {
        var faults: [Words] = []
        func require(_ holds: Bool, _ zh: String, _ en: String) { if !holds { faults.append(Words(zh, en)) } }
        require(
            signature.isEmpty || self.signature.contains(signature.count) && signature.allSatisfy { $0.isLetter || $0.isNumber },
            "签名须为 2 至 12 个汉字、字母或数字，不含符号", "A signature has 2 to 12 characters or digits and no symbols")
        require(!text.contains("【") && !text.contains("】"), "正文不能含【】，签名由系统加上", "The text cannot hold 【】; the signature is put before it")
        let length = length(signature: signature, text: text)
        require(
            length <= longest, "连同签名 \(length) 字，最多 \(longest) 字，请缩短",
            "\(length) characters with the signature, \(longest) at most; shorten it")
        let (links, contacts) = (links(in: text).count, contacts(in: text).count)
        require(
            links <= mostLinks, "正文有 \(links) 个网址，最多 \(mostLinks) 个", "The text has \(links) links; \(mostLinks) at most is let through")
        require(
            contacts <= mostContacts, "正文有 \(contacts) 个电话，最多 \(mostContacts) 个",
            "The text has \(contacts) telephones; \(mostContacts) at most are let through")
        if let word = salesWords.first(where: text.contains) {
            require(false, "通知不得夹带营销内容（“\(word)”），请删去", "A notice carries nothing of sales (“\(word)”); take it out")
        }
        return faults
    }

    /// Addresses of sites: `www.example.com`, `https://example.com/a`.
    static func links(in text: String) -> [String] {
        text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "-._/:~?=&%".contains($0))) }.map(String.init).filter { word in
            let host = word.replacing("https://", with: "").replacing("http://", with: "").split(separator: "/").first ?? ""
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            return labels.count > 1 && labels.allSatisfy { !$0.isEmpty } && labels.last?.contains(where: \.isNumber) == false
        }
    }

    /// Telephones: hot lines, land lines, mobiles. An amount is none.
    static func contacts(in text: String) -> [String] {
        var found: [String] = [], run = ""
        for character in text + " " {
            if character.isASCII, character.isNumber || character == "-" && !run.isEmpty {
                run.append(character)
                continue
            }
            if character != "元", character != "年", isTelephone(run) { found.append(run) }
            run = ""
        }
        return found
    }

    private static func isTelephone(_ run: String) -> Bool {
        let digits = run.filter(\.isNumber)
        switch digits.count {
        case 5...8 where ["95", "96"].contains { digits.hasPrefix($0) }: return true
        case 5 where digits.hasPrefix("100"): return true
        case 10 where ["400", "800"].contains { digits.hasPrefix($0) }: return true
        default: return Mobile.check(run).number != 0 || digits.count >= 10 && Landline.check(run).number != 0
        }
    }
}
