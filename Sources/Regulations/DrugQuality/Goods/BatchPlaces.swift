import Kernel
import WorkCalendar

package enum StockKind: String, Choosable {
    case stock, reserved, transit, apart

    package var words: Words {
        switch self {
        case .stock: Words("在库", "In stock")
        case .reserved: Words("已拣货、预留", "Picked or reserved")
        case .transit: Words("在途", "In transit")
        case .apart: Words("隔离", "Set apart")
        }
    }
}

/// Where stopped goods may still go.
package enum Destination: String, Choosable {
    case none = "", unfit, supplier, destruction

    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .unfit: Words("不合格区", "Unfit zone")
        case .supplier: Words("退供货单位", "Back to the supplier")
        case .destruction: Words("监督销毁", "Destruction under supervision")
        }
    }
}

package struct StockPlace: Line {
    package var place = ""
    package var kind = StockKind.stock
    package var quantity = 0
    package init() {}

    package static let fields: [Field<StockPlace>] = [
        .text(\.place, "地点", "Place").code(), .choice(\.kind, "状态", "Kind"), .whole(\.quantity, "数量", "Quantity", in: 0...100_000_000),
    ]
}

package struct BatchSale: Line {
    package var day: Day?
    package var buyer = ""
    package var quantity = 0
    package var toldAt: Moment?
    package init() {}

    package static let fields: [Field<BatchSale>] = [
        .day(\.day, "日期", "Day"), .text(\.buyer, "购货单位", "Buyer").code(), .whole(\.quantity, "数量", "Quantity", in: 0...100_000_000),
        .moment(\.toldAt, "通知时间", "Told").optional(),
    ]
}
