import Kernel
import Practices

extension Practice {
    /// 三不准 (第26条): signed in these words, whatever the house adds to them.
    static let threeProhibitions = Practice.undertaking(
        under: confidentiality[26], Words("“三不准”承诺书", "Undertaking on the three prohibitions"),
        stating: Words(
            "一、不准在私人交往中泄露客户信息；二、不准在公共场所谈论、泄露客户信息；三、不准用普通电话、明码通信传递、泄露客户信息。",
            "1. No customer information in private dealings. 2. None in public places. 3. None by open telephone or in open mail."))
}
