import Models
import Tensors
import Training

/// Fine-tuning and inference of an encoder of the size of MiniLM, beside transformers on PyTorch.
///
/// The peer pads rows, sorted by length, to the longest of their batch; ours come as they are.
enum EncoderTraining {
  /// The lengths of rows, [CLS] and [SEP] included.
  private struct Rows {
    let name: String
    /// Of each batch.
    let lengths: [[Int]]
    /// How often all batches are measured.
    let runs: Int

    static let all = [
      Rows(
        name: "a batch of questions, 32 × 12 tokens",
        lengths: [Array(repeating: 12, count: 32)], runs: 15),
      Rows(name: "8 batches of sentences, 32 × 7–35 tokens", lengths: sentences, runs: 5),
      Rows(
        name: "a batch of paragraphs, 32 × 128 tokens",
        lengths: [Array(repeating: 128, count: 32)], runs: 3),
    ]

    /// Lengths like those of film reviews' sentences, about 21 in the mean.
    private static var sentences: [[Int]] {
      var random = RandomSource(seed: 1)
      return (0..<4).map { _ in
        (0..<32).map { _ in 7 + random.index(below: 15) + random.index(below: 15) }
      }
    }
  }

  static func run() throws {
    let blas = try OpenBLAS.load()
    let encoder = Encoder(Encoder.Configuration(vocabularySize: 30_522, classCount: 6))
    for rows in Rows.all {
      ClassifierSteps.show(
        "encoder 384 × 6, \(rows.name)", encoder,
        lengths: rows.lengths.map { $0.map { $0 - 2 } }, shards: 2, runs: rows.runs,
        Adam(weightDecay: 0.01, decouplesDecay: true),
        peer: TorchFigures(
          of: transformersModel, sizes: [rows.lengths[0].count] + rows.lengths.flatMap { $0 },
          runs: rows.runs), blas: blas)
    }
  }

  private static let transformersModel = """
    from transformers import BertConfig, BertForSequenceClassification
    rows, *lengths = sizes
    lengths.sort()

    class Classifier(nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = BertForSequenceClassification(BertConfig(
                hidden_size=384, num_hidden_layers=6, num_attention_heads=12,
                intermediate_size=1536, num_labels=6))

        def forward(self, batch):
            tokens, mask = batch
            return self.bert(input_ids=tokens, attention_mask=mask).logits

    def padded(lengths):
        mask = (torch.arange(lengths[-1])[None] < torch.tensor(lengths)[:, None]).long()
        return torch.randint(1000, 30522, mask.shape) * mask, mask

    model = Classifier()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=0.01, fused=True)
    batches = [
        (padded(lengths[i : i + rows]), torch.randint(0, 6, (rows,)))
        for i in range(0, len(lengths), rows)]

    """
}
