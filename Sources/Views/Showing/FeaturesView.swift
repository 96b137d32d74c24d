import Artifacts
import Chains
import Datasets
import Diagnostics
import Formats
import Reports
import Stages

/// Features of rows: how long they are, and how well they keep the classes apart.
struct FeaturesView: ArtifactView {
  /// What the features say of one class.
  private struct Class: Sendable {
    let name: String
    let rowCount: Int
    /// The mean cosine of its rows with the mean of its features.
    let own: Double
    /// The other class whose mean its rows are nearest to.
    let rival: (name: String, cosine: Double)?
  }

  private let rowCount: Int
  private let features: RowFeatures
  private let lengths: (least: Double, mean: Double, most: Double)
  private let classes: [Class]

  init(_ artifact: ShownArtifact) throws(Diagnostic) {
    let dataset = try Dataset(artifact.tensors())
    guard let features = dataset.features else {
      throw Diagnostic(.noFeatures(artifact.output.port))
    }
    self.features = features
    rowCount = dataset.count
    let directions = try dataset.withFeatures { values in
      FeatureDirections(values, width: features.width)
    }
    lengths = directions.lengths
    let cosines = directions.cosines(
      withMeansOf: dataset.labels, classCount: dataset.classNames.count)
    classes = dataset.classNames.enumerated().map { label, name in
      let others = cosines[label].enumerated().filter { $0.offset != label && !$0.element.isNaN }
      return Class(
        name: name, rowCount: dataset.classCounts[label], own: cosines[label][label],
        rival: others.max { $0.element < $1.element }.map {
          (dataset.classNames[$0.offset], $0.element)
        })
    }
  }

  private var headline: String {
    "\(Spelling.count(rowCount, "row")), \(Spelling.count(features.width, "feature")) each,"
      + " by the encoder \(features.encoder.prefix(12))"
  }

  private var lengthLine: String {
    let values = [lengths.least, lengths.mean, lengths.most].map { Spelling.fixed($0, places: 3) }
    return "length of a row's vector: least \(values[0]), mean \(values[1]), most \(values[2])"
  }

  private var table: TextTable {
    var table = TextTable([
      .name("class"), .number("rows"), .number("cosine with its mean"), .name("next class"),
      .number("cosine with that"),
    ])
    for row in classes {
      table.append([
        row.name.printable, Spelling.count(row.rowCount), Self.spelled(row.own),
        row.rival?.name.printable ?? "", row.rival.map { Self.spelled($0.cosine) } ?? "",
      ])
    }
    return table
  }

  private static func spelled(_ cosine: Double) -> String {
    cosine.isNaN ? "" : Spelling.fixed(cosine, places: 3)
  }

  func summary(width: Int) -> [String] { headline.wrapped(to: width) }

  func text(width: Int) -> [String] {
    headline.wrapped(to: width) + lengthLine.wrapped(to: width)
      + (classes.isEmpty ? [] : [""] + table.lines(width: width))
      + ["", "--near TEXT lists the rows that are nearest to a text"]
  }

  var tables: [ShownTable] { [ShownTable("classes", table)] }

  var json: JSONValue {
    [
      "rows": .integer(rowCount), "features": .integer(features.width),
      "encoder": .string(features.encoder),
      "length": [
        "least": .number(lengths.least), "mean": .number(lengths.mean),
        "most": .number(lengths.most),
      ],
      "classes": .array(
        classes.map { row in
          [
            "class": .string(row.name), "rows": .integer(row.rowCount),
            "cosine": .number(row.own), "next": row.rival.map { .string($0.name) } ?? .null,
            "next-cosine": row.rival.map { .number($0.cosine) } ?? .null,
          ]
        }),
    ]
  }
}

/// The directions of rows in the space of their features.
private struct FeatureDirections {
  private let width: Int
  /// [rows × width] each of length 1, or 0 where a row has no direction.
  private var units: [Float] = []
  private(set) var lengths = (least: 0.0, mean: 0.0, most: 0.0)

  init(_ values: Span<Float>, width: Int) {
    self.width = width
    units.reserveCapacity(values.count)
    let count = values.count / width
    var (least, sum, most) = (Double.infinity, 0.0, 0.0)
    for row in 0..<count {
      let places = row * width..<(row + 1) * width
      let square = places.reduce(0.0) { $0 + Double(values[$1]) * Double(values[$1]) }
      let length = square.squareRoot()
      (least, sum, most) = (min(least, length), sum + length, max(most, length))
      for place in places { units.append(length > 0 ? values[place] / Float(length) : 0) }
    }
    if count > 0 { lengths = (least, sum / Double(count), most) }
  }

  /// [classes × classes] the mean cosine of the rows of one class with the mean direction of another;
  /// not a number where one of them has no rows.
  func cosines(withMeansOf labels: [Int32], classCount: Int) -> [[Double]] {
    var sums = [[Double]](repeating: Array(repeating: 0, count: width), count: classCount)
    var counts = [Double](repeating: 0, count: classCount)
    for (row, label) in labels.enumerated() {
      counts[Int(label)] += 1
      for place in 0..<width { sums[Int(label)][place] += Double(units[row * width + place]) }
    }
    // The mean of cosines with a direction is that of the rows' directions, times it.
    return sums.enumerated().map { label, own in
      sums.map { other in
        let length = other.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let product = zip(own, other).reduce(0) { $0 + $1.0 * $1.1 }
        return product / (counts[label] * length)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func noFeatures(_ port: String) -> Self {
    Self("'\(port)' has no features", remedy: "make it anew with the encode stage")
  }
}
