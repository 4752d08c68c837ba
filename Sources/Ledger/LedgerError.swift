/// What the Ledger can answer instead of doing what it was asked.
package enum LedgerError: Error, Sendable, Equatable {
    /// The bytes are no entry, or not in its one encoding.
    case malformed
    /// The text is no checkpoint note.
    case noteMalformed
    /// The text is no verifier key (`name+hash+base64`), or names another algorithm than Ed25519.
    case keyMalformed
    /// The note bears no signature by the key asked for.
    case noteUnsigned
    /// A signature on the note that claims to be by this key is not.
    case noteForged
    /// There is no such position or size.
    case outOfRange
    /// The tables of the tree do not fit together; verification says where.
    case treeDamaged
    /// The tree does not continue the last checkpoint, so the next one is not signed.
    case inconsistent(size: Int64)
    /// Checkpoints that were signed are not there, so the next one is not signed.
    case checkpointsMissing(found: Int64, signed: Int64)
    /// The ledger is shorter than this server has seen it, or another, so no checkpoint is signed.
    case shrunk(seen: Int64, found: Int64)
    /// The master key says that the entries are keyed, and nothing in the database is: all of it was rewritten in the earlier form.
    case boundaryTaken

    package var zh: String {
        switch self {
        case .malformed: "存证记录的字节不合规定格式。请运行核验，并从备份恢复。"
        case .noteMalformed: "这段文字不是检查点。请原样粘贴打印或另存的检查点，包括空行和签名行。"
        case .keyMalformed: "这段文字不是检查点公钥。请使用“名称+摘要+base64”格式的公钥。"
        case .noteUnsigned: "检查点上没有本系统的签名。请核对公钥和检查点是否属于同一系统。"
        case .noteForged: "检查点上的签名是假的，或者检查点被改动过。请查明其来源。"
        case .outOfRange: "存证中没有这个位置。请核对编号。"
        case .treeDamaged: "存证的树表互相不符。请运行核验，并从备份恢复。"
        case .inconsistent(let size): "存证与大小为 \(size) 的检查点不相接，拒绝签署新的检查点。请运行核验。"
        case .checkpointsMissing(let found, let signed):
            "曾签署 \(signed) 个检查点，现在只到第 \(found) 个，拒绝签署新的检查点。请运行核验。"
        case .boundaryTaken:
            "主密钥载明本库的记录均有封条，库中却不见分界和任何封条：有人按旧版格式改写了整个存证。不再划定分界；请停止服务，保全数据库，用备份和另存的检查点查明。"
        case .shrunk(let seen, let found):
            "本服务见过的存证有 \(seen) 条，现在的存证有 \(found) 条而不与之相接：有人换回了旧库或截去了末尾。拒绝签署新的检查点；请保全数据库，用另存的检查点核验。"
        }
    }

    package var en: String {
        switch self {
        case .malformed: "These bytes are no ledger entry in its prescribed form. Run the verification and restore from a backup."
        case .noteMalformed:
            "This text is no checkpoint. Paste the printed or kept checkpoint as it is, with its empty line and its signature lines."
        case .keyMalformed: "This text is no checkpoint key. Use the public key in the form name+hash+base64."
        case .noteUnsigned: "The checkpoint is not signed by this system. Check that the key and the checkpoint belong together."
        case .noteForged: "The signature on the checkpoint is false or the checkpoint was altered. Find out where it came from."
        case .outOfRange: "The ledger has no such position. Check the number."
        case .treeDamaged: "The tables of the ledger's tree do not fit together. Run the verification and restore from a backup."
        case .inconsistent(let size):
            "The ledger does not continue the checkpoint of size \(size), so no new checkpoint is signed. Run the verification."
        case .checkpointsMissing(let found, let signed):
            "\(signed) checkpoints were signed and they go no further than number \(found), so no new one is signed. Run the verification."
        case .boundaryTaken:
            """
            The master key says that this ledger's entries are sealed, and neither the boundary nor any seal is there: all of it was \
            rewritten in the earlier form. No new boundary is drawn. Stop the server, keep the database as it is, and compare it with a \
            backup and with checkpoints kept elsewhere.
            """
        case .shrunk(let seen, let found):
            """
            This server has seen a ledger of \(seen) entries, and the present one of \(found) does not continue it: an older database was \
            put back or the end cut off. No checkpoint is signed. Keep the database as it is and verify it against a checkpoint kept \
            elsewhere.
            """
        }
    }
}
