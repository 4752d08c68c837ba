import Kernel

/// What files offices attach: pictures, papers, tables, letters, recordings, and packets of these. What runs is none of them.
enum AttachmentKind {
    private static let pictures = ["jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif"]
    private static let papers = [
        "pdf", "ofd", "doc", "docx", "wps", "rtf", "odt", "xls", "xlsx", "et", "ods", "csv", "ppt", "pptx", "dps", "odp", "txt", "md",
        "log",
        "xml", "json", "yaml", "yml", "eml", "msg", "ics", "vcf", "dwg", "dxf", "conf", "cfg", "pem", "crt", "cer", "csr", "key", "p7b",
    ]
    private static let recordings = ["mp3", "m4a", "wav", "amr", "aac", "mp4", "mov", "3gp"]
    private static let packets = ["zip", "rar", "7z", "tar", "gz"]
    private static let all = Set(pictures + papers + recordings + packets)

    /// For the browser's choice of files; on a phone it offers the camera too.
    static let accept = "image/*," + (papers + recordings + packets).map { ".\($0)" }.joined(separator: ",")

    /// - Returns: `nil` where the file may be attached.
    static func fault(_ name: String, field: String) -> Refusal.Fault? {
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map { $0.lowercased() } ?? ""
        if all.contains(ending) { return nil }
        return .init(
            field: field,
            Words(
                "“\(name)”不是可以附上的文件，请改用图片、PDF、办公文档、录音录像或压缩包",
                "“\(name)” is no file that can be attached; use pictures, PDF, office documents, recordings or a zip"))
    }
}
