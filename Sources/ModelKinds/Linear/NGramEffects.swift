import Chains
import Diagnostics
import Formats
import LinearModels
import Reports
import Text

/// The n-grams of a model that speak most for and against each class.
struct NGramEffects {
  private static let shownCount = 8

  /// An n-gram and what it adds to a class, beside what it adds to all on average.
  private typealias Effect = (ngram: String, effect: Float)

  private let classNames: [String]
  /// Of each class, the strongest first.
  private let effects: [(for: [Effect], against: [Effect])]

  /// Nil for n-grams in buckets, whose names are not kept.
  init?(_ stored: StoredModel) throws(Diagnostic) {
    let model = try NGramModel(stored)
    guard case .vocabulary(let ngrams) = model.features.index else { return nil }
    let chain = stored.texts.source
    let vocabulary = try Vocabulary(
      lines: chain.vocabulary.span, file: "\(stored.name) (vocabulary)")
    func name(_ feature: Int) -> String {
      let pieces = (ngrams.ids(of: feature) ?? []).map { id in
        Int(id) < vocabulary.count
          ? String(decoding: vocabulary.word(of: Int(id)), as: UTF8.self) : "?"
      }
      return chain.shown(pieces).joined(separator: " ")
    }
    classNames = stored.texts.classNames
    effects = classNames.indices.map { label in
      let all = (0..<ngrams.count).map {
        (feature: $0, effect: model.model.effect(of: $0, on: label))
      }
      func strongest(_ sign: Float) -> [Effect] {
        all.filter { $0.effect * sign > 0 }
          .sorted { ($1.effect * sign, $0.feature) < ($0.effect * sign, $1.feature) }
          .prefix(Self.shownCount).map { (name($0.feature), $0.effect) }
      }
      return (strongest(1), strongest(-1))
    }
  }

  var detail: ModelDetail {
    ModelDetail("n-grams that speak for and against each class", table, json: json)
  }

  private var table: TextTable {
    var table = TextTable([
      .name("class"), .text("for"), .number("weight"), .text("against"), .number("weight"),
    ])
    for (name, effects) in zip(classNames, effects) {
      for place in 0..<max(effects.for.count, effects.against.count) {
        table.append(
          [place == 0 ? name.printable : ""] + Self.cells(effects.for, place)
            + Self.cells(effects.against, place))
      }
    }
    return table
  }

  private static func cells(_ effects: [Effect], _ place: Int) -> [String] {
    guard place < effects.count else { return ["", ""] }
    let (ngram, effect) = effects[place]
    return [ngram.printable, Spelling.fixed(Double(effect), places: 2)]
  }

  private var json: JSONValue {
    func list(_ effects: [Effect]) -> JSONValue {
      .array(
        effects.map { ["ngram": .string($0.ngram), "weight": .number(Double($0.effect))] })
    }
    return .array(
      zip(classNames, effects).map { name, effects in
        ["class": .string(name), "for": list(effects.for), "against": list(effects.against)]
      })
  }
}
