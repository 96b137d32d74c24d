/// The script in the folder of a classifier that computes its probabilities, in Python.
enum LoadScript {
  static let text = [opening, networks, linearModels, choice].joined(separator: "\n")

  /// How the folder is read.
  private static let opening = #"""
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


    """#

  /// Which of the models it is, and the program.
  private static let choice = #"""
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
