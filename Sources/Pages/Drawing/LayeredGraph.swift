/// A graph without circles drawn from top to bottom: each node in a layer below all it comes from.
///
/// After Sugiyama, Tagawa and Toda (1981): layers by longest path, long edges cut at each layer they
/// pass, the order in a layer by the mean place of neighbours, and places that lie as near to the
/// neighbours' as order and distances allow. Equal graphs give equal drawings.
struct LayeredGraph {
  /// One place of a layer: a node, or a point where an edge crosses the layer.
  private struct Spot {
    let layer: Int
    let halfWidth: Double
    var center = 0.0
    var above: [Int] = []
    var below: [Int] = []
  }

  private static let rounds = 12

  private var spots: [Spot]
  private var layers: [[Int]] = []
  /// The spots each edge passes, both ends included.
  private var paths: [[Int]] = []
  private let gap: Double

  /// - Parameters:
  ///   - widths: of the nodes, which are numbered so that every edge leads to a larger number.
  ///   - gap: between neighbours in a layer.
  init(widths: [Double], edges: [(from: Int, to: Int)], gap: Double) {
    self.gap = gap
    var depth = [Int](repeating: 0, count: widths.count)
    for edge in edges.sorted(by: { $0.to < $1.to }) {
      precondition(edge.from < edge.to, "an edge from \(edge.from) to \(edge.to)")
      depth[edge.to] = max(depth[edge.to], depth[edge.from] + 1)
    }
    spots = widths.indices.map { Spot(layer: depth[$0], halfWidth: widths[$0] / 2) }
    for edge in edges { add(edge) }
    layers = Array(repeating: [], count: (depth.max() ?? -1) + 1)
    for spot in spots.indices { layers[spots[spot].layer].append(spot) }
    order()
    place()
  }

  private mutating func add(_ edge: (from: Int, to: Int)) {
    var path = [edge.from]
    for layer in spots[edge.from].layer + 1..<spots[edge.to].layer {
      spots.append(Spot(layer: layer, halfWidth: gap / 4))
      path.append(spots.count - 1)
    }
    path.append(edge.to)
    for (upper, lower) in zip(path, path.dropFirst()) {
      spots[upper].below.append(lower)
      spots[lower].above.append(upper)
    }
    paths.append(path)
  }

  /// Sorts each layer by the mean place of neighbours, downwards and upwards in turn.
  private mutating func order() {
    var positions = [Double](repeating: 0, count: spots.count)
    func number(_ layer: [Int]) {
      for (position, spot) in layer.enumerated() { positions[spot] = Double(position) }
    }
    for layer in layers { number(layer) }
    for round in 0..<Self.rounds {
      let isDown = round % 2 == 0
      for index in isDown ? Array(layers.indices) : layers.indices.reversed() {
        let ranks = layers[index].map { spot in
          let neighbours = isDown ? spots[spot].above : spots[spot].below
          let sum = neighbours.reduce(0) { $0 + positions[$1] }
          return neighbours.isEmpty ? positions[spot] : sum / Double(neighbours.count)
        }
        let order = layers[index].indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
        layers[index] = order.map { layers[index][$0] }
        number(layers[index])
      }
    }
  }

  /// Moves each layer as near to its neighbours as it can be, downwards and upwards in turn.
  private mutating func place() {
    for layer in layers { settle(layer, at: layer.map { spots[$0].center }) }
    for round in 0..<Self.rounds {
      for layer in round % 2 == 0 ? layers : layers.reversed() {
        let wanted = layer.map { spot in
          let neighbours = spots[spot].above + spots[spot].below
          let sum = neighbours.reduce(0) { $0 + spots[$1].center }
          return neighbours.isEmpty ? spots[spot].center : sum / Double(neighbours.count)
        }
        settle(layer, at: wanted)
      }
    }
    let left = spots.map { $0.center - $0.halfWidth }.min() ?? 0
    for spot in spots.indices { spots[spot].center -= left }
  }

  /// Moves the spots of a layer to least-squares positions near the wanted ones.
  ///
  /// Spots keep their order and distances. Neighbours that would violate them are pooled into a block
  /// at the mean of their wanted positions (the pool-adjacent-violators algorithm).
  private mutating func settle(_ layer: [Int], at wanted: [Double]) {
    var room = 0.0
    var rooms: [Double] = []
    var blocks: [(sum: Double, count: Int)] = []
    for (place, spot) in layer.enumerated() {
      if place > 0 { room += spots[layer[place - 1]].halfWidth + gap + spots[spot].halfWidth }
      rooms.append(room)
      blocks.append((wanted[place] - room, 1))
      while let last = blocks.last, blocks.count > 1 {
        let before = blocks[blocks.count - 2]
        guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let centers = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    for (place, spot) in layer.enumerated() { spots[spot].center = centers[place] + rooms[place] }
  }

  var layerCount: Int { layers.count }

  var width: Double { spots.map { $0.center + $0.halfWidth }.max() ?? 0 }

  /// The layer of a node, counted from the top, and the middle of its place in it.
  func place(of node: Int) -> (layer: Int, center: Double) {
    (spots[node].layer, spots[node].center)
  }

  /// The places at which an edge crosses the layers, in their order.
  func path(of edge: Int) -> [(layer: Int, center: Double)] { paths[edge].map(place) }
}
