import Diagnostics
import Digests
import Executors
import Testing

struct ManifestTests {
  private let keys = ["a", "b", "c"].map { BLAKE3.digest(of: $0) }

  @Test func `each worker finds its own keys in its line`() throws {
    let manifest = Manifest(Array(Manifest([[keys[0], keys[2]], [keys[1]]]).text.utf8))
    #expect(manifest.count == 2)
    #expect(
      try manifest.keys(at: 0, of: "m") == [keys[0].description, keys[2].description])
    #expect(try manifest.keys(at: 1, of: "m") == [keys[1].description])
  }

  @Test func `a line that is not there is said with how many there are`() {
    #expect {
      try Manifest([[keys[0]]]).keys(at: 1, of: "orders/m")
    } throws: { error in
      (error as? Diagnostic)?.message.problem
        == "'orders/m' has no line 1, counted from 0: it has 1 line"
    }
  }
}
