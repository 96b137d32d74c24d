import Foundation
import Tensors

/// The median milliseconds that PyTorch needs for some batches of a classifier.
///
/// Each number of threads has its own process. Subnormals are flushed, which on some processors makes
/// PyTorch ten times faster here.
struct TorchFigures {
  private struct Figures {
    let training: Double
    let inference: Double
  }

  /// By the number of threads, each in float32 and then under autocast to bfloat16.
  private var figures: [Int: [Figures]] = [:]

  /// Nil where `python3` (or `$MILLRACE_PYTHON`) has no PyTorch.
  ///
  /// - Parameters:
  ///   - model: lines of Python that define `model`, `optimizer` and `batches`, pairs of what the
  ///     model reads and labels, from the numbers in `sizes`.
  init?(of model: String, sizes: [Int], runs: Int = 15) {
    let script = PeerScript(text: Self.preparation + model + Self.measurement)
    for threads in Set([1, ProcessInfo.processInfo.activeProcessorCount]) {
      guard let numbers = script.numbers([threads, runs] + sizes), numbers.count == 4 else {
        return nil
      }
      figures[threads] = [
        Figures(training: numbers[0], inference: numbers[1]),
        Figures(training: numbers[2], inference: numbers[3]),
      ]
    }
  }

  func training(in precision: Precision, cores: Int) -> Peer? {
    Peer(precision.peer("PyTorch"), best(in: precision, cores, \.training))
  }

  func inference(in precision: Precision, cores: Int) -> Peer? {
    Peer(precision.peer("PyTorch"), best(in: precision, cores, \.inference))
  }

  /// The least with as many threads as cores, or fewer.
  private func best(
    in precision: Precision, _ cores: Int, _ figure: KeyPath<Figures, Double>
  ) -> Double? {
    figures.filter { $0.key <= cores }
      .map { $0.value[precision == .float32 ? 0 : 1][keyPath: figure] }.min()
  }

  private static let preparation = """
    import sys, time, torch
    from torch import nn
    threads, runs, *sizes = map(int, sys.argv[1:])
    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)
    torch.manual_seed(0)

    """

  private static let measurement = """

    def train():
        model.train()
        for tokens, labels in batches:
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16, enabled=casts):
                loss = nn.functional.cross_entropy(model(tokens), labels)
            loss.backward()
            optimizer.step()

    def infer():
        model.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=casts):
            for tokens, _ in batches:
                model(tokens)

    for casts in (False, True):
        for body in (train, infer):
            for _ in range(min(3, runs // 2)):
                body()
            seconds = []
            for _ in range(runs):
                start = time.perf_counter()
                body()
                seconds.append(time.perf_counter() - start)
            print(sorted(seconds)[runs // 2] * 1000)
    """
}
