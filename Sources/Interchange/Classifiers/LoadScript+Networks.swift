extension LoadScript {
  /// The models that learn in batches, written with PyTorch.
  static let networks = #"""
    def tensors(model):
        """The model's tensors by name, as PyTorch's."""
        import torch

        return {
            name: torch.tensor(values, dtype=torch.float32).reshape(shape)
            for name, (shape, values) in model.tensors.items()
        }


    def network(model, read):
        """A network that reads the ids of a row, or one padding, and a layer of classes."""
        import torch

        weights = tensors(model)

        def forward(ids):
            with torch.no_grad():
                x = read(weights, torch.tensor(ids or [model.configuration["padding"]]))
                x = weights["classes.weight"] @ x + weights["classes.bias"]
                return torch.softmax(x, dim=0).tolist()

        return forward


    def recurrent(model):
        """Embedding, LSTM or GRU, pooling, a dense layer if there is one, the classes."""
        import torch

        sizes = model.configuration
        cell = sizes.get("cell", "lstm")
        layers = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](
            sizes["embedding"], sizes["hidden"], sizes["layers"], batch_first=True,
            bidirectional=sizes["bidirectional"],
        )
        start = cell + "."
        layers.load_state_dict({
            name[len(start):]: value
            for name, value in tensors(model).items() if name.startswith(start)
        })

        def read(weights, ids):
            states, last = layers(weights["embedding.weight"][ids].unsqueeze(0))
            states, last = states[0], last if cell == "gru" else last[0]
            if sizes["pooling"] == "max":
                x = states.max(dim=0).values
            elif sizes["pooling"] == "mean":
                x = states.mean(dim=0)
            elif sizes["pooling"] == "attention":
                keys = torch.tanh(states @ weights["attention.weight"].T + weights["attention.bias"])
                x = torch.softmax(keys @ weights["query"].reshape(-1), dim=0) @ states
            else:
                x = last[-2 if sizes["bidirectional"] else -1 :].reshape(-1)
            if sizes["dense"]:
                x = torch.relu(weights["dense.weight"] @ x + weights["dense.bias"])
            return x

        return network(model, read)


    def mlp(model):
        """The mean of the word vectors, or n-grams; dense layers, the classes last."""
        import torch

        sizes, weights = model.configuration, tensors(model)
        activation = {
            "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
            "gelu": torch.nn.functional.gelu,
            "gelu-tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
        }[sizes["activation"]]
        layers = [f"hidden{n + 1}" for n in range(len(sizes["hidden"]))] + ["classes"]
        ngrams = weighed(model) if "ngrams" in sizes else None

        def first(layer, ids):
            if ngrams is None:
                mean = weights["embedding.weight"][ids or [sizes["padding"]]].mean(dim=0)
                return weights[layer + ".weight"] @ mean
            x = torch.zeros(weights[layer + ".weight"].shape[1])
            for ngram, value in ngrams(ids).items():
                x += value * weights[layer + ".weight"][ngram]
            return x

        def forward(ids):
            with torch.no_grad():
                x = first(layers[0], ids) + weights[layers[0] + ".bias"]
                for layer in layers[1:]:
                    x = weights[layer + ".weight"] @ activation(x) + weights[layer + ".bias"]
                return torch.softmax(x, dim=0).tolist()

        return forward


    def cnn(model):
        """Every window of a few words by filters, the largest answer of each, the classes."""
        import torch

        sizes = model.configuration

        def read(weights, ids):
            tables = ["embedding.weight"] + (["static.weight"] if sizes["multichannel"] else [])
            words = torch.cat([weights[table][ids] for table in tables], dim=1)
            # A row is at least as long as the widest filter.
            lacking = max(max(sizes["widths"]) - len(ids), 0)
            words = torch.cat([words, torch.zeros(lacking, words.shape[1])])
            answers = []
            for number in range(len(sizes["widths"])):
                found = torch.nn.functional.conv1d(
                    words.T.unsqueeze(0), weights[f"convolutions.{number}.weight"],
                    weights[f"convolutions.{number}.bias"],
                )
                answers.append(torch.relu(found[0]).amax(dim=1))
            return torch.cat(answers)

        return network(model, read)


    """#
}
