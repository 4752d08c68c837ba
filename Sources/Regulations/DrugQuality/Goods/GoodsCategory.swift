import Kernel

/// 药品类别: what a pack must carry hangs on it.
package enum GoodsCategory: String, Choosable {
    case unknown = "", medicine, decoction, herb, hospital

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .medicine: Words("药品制剂", "Medicine")
        case .decoction: Words("中药饮片", "Decoction pieces")
        case .herb: Words("中药材", "Herbs")
        case .hospital: Words("医疗机构制剂", "Hospital preparation")
        }
    }

    /// Herbs have neither batch nor maker.
    var hasBatch: Bool { self != .herb }
    /// Decoction pieces, herbs and hospital preparations carry no number of the state's.
    var hasApprovalNumber: Bool { self == .medicine }
}
