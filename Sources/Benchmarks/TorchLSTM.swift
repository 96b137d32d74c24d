import Foundation

/// The figures of `LSTMTraining`'s classifier in PyTorch, if `python3` (or `$MILLRACE_PYTHON`) has it.
///
/// They are the better ones of one thread and all threads, each in its own process. Subnormals are
/// flushed, which on some processors makes PyTorch ten times faster here.
enum TorchLSTM {
  /// The median milliseconds of a batch.
  struct Figures {
    let training: Double
    let inference: Double
  }

  static func measure(_ size: LSTMTraining.Size) -> Figures? {
    let threads = Set([1, ProcessInfo.processInfo.activeProcessorCount])
    let figures = threads.compactMap { measure(size, threads: $0) }
    guard let training = figures.map(\.training).min(),
      let inference = figures.map(\.inference).min()
    else { return nil }
    return Figures(training: training, inference: inference)
  }

  private static func measure(_ size: LSTMTraining.Size, threads: Int) -> Figures? {
    let medians = script.numbers([size.embedding, size.hidden, size.rows, size.width, threads])
    guard let medians, medians.count == 2 else { return nil }
    return Figures(training: medians[0], inference: medians[1])
  }

  private static let script = TorchScript(
    text: """
      import sys, time, torch
      from torch import nn
      embedding, hidden, rows, width, threads = map(int, sys.argv[1:])
      torch.set_flush_denormal(True)
      torch.set_num_threads(threads)
      torch.manual_seed(0)

      class Classifier(nn.Module):
          def __init__(self):
              super().__init__()
              self.embedding = nn.Embedding(5000, embedding, padding_idx=0)
              self.lstm = nn.LSTM(embedding, hidden, batch_first=True, bidirectional=True)
              self.dense = nn.Linear(2 * hidden, hidden)
              self.classes = nn.Linear(hidden, 14)

          def forward(self, tokens):
              _, (h, _) = self.lstm(self.embedding(tokens))
              return self.classes(torch.relu(self.dense(torch.cat([h[-2], h[-1]], 1))))

      model = Classifier()
      optimizer = torch.optim.Adam(model.parameters(), 1e-3)
      tokens = torch.randint(1, 5000, (rows, width))
      labels = torch.randint(0, 14, (rows,))

      def train():
          optimizer.zero_grad()
          nn.functional.cross_entropy(model(tokens), labels).backward()
          optimizer.step()

      def infer():
          with torch.no_grad():
              model(tokens)

      for body in (train, infer):
          for _ in range(3):
              body()
          seconds = []
          for _ in range(15):
              start = time.perf_counter()
              body()
              seconds.append(time.perf_counter() - start)
          print(sorted(seconds)[7] * 1000)
      """)
}
