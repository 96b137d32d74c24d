import Foundation
import Tensors

/// Every subject, by the name it is asked for; without a name all of them are measured.
let subjects: [(name: String, run: () throws -> Void)] = [
  ("no-op", { for count in [10, 1000] { try NoOp(stageCount: count).run() } }),
  ("stage-overhead", { try StageOverhead().run() }),
  ("logistic-regression", LogisticRegressionFit.run),
  ("lstm-training", LSTMTraining.run),
  ("cnn-training", CNNTraining.run),
  ("encoder", EncoderTraining.run),
  ("convs2s-training", ConvS2STraining.run),
  ("convs2s-decoding", { try ConvS2SDecoding(sentences: 500).run() }),
  ("scaling", Scaling.run),
]

let wanted = CommandLine.arguments.dropFirst()
guard wanted.allSatisfy({ name in subjects.contains { $0.name == name } }) else {
  print("usage: Benchmarks [SUBJECT]…; subjects: \(subjects.map(\.name).joined(separator: ", "))")
  exit(2)
}
OpenBLAS.setEnvironment()
Measurement.showLine("subject\tmedian\tmin\tunit\tratio")
for subject in subjects where wanted.isEmpty || wanted.contains(subject.name) {
  try subject.run()
}
