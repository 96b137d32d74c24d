import Foundation
import Tensors

/// Something that is measured, by the name it is asked for.
struct Subject {
  let name: String
  /// Whether it is part of the quick look, which takes a minute with all such subjects.
  var isQuick = false
  let run: () throws -> Void
}

let options = BenchmarkOptions.current
/// Without a name all of them are measured.
let subjects = [
  Subject(name: "no-op", isQuick: true) {
    for count in options.isQuick ? [10] : [10, 1000] { try NoOp(stageCount: count).run() }
  },
  Subject(name: "stage-overhead", isQuick: true) { try StageOverhead().run() },
  Subject(name: "text-path", isQuick: true) { try TextPath().run() },
  Subject(name: "moses", isQuick: true, run: MosesTokenizing.run),
  Subject(name: "subwords", isQuick: true, run: SubwordEncoding.run),
  Subject(name: "translation-scores", isQuick: true, run: TranslationScores.run),
  Subject(name: "logistic-regression", run: LogisticRegressionFit.run),
  Subject(name: "lstm-training", isQuick: true, run: LSTMTraining.run),
  Subject(name: "cnn-training", run: CNNTraining.run),
  Subject(name: "encoder", run: EncoderTraining.run),
  Subject(name: "convs2s-training", run: ConvS2STraining.run),
  Subject(name: "convs2s-decoding") { try ConvS2SDecoding(sentences: 500).run() },
  Subject(name: "scaling", run: Scaling.run),
]

guard options.wrongWord == nil,
  options.subjects.allSatisfy({ name in subjects.contains { $0.name == name } })
else {
  print(BenchmarkOptions.usage)
  print("\nsubjects: \(subjects.map(\.name).joined(separator: ", "))")
  exit(2)
}
OpenBLAS.setEnvironment()
Measurement.showHeading()
for subject in subjects
where options.subjects.isEmpty
  ? subject.isQuick || !options.isQuick : options.subjects.contains(subject.name)
{
  try subject.run()
}
if let file = options.saved { try Baseline.save(to: file) }
let slower = Measurement.all.filter { Baseline.current?.verdict(on: $0)?.isSlower ?? false }
if !slower.isEmpty {
  FileHandle.standardError.write(
    Data("slower than before: \(slower.map(\.subject).joined(separator: "; "))\n".utf8))
}
