import Diagnostics
import Digests
import Files

/// What finished work is made of, piece by piece, in the folder `pieces`: the index of a key is
/// `recipe/key`.
///
/// The recipe is the digest of all that decides what is made of a row, besides the row. Nothing rests
/// on an index: what cannot be read or written is done without. One that was forged, so that its
/// digests fit what is no lines, may end a stage with an error, but never gives it wrong rows.
extension ArtifactStore {
  /// So many results of a recipe are remembered.
  private static var mostIndices: Int { 16 }

  /// The indices of a recipe, the newest first.
  ///
  /// Where a trust key is set, those that somebody else wrote are left out.
  package func pieceIndices(of recipe: Digest) -> [PieceIndex] {
    indexNames(of: recipe).compactMap { name in
      let path = "\(root)/pieces/\(recipe)/\(name)"
      if trust != nil, (try? FileStatus.isOwn(path, in: files)) != true { return nil }
      guard let bytes = try? bytes(of: path) else { return nil }
      return PieceIndex(text: bytes)
    }
  }

  /// Remembers the pieces of a key's work; of a recipe's older ones the last few stay.
  ///
  /// The disk is not waited for, as an index that a power cut leaves in part is none.
  package func keep(_ index: PieceIndex, of recipe: Digest, for key: Digest) {
    guard !index.pieces.isEmpty, index.pieces.count <= PieceIndex.mostPieces else { return }
    do throws(Diagnostic) {
      let folder = try folder("pieces/\(recipe)", isKept: false)
      let temporary = try TemporaryFile(store: self)
      try temporary.write(index.text.utf8.span)
      try temporary.protect(mode: 0o444)
      try temporary.rename(to: "\(folder)/\(key)")
    } catch { return }
    for name in indexNames(of: recipe).dropFirst(Self.mostIndices) {
      _ = files.remove("\(root)/pieces/\(recipe)/\(name)")
    }
  }

  /// The bytes of a piece; nil when they are not there any more, or not as they were written.
  package func bytes(of piece: Piece, cores: Int) -> [UInt8]? {
    guard let file = try? OpenFile(ifThere: objectPath(piece.object), for: .readOwn, in: files),
      let bytes = Self.bytes(at: piece.ranges, of: file),
      BLAKE3.digest(of: bytes.span, cores: cores) == piece.digest
    else { return nil }
    return bytes
  }

  /// Lends the bytes of a piece block by block, once all are known to be as they were written.
  ///
  /// They are read twice where they are more than a block, so that no more than one is in memory.
  ///
  /// - Returns: false when they are not there any more, or not as they were written; nothing was lent.
  /// - Throws: what `body` throws, and when the bytes cannot be read once more.
  package func lend(
    _ piece: Piece, blockBytes: Int = 16 << 20, cores: Int,
    to body: ([UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Bool {
    guard let file = try? OpenFile(ifThere: objectPath(piece.object), for: .readOwn, in: files),
      let byteCount = try? file.status().status.byteCount,
      piece.ranges.allSatisfy({ $0.upperBound <= byteCount })
    else { return false }
    let blocks = piece.ranges.flatMap { range in
      stride(from: range.lowerBound, to: range.upperBound, by: blockBytes).map { start in
        start..<start + min(blockBytes, range.upperBound - start)
      }
    }
    var hash = BLAKE3()
    var last: [UInt8] = []
    for block in blocks {
      guard let bytes = Self.bytes(at: [block], of: file) else { return false }
      hash.update(bytes.span, cores: cores)
      last = bytes
    }
    guard hash.finalize() == piece.digest else { return false }
    for block in blocks.dropLast() {
      guard let bytes = try file.bytes(at: block.lowerBound, count: block.count) else {
        throw Diagnostic(.shortened(file.path))
      }
      try body(bytes)
    }
    if !blocks.isEmpty { try body(last) }
    return true
  }

  private static func bytes(at ranges: [Range<Int>], of file: borrowing OpenFile) -> [UInt8]? {
    var bytes: [UInt8] = []
    for range in ranges {
      guard let part = try? file.bytes(at: range.lowerBound, count: range.count) else { return nil }
      if ranges.count == 1 { return part }
      bytes += part
    }
    return bytes
  }

  /// The objects that pieces of these keys lie in.
  package func pieceObjects(of keys: Set<Digest>) -> Set<Digest> {
    var objects: Set<Digest> = []
    for recipe in pieceRecipes() {
      for name in indexNames(of: recipe) {
        guard let key = Digest(hex: name), keys.contains(key),
          let bytes = try? bytes(of: "\(root)/pieces/\(recipe)/\(name)")
        else { continue }
        objects.formUnion(PieceIndex(text: bytes)?.pieces.map(\.object) ?? [])
      }
    }
    return objects
  }

  /// Removes the indices of work that has no record any more.
  package func removeStalePieces() {
    guard !Folder.isLink("\(root)/pieces", in: files) else { return }
    for recipe in pieceRecipes() {
      let folder = "\(root)/pieces/\(recipe)"
      guard !Folder.isLink(folder, in: files) else { continue }
      for name in indexNames(of: recipe) {
        if let key = Digest(hex: name), (try? status(of: recordPath(key))) != nil { continue }
        _ = files.remove("\(folder)/\(name)")
      }
      // One that is not empty stays.
      _ = files.removeFolder(folder)
    }
  }

  private func pieceRecipes() -> [Digest] {
    ((try? names(in: "pieces")) ?? []).compactMap { Digest(hex: $0) }
  }

  /// The names of a recipe's indices, the newest first.
  private func indexNames(of recipe: Digest) -> [String] {
    let found = (try? files(in: "pieces/\(recipe)")) ?? []
    return found.sorted { ($1.modified, $1.name) < ($0.modified, $0.name) }.map(\.name)
  }
}

extension Diagnostic.Message {
  fileprivate static func shortened(_ path: String) -> Self {
    Self("'\(path)' became shorter while it was read", remedy: "run millrace verify")
  }
}
