extension Vocabulary {
  /// An encoder's vocabulary, with the encoder's own numbers.
  ///
  /// Special tokens are `[PAD]`, `[UNK]`, `[CLS]` and `[SEP]`. An entry that is spelled as one of this
  /// program's gets a backslash, as a word of a text does.
  package init(_ entries: PieceEntries) {
    var table = TokenTable()
    for id in 0..<entries.count {
      let entry = entries[id].span
      if let spelled = EntrySpelling.entry(of: entry) {
        table.insert(spelled.span)
      } else {
        table.insert(entry)
      }
    }
    self.init(table, counts: Array(repeating: 0, count: entries.count))
  }
}
