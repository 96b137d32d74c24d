import Models
import Tensors

/// Training steps and inference of the bidirectional LSTM classifier, beside PyTorch's.
enum LSTMTraining {
  /// The sizes of a model and of its batches.
  private struct Size {
    let embedding: Int
    let hidden: Int
    let rows: Int
    let width: Int

    static let all = [
      Size(embedding: 64, hidden: 64, rows: 32, width: 200),
      Size(embedding: 128, hidden: 256, rows: 64, width: 100),
    ]
  }

  static func run() throws {
    let blas = try OpenBLAS.load()
    for size in Size.all {
      var configuration = LSTMClassifier.Configuration(vocabularySize: 5000, classCount: 14)
      configuration.embeddingWidth = size.embedding
      configuration.hiddenWidth = size.hidden
      configuration.denseWidth = size.hidden
      ClassifierSteps.show(
        "lstm \(size.embedding)/\(size.hidden)", LSTMClassifier(configuration), rows: size.rows,
        width: size.width,
        peer: TorchFigures(
          of: torchModel, sizes: [size.embedding, size.hidden, size.rows, size.width]),
        blas: blas)
    }
  }

  private static let torchModel = """
    embedding, hidden, rows, width = sizes

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
    batches = [(torch.randint(1, 5000, (rows, width)), torch.randint(0, 14, (rows,)))]

    """
}
