import Crypto
import Foundation
import SwiftASN1
import WorkCalendar

/// What is asked of a time stamping authority (RFC 3161): to say when it saw these bytes, of which it gets the SHA-256 alone.
package struct TimeStampQuery: Sendable {
    package let imprint: [UInt8]
    package let nonce: UInt64

    package init(of bytes: [UInt8], nonce: UInt64) {
        imprint = Array(SHA256.hash(data: bytes))
        self.nonce = nonce
    }

    /// TimeStampReq in DER; the authority is asked to send its certificate along, without which the token could not be checked later.
    package func bytes() throws -> [UInt8] {
        var coder = DER.Serializer()
        try coder.appendConstructedNode(identifier: .sequence) { coder in
            try coder.serialize(1)
            try coder.appendConstructedNode(identifier: .sequence) { coder in
                try coder.appendConstructedNode(identifier: .sequence) { coder in
                    try coder.serialize(TimeStampReply.sha256)
                    try coder.serialize(ASN1Null())
                }
                try coder.serialize(ASN1OctetString(contentBytes: imprint[...]))
            }
            try coder.serialize(nonce)
            try coder.serialize(true)
        }
        return coder.serializedBytes
    }

    /// That the reply answers this question and no other.
    /// - Throws: `TimeStampError`.
    package func check(_ reply: TimeStampReply) throws(TimeStampError) {
        guard reply.imprint == imprint else { throw .otherImprint }
        guard reply.nonce == nonce else { throw .otherNonce }
    }
}

/// What an authority answered: its token says when it saw which digest. Its signature is not checked here: the token is kept as it came,
/// for `openssl ts -verify`.
package struct TimeStampReply: Sendable, Hashable {
    package let imprint: [UInt8]
    package let nonce: UInt64?
    package let moment: Moment

    static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    private static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 7, 2]
    private static let tokenInfo: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

    /// - Parameter bytes: TimeStampResp.
    /// - Throws: `TimeStampError`.
    package init(parsing bytes: [UInt8]) throws(TimeStampError) {
        let info: ASN1Node
        do { info = try Self.tokenInfo(bytes) } catch let error as TimeStampError { throw error } catch { throw .malformed }
        do {
            let parts = try Self.parts(info)
            guard parts.count >= 5, try Int(berEncoded: parts[0]) == 1 else { throw TimeStampError.malformed }
            let digest = try Self.parts(parts[2])
            guard digest.count == 2, let algorithm = try Self.parts(digest[0]).first,
                try ASN1ObjectIdentifier(berEncoded: algorithm) == Self.sha256
            else { throw TimeStampError.malformed }
            imprint = Array(try ASN1OctetString(berEncoded: digest[1]).bytes)
            let time = try GeneralizedTime(berEncoded: parts[4])
            guard let day = Day(year: time.year, month: time.month, day: time.day) else { throw TimeStampError.malformed }
            moment = Moment.startOfDay(day).adding(
                milliseconds: Int64((time.hours + 8) * 3600 + time.minutes * 60 + time.seconds) * 1000
                    + Int64(time.fractionalSeconds * 1000))
            // Behind the moment stand, where they are: accuracy, ordering, nonce, name, extensions.
            nonce = try parts.dropFirst(5).first { $0.identifier == .integer }.map { try UInt64(berEncoded: $0) }
        } catch {
            throw .malformed
        }
    }

    /// TimeStampResp, its token (CMS SignedData), the TSTInfo in it.
    private static func tokenInfo(_ bytes: [UInt8]) throws -> ASN1Node {
        let reply = try parts(try BER.parse(bytes))
        guard let state = reply.first, let status = try parts(state).first.map({ try Int(berEncoded: $0) }) else {
            throw TimeStampError.malformed
        }
        // 0: granted; 1: granted with modifications.
        guard status == 0 || status == 1 else { throw TimeStampError.refused(status: status) }
        guard reply.count == 2 else { throw TimeStampError.malformed }
        let signed = try content(of: reply[1], type: signedData)
        let parts = try parts(signed)
        guard parts.count >= 4 else { throw TimeStampError.malformed }
        let wrapped = try content(of: parts[2], type: tokenInfo)
        return try BER.parse(try ASN1OctetString(berEncoded: wrapped).bytes)
    }

    /// What a ContentInfo of this type holds.
    private static func content(of node: ASN1Node, type: ASN1ObjectIdentifier) throws -> ASN1Node {
        let parts = try parts(node)
        guard parts.count == 2, try ASN1ObjectIdentifier(berEncoded: parts[0]) == type,
            let content = try Self.parts(parts[1], .init(tagWithNumber: 0, tagClass: .contextSpecific)).first
        else { throw TimeStampError.malformed }
        return content
    }

    private static func parts(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence) throws -> [ASN1Node] {
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else { throw TimeStampError.malformed }
        return Array(nodes)
    }
}

package enum TimeStampError: Error, Sendable, Equatable {
    case malformed
    /// PKIStatus: 2 rejection, 3 waiting, 4 revocation warning, 5 revoked.
    case refused(status: Int)
    case otherImprint
    case otherNonce

    package var zh: String {
        switch self {
        case .malformed: "时间戳应答的格式不对。请核对地址是否为 RFC 3161 服务。"
        case .refused(let status): "时间戳服务拒绝了请求（状态 \(status)）。请联系该服务。"
        case .otherImprint: "时间戳盖的是另一段内容，不是这个检查点。请查明原因。"
        case .otherNonce: "时间戳应答不是对这次请求的（随机数不符）。请查明原因。"
        }
    }

    package var en: String {
        switch self {
        case .malformed: "The answer is no time stamp. Check that the address is an RFC 3161 service."
        case .refused(let status): "The time stamping service refused (status \(status)). Ask its operator."
        case .otherImprint: "The time stamp is for something else than this checkpoint. Find out why."
        case .otherNonce: "The time stamp answers another request (the nonce differs). Find out why."
        }
    }
}
