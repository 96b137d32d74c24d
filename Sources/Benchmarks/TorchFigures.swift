import Foundation

/// The median milliseconds that PyTorch needs for some batches of a classifier.
///
/// They are the better ones of one thread and all threads, each in its own process. Subnormals are
/// flushed, which on some processors makes PyTorch ten times faster here.
struct TorchFigures {
  let training: Double
  let inference: Double

  /// Nil where `python3` (or `$MILLRACE_PYTHON`) has no PyTorch.
  ///
  /// - Parameters:
  ///   - model: lines of Python that define `model`, `optimizer` and `batches`, pairs of what the
  ///     model reads and labels, from the numbers in `sizes`.
  init?(of model: String, sizes: [Int], runs: Int = 15) {
    let threads = Set([1, ProcessInfo.processInfo.activeProcessorCount])
    let script = PeerScript(text: Self.preparation + model + Self.measurement)
    let figures = threads.compactMap { script.numbers([$0, runs] + sizes) }.filter { $0.count == 2 }
    guard let training = figures.map({ $0[0] }).min(),
      let inference = figures.map({ $0[1] }).min()
    else { return nil }
    (self.training, self.inference) = (training, inference)
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
        for tokens, labels in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(tokens), labels).backward()
            optimizer.step()

    def infer():
        model.eval()
        with torch.no_grad():
            for tokens, _ in batches:
                model(tokens)

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
