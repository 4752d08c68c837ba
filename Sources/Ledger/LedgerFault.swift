/// What verification found: one place where the ledger, or a document, is not what it was.
package enum LedgerFault: Sendable, Hashable {
    /// The entry at this position is not the one that got it.
    case entryAltered(position: Int64, id: Int64)
    /// The position is there, its entry is not.
    case entryMissing(position: Int64, id: Int64)
    /// The columns of the entry's row do not say what the entry says.
    case columnsDisagree(position: Int64, id: Int64)
    /// The entry is as it was; the hash kept beside it is not.
    case leafAltered(position: Int64, id: Int64)
    /// The program's key did not place these entries at these positions: they were put in, moved, or altered together with their hashes.
    /// `id` is the first of them.
    case leavesForged(first: Int64, last: Int64, id: Int64)
    /// Positions are missing, from this one on.
    case gap(position: Int64)
    /// Entry by entry it looks right, but the kept hash of these positions is another: they were rewritten together, or it was altered.
    /// A later checkpoint tells which: it disagrees too, or it does not.
    case rangeDisagrees(first: Int64, last: Int64)
    /// An entry that has no place in the tree and does not wait for one: put in behind the ledger's back, or its place was taken out.
    case entryUnplaced(id: Int64)
    /// An entry waits for its place since this moment (milliseconds since 1970): the sequencer stands still.
    case entryWaiting(id: Int64, since: Int64)
    /// An entry waits that gets no place, and why.
    case entryRefused(id: Int64, Objection)
    /// An entry waits, is as it should be, and is marked as refused: by somebody else.
    case entryHeldBack(id: Int64)
    /// So many entries of a run are gone that were on disk before this one was written: taken away before they had their places, or later.
    case entriesMissing(before: Int64, count: Int64)
    /// The kept head of the tree is not that of its leaves.
    case headAltered(size: Int64)
    /// The tree at this checkpoint's size has another root.
    case checkpointWrong(size: Int64)
    /// The checkpoint cannot be read, or its signature is missing or false.
    case checkpointSignature(size: Int64)
    /// Checkpoints of these numbers were signed, and are gone.
    case checkpointsMissing(first: Int64, last: Int64)
    /// The checkpoint's row, though the signature may hold, is not the one that the program wrote.
    case checkpointForged(size: Int64)
    /// There are entries and no checkpoint was signed over them.
    case noCheckpoints
    /// The checkpoints of the earlier program are not those that the boundary closed.
    case earlierCheckpointsAltered(count: Int64)
    /// The entries of the earlier program are not those that the boundary closed.
    case earlierEntriesAltered(size: Int64)
    /// The boundary between entries of the earlier program and keyed ones was altered or taken away.
    case boundaryAltered
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
    /// A row of another table is not what the ledger or the documents make of it.
    case row(RowName, RowFault)

    package var zh: String {
        switch self {
        case .entryAltered(let position, let id): "存证第 \(position) 位的记录 \(id) 被改动过。"
        case .entryMissing(let position, let id): "存证第 \(position) 位的记录 \(id) 被删除。"
        case .columnsDisagree(let position, let id): "存证第 \(position) 位的记录 \(id) 的列与其正文不符，被改动过。"
        case .leafAltered(let position, let id): "存证第 \(position) 位的摘要被改动过；记录 \(id) 本身完好。"
        case .leavesForged(let first, let last, let id):
            first == last
                ? "存证第 \(first) 位的记录 \(id) 不是由本系统编入的：它是插入的、挪动过的，或者连同摘要被改写。"
                : "存证第 \(first) 位（记录 \(id)）至第 \(last) 位不是由本系统这样编入的：从该处起有记录被抽走、插入，或者连同摘要被改写。"
        case .gap(let position): "存证从第 \(position) 位起缺失。"
        case .rangeDisagrees(let first, let last): "存证第 \(first) 至 \(last) 位与其汇总摘要不符：这些记录被整体改写，或者汇总摘要被改动。"
        case .entryUnplaced(let id): "记录 \(id) 不在存证之中，也不在等待编入：它是绕过系统插入的，或者它的位置被删除。"
        case .entryWaiting(let id, _): "记录 \(id) 等待编入存证过久。请检查定时任务是否在运行。"
        case .entryRefused(let id, let objection): "等待编入存证的记录 \(id) 不予编入：\(objection.zh)。"
        case .entryHeldBack(let id): "等待编入存证的记录 \(id) 完好，却被人标记为不予编入。"
        case .entriesMissing(let id, let count):
            "缺少 \(count) 条记录：它们由写入记录 \(id) 的同一次运行在此之前写入，后来被删除。"
        case .headAltered(let size): "存证的树头（大小 \(size)）与其记录不符，被改动过。"
        case .checkpointWrong(let size): "存证与大小为 \(size) 的检查点不符：在此之前的记录被改写过。"
        case .checkpointSignature(let size): "大小为 \(size) 的检查点没有有效签名，被改动过。"
        case .checkpointsMissing(let first, let last):
            first == last ? "第 \(first) 个检查点被删除。" : "第 \(first) 至 \(last) 个检查点被删除。"
        case .checkpointForged(let size): "大小为 \(size) 的检查点不是由本系统写入的，或者其序号、时间被改动过。"
        case .noCheckpoints: "没有任何检查点：检查点被全部删除，或者定时任务没有运行。"
        case .earlierCheckpointsAltered(let count): "旧版程序签署的 \(count) 个检查点有改动、增添或缺失。"
        case .earlierEntriesAltered(let size): "旧版程序写入的前 \(size) 条记录与升级时封存的不符，被改写过。"
        case .boundaryAltered:
            "新旧存证的分界被改动或删除，旧版记录因此无从核对。请停止服务，保全数据库；从升级之后的备份中取回 ledger_boundary 表的那一行，再用另存的检查点校验（见 OPERATIONS）。"
        case .shortened(let expected, let found): "存证被截短：检查点证明曾有 \(expected) 条，现在只有 \(found) 条。"
        case .rewritten(let size): "存证的历史被改写：前 \(size) 条与外部保存的检查点不符。"
        case .foreignCheckpoint(let size): "所给的检查点（大小 \(size)）不是由本系统签署的，或者被改动过。"
        case .documentAltered(let id, let version): "文书 \(id) 与其最后一条记录（版本 \(version)）不符，被绕过系统改动过。"
        case .documentMissing(let id): "文书 \(id) 有记录而不存在，被绕过系统删除。"
        case .documentUnrecorded(let id): "文书 \(id) 没有任何记录，是绕过系统插入的。"
        case .documentReturned(let id): "文书 \(id) 已按规定销毁，现在却又存在。"
        case .row(let name, let fault): "\(name.zh)：\(fault.zh)"
        }
    }

    package var en: String {
        switch self {
        case .entryAltered(let position, let id): "Entry \(id) at position \(position) was altered."
        case .entryMissing(let position, let id): "Entry \(id) at position \(position) was deleted."
        case .columnsDisagree(let position, let id): "The columns of entry \(id) at position \(position) disagree with its body: altered."
        case .leafAltered(let position, let id): "The hash at position \(position) was altered; entry \(id) itself is intact."
        case .leavesForged(let first, let last, let id):
            first == last
                ? "This system did not place entry \(id) at position \(first): it was put in, moved, or rewritten with its hash."
                : "This system did not place positions \(first) (entry \(id)) to \(last) so: entries were taken out, put in or rewritten there."
        case .gap(let position): "The ledger has a gap from position \(position) on."
        case .rangeDisagrees(let first, let last):
            "Positions \(first) to \(last) disagree with the hash kept over them: they were rewritten together, or it was altered."
        case .entryUnplaced(let id):
            "Entry \(id) has no place in the ledger and does not wait for one: it was put in from outside, or its place was deleted."
        case .entryWaiting(let id, _): "Entry \(id) has waited too long for its place. Check that the scheduled jobs are running."
        case .entryRefused(let id, let objection): "Entry \(id) waits and gets no place: \(objection.en)."
        case .entryHeldBack(let id): "Entry \(id) waits and is intact, and somebody marked it as refused."
        case .entriesMissing(let id, let count):
            "\(count) \(count == 1 ? "entry is" : "entries are") missing that the run of entry \(id) wrote before it: deleted since."
        case .headAltered(let size): "The kept head of the tree (size \(size)) is not that of its entries: altered."
        case .checkpointWrong(let size): "The ledger is not what the checkpoint of size \(size) signed: an entry before it was rewritten."
        case .checkpointSignature(let size): "The checkpoint of size \(size) has no valid signature: altered."
        case .checkpointsMissing(let first, let last):
            first == last ? "Checkpoint number \(first) was deleted." : "Checkpoints number \(first) to \(last) were deleted."
        case .checkpointForged(let size):
            "This system did not write the checkpoint of size \(size) as it stands, or its number or moment was altered."
        case .noCheckpoints: "There are no checkpoints: all were deleted, or the scheduled jobs do not run."
        case .earlierCheckpointsAltered(let count):
            "The \(count) checkpoints that an earlier program signed were altered, added to, or deleted."
        case .earlierEntriesAltered(let size):
            "The first \(size) entries, of an earlier program, are not those sealed at the upgrade: they were rewritten."
        case .boundaryAltered:
            """
            The boundary between entries of an earlier program and keyed ones was altered or deleted, so the earlier ones cannot be \
            checked. Stop the server and keep the database as it is; put the row of ledger_boundary back from a backup made since the \
            upgrade, and verify against checkpoints kept elsewhere (see OPERATIONS).
            """
        case .shortened(let expected, let found):
            "The ledger was cut short: a checkpoint proves \(expected) entries, and there are \(found)."
        case .rewritten(let size): "History was rewritten: the first \(size) entries are not those of the checkpoint kept elsewhere."
        case .foreignCheckpoint(let size): "The given checkpoint (size \(size)) was not signed by this system, or was altered."
        case .documentAltered(let id, let version):
            "Document \(id) is not what its last entry says (version \(version)): it was changed behind the system's back."
        case .documentMissing(let id): "Document \(id) has entries and does not exist: it was deleted behind the system's back."
        case .documentUnrecorded(let id): "Document \(id) has no entry: it was put in behind the system's back."
        case .documentReturned(let id): "Document \(id) was destroyed as prescribed, and exists again."
        case .row(let name, let fault): "\(name.en) \(fault.en)"
        }
    }
}
