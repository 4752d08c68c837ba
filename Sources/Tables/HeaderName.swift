/// The name of a column as people write it, brought to the form in which equal names are equal.
enum HeaderName {
    /// Without spaces, line breaks, marks and numbering, half-width, without regard to case.
    static func plain(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in halfWidth(name) where !isMark(scalar) { scalars.append(scalar) }
        let text = String(scalars).lowercased()
        let rest = text.drop { $0.isASCII && $0.isNumber }
        // A number before a name only counts the columns.
        return rest.isEmpty || rest.count == text.count ? text : String(rest)
    }

    /// The same without a remark in brackets that only says how the column is to be filled in.
    static func withoutRemarks(_ name: String) -> String? {
        let scalars = Array(halfWidth(name))
        guard let open = scalars.firstIndex(where: isOpening), let close = scalars.lastIndex(where: isClosing), open < close else {
            return nil
        }
        let remark = plain(string(scalars[(open + 1)..<close]))
        guard isRemark(remark, raw: string(scalars[(open + 1)..<close])) else { return nil }
        return plain(string(scalars[..<open] + scalars[(close + 1)...]))
    }

    /// The two names of one that says the same twice, such as 姓名(name).
    static func parts(_ name: String) -> [String] {
        let scalars = Array(halfWidth(name))
        let pieces = scalars.split { isOpening($0) || isClosing($0) || $0 == "/" || $0 == "|" }
        return pieces.count == 2 ? pieces.map { plain(string($0)) } : []
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func halfWidth(_ name: String) -> [Unicode.Scalar] {
        name.unicodeScalars.map { scalar in
            (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool { "([{【〔［〈《".unicodeScalars.contains(scalar) }
    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool { ")]}】〕］〉》".unicodeScalars.contains(scalar) }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x2060, 0xFEFF: true
        case 0x22, 0x23, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x3A, 0x3B, 0x21, 0x2C, 0x5F, 0x60, 0x7E: true
        case 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D: true
        default:
            scalar.properties.isWhitespace || isOpening(scalar) || isClosing(scalar)
                || "★☆●○◆◇■□▲△▼※＊﹡✱✳、。，：；“”‘’·•".unicodeScalars.contains(scalar)
        }
    }

    private static let remarks = [
        "必填", "必须", "必录", "必输", "选填", "选录", "可选", "可空", "可不填", "非空", "不为空", "位", "格式", "文本", "数字", "示例", "例", "如", "请", "填",
        "yyyy", "mm", "年", "月", "日", "男", "女", "整数", "元", "岁", "大写", "下拉", "选择", "单选", "代码", "m/f", "required", "optional", "text", "must",
        "号码", "全称", "真实", "与证件一致",
    ]
    /// What speaks of another thing than the name before it does.
    private static let others = [
        "配偶", "子女", "父", "母", "紧急", "联系人", "单位", "公司", "家庭", "办公", "拼音", "英文", "曾用", "原", "旧", "备用", "代理", "经办", "业务员", "担保", "推荐", "介绍",
        "2", "二",
        "spouse", "office", "work", "emergency", "agent", "pinyin", "old",
    ]

    private static func isRemark(_ remark: String, raw: String) -> Bool {
        if remark.isEmpty { return true }
        let isChoice = raw.contains("/") || raw.contains("、") || raw.contains("|")
        if remark.contains(where: \.isNumber), remark.hasSuffix("位") { return true }
        guard !others.contains(where: { remark.contains($0) }) else { return false }
        return isChoice || remarks.contains { remark.contains($0) }
    }
}
