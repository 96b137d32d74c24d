import Diagnostics

/// The classes of a data set, and whether its labels are their names or their numbers.
package struct ClassNames: Hashable, Sendable {
  /// In the order of their numbers.
  package let names: [String]
  /// The number of the first class; nil when labels are the names themselves.
  package let firstNumber: Int?

  private let index: [String: Int]

  /// The classes of a list, where labels are numbers from `firstNumber` on, or names when it is nil.
  package init(
    _ names: [String], firstNumber: Int?, file: String
  ) throws(Diagnostic) {
    var index: [String: Int] = [:]
    for (position, name) in names.enumerated() {
      let place = Place(file: file, line: position + 1)
      if name.isEmpty { throw Diagnostic(.emptyClassName, at: place) }
      if let first = index.updateValue(position, forKey: name) {
        throw Diagnostic(.repeatedClassName(name, line: first + 1), at: place)
      }
    }
    self.names = names
    self.firstNumber = firstNumber
    self.index = index
  }

  /// The classes of a file that names one on each line; blank lines at its end are ignored, and
  /// others refused, because a class's number is that of its line.
  package init(_ file: SideFile, firstNumber: Int?) throws(Diagnostic) {
    let lines = file.lines
    if lines.isEmpty { throw Diagnostic(.noClassNames, at: Place(file: file.path)) }
    for (place, line) in lines.enumerated() where line.number != place + 1 {
      throw Diagnostic(.emptyClassName, at: Place(file: file.path, line: place + 1))
    }
    try self.init(
      lines.map(\.text.withoutEdgeBlanks), firstNumber: firstNumber, file: file.path)
  }

  /// The name of the class that a label means.
  package func name(of label: String, at place: Place) throws(Diagnostic) -> String {
    guard let firstNumber else {
      if index[label] != nil { return label }
      throw Diagnostic(.unknownClass(label, among: names), at: place)
    }
    let last = firstNumber + names.count - 1
    guard let number = Int(label), (firstNumber...last).contains(number) else {
      throw Diagnostic(.labelOutside(label, firstNumber...last), at: place)
    }
    return names[number - firstNumber]
  }
}

extension RowBatch {
  /// The batch with the labels of one column replaced by the names of their classes.
  package func naming(
    column: Int, by classes: ClassNames, files: [String]
  ) throws(Diagnostic) -> RowBatch {
    try rewriting(column: column, files: files) { (label, place) throws(Diagnostic) in
      try classes.name(of: label, at: place)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noClassNames = Self(
    "the list of class names is empty", remedy: "write one name on each line")

  fileprivate static let emptyClassName = Self(
    "a class name is empty", remedy: "write one name on each line")

  fileprivate static func repeatedClassName(_ name: String, line: Int) -> Self {
    Self("class name '\(name)' stands on line \(line) already", remedy: "name each class once")
  }

  fileprivate static func unknownClass(_ label: String, among names: [String]) -> Self {
    Self(
      "label '\(label)' is not in the list of class names"
        + Suggestion.ending(for: label, among: names),
      remedy: "add it to the list, or set first-class if labels are numbers")
  }

  fileprivate static func labelOutside(_ label: String, _ range: ClosedRange<Int>) -> Self {
    Self(
      "label '\(label)' is not a class number from \(range.lowerBound) to \(range.upperBound)",
      remedy: "check the list of class names, and whether first-class is 0 or 1")
  }
}
