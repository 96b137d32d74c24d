import Pipelines
import Text

/// The roles of a file's columns: text and label, or sentence and translation.
package enum ColumnRoles: Hashable, Sendable {
  case classification(text: [NameOrNumber], label: NameOrNumber)
  case translation(source: NameOrNumber, target: NameOrNumber)
}

extension ColumnRoles {
  private static let textNames = [
    "text", "sentence", "description", "review", "content", "body", "comment", "tweet", "message",
    "question", "utterance", "document", "abstract", "title",
  ]
  private static let labelNames = [
    "label", "category", "class", "sentiment", "topic", "intent", "target", "tag", "polarity",
    "emotion", "rating", "stars", "genre",
  ]
  /// Columns that are read together: two texts whose relation is the class.
  private static let pairNames = [
    ("premise", "hypothesis"), ("sentence1", "sentence2"), ("sentence_1", "sentence_2"),
    ("question1", "question2"), ("text1", "text2"), ("text_a", "text_b"), ("question", "sentence"),
    ("question", "passage"), ("query", "document"),
  ]
  private static let headings = ["title", "subject", "headline", "summary"]

  /// The roles that the names and values of columns suggest; nil when it is not clear.
  package init?(guessing sample: TableSample) {
    let columns = sample.columns.map(ColumnTraits.init).filter { !$0.isEmpty }
    if let pair = Self.translation(columns) {
      self = pair
      return
    }
    if let label = Self.label(columns) {
      let others = columns.filter { $0.column.number != label.column.number }
      let texts = Self.texts(others)
      guard !texts.isEmpty else { return nil }
      self = .classification(
        text: texts.map(\.column.reference), label: label.column.reference)
      return
    }
    let sentences = columns.filter { $0.wordsInARow > 2 && !$0.looksLikeIdentifier }
    guard sentences.count >= 2 else { return nil }
    self = .translation(
      source: sentences[0].column.reference, target: sentences[1].column.reference)
  }

  /// Whether another file has these columns too, the label not empty in all rows.
  package func fit(_ sample: TableSample) -> Bool {
    let columns = sample.columns.filter { !ColumnTraits($0).isEmpty }.map(\.reference)
    switch self {
    case .classification(let texts, let label):
      return (texts + [label]).allSatisfy(columns.contains)
    case .translation(let source, let target): return [source, target].allSatisfy(columns.contains)
    }
  }

  /// Two columns that are named as the sides of a translation.
  private static func translation(_ columns: [ColumnTraits]) -> ColumnRoles? {
    func named(_ names: [String]) -> ColumnTraits? {
      columns.first { names.contains($0.column.name?.lowercased() ?? "") }
    }
    if let source = named(["source", "src"]), let target = named(["target", "tgt"]) {
      return .translation(source: source.column.reference, target: target.column.reference)
    }
    let spoken = columns.filter { traits in
      let name = traits.column.name?.split(separator: ".").last.map(String.init)
      return name.flatMap(SpokenLanguage.init(named:)) != nil && !traits.looksLikeIdentifier
    }
    guard spoken.count == 2 else { return nil }
    return .translation(
      source: spoken[0].column.reference, target: spoken[1].column.reference)
  }

  /// The column of the class: by name if its values may be classes, else by its values.
  private static func label(_ columns: [ColumnTraits]) -> ColumnTraits? {
    for name in labelNames {
      let named = columns.filter { traits in
        let own = traits.column.name?.lowercased() ?? ""
        return own == name || own.split(whereSeparator: { !$0.isLetter }).contains { $0 == name }
      }
      // Of several, such as label_id and label_text, the one that people read.
      let fitting = named.filter { $0.mayBeLabel && $0.wordsInARow <= 5 }
      if let best = fitting.first(where: { !$0.areNumbers }) ?? fitting.first { return best }
    }
    let fitting = columns.filter { $0.looksLikeLabel && !$0.looksLikeGroup }
    // A column of that very name is meant, whatever it holds.
    return fitting.min { $0.distinctCount < $1.distinctCount }
      ?? columns.first { ["label", "class", "category"].contains($0.column.name?.lowercased()) }
  }

  /// The columns of the text: a pair that belongs together, a heading and what stands under it, or
  /// the one with the name or with the most words.
  private static func texts(_ columns: [ColumnTraits]) -> [ColumnTraits] {
    let readable = columns.filter {
      !$0.looksLikeIdentifier && !($0.areNumbers && $0.wordsInARow <= 1)
    }
    func named(_ name: String) -> ColumnTraits? {
      readable.first { traits in
        let own = traits.column.name?.lowercased() ?? ""
        return own == name || own.split(separator: ".").last.map(String.init) == name
      }
    }
    for (first, second) in pairNames {
      if let first = named(first), let second = named(second) { return [first, second] }
    }
    let text =
      textNames.compactMap(named).first ?? readable.max { $0.wordsInARow < $1.wordsInARow }
    guard let text else { return [] }
    let heading = headings.compactMap(named).first { $0.column.number != text.column.number }
    if let heading, heading.wordsInARow > 1 { return [heading, text] }
    // Without names, all that looks like text is read: a title, and what stands under it.
    let unnamed = readable.filter { traits in
      traits.column.name == nil && traits.wordsInARow > 3
        && traits.distinctCount * 2 > traits.column.values.count
    }
    return text.column.name == nil && unnamed.count > 1 ? unnamed : [text]
  }

  /// Whether two texts are read together because their relation is the class.
  static func isPair(_ texts: [NameOrNumber]) -> Bool {
    let names = texts.map { text in
      if case .name(let name) = text { name.lowercased() } else { "" }
    }
    return names.count == 2 && pairNames.contains { $0.0 == names[0] && $0.1 == names[1] }
  }
}
