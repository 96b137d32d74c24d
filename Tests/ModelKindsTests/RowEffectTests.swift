import Artifacts
import Chains
import Diagnostics
import Formats
import Glibc
import ModelKinds
import PipelineFixtures
import Pipelines
import Stages
import Testing

/// Which words of a text speak for a class.
@Suite(.timeLimit(.minutes(120)))
struct RowEffectTests {
  private func model(_ training: String, isToy: Bool = false) throws -> StoredModel {
    let definition = Toy.definition("").replacing(
      "embedding = 6\nhidden = 4\nbatch-size = 8\n", with: training)
    let result = try Toy.pipeline(isToy ? .withToyModels : .standard).run(definition)
    if let failure = result.failure { throw failure }
    return try StoredModel(
      result.store.open(result.digest("train.model")), named: "train",
      in: isToy ? .withToyModels : .standard)
  }

  @Test(arguments: ["naive-bayes", "logistic-regression"])
  func `of a linear model, effects add up to the odds`(_ name: String) throws {
    let stored = try model("model = \"\(name)\"\n")
    let classifier = try stored.classifier()
    func odds(_ ids: [Int32]) -> Float {
      let probabilities = classifier.probabilities(of: ids)
      return log(probabilities[1]) - log(probabilities[0])
    }
    var chain = try ChainEncoder(stored.texts.source, model: "train")
    let ids = chain.ids(of: "a very dull song".utf8)
    let effects = classifier.effects(of: ids, for: 1, against: 0)
    #expect(effects.count > ids.count)
    let sum = effects.reduce(0) { $0 + $1.effect }
    #expect(abs(sum - (odds(ids) - odds([]))) < 1e-3)
    let other = classifier.effects(of: ids, for: 0, against: 1)
    #expect(zip(effects, other).allSatisfy { abs($0.effect + $1.effect) < 1e-5 })
  }

  @Test func `of a network, an effect is the gradient of the odds times the word's vector`() throws
  {
    let stored = try model(
      "model = \"bag-of-words\"\nvector-width = 3\nepochs = 2\nlearning-rate = 0.1\n",
      isToy: true)
    let vectors: [Float] = try stored.tensors.values("embedding.weight")
    let classes: [Float] = try stored.tensors.values("classes.weight")
    let ids: [Int32] = [2, 4, 4, 3]
    let effects = try stored.classifier().effects(of: ids, for: 1, against: 0)
    #expect(effects.map(\.ids) == [[2], [4], [3]])
    // The network is linear in the mean of the vectors.
    for effect in effects {
      let id = Int(effect.ids[0])
      let share = Float(ids.count { Int($0) == id }) / Float(ids.count)
      let expected = (0..<3).reduce(Float(0)) {
        $0 + share * vectors[id * 3 + $1] * (classes[3 + $1] - classes[$1])
      }
      #expect(abs(effect.effect - expected) < 1e-5, "\(effect) \(expected)")
    }
  }

  @Test func `of a network of n-grams, effects are those of n-grams`() throws {
    let stored = try model(
      "model = \"mlp\"\nfeatures = \"tfidf\"\nhidden = []\nepochs = 2\nlearning-rate = 0.1\n")
    let classifier = try stored.classifier()
    func odds(_ ids: [Int32]) -> Float {
      let probabilities = classifier.probabilities(of: ids)
      return log(probabilities[1]) - log(probabilities[0])
    }
    var chain = try ChainEncoder(stored.texts.source, model: "train")
    let ids = chain.ids(of: "a very dull song".utf8)
    let effects = classifier.effects(of: ids, for: 1, against: 0)
    #expect(effects.count > ids.count && effects.contains { $0.ids.count == 2 })
    // Without hidden layers the network is linear in what n-grams count for.
    let sum = effects.reduce(0) { $0 + $1.effect }
    #expect(abs(sum - (odds(ids) - odds([]))) < 1e-4)
  }

  @Test(arguments: [
    "model = \"fasttext\"\nbuckets = 64\n",
    "model = \"mlp\"\nfeatures = \"tfidf\"\nbuckets = 64\nepochs = 2\n",
  ])
  func `what has no weights of words is asked without each of them`(_ training: String) throws {
    let stored = try model(training)
    let classifier = try stored.classifier()
    let effects = classifier.effects(of: [2, 4, 4, 3], for: 1, against: 0)
    #expect(effects.map(\.ids) == [[2], [4], [3]])
    let whole = classifier.probabilities(of: [2, 4, 4, 3])
    let without = classifier.probabilities(of: [2, 3])
    let expected = log(whole[1] / whole[0]) - log(without[1] / without[0])
    #expect(abs(effects[1].effect - expected) < 1e-4)
  }

  @Test func `words of a raw text have effects under their own names`() throws {
    var classifier = try TextClassifier(model("model = \"naive-bayes\"\n"), cores: 1)
    let effects = classifier.effects(of: "a dull film", for: "bad", against: "good")
    #expect(try #require(effects.first { $0.words == "dull" }).effect > 0)
    let sizes = effects.map { abs($0.effect) }
    #expect(sizes == sizes.sorted(by: >) && sizes.count >= 3)
    #expect(classifier.effects(of: "a dull film", for: "worse", against: "good").isEmpty)
  }
}
