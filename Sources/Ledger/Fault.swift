/// What verification found: one place where the ledger, or a document, is not what it was.
package enum Fault: Sendable, Hashable {
    /// The entry at this position is not the one that got it.
    case entryAltered(position: Int64, id: Int64)
    /// The position is there, its entry is not.
    case entryMissing(position: Int64, id: Int64)
    /// The columns of the entry's row do not say what the entry says.
    case columnsDisagree(position: Int64, id: Int64)
    /// The entry is as it was; the hash kept beside it is not.
    case leafAltered(position: Int64, id: Int64)
    /// Positions are missing, from this one on.
    case gap(position: Int64)
    /// Entry by entry it looks right, but the kept hash of these positions is another: they were rewritten together, or it was altered.
    /// A later checkpoint tells which: it disagrees too, or it does not.
    case rangeDisagrees(first: Int64, last: Int64)
    /// An entry that has no place in the tree and does not wait for one: put in behind the ledger's back, or its place was taken out.
    case entryUnplaced(id: Int64)
    /// An entry waits for its place since this moment (milliseconds since 1970): the sequencer stands still.
    case entryWaiting(id: Int64, since: Int64)
    /// An entry that waited for its place is gone.
    case waitingMissing(id: Int64)
    /// The kept head of the tree is not that of its leaves.
    case headAltered(size: Int64)
    /// The tree at this checkpoint's size has another root.
    case checkpointWrong(size: Int64)
    /// The checkpoint cannot be read, or its signature is missing or false.
    case checkpointSignature(size: Int64)
    /// A checkpoint says that the ledger was longer than it is.
    case shortened(expected: Int64, found: Int64)
    /// The ledger is not the one that a checkpoint kept elsewhere saw at this size.
    case rewritten(size: Int64)
    /// A checkpoint kept elsewhere is not signed by this ledger's key.
    case foreignCheckpoint(size: Int64)
    /// The document is not what its last entry says; `version` is the one that the entry names.
    case documentAltered(id: Int64, version: Int64)
    /// The last entry about the document says that it exists, and it does not.
    case documentMissing(id: Int64)
    /// The document exists and no entry says so.
    case documentUnrecorded(id: Int64)
    /// The document exists though an entry says that it was destroyed.
    case documentReturned(id: Int64)

    package var zh: String {
        switch self {
        case .entryAltered(let position, let id): "存证第 \(position) 位的记录 \(id) 被改动过。"
        case .entryMissing(let position, let id): "存证第 \(position) 位的记录 \(id) 被删除。"
        case .columnsDisagree(let position, let id): "存证第 \(position) 位的记录 \(id) 的列与其正文不符，被改动过。"
        case .leafAltered(let position, let id): "存证第 \(position) 位的摘要被改动过；记录 \(id) 本身完好。"
        case .gap(let position): "存证从第 \(position) 位起缺失。"
        case .rangeDisagrees(let first, let last): "存证第 \(first) 至 \(last) 位与其汇总摘要不符：这些记录被整体改写，或者汇总摘要被改动。"
        case .entryUnplaced(let id): "记录 \(id) 不在存证之中，也不在等待编入：它是绕过系统插入的，或者它的位置被删除。"
        case .entryWaiting(let id, _): "记录 \(id) 等待编入存证过久。请检查定时任务是否在运行。"
        case .waitingMissing(let id): "等待编入存证的记录 \(id) 被删除。"
        case .headAltered(let size): "存证的树头（大小 \(size)）与其记录不符，被改动过。"
        case .checkpointWrong(let size): "存证与大小为 \(size) 的检查点不符：在此之前的记录被改写过。"
        case .checkpointSignature(let size): "大小为 \(size) 的检查点没有有效签名，被改动过。"
        case .shortened(let expected, let found): "存证被截短：检查点证明曾有 \(expected) 条，现在只有 \(found) 条。"
        case .rewritten(let size): "存证的历史被改写：前 \(size) 条与外部保存的检查点不符。"
        case .foreignCheckpoint(let size): "所给的检查点（大小 \(size)）不是由本系统签署的，或者被改动过。"
        case .documentAltered(let id, let version): "文书 \(id) 与其最后一条记录（版本 \(version)）不符，被绕过系统改动过。"
        case .documentMissing(let id): "文书 \(id) 有记录而不存在，被绕过系统删除。"
        case .documentUnrecorded(let id): "文书 \(id) 没有任何记录，是绕过系统插入的。"
        case .documentReturned(let id): "文书 \(id) 已按规定销毁，现在却又存在。"
        }
    }

    package var en: String {
        switch self {
        case .entryAltered(let position, let id): "Entry \(id) at position \(position) was altered."
        case .entryMissing(let position, let id): "Entry \(id) at position \(position) was deleted."
        case .columnsDisagree(let position, let id): "The columns of entry \(id) at position \(position) disagree with its body: altered."
        case .leafAltered(let position, let id): "The hash at position \(position) was altered; entry \(id) itself is intact."
        case .gap(let position): "The ledger has a gap from position \(position) on."
        case .rangeDisagrees(let first, let last):
            "Positions \(first) to \(last) disagree with the hash kept over them: they were rewritten together, or it was altered."
        case .entryUnplaced(let id):
            "Entry \(id) has no place in the ledger and does not wait for one: it was put in from outside, or its place was deleted."
        case .entryWaiting(let id, _): "Entry \(id) has waited too long for its place. Check that the scheduled jobs are running."
        case .waitingMissing(let id): "Entry \(id), which waited for its place, was deleted."
        case .headAltered(let size): "The kept head of the tree (size \(size)) is not that of its entries: altered."
        case .checkpointWrong(let size): "The ledger is not what the checkpoint of size \(size) signed: an entry before it was rewritten."
        case .checkpointSignature(let size): "The checkpoint of size \(size) has no valid signature: altered."
        case .shortened(let expected, let found):
            "The ledger was cut short: a checkpoint proves \(expected) entries, and there are \(found)."
        case .rewritten(let size): "History was rewritten: the first \(size) entries are not those of the checkpoint kept elsewhere."
        case .foreignCheckpoint(let size): "The given checkpoint (size \(size)) was not signed by this system, or was altered."
        case .documentAltered(let id, let version):
            "Document \(id) is not what its last entry says (version \(version)): it was changed behind the system's back."
        case .documentMissing(let id): "Document \(id) has entries and does not exist: it was deleted behind the system's back."
        case .documentUnrecorded(let id): "Document \(id) has no entry: it was put in behind the system's back."
        case .documentReturned(let id): "Document \(id) was destroyed as prescribed, and exists again."
        }
    }
}
