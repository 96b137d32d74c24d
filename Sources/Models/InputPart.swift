/// A part of a row that a network has weights for, such as a word.
package struct InputPart: Hashable, Sendable {
  /// The ids that it stands for.
  package let ids: [Int32]
  /// Its row in the network's tables.
  package let place: Int

  /// Each word of a row once.
  static func words(of ids: [Int32]) -> [InputPart] {
    var seen: Set<Int32> = []
    return ids.filter { seen.insert($0).inserted }.map { InputPart(ids: [$0], place: Int($0)) }
  }
}
