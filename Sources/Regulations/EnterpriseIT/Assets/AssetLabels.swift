import Kernel
import Print

/// 资产标签: the asset's number as a QR code or as bars, on sheets of A4 or on a tape, in whole dots of the printer.
package enum AssetLabels {
    package enum Sheet: String, CaseIterable, Sendable { case a4, tape }

    package static func label(number: String, name: String, place: String, kind: LabelSheet.Label.Kind) -> LabelSheet.Label {
        LabelSheet.Label(code: number, kind: kind, heading: name, lines: kind == .qr ? [number, place] : [place])
    }

    /// - Parameter skip: places of a sheet that was begun already.
    package static func pdf(
        _ assets: [ITAsset], on sheet: Sheet, kind: LabelSheet.Label.Kind, skip: Int = 0
    ) async throws -> [UInt8] {
        let labels = assets.map { label(number: $0.number, name: $0.what, place: $0.place, kind: kind) }
        let page = sheet == .a4 ? LabelSheet.a4x24 : LabelSheet.tape60x40
        return try await Press.shared.make { try page.pdf(labels, skip: sheet == .a4 ? skip : 0) }
    }
}
