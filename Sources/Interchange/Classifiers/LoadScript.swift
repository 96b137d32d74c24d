/// The script in the folder of a classifier that computes its probabilities, in Python.
enum LoadScript {
  static let text = #"""
    #!/usr/bin/env python3
    """The probabilities of the classifier in this folder.

        python3 load.py < tokens.txt

    reads lines of tokens as the last step of the model's chain leaves them (model.json lists the
    steps) and prints a JSON object of class and probability for each. Networks need PyTorch; models
    of n-grams need nothing but Python. `Model(folder).probabilities(tokens)` is the same in a program.
    """
    import array
    import copy
    import json
    import math
    import os
    import re
    import struct
    import sys


    def read_safetensors(path):
        """Each tensor by its name: shape and numbers, row by row."""
        with open(path, "rb") as file:
            header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            data = file.read()
        types = {"F32": "f", "F64": "d", "I32": "i", "I64": "q", "U8": "B"}
        tensors = {}
        for name, entry in header.items():
            if name != "__metadata__":
                start, end = entry["data_offsets"]
                values = array.array(types[entry["dtype"]], data[start:end])
                tensors[name] = (entry["shape"], values)
        return tensors


    def softmax(numbers):
        largest = max(numbers)
        powers = [math.exp(number - largest) for number in numbers]
        total = sum(powers)
        return [power / total for power in powers]


    class Model:
        def __init__(self, folder=os.path.dirname(os.path.abspath(__file__))):
            def load(name):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    return json.load(file)

            description, vocabulary = load("model.json"), load("vocabulary.json")
            self.configuration = description["architecture"]
            self.classes = description["classes"]
            steps = description["chain"]["steps"]
            self.is_padded = bool(steps) and steps[-1]["kind"] == "pad"
            self.words, self.special = vocabulary["words"], vocabulary["special"]
            special = set(self.special.values())
            self.ids = {word: id for id, word in enumerate(self.words) if id not in special}
            self.tensors = read_safetensors(os.path.join(folder, "model.safetensors"))
            self.forward = forward(self)

        def numbered(self, tokens):
            """The ids of tokens; of a padded line without the padding."""
            ids = []
            for token in tokens.split(" ") if isinstance(tokens, str) else tokens:
                if self.is_padded and re.fullmatch(r"\\*<pad>", token):
                    if token == "<pad>":
                        continue
                    token = token[1:]
                if token:
                    ids.append(self.ids.get(token, self.special.get("<unk>")))
            return [id for id in ids if id is not None]

        def probabilities(self, tokens):
            return self.forward(self.numbered(tokens))


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


    def mix(value):
        """The finaliser of SplitMix64."""
        mask = (1 << 64) - 1
        z = (value + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)


    def buckets(ids, shortest, longest, count):
        """The bucket of each n-gram of ids, none over a token that is left out."""
        for start in range(len(ids)):
            value = 0
            for end in range(start, min(len(ids), start + longest)):
                if ids[end] < 0:
                    break
                value = mix((value + ids[end] + 1) & ((1 << 64) - 1))
                if end - start + 1 >= shortest:
                    yield value * count >> 64


    def readings(model, ignores_case=False):
        """What a model of n-grams reads for each id: -1 for padding and unknown words."""
        numbers = list(range(len(model.words)))
        if ignores_case:
            first = {}
            numbers = [first.setdefault(word.lower(), id) for id, word in enumerate(model.words)]
        for name in ("<pad>", "<unk>"):
            if name in model.special:
                numbers[model.special[name]] = -1
        return numbers


    def weighed(model):
        """What each n-gram of a row counts for, by its number: presence, or TF-IDF."""
        sizes = model.configuration
        shortest, longest = sizes["ngrams"]
        numbers = readings(model, sizes.get("ignore-case", False))
        count = sizes.get("features")
        idf = model.tensors["ngrams.idf"][1] if sizes.get("idf") else None
        if "buckets" not in sizes:
            pairs = zip(model.tensors["ngrams.prefixes"][1], model.tensors["ngrams.tokens"][1])
            known = {pair: number for number, pair in enumerate(pairs)}

        def features(ids):
            if "buckets" in sizes:
                yield from buckets(ids, shortest, longest, sizes["buckets"])
                return
            for start in range(len(ids)):
                number = -1
                for end in range(start, min(len(ids), start + longest)):
                    number = known.get((number, ids[end])) if ids[end] >= 0 else None
                    if number is None:
                        break
                    if number < count and end - start + 1 >= shortest:
                        yield number

        def values(ids):
            counts = {}
            for feature in features([numbers[id] for id in ids]):
                counts[feature] = counts.get(feature, 0) + 1
            if sizes["weighting"] == "presence":
                return dict.fromkeys(counts, 1)
            for feature, count in counts.items():
                value = 1 + math.log(count) if sizes["sublinear"] else count
                counts[feature] = value * idf[feature] if idf else value
            norm = math.sqrt(sum(value * value for value in counts.values())) or 1
            return {feature: value / norm for feature, value in counts.items()}

        return values


    def ngrams(model):
        """A linear model of the n-grams of a row."""
        values = weighed(model)
        (_, outputs), weights = model.tensors["classes.weight"]
        biases = model.tensors["classes.bias"][1]

        def forward(ids):
            sums = list(biases)
            for feature, value in values(ids).items():
                for k in range(outputs):
                    sums[k] += value * weights[feature * outputs + k]
            return softmax(sums if outputs == len(model.classes) else [0, sums[0]])

        return forward


    def fasttext(model):
        """The mean of the vectors of words, of n-grams of words and of n-grams of characters."""
        sizes = model.configuration
        numbers, count, width = readings(model), sizes["vocabulary"], sizes["width"]
        vectors = model.tensors["inputs.weight"][1]
        weights = model.tensors["classes.weight"][1]
        lengths = sizes.get("character-ngrams")

        def characters(word):
            marked = "<" + word + ">"
            for start in range(len(marked)):
                for length in range(lengths[0], lengths[1] + 1):
                    end = start + length
                    if end > len(marked) or length == 1 and (start == 0 or end == len(marked)):
                        continue
                    value = 2166136261
                    for byte in marked[start:end].encode("utf-8"):
                        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
                    yield value % sizes["buckets"]

        def forward(ids):
            ids = [numbers[id] for id in ids]
            inputs = []
            for id in ids:
                if id >= 0:
                    inputs.append(id)
                    if lengths:
                        inputs += [count + bucket for bucket in characters(model.words[id])]
            if sizes["ngrams"] > 1:
                inputs += [count + b for b in buckets(ids, 2, sizes["ngrams"], sizes["buckets"])]
            mean = [0.0] * width
            for number in inputs:
                for place in range(width):
                    mean[place] += vectors[number * width + place]
            mean = [value / (len(inputs) or 1) for value in mean]
            return softmax([
                sum(weights[k * width + place] * mean[place] for place in range(width))
                for k in range(len(model.classes))
            ])

        return forward


    def ensemble(model):
        """The mean of what several models say."""
        members = []
        for number, configuration in enumerate(model.configuration["members"], 1):
            start = f"members.{number}."
            member = copy.copy(model)
            member.configuration = configuration
            member.tensors = {
                name[len(start):]: tensor
                for name, tensor in model.tensors.items() if name.startswith(start)
            }
            members.append(forward(member))

        def mean(ids):
            answers = [member(ids) for member in members]
            return [sum(shares) / len(members) for shares in zip(*answers)]

        return mean


    def forward(model):
        """What gives the probabilities of a model for the ids of a row."""
        kind = model.configuration["model"]
        if kind not in FORWARD:
            sys.exit(f"load.py knows no {kind}; its tensors are in model.safetensors")
        return FORWARD[kind](model)


    FORWARD = {
        "lstm-classifier": recurrent,
        "mlp": mlp,
        "cnn": cnn,
        "logistic-regression": ngrams,
        "naive-bayes": ngrams,
        "fasttext": fasttext,
        "ensemble": ensemble,
    }


    def main():
        model = Model()
        for line in open(0, encoding="utf-8", newline="\n"):
            values = model.probabilities(line.rstrip("\n"))
            print(json.dumps(dict(zip(model.classes, values)), ensure_ascii=False))


    if __name__ == "__main__":
        main()

    """#
}
