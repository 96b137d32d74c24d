import LinearModels
import Testing

@Suite struct NaiveBayesTests {
  @Test func `probabilities are shares of classes times shares of n-grams`() {
    // "a a b", "a" of class 0 and "b c" of class 1, each word counted once a row.
    let rows = TokenLists([[0, 0, 1], [0], [1, 2]])
    let vocabulary = NGramVocabulary(of: rows, .init(lengths: 1...1))
    let features = NGramFeatures(.vocabulary(vocabulary), .presence)
    let model = NaiveBayes(smoothing: 0.5).fit(
      features.matrix(of: rows, cores: 1), labels: [0, 0, 1], classCount: 2)
    // Class 0 has 3 words, class 1 has 2; each of 3 words is given half a count more.
    let a = 2.0 / 3 * (2.5 / 4.5) * (1.5 / 4.5)
    let b = 1.0 / 3 * (0.5 / 3.5) * (1.5 / 3.5)
    let answer = model.probabilities(features.features(of: [0, 1, 7, 0].span))
    #expect(abs(Double(answer[0]) - a / (a + b)) < 1e-6)
    #expect(abs(Double(answer[1]) - b / (a + b)) < 1e-6)
  }

  @Test func `a class without rows is never answered`() {
    let rows = TokenLists([[0], [1]])
    let vocabulary = NGramVocabulary(of: rows, .init(lengths: 1...2))
    let features = NGramFeatures(.vocabulary(vocabulary), .presence)
    let model = NaiveBayes().fit(
      features.matrix(of: rows, cores: 1), labels: [0, 1], classCount: 3)
    let answer = model.probabilities(features.features(of: [0].span))
    #expect(answer[0] > answer[1] && answer[2] < 1e-6 && answer.allSatisfy(\.isFinite))
  }
}
