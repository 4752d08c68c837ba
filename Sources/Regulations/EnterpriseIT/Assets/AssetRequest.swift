import Kernel

/// 设备申请: a unit asks, the centre allocates by need or refuses with a reason (第二章8).
package struct AssetRequest: Document {
    package enum State: String, CaseIterable, Sendable { case requested, allocated, done, refused }
    package var what = "", need = "", reason = "", place = ""
    package var asset = ID<ITAsset>.none
    package var receiver = PersonID.none
    package init() {}

    package static let name = "asset-request"
    package var title: String { what }

    package static let form = Form<AssetRequest>(
        "设备申请", "Request for equipment", number: "设备申请",
        states: [
            .requested: .open("待分配", "Requested"), .allocated: .open("已分配，待签收", "Allocated"), .done: .done("已领用", "Received"),
            .refused: .no("不予分配", "Refused"),
        ],
        readers: [.centre, .head],
        [
            .text(\.what, "所需设备", "What").code().listed(), .prose(\.need, "工作需要", "Need"), .text(\.place, "使用地点", "Place").code(),
            .person(\.receiver, "使用人", "For whom").optional().listed(), .reference(\.asset, "分配的资产", "Asset").onceFilled(),
            .text(\.reason, "不予分配的理由", "Why not").onceFilled(),
        ])

    package static let request = Step<AssetRequest>(
        "request", "申请设备", "Ask", to: .requested, by: .staff, under: enterpriseIT["第二章8"], fields: [\.what, \.need, \.place]
    ) { request, act in request.receiver = act.person }
    package static let allocate = Step<AssetRequest>(
        "allocate", "分配", "Allocate", from: .requested, to: .allocated, by: .either(.assetStaff, centreDirector), notBy: request,
        under: enterpriseIT["第二章8"], fields: [\.asset]
    ) { request, act in
        var move = AssetMove()
        (move.kind, move.asset, move.receiver) = (.allocate, request.asset, request.receiver)
        (move.toPlace, move.reason, move.request) = (request.place, request.need, ID(act.record.id))
        try act.create(move, by: AssetMove.orderByRequest)
    }
    package static let close = Step<AssetRequest>(
        "close", "已领用", "Received", from: .allocated, to: .done, by: .system, under: enterpriseIT["第二章8"], isOptional: true)
    package static let refuse = Step<AssetRequest>(
        "refuse", "不予分配", "Refuse", from: .requested, to: .refused, by: .either(.assetStaff, centreDirector),
        under: enterpriseIT["第二章8"], fields: [\.reason], isOptional: true)
    package static let steps = [request, allocate, close, refuse]
}
