import Artifacts
import Chains
import Datasets
import Diagnostics
import Digests
import Formats
import ModelKinds
import Reports
import Stages

/// The rows whose features point most nearly where those of a text do: the largest cosines first.
struct NearestRows: ArtifactView {
  private struct Row: Sendable {
    /// Counted from 0.
    let place: Int
    let line: String
    let cosine: Double
    /// Nil without labels.
    let label: String?
    let text: String
  }

  private let wanted: String
  private let rows: [Row]
  private let total: Int

  /// - Throws: when the encoder that made the features is not in the store.
  init(to text: String, in artifact: ShownArtifact) throws(Diagnostic) {
    let dataset = try Dataset(artifact.tensors())
    guard let features = dataset.features else { throw Diagnostic(.noFeatures) }
    let encoder = try Self.encoder(of: features, in: artifact.store)
    let vector = try encoder.vector(of: text)
    let cosines = try dataset.withFeatures { values in
      (0..<dataset.count).map { row in
        Self.cosine(
          vector.span, values.extracting(row * features.width..<(row + 1) * features.width))
      }
    }
    let places = cosines.indices.sorted { (cosines[$1], $0) < (cosines[$0], $1) }
      .prefix(artifact.selection.limit)
    let loaded = try artifact.origins?.texts(ofColumn: encoder.chain.column, rows: Array(places))
    var tokens = try TargetText(encoder.chain, model: artifact.output.port)
    var rows: [Row] = []
    for place in places {
      let known = loaded?[place]
      let number = try dataset.number(ofRow: place)
      let own = tokens.text(of: tokens.tokens(of: try dataset.ids(ofRow: place)))
      rows.append(
        Row(
          place: place, line: known?.place ?? "\(number)",
          cosine: cosines[place],
          label: dataset.labels.isEmpty ? nil : dataset.classNames[Int(dataset.labels[place])],
          text: known?.text ?? own))
    }
    self.rows = rows
    wanted = text
    total = dataset.count
  }

  private static func encoder(
    of features: RowFeatures, in store: ArtifactStore
  ) throws(Diagnostic) -> EncoderArtifact {
    guard let digest = Digest(hex: features.encoder[...]), try store.isIntact(digest) else {
      throw Diagnostic(.encoderGone)
    }
    return try EncoderArtifact(store.open(digest), named: "encoder", in: .standard)
  }

  /// 0 where one of them has no direction.
  private static func cosine(_ a: Span<Float>, _ b: Span<Float>) -> Double {
    var (product, first, second) = (0.0, 0.0, 0.0)
    for index in a.indices {
      let (x, y) = (Double(a[index]), Double(b[index]))
      product += x * y
      first += x * x
      second += y * y
    }
    return first > 0 && second > 0 ? product / (first * second).squareRoot() : 0
  }

  private var headline: String {
    "\(Spelling.count(rows.count)) of \(Spelling.count(total, "row")), nearest to '\(wanted.printable)'"
  }

  private var table: TextTable {
    let isLabelled = rows.contains { $0.label != nil }
    var table = TextTable(
      [.number("line"), .number("cosine")] + (isLabelled ? [.name("label")] : []) + [.text("text")])
    for row in rows {
      table.append(
        [row.line, Spelling.fixed(row.cosine, places: 4)]
          + (isLabelled ? [row.label?.printable ?? ""] : []) + [row.text.printable])
    }
    return table
  }

  func summary(width: Int) -> [String] { headline.wrapped(to: width) }

  func text(width: Int) -> [String] {
    headline.wrapped(to: width) + (rows.isEmpty ? [] : [""] + table.lines(width: width))
  }

  var tables: [ShownTable] { [ShownTable("nearest", table)] }

  var json: JSONValue {
    [
      "near": .string(wanted), "rows": .integer(total),
      "shown": .array(
        rows.map { row in
          [
            "row": .integer(row.place + 1), "line": .string(row.line),
            "cosine": .number(row.cosine), "label": row.label.map { .string($0) } ?? .null,
            "text": .string(row.text),
          ]
        }),
    ]
  }
}

extension Diagnostic.Message {
  fileprivate static let noFeatures = Self(
    "the rows have no features to compare", remedy: "name the output of an encode stage")

  fileprivate static let encoderGone = Self(
    "the encoder that made the features is no longer in the store",
    remedy: "name its stage's output encoder with `millrace show`, and it is made again")
}
