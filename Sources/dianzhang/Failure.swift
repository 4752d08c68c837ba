import ArgumentParser
import Copies
import Kernel
import Ledger
import Tables
import Store
import Vault
import Witnessing

/// What a command answers when it cannot do what was asked: a sentence in both languages and an exit code.
/// 2: a file cannot be read; 3: refused or forbidden; 4: the database or its key.
enum Failure {
    static func run(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as PaperError {
            throw told("\(error.zh)\n\(error.en)", 2)
        } catch let refusal as Refusal {
            throw told("\(refusal.article?.ref ?? "") \(refusal.words.zh)\n\(refusal.words.en)", 3)
        } catch let error as DeskError {
            throw told(words(error), 3)
        } catch let error as NoDatabase {
            throw told(
                "没有数据库 \(error.path)：请核对 --database；首次使用请先运行 dianzhang serve\n"
                    + "There is no database at \(error.path): check --database; dianzhang serve makes a new one", 4)
        } catch let error as StoreError {
            let words = words(error)
            throw told("\(words.zh)\n\(words.en)", 4)
        } catch let error as VaultError {
            throw told("\(error.zh)\n\(error.en)", 4)
        } catch let error as CopyError {
            throw told("\(error.zh)\n\(error.en)", 4)
        } catch let error as LedgerError {
            throw told("\(error.zh)\n\(error.en)", 4)
        } catch let error as WitnessError {
            throw told("\(error.zh)\n\(error.en)", 3)
        } catch let error as TimeStampError {
            throw told("\(error.zh)\n\(error.en)", 3)
        } catch let fault as PlaceFault {
            throw told("\(fault.words.zh)\n\(fault.words.en)", 3)
        }
    }

    private static func told(_ words: String, _ code: Int32) -> ExitCode {
        Terminal.say(words)
        return ExitCode(code)
    }

    private static func words(_ error: DeskError) -> String {
        switch error {
        case .invalid(let faults): faults.map { "\($0.words.zh)\n\($0.words.en)" }.joined(separator: "\n")
        case .forbidden(let words), .conflict(let words): "\(words.zh)\n\(words.en)"
        case .absent: "没有找到\nNot found"
        }
    }

    /// What the database said, without its statement.
    private static func brief(_ detail: String) -> String { String((detail.split(whereSeparator: \.isNewline).first ?? "").prefix(160)) }

    /// What is said of a database that does not do what it should.
    static func words(_ error: StoreError) -> Words {
        switch error {
        case .diskFull: Words("磁盘已满：清理空间后重试，未确认的内容没有写入", "The disk is full: make room and run it again; nothing unconfirmed was written")
        case .gone(let detail):
            Words(
                "数据库无法连接（\(brief(detail))）：请检查地址、网络和权限",
                "The database cannot be reached (\(brief(detail))): check address, network and rights")
        case .unknown(let detail):
            Words(
                "提交时与数据库的连接中断（\(brief(detail))），不能确定是否已办理：请查看后再决定是否重试",
                "The connection was lost during the commit (\(brief(detail))); it may stand or not: look before you run it again")
        case .older(let found, let known):
            Words(
                "数据库版本 \(found) 比本程序（\(known)）旧，而本命令不改动数据库：请先用本程序启动服务（dianzhang serve）完成升级，或用建库的程序运行本命令",
                "The database is at form \(found), this program knows \(known), and this command changes nothing: start this program's server "
                    + "(dianzhang serve), which brings it up, or use the program that made the database")
        case .newer(let found, let known):
            Words(
                "数据库版本 \(found) 比本程序（\(known)）新：请使用新版程序",
                "The database is at form \(found), this program knows \(known): use a newer program")
        case .altered(let name):
            Words(
                "数据库的迁移 \(name) 与本程序不一致：请换用建库的程序",
                "Migration \(name) differs from this program's: use the program that made the database")
        case .overloaded: Words("请求过多，请稍后重试", "Too much is waiting; try again in a moment")
        case .constraint(let name): Words("数据不符合约束 \(name)", "The data breaks the constraint \(name)")
        case .unstorable(let detail): Words("内容无法保存：\(detail)", "Cannot be stored: \(detail)")
        case .broken(let detail):
            Words(
                "数据库出错（\(brief(detail))）：请用 verify 核对，必要时恢复备份",
                "The database failed (\(brief(detail))): prove it with verify, and restore a backup where it is damaged")
        }
    }
}

/// Only the product's first start makes a database.
struct NoDatabase: Error {
    let path: String
}
