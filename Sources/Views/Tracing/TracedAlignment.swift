/// For each piece of a translation, the source piece that got most attention.
struct TracedAlignment {
  /// The columns of a table of translations that it is read from.
  static let columns = ["source-pieces", "hypothesis-pieces", "piece-scores", "alignment"]

  private let pairs: [(piece: String, source: String)]

  /// Nil when the fields are not those of a table of translations.
  init?(_ fields: [(name: String, text: String)]) {
    func words(_ name: String) -> [Substring]? {
      fields.first { $0.name == name }?.text.split(separator: " ")
    }
    guard let source = words("source-pieces"), let target = words("hypothesis-pieces"),
      let links = words("alignment")
    else { return nil }
    pairs = links.compactMap { link in
      let places = link.split(separator: "-").compactMap { Int($0) }
      guard places.count == 2, source.indices.contains(places[0]),
        target.indices.contains(places[1])
      else { return nil }
      return (String(target[places[1]]), String(source[places[0]]))
    }
  }

  /// `Ein ← A · Mann ← man`.
  var text: String { pairs.map { "\($0.piece) ← \($0.source)" }.joined(separator: " · ") }
}
