import Artifacts
import Digests
import Files
import Fixtures
import Foundation
import Testing

struct PieceTests {
  private let folder: TemporaryFolder
  private let store: ArtifactStore
  private let recipe = BLAKE3.digest(of: "recipe")

  init() throws {
    folder = try TemporaryFolder()
    store = ArtifactStore(root: folder.path("store"), isDurable: false)
  }

  private func index(_ number: Int, _ note: String = "") -> PieceIndex {
    PieceIndex(
      (0...number).map { piece in
        Piece(
          content: BLAKE3.digest(of: "content \(piece)"),
          object: BLAKE3.digest(of: "object \(piece / 3)"),
          ranges: (0...piece / 2).map { 100 * piece + $0..<101 * piece + 2 * $0 },
          digest: BLAKE3.digest(of: "bytes \(piece)"), note: note)
      })
  }

  @Test func `an index comes back as it was written, and not at all when a bit was changed`() {
    for note in ["", "one note", "tabs\tin\tit", #"{"é":[1,"2"]}"#] {
      let index = index(7, note)
      let text = Array(index.text.utf8)
      #expect(PieceIndex(text: text) == index)
      for place in stride(from: 0, to: text.count, by: 7) {
        var damaged = text
        damaged[place] ^= 1
        #expect(PieceIndex(text: damaged) == nil)
      }
      #expect(PieceIndex(text: text.dropLast(3)) == nil)
    }
    #expect(PieceIndex(text: []) == nil)
  }

  @Test func `the newest indices of a recipe are found first, and the last few stay`() throws {
    for number in 0..<40 {
      store.keep(index(number), of: recipe, for: BLAKE3.digest(of: "key \(number)"))
    }
    let found = store.pieceIndices(of: recipe)
    #expect(found.count == 16)
    #expect(found.contains(index(39)) && !found.contains(index(0)))
    #expect(store.pieceIndices(of: BLAKE3.digest(of: "other")).isEmpty)
  }

  @Test func `an index that cannot be read is done without`() throws {
    let key = BLAKE3.digest(of: "key")
    store.keep(index(2), of: recipe, for: key)
    let path = "\(store.root)/pieces/\(recipe)/\(key)"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try folder.write("store/pieces/\(recipe)/noise", "pieces\t1\n")
    #expect(store.pieceIndices(of: recipe).isEmpty)
    #expect(store.verifyAll().isSound)
    store.removeStalePieces()
    #expect(store.takeNotices().isEmpty)
  }

  @Test func `a piece is the bytes of its object, as long as they are what they were`() throws {
    var draft = try store.makeDraft()
    try draft.write(Array("header,rows".utf8))
    let object = try draft.commit()
    func piece(_ ranges: [Range<Int>], _ text: String, _ object: Digest) -> Piece {
      Piece(
        content: recipe, object: object, ranges: ranges, digest: BLAKE3.digest(of: text), note: "")
    }
    #expect(store.bytes(of: piece([7..<11], "rows", object.digest), cores: 2) == Array("rows".utf8))
    #expect(
      store.bytes(of: piece([7..<9, 0..<0, 0..<3], "rohea", object.digest), cores: 2)
        == Array("rohea".utf8))
    #expect(store.bytes(of: piece([7..<11], "lies", object.digest), cores: 2) == nil)
    #expect(store.bytes(of: piece([8..<12], "rows", object.digest), cores: 2) == nil)
    #expect(store.bytes(of: piece([Int.max - 4..<Int.max], "rows", object.digest), cores: 2) == nil)
    #expect(store.bytes(of: piece([7..<11], "rows", recipe), cores: 2) == nil)
  }

  @Test(arguments: [1, 3, 4, 5, 100])
  func `the bytes of a piece are lent block by block, or none of them`(_ blockBytes: Int) throws {
    var draft = try store.makeDraft()
    try draft.write(Array("header,rows".utf8))
    let object = try draft.commit().digest
    func lent(_ ranges: [Range<Int>], _ text: String, _ object: Digest) throws -> [[UInt8]]? {
      let piece = Piece(
        content: recipe, object: object, ranges: ranges, digest: BLAKE3.digest(of: text), note: "")
      var blocks: [[UInt8]] = []
      let isThere = try store.lend(piece, blockBytes: blockBytes, cores: 2) { blocks.append($0) }
      #expect(isThere || blocks.isEmpty)
      return isThere ? blocks : nil
    }
    let blocks = try #require(try lent([7..<11, 0..<0, 0..<5], "rowsheade", object))
    #expect(blocks.flatMap(\.self) == Array("rowsheade".utf8))
    #expect(blocks.allSatisfy { (1...blockBytes).contains($0.count) })
    #expect(try lent([], "", object) == [])
    #expect(try lent([7..<11], "lies", object) == nil)
    #expect(try lent([8..<12], "rows", object) == nil)
    #expect(try lent([Int.max - 4..<Int.max], "rows", object) == nil)
    #expect(try lent([0..<Int.max], "rows", object) == nil)
    #expect(try lent([7..<11], "rows", recipe) == nil)
  }

  @Test(.enabled(if: geteuid() == 0, "needs a second user's file"))
  func `with a trust key, the indices of others are not used`() throws {
    store.keep(index(3), of: recipe, for: recipe)
    let trusting = ArtifactStore(
      root: store.root, isDurable: false, trust: TrustKey("secret"))
    #expect(trusting.pieceIndices(of: recipe) == [index(3)])
    let path = "\(store.root)/pieces/\(recipe)/\(recipe)"
    try #require(unsafe chown(path, 65_534, 65_534) == 0)
    #expect(trusting.pieceIndices(of: recipe).isEmpty)
    #expect(store.pieceIndices(of: recipe) == [index(3)])
  }

  @Test func `the indices of work without a record go, with the folders they leave empty`() throws {
    let record = try store.finish("clean", ["rows": "text"])
    store.keep(index(3), of: recipe, for: record.key)
    store.keep(index(4), of: recipe, for: BLAKE3.digest(of: "gone"))
    let other = BLAKE3.digest(of: "other")
    store.keep(index(5), of: other, for: BLAKE3.digest(of: "gone"))
    #expect(store.pieceObjects(of: [record.key]) == Set(index(3).pieces.map(\.object)))
    store.removeStalePieces()
    #expect(store.pieceIndices(of: recipe) == [index(3)])
    #expect(try Folder.names(in: "\(store.root)/pieces") == ["\(recipe)"])
  }
}
