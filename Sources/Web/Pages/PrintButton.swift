import Kernel

/// Prints the page as it stands, without what only a screen needs. The script shows it; without one, the browser's own menu prints.
enum PrintButton {
    static func html(_ l: Language) -> HTML { "<button type=\"button\" class=\"noprint\" data-print hidden>\(l("打印", "Print"))</button>" }
}
