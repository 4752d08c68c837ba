import CCurl
import Foundation

/// One errand on one thread: a handle of libcurl and what it reads from and writes to.
final class Transfer {
    /// libcurl's state for the whole process, made before its first handle.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    /// Answers are signatures and tokens; none comes near this.
    private static let greatestReply = 1 << 20

    private let handle: UnsafeMutableRawPointer
    private let seconds: Int
    private let recall: Recall
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let said: UnsafeMutablePointer<CChar>
    private var reply: [UInt8] = []
    private var isTooLong = false
    private var upload: [UInt8] = []
    private var uploaded = 0

    init(authorities: String?, seconds: Int, recall: Recall) throws {
        guard Self.isReady, let handle = curl_easy_init() else { throw CourierError.broken("libcurl") }
        self.handle = handle
        self.seconds = seconds
        self.recall = recall
        said = .allocate(capacity: Int(CURL_ERROR_SIZE))
        said.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let me = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(handle, CURLOPT_ERRORBUFFER, said)
        // Signals would reach other threads.
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_TIMEOUT, seconds)
        curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, min(10, seconds))
        curl_set_number(handle, CURLOPT_FOLLOWLOCATION, 0)
        curl_set_pointer(handle, CURLOPT_WRITEDATA, me)
        curl_set_writer(handle) { bytes, size, count, me in Transfer.of(me).take(bytes, size * count) }
        curl_set_pointer(handle, CURLOPT_READDATA, me)
        curl_set_reader(handle) { place, size, count, me in Transfer.of(me).give(place, size * count) }
        curl_set_number(handle, CURLOPT_NOPROGRESS, 0)
        curl_set_pointer(handle, CURLOPT_XFERINFODATA, me)
        curl_set_progress(handle) { me, _, _, _, _ in Transfer.of(me).recall.wasSaid ? 1 : 0 }
        if let authorities { curl_set_text(handle, CURLOPT_CAINFO, authorities) }
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
        said.deallocate()
    }

    func post(_ request: HTTPRequest) throws -> HTTPReply {
        try go(to: request.url, protocols: "http,https")
        var headers = request.headers.map { "\($0.name): \($0.value)" }
        // Without it libcurl asks first whether a long body is welcome, and waits a second for those who do not know the question.
        headers.append("Expect:")
        curl_set_list(handle, CURLOPT_HTTPHEADER, try list(headers))
        curl_set_number(handle, CURLOPT_POST, 1)
        curl_set_number(handle, CURLOPT_POSTFIELDSIZE, request.body.count)
        request.body.withUnsafeBytes { bytes in
            _ = curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        try perform()
        var type: UnsafeMutablePointer<CChar>?
        curl_get_text(handle, CURLINFO_CONTENT_TYPE, &type)
        let name = type.map { String(cString: $0) }?.split(separator: ";").first.map(String.init) ?? ""
        return HTTPReply(status: code, type: name.trimmingCharacters(in: .whitespaces).lowercased(), body: reply)
    }

    func send(_ message: MailMessage, by server: MailServer) throws {
        try go(to: server.url, protocols: "smtp,smtps")
        for address in message.recipients + [message.sender] where !MailMessage.isAddress(address) {
            throw CourierError.address(address)
        }
        curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(message.sender)>")
        curl_set_list(handle, CURLOPT_MAIL_RCPT, try list(message.recipients.map { "<\($0)>" }))
        if let user = server.user {
            curl_set_text(handle, CURLOPT_USERNAME, user)
            curl_set_text(handle, CURLOPT_PASSWORD, server.password ?? "")
        }
        // A password never goes over the wire in clear; a message without one may, where the server offers nothing better.
        curl_set_number(handle, CURLOPT_USE_SSL, Int((server.user == nil ? CURLUSESSL_TRY : CURLUSESSL_ALL).rawValue))
        upload = message.bytes
        curl_set_number(handle, CURLOPT_UPLOAD, 1)
        try perform()
    }

    private func go(to url: String, protocols: String) throws {
        guard Self.isOneLine(url), protocols.split(separator: ",").contains(where: { url.lowercased().hasPrefix("\($0)://") }) else {
            throw CourierError.address(Self.bare(url))
        }
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, protocols)
        guard curl_set_text(handle, CURLOPT_URL, url) == CURLE_OK else { throw CourierError.address(Self.bare(url)) }
    }

    private func list(_ lines: [String]) throws -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard Self.isOneLine(line) else { throw CourierError.address(line) }
            list = curl_slist_append(list, line) ?? list
        }
        if let list { lists.append(list) }
        return list
    }

    private static func isOneLine(_ text: String) -> Bool { !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f } }

    /// An address without name and password.
    private static func bare(_ url: String) -> String {
        guard let scheme = url.range(of: "://"), let at = url.lastIndex(of: "@"), at > scheme.upperBound else { return url }
        return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
    }

    // MARK: What libcurl calls

    private static func of(_ me: UnsafeMutableRawPointer?) -> Transfer {
        guard let me else { preconditionFailure("libcurl lost its place") }
        return Unmanaged<Transfer>.fromOpaque(me).takeUnretainedValue()
    }

    private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard reply.count + count <= Self.greatestReply else {
            isTooLong = true
            return 0
        }
        reply.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    private func give(_ place: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
        let part = upload[uploaded..<min(upload.count, uploaded + room)]
        UnsafeMutableRawBufferPointer(start: place, count: room).copyBytes(from: part)
        uploaded += part.count
        return part.count
    }

    // MARK: What became of it

    private var code: Int {
        var code = 0
        curl_get_number(handle, CURLINFO_RESPONSE_CODE, &code)
        return code
    }

    private func perform() throws {
        let result = curl_easy_perform(handle)
        guard result != CURLE_OK else { return }
        let told = String(cString: said)
        let detail = String((told.isEmpty ? String(cString: curl_easy_strerror(result)) : told).prefix(200))
        throw isTooLong ? .tooLong : failure(result, detail)
    }

    private func failure(_ result: CURLcode, _ detail: String) -> CourierError {
        switch result {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .address(detail)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: .unreachable(detail)
        case CURLE_OPERATION_TIMEDOUT: .slow(seconds: seconds)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ISSUER_ERROR:
            .untrusted(detail)
        case CURLE_LOGIN_DENIED: .login
        case CURLE_ABORTED_BY_CALLBACK: .recalled
        case CURLE_SEND_ERROR where code >= 400, CURLE_WEIRD_SERVER_REPLY where code >= 400, CURLE_RECV_ERROR where code >= 400:
            .refused(code: code, detail)
        default: code >= 400 ? .refused(code: code, detail) : .broken(detail)
        }
    }
}
