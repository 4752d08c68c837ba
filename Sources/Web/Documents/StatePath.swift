import Kernel

/// The way that documents of a type go from their first state to the last, and how far this one has come.
struct StatePath {
    private let type: DocumentType
    private let state: String
    let stations: [String]

    /// Documents that only change between states, as customers do, are on no way.
    private var hasRoad: Bool {
        type.steps.contains { !$0.creates && !$0.isOptional } || stations.count == type.states.count { $0.tone != .no }
    }

    /// - Parameter bypassed: the names of the steps that are not on the document's way.
    init(type: DocumentType, state: String, bypassed: Set<String> = []) {
        (self.type, self.state) = (type, state)
        stations = StatePath.stations(of: type, through: state, bypassed)
    }

    init(of view: DocumentView, _ type: DocumentType) { self.init(type: type, state: view.row.state, bypassed: view.bypassed) }

    /// Follows the first step of each state that leads on; a state off that road stands where it left or joins it. Where nothing has to
    /// follow and several things can, there is no road.
    private static func stations(of type: DocumentType, through state: String, _ bypassed: Set<String>) -> [String] {
        var stations: [String] = []
        var next = type.steps.first { $0.creates }?.to
        while let station = next, !stations.contains(station) {
            stations.append(station)
            let onward = type.steps(from: station).filter { step in
                guard let to = step.to, !stations.contains(to), !bypassed.contains(step.name) else { return false }
                return type.state(to)?.tone != .no
            }
            let isOne = Set(onward.compactMap(\.to)).count == 1
            next = (onward.first { !$0.isOptional } ?? (isOne ? onward.first : nil))?.to
        }
        if !stations.contains(state) {
            // What comes after the point where it left the road was never reached.
            if let left = stations.firstIndex(where: { station in type.steps(from: station).contains { $0.to == state } }) {
                stations.removeSubrange((left + 1)...)
                stations.append(state)
            } else {
                // A draft was never on the road, and joins it where its first step leads.
                let onward = type.steps(from: state).compactMap(\.to)
                stations.insert(state, at: stations.firstIndex(where: onward.contains) ?? stations.endIndex)
            }
        }
        return stations
    }

    func html(_ l: Language) -> HTML {
        if stations.count < 2 || !hasRoad { return "" }
        let here = stations.firstIndex(of: state) ?? 0
        let items = stations.enumerated().map { index, station -> HTML in
            let words = StateName(station, of: type).words[l]
            return "<li\(" class=\"was\"", if: index < here)\(" aria-current=\"step\"", if: index == here)>\(words)</li>"
        }
        return "<section class=\"sheet\"><ol class=\"way\" aria-label=\"\(l("办理进度", "Progress"))\" tabindex=\"0\">\(items)</ol></section>"
    }
}
