/// Room for the fields of one row, as many as the limits allow columns: where each stands, and what a spreadsheet did to it.
struct FieldRoom: ~Copyable {
    let spans: UnsafeMutablePointer<FieldSpan>
    let damages: UnsafeMutablePointer<UInt8>

    init(_ limits: TableLimits) {
        spans = .allocate(capacity: max(limits.columns, 1))
        damages = .allocate(capacity: max(limits.columns, 1))
    }

    deinit {
        spans.deallocate()
        damages.deallocate()
    }
}
