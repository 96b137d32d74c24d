import Testing
import Text

struct TokenTableTests {
  @Test func `a table agrees with a dictionary`() {
    var random = RandomText(seed: 1)
    var table = TokenTable()
    var twin: [[UInt8]: Int] = [:]
    for _ in 0..<20_000 {
      let token = Array(random.bytes().prefix(2))
      let expected = twin[token] ?? twin.count
      #expect(table.id(of: token.span) == twin[token])
      #expect(table.insert(token.span) == expected)
      twin[token] = expected
    }
    #expect(table.count == twin.count)
    for (token, id) in twin { #expect(Array(table[id]) == token) }
  }
}
