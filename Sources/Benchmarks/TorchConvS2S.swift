import Tensors

/// The translator of `ConvS2STraining` in PyTorch, with the operations that fairseq 0.9 trains it by.
///
/// In a process of its own; subnormals are flushed.
enum TorchConvS2S {
  /// The median milliseconds of a step on so many threads, under autocast where not in float32.
  static func measureTraining(sentences: Int, threads: Int, in precision: Precision) -> Double? {
    script.numbers([sentences, threads, precision == .float32 ? 0 : 1])?.first
  }

  private static let script = PeerScript(
    text: """
      import sys, time, torch
      from torch import nn
      from torch.nn import functional as F
      sentences, threads, casts = map(int, sys.argv[1:])
      torch.set_flush_denormal(True)
      torch.set_num_threads(threads)
      torch.manual_seed(0)
      drop, half = 0.2, 0.5 ** 0.5

      def normalized(module, dim=0):
          return nn.utils.weight_norm(module, dim=dim)

      def linear(source, target):
          return normalized(nn.Linear(source, target))

      class Convolution(nn.Module):
          def __init__(self, padding):
              super().__init__()
              self.padding = padding
              self.weight = nn.Parameter(torch.randn(3, 256, 512) * 0.06)
              self.bias = nn.Parameter(torch.zeros(512))

          def forward(self, x):
              return torch.conv_tbc(x.contiguous(), self.weight, self.bias, self.padding)

      class Side(nn.Module):
          def __init__(self, words, layers, padding):
              super().__init__()
              self.words = nn.Embedding(words, 256, padding_idx=1)
              self.places = nn.Embedding(1024, 256, padding_idx=1)
              self.widen, self.narrow = linear(256, 256), linear(256, 256)
              self.layers = nn.ModuleList(
                  normalized(Convolution(padding), dim=2) for _ in range(layers))

          def embed(self, tokens, places):
              return F.dropout(self.words(tokens) + self.places(places), drop)

      class Model(nn.Module):
          def __init__(self):
              super().__init__()
              self.source, self.target = Side(7072, 4, 1), Side(5208, 3, 2)
              self.queries = nn.ModuleList(linear(256, 256) for _ in range(3))
              self.contexts = nn.ModuleList(linear(256, 256) for _ in range(3))
              self.output = linear(256, 5208)

          def encode(self, tokens, places, padded):
              side = self.source
              words = side.embed(tokens, places)
              x = side.widen(words).transpose(0, 1)
              for layer in side.layers:
                  before = x
                  x = F.dropout(x.masked_fill(padded.t().unsqueeze(-1), 0), drop)
                  x = (F.glu(layer(x), 2) + before) * half
              keys = side.narrow(x.transpose(0, 1)).masked_fill(padded.unsqueeze(-1), 0)
              return keys, (keys + words) * half

          def forward(self, tokens, places, padded, previous, later):
              keys, values = self.encode(tokens, places, padded)
              roots = (~padded).sum(1).float().sqrt().view(-1, 1, 1)
              side = self.target
              words = side.embed(previous, later)
              x = side.widen(words).transpose(0, 1)
              for layer, query, context in zip(side.layers, self.queries, self.contexts):
                  before = x
                  x = F.glu(layer(F.dropout(x, drop))[:-2], 2).transpose(0, 1)
                  scores = torch.bmm((query(x) + words) * half, keys.transpose(1, 2))
                  scores = scores.masked_fill(padded.unsqueeze(1), float("-inf"))
                  found = torch.bmm(F.softmax(scores, -1), values) * roots
                  x = ((context(found) + x) * half).transpose(0, 1)
                  x = (x + before) * half
              return self.output(F.dropout(side.narrow(x.transpose(0, 1)), drop))

      lengths = torch.tensor([13 + i % 3 for i in range(sentences)])
      steps = torch.arange(15)
      left = steps[None] < 15 - lengths[:, None]
      right = steps[None] >= lengths[:, None]
      tokens = torch.randint(4, 7072, (sentences, 15)).masked_fill(left, 1)
      targets = torch.randint(4, 5208, (sentences, 15)).masked_fill(right, 1)
      places = (steps[None] - (15 - lengths[:, None]) + 2).masked_fill(left, 1)
      later = (steps[None] + 2).masked_fill(right, 1)
      previous = torch.cat([torch.full((sentences, 1), 2), targets[:, :-1]], 1)
      count = int(lengths.sum())
      model = Model()
      optimizer = torch.optim.SGD(model.parameters(), 0.25, momentum=0.99, nesterov=True)

      def train():
          optimizer.zero_grad()
          with torch.autocast("cpu", torch.bfloat16, enabled=bool(casts)):
              logits = model(tokens, places, left, previous, later).view(-1, 5208)
          losses = F.log_softmax(logits.float(), -1)
          target = targets.view(-1, 1)
          real = target.ne(1)
          likelihood = losses.gather(1, target)[real].sum()
          spread = losses.sum(-1, keepdim=True)[real].sum()
          (-(0.9 * likelihood + 0.1 / 5208 * spread) / count).backward()
          nn.utils.clip_grad_norm_(model.parameters(), 0.1)
          optimizer.step()

      for _ in range(2):
          train()
      seconds = []
      for _ in range(7):
          start = time.perf_counter()
          train()
          seconds.append(time.perf_counter() - start)
      print(sorted(seconds)[3] * 1000)
      """)
}
