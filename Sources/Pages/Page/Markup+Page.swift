import Reports

extension Markup {
  package static func paragraph(_ pieces: Markup...) -> Markup { .tag(.p, [:], pieces) }

  /// A remark in a softer tone.
  package static func note(_ pieces: Markup...) -> Markup { .tag(.p, [.class: "note"], pieces) }

  /// A smaller heading.
  package static func heading(_ text: String) -> Markup { .tag(.h3, [:], text) }

  package static func code(_ text: String) -> Markup { .tag(.code, [:], text) }

  /// Contents that scroll sideways where they are too wide, also by the keys of a keyboard.
  ///
  /// - Parameter label: what a screen reader calls it.
  static func scroll(_ label: String, _ content: [Markup]) -> Markup {
    .tag(
      .div, [.class: "scroll", .tabindex: "0", .role: "group", .label: label.printable], content)
  }

  /// A picture with a line below that says what it shows.
  package static func figure(_ drawing: Drawing, _ caption: Markup...) -> Markup {
    .tag(
      .figure, [:],
      [drawing.shown] + (caption.isEmpty ? [] : [.tag(.figureCaption, [:], caption)]))
  }

  /// Pictures and tables next to each other where there is room.
  package static func beside(_ pieces: [Markup]) -> Markup {
    .tag(.div, [.class: "beside"], pieces)
  }

  /// Pieces side by side, as many as fit.
  package static func flow(_ pieces: [Markup]) -> Markup { .tag(.div, [.class: "flow"], pieces) }

  /// Pieces that stay on one sheet of paper.
  package static func kept(_ pieces: [Markup]) -> Markup { .tag(.div, [.class: "kept"], pieces) }

  /// Contents that are shown when their heading is opened.
  package static func details(
    _ summary: [Markup], _ content: [Markup], isOpen: Bool = false
  ) -> Markup {
    .tag(.details, isOpen ? [.open: ""] : [:], [.tag(.summary, [:], summary)] + content)
  }

  /// Facts as pairs of a name and a value.
  package static func facts(_ pairs: [(name: String, value: Markup)]) -> Markup {
    .tag(
      .div, [.class: "facts"],
      pairs.map { pair in
        .tag(
          .div, [:], [.tag(.span, [.class: "name"], pair.name), .tag(.strong, [:], [pair.value])])
      })
  }

  /// Sentences, each after the word that it is about.
  static func terms(_ terms: [Term]) -> Markup {
    .tag(
      .terms, [:],
      terms.flatMap { term -> [Markup] in
        [
          Markup.tag(.term, [:], term.name),
          .tag(.definition, term.isWarning ? [.class: "warning"] : [:], term.sentence),
        ]
      })
  }
}

/// A sentence, and the word that it is about.
struct Term {
  let name: String
  let sentence: [Markup]
  var isWarning = false

  init(_ name: String, _ sentence: [Markup], isWarning: Bool = false) {
    self.name = name
    self.sentence = sentence
    self.isWarning = isWarning
  }
}
