import Models
import Tensors
import Training

/// Training steps and inference of Kim's convolutional classifier, beside PyTorch's.
enum CNNTraining {
  /// The sizes of a model and of its batches.
  private struct Size {
    let vocabulary: Int
    let embedding: Int
    let maps: Int
    let rows: Int
    let width: Int

    static let all = [
      Size(vocabulary: 9000, embedding: 128, maps: 100, rows: 50, width: 20),
      Size(vocabulary: 18_000, embedding: 300, maps: 100, rows: 50, width: 20),
      Size(vocabulary: 30_000, embedding: 128, maps: 100, rows: 50, width: 60),
    ]
  }

  static func run() throws {
    let blas = try OpenBLAS.load()
    for size in Size.all {
      var configuration = CNNClassifier.Configuration(
        vocabularySize: size.vocabulary, classCount: 4)
      configuration.embeddingWidth = size.embedding
      configuration.mapCount = size.maps
      configuration.dropProbability = 0.5
      ClassifierSteps.show(
        "cnn \(size.embedding)/\(size.maps), \(size.vocabulary) words",
        CNNClassifier(configuration), rows: size.rows, width: size.width,
        peer: TorchFigures(
          of: torchModel,
          sizes: [size.vocabulary, size.embedding, size.maps, size.rows, size.width]),
        blas: blas)
    }
  }

  private static let torchModel = """
    vocabulary, embedding, maps, rows, width = sizes

    class Classifier(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
            self.convolutions = nn.ModuleList(
                nn.Conv1d(embedding, maps, width) for width in (3, 4, 5))
            self.dropout = nn.Dropout(0.5)
            self.classes = nn.Linear(3 * maps, 4)

        def forward(self, tokens):
            x = self.embedding(tokens).transpose(1, 2)
            answers = [torch.relu(layer(x)).amax(2) for layer in self.convolutions]
            return self.classes(self.dropout(torch.cat(answers, 1)))

    model = Classifier()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    batches = [(torch.randint(1, vocabulary, (rows, width)), torch.randint(0, 4, (rows,)))]

    """
}
