extension LoadScript {
  /// The models of n-grams, which need nothing but Python.
  static let linearModels = #"""
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


    """#
}
