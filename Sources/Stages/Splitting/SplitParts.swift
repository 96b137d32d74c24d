import Chains
import Diagnostics
import Pipelines
import Text

/// The parts that a split gives: drawn from its rows, the fold held out, and other stages' tables; or
/// those that a column of the rows names.
struct SplitParts: Sendable {
  /// The value of the part that is the fold.
  static let heldOutFold = TableEntry.word("fold")

  private static let rest = "rest"

  /// The column that says which part a row is in; nil where parts are drawn.
  let column: String?
  /// Nil where rows are not dealt out to folds.
  let fold: Fold?
  private let all: [(name: String, value: TableEntry)]
  /// The place of each part among all; the first of a name.
  private let places: [String: Int]

  /// Reads `by`, `folds`, `fold` and `parts`.
  init(from options: inout StageOptions) {
    let column = options.added {
      $0.optionalText(
        "by", unset: "none: parts are drawn",
        "the column that says which part a row is in; parts then give its values")
    }
    self.column = column
    fold = options.under(Self.areDrawn(column)) { $0.fold() }
    guard column == nil else {
      all = Self.namedParts(from: &options)
      places = Self.places(of: all)
      if all.count > Splitter.mostParts {
        options.reject("parts", .tooManyParts(all.count))
      } else if !all.allSatisfy({ if case .word = $0.value { true } else { false } }) {
        options.reject("parts", .notNamed)
      }
      return
    }
    all = Self.parts(from: &options, folded: fold != nil)
    places = Self.places(of: all)
    if let (name, _) = all.first(where: Self.isImpossible) {
      options.reject("parts", .impossiblePart(name))
    } else if let fold, heldOut.count != 1 {
      options.reject("parts", .notOneFold(fold.count, heldOut))
    } else {
      do throws(Diagnostic) { try SplitOptions(sizes).check() } catch {
        options.reject("parts", error.message)
      }
    }
  }

  /// The parts that were given, or the usual ones.
  private static func parts(
    from options: inout StageOptions, folded: Bool
  ) -> [(name: String, value: TableEntry)] {
    let given = options.entries(
      "parts", expecting: "table of shares, counts, \"rest\", \"fold\" and references",
      words: folded ? [rest, "fold"] : [rest], referringTo: .table,
      default: folded
        ? "{ train = \"rest\", test = \"fold\" }" : "{ train = 0.8, valid = 0.1, test = 0.1 }",
      "the parts; with folds, train is the rest and test the fold unless given")
    guard given.isEmpty else { return given }
    let usual: [(name: String, value: TableEntry)] =
      folded
      ? [("train", .word(rest)), ("test", heldOutFold)]
      : [("train", .share(0.8)), ("valid", .share(0.1)), ("test", .share(0.1))]
    for (name, value) in usual {
      switch value {
      case .share(let share): options.key("parts.\(name)", .number(share))
      case .word(let word): options.key("parts.\(name)", .text(word))
      case .count, .setting, .input: continue
      }
    }
    return usual
  }

  private static func areDrawn(_ column: String?) -> OptionCondition {
    OptionCondition(column == nil, obstacle: "parts that a column names", remedy: "leave by out")
  }

  /// That parts are drawn, by which other options have an effect.
  var areDrawn: OptionCondition { Self.areDrawn(column) }

  /// The values of the column that stand for parts, by the parts' names.
  private static func namedParts(
    from options: inout StageOptions
  ) -> [(name: String, value: TableEntry)] {
    let given = options.entries(
      "parts", expecting: "table of values", words: nil, referringTo: .table, default: "",
      "the value of each part")
    guard given.isEmpty else { return given }
    let usual = ["train", "valid", "test"]
    for name in usual { options.key("parts.\(name)", .text(name)) }
    return usual.map { ($0, .word($0)) }
  }

  private static func isImpossible(_ name: String, _ value: TableEntry) -> Bool {
    switch value {
    case .share(let share): !(share > 0 && share <= 1)
    case .count(let count): count < 1
    case .setting(let setting, let number): setting != "every" || number < 2
    case .word, .input: name.isEmpty
    }
  }

  /// In the order of the definition.
  var names: [String] { all.map(\.name) }

  subscript(name: String) -> TableEntry? { places[name].map { all[$0].value } }

  private static func places(of parts: [(name: String, value: TableEntry)]) -> [String: Int] {
    Dictionary(
      parts.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The names of the parts that rows are dealt out to, the fold last.
  var dealt: [String] { column == nil ? drawn.map(\.name) + heldOut : names }

  /// The place among `dealt` of the part that a value of the column names; nil for none.
  func place(of value: String) -> Int? { all.firstIndex { $0.value == .word(value) } }

  /// The sizes of the parts that are dealt out, without the fold.
  var sizes: [SplitOptions.Size] { drawn.map(\.size) }

  private var heldOut: [String] { all.filter { $0.value == Self.heldOutFold }.map(\.name) }

  private var drawn: [(name: String, size: SplitOptions.Size)] {
    all.compactMap { name, value in
      switch value {
      case .share(let share): (name, .share(share))
      case .count(let count): (name, .count(count))
      case .setting(_, let number): (name, .every(number))
      case Self.heldOutFold, .input: nil
      case .word: (name, .rest)
      }
    }
  }

  /// The parts that are other stages' whole tables.
  var tables: [(name: String, input: StageInput)] {
    all.compactMap { name, value in
      if case .input(let input) = value { (name, input) } else { nil }
    }
  }

  /// Why a part has no rows.
  ///
  /// - Parameter count: how many rows the others were drawn from.
  func emptiness(of name: String, of count: Int, from rows: StageInput) -> Diagnostic.Message {
    let value = self[name]
    if case .input(let input)? = value { return .emptyTable(name, "\(input.source)") }
    if count == 0 { return .emptyTable(name, "\(rows.source)") }
    if let column, case .word(let word)? = value { return .unnamed(name, word, in: column) }
    if case .share(let share)? = value { return .noShare(name, share, of: count) }
    if let fold, value == Self.heldOutFold { return .emptyFold(name, of: fold.count) }
    return .nothingLeft(name, of: count)
  }
}

extension Diagnostic.Message {
  fileprivate static func emptyTable(_ part: String, _ table: String) -> Self {
    Self(
      "the part '\(part)' is empty: '\(table)' has no rows",
      remedy: "look at the filters before it, or leave the part out")
  }

  fileprivate static func noShare(_ part: String, _ share: Double, of count: Int) -> Self {
    let rows = Spelling.rounded(share * Double(count), places: 2)
    return Self(
      "the part '\(part)' is empty: its share of \(share) is \(rows) of \(Spelling.count(count, "row"))",
      remedy: "give it a larger share, or a number of rows")
  }

  fileprivate static func emptyFold(_ part: String, of count: Int) -> Self {
    Self(
      "the part '\(part)' is empty: there are fewer groups of rows than \(count) folds",
      remedy: "ask for fewer folds, or group by fewer columns")
  }

  fileprivate static func unnamed(_ part: String, _ value: String, in column: String) -> Self {
    Self(
      "the part '\(part)' is empty: no row has '\(value)' in the column '\(column)'",
      remedy: "write the value that its rows have in parts")
  }

  fileprivate static let notNamed = Self(
    "with by, parts are named by values of the column",
    remedy: "write parts = { train = \"train\", valid = \"dev\", test = \"test\" }")

  fileprivate static func nothingLeft(_ part: String, of count: Int) -> Self {
    Self(
      "the part '\(part)' is empty: the others take all of \(Spelling.count(count, "row"))",
      remedy: "ask for fewer rows in the other parts")
  }

  fileprivate static func impossiblePart(_ name: String) -> Self {
    Self(
      "the part '\(name)' cannot be drawn like this",
      remedy:
        "give a share above 0 and up to 1, a number of rows, \"rest\" or { every = n }, n from 2")
  }

  fileprivate static func notOneFold(_ count: Int, _ parts: [String]) -> Self {
    Self(
      parts.isEmpty
        ? "no part is the one that each of the \(count) folds is held out in"
        : "\(parts.joined(separator: " and ")) cannot both be the fold that is held out",
      remedy: "write parts = { train = \"rest\", test = \"fold\" }, with valid = 0.1 where wanted")
  }
}
