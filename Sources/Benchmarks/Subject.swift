/// Something that is measured, by the name it is asked for.
struct Subject {
  let name: String
  /// Whether it is part of the quick look, which takes a minute with all such subjects.
  var isQuick = false
  let run: () throws -> Void

  /// Measures it, and shows the figures as those of this subject.
  func measure() throws {
    Measurement.source = name
    try run()
  }
}
