import Artifacts
import Diagnostics
import Digests

/// The pieces that earlier runs made by one recipe, and those that this run makes.
///
/// Of a stage that was run before on other rows, what it made of a chunk of rows is found by the digest
/// of the chunk.
package struct PieceMemory: Sendable {
  private let recipe: Digest
  private let store: ArtifactStore
  private let cores: Int
  private let known: [Digest: Piece]
  private var made: [Piece] = []

  fileprivate init(_ recipe: Digest, for work: StageWork) {
    self.recipe = recipe
    store = work.store
    cores = work.cores
    let found = work.usesEarlierPieces ? store.pieceIndices(of: recipe).flatMap(\.pieces) : []
    known = Dictionary(found.map { ($0.content, $0) }, uniquingKeysWith: { newer, _ in newer })
  }

  /// What was made of these rows; nil when they are new.
  package subscript(content: Digest) -> Piece? { known[content] }

  /// The bytes of a piece; nil when they are gone, so that it has to be made again.
  package func bytes(of piece: Piece) -> [UInt8]? { store.bytes(of: piece, cores: cores) }

  /// Lends the bytes of a piece, some mebibytes at a time.
  ///
  /// - Returns: false when they are gone, so that it has to be made again; nothing was lent then.
  package func lend(
    _ piece: Piece, to body: ([UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    try store.lend(piece, cores: cores, to: body)
  }

  /// Remembers a piece, in the order of the rows.
  package mutating func add(_ piece: Piece) { made.append(piece) }

  /// What a run's work is made of, by the recipe.
  static func indices(of memories: [PieceMemory]) -> [Digest: PieceIndex] {
    Dictionary(memories.map { ($0.recipe, $0.made) }, uniquingKeysWith: +).mapValues(
      PieceIndex.init)
  }
}

extension StageWork {
  /// The pieces of the stage with other rows.
  ///
  /// - Parameters:
  ///   - rows: the lines of the key that name the rows, which alone differ; the inputs whose rows are in
  ///     its outputs unless given.
  ///   - details: what else decides what is made of a row, such as the columns.
  package func pieces(whateverIs rows: Set<String>? = nil, _ details: [String]) -> PieceMemory {
    let rows = rows ?? Set(rowInputs.map(\.name))
    let lines = keyLines.filter { !rows.contains($0.name) }.map { "\($0.name)\t\($0.value)\n" }
    return pieces(
      by: lines.joined() + details.map { "detail\t\(StageKey.spelling(of: $0))\n" }.joined())
  }

  /// The pieces that were made by a recipe, whichever stage made them.
  ///
  /// - Parameter recipe: a text of all that decides what is made of a row, besides the row.
  package func pieces(by recipe: String) -> PieceMemory {
    PieceMemory(BLAKE3.digest(of: recipe), for: self)
  }
}
