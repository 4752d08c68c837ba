import Glibc

/// What the operating system answered when a file could not be used.
package struct SystemCause: Equatable, Sendable {
    /// The system's own number (`errno`).
    package let number: Int32

    package init(_ number: Int32) { self.number = number }

    static var latest: SystemCause { SystemCause(errno) }

    package var zh: String {
        switch number {
        case ENOENT: "文件或文件夹不存在"
        case EACCES, EPERM: "没有权限"
        case EISDIR: "这是文件夹，不是文件"
        case ENOSPC, EDQUOT: "磁盘已满"
        case EROFS: "磁盘只读"
        case EPIPE: "接收方已经关闭"
        case EFBIG: "超过系统允许的文件大小"
        default: "系统错误 \(number)"
        }
    }

    package var en: String { String(cString: strerror(number)) }
}
