import Crypto
import Hummingbird

/// The style sheet and the script, which are part of the program.
/// Their addresses change with their content, so browsers keep them for good.
enum Assets {
    static let style = Asset(PackageResources.look_css, name: "look", ending: "css", type: "text/css; charset=utf-8")
    static let script = Asset(PackageResources.dianzhang_js, name: "dianzhang", ending: "js", type: "text/javascript; charset=utf-8")
    static let icon = Asset(Array(seal.utf8), name: "seal", ending: "svg", type: "image/svg+xml")

    struct Asset: Sendable {
        let bytes: [UInt8]
        let address: String
        let type: String

        init(_ bytes: [UInt8], name: String, ending: String, type: String) {
            let digest = Token.hexadecimal(SHA256.hash(data: bytes).prefix(6))
            (self.bytes, self.type) = (bytes, type)
            address = "/assets/\(name).\(digest).\(ending)"
        }
    }

    private static let seal = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#b3261e"/>\
        <path d="M9 7h14v13M9 7v13M13.7 4v16M18.3 4v16M9 13.5h14M5 20h22M11 22l-4 5M21 22l4 5" fill="none" stroke="#fff" stroke-width="2"/></svg>
        """

    static func add(to routes: Routes) {
        for asset in [style, script, icon] {
            routes.openPage(asset.address) { _, _ in
                Response(
                    status: .ok, headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
                    body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
            }
        }
        routes.openPage("/favicon.ico") { _, _ in .redirect(to: icon.address) }
    }
}
