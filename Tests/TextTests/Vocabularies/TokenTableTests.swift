import Testing
import Text

struct TokenTableTests {
  /// Short tokens, of which many meet in a place, and long ones that differ in one byte.
  @Test(arguments: [false, true]) func `a table agrees with a dictionary`(isLong: Bool) {
    var random = RandomText(seed: 1)
    var table = TokenTable()
    var twin: [[UInt8]: Int] = [:]
    for _ in 0..<20_000 {
      var token = Array(random.bytes().prefix(2))
      if isLong {
        token = Array(repeating: 0, count: Int.random(in: 0...40, using: &random))
        if let place = token.indices.randomElement(using: &random) { token[place] = 1 }
      }
      let expected = twin[token] ?? twin.count
      #expect(table.id(of: token.span) == twin[token])
      #expect(table.insert(token.span) == expected)
      twin[token] = expected
    }
    #expect(table.count == twin.count)
    for (token, id) in twin { #expect(Array(table[id]) == token) }
  }
}
