import Crypto

/// RFC 6962, section 2.1, word for word and slow: the measure of the real one.
enum NaiveTree {
    static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        switch leaves.count {
        case 0: return Array(SHA256.hash(data: [UInt8]()))
        case 1: return Array(SHA256.hash(data: [0] + leaves[leaves.startIndex]))
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return Array(SHA256.hash(data: [1] + root(leaves[..<middle]) + root(leaves[middle...])))
        }
    }

    static func path(_ position: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let k = split(leaves.count)
        let middle = leaves.startIndex + k
        return position < k
            ? path(position, leaves[..<middle]) + [root(leaves[middle...])]
            : path(position - k, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func proof(_ old: Int, _ leaves: ArraySlice<[UInt8]>, _ isWhole: Bool = true) -> [[UInt8]] {
        if old == leaves.count { return isWhole ? [] : [root(leaves)] }
        let k = split(leaves.count)
        let middle = leaves.startIndex + k
        return old <= k
            ? proof(old, leaves[..<middle], isWhole) + [root(leaves[middle...])]
            : proof(old - k, leaves[middle...], false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var k = 1
        while k * 2 < count { k *= 2 }
        return k
    }
}
