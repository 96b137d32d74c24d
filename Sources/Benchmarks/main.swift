import Foundation
import Tensors

ChildProcess.startIfAsked()

let options = BenchmarkOptions.current
/// Without a name all of them are measured.
let subjects = [
  Subject(name: "no-op", isQuick: true) {
    for count in options.isQuick ? [10] : [10, 1000] { try NoOp(stageCount: count).run() }
  },
  Subject(name: "stage-overhead", isQuick: true) { try StageOverhead().run() },
  Subject(name: "cached-sweep", isQuick: true, run: CachedSweep.run),
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
let chosen = subjects.filter { subject in
  options.subjects.isEmpty
    ? subject.isQuick || !options.isQuick : options.subjects.contains(subject.name)
}
do {
  for subject in chosen { try subject.measure() }
  try Regressions.tell(of: chosen)
  if let file = options.saved { try Baseline.save(to: file) }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
if options.isMarkdown { print(FigureTable.markdown, terminator: "") }
