import Kernel

/// A word that an administrator hands over, and by which a person sets the own password once: without signs that look alike.
package struct OneTimeWord: Sendable {
    package let text: String

    /// Sixty bits: what nobody guesses in a week.
    package init() {
        let signs = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
        text = (0..<3).map { _ in String((0..<4).map { _ in signs.randomElement()! }) }.joined(separator: "-")
    }

    /// Shown once, to be handed over.
    func html(for person: Words, _ l: Language) -> HTML {
        """
        <div class="note" role="status" tabindex="-1" data-focus><p><b>\
        \(l("\(person.zh)的一次性口令，只显示这一次，请当面或电话告知本人：", "The one-time word of \(person.en). It is shown this once; tell it to the person:"))</b></p>\
        <p><code>\(text)</code></p><p>\
        \(l("本人用它登录后设置自己的密码。\(AccountRequest.days) 天内有效。", "With it the person logs in and sets the own password. It is good for \(AccountRequest.days) days."))</p></div>
        """
    }
}
