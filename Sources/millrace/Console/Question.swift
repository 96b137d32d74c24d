import Reports

/// A question asked on a terminal, with a proposed answer.
struct Question {
  let text: String
  /// The answer that an empty line means; nil when an answer must be typed.
  let proposal: String?

  init(_ text: String, proposal: String?) {
    self.text = text
    self.proposal = proposal
  }

  /// Asks until the answer is one that is understood; nil at the end of the input.
  func ask<Answer>(_ understand: (String) -> Answer?) -> Answer? {
    while true {
      Terminal.output.write("\(text)\(proposal.map { " [\($0.printable)]" } ?? ""): ")
      guard let line = readLine() else { return nil }
      let said = line.filter { !$0.isNewline }
      if let answer = understand(said.isEmpty ? proposal ?? "" : said) { return answer }
      Terminal.output.line("  that is none of them")
    }
  }
}
