/// What each version of each kind makes of its sample; a line stays when the next version comes.
///
/// Of `train` and `evaluate`, whose numbers depend on the machine's matrix products, the digest is
/// over what the artifacts look like.
enum GoldenDigests {
  static let all: [String: String] = [
    "load 1": "8a646c93753c",
    "clean 1": "7c11e6713e86",
    "clean 2": "f1272ca7ac03",
    "tokenize 1": "6f65ae5c6073",
    "tokenize 2": "a5188616918c",
    "detokenize 1": "e36602fe0c79",
    "learn-bpe 1": "7f148d8e7ff3",
    "apply-bpe 1": "6557dc721bc2",
    "apply-bpe 2": "873d9b066a92",
    "split 1": "ecd19f6d4c8d",
    "split 2": "9e81827dfa43",
    "learn-vocabulary 1": "8d22a51c100e",
    "learn-vocabulary 2": "1087b95297d4",
    "import-vocabulary 1": "cbfc49d05717",
    "pad 1": "201259a954ce",
    "pad 2": "e90d44207e2d",
    "binarize 1": "a0b823078420",
    "binarize 2": "63cbb832b793",
    "binarize 3": "e45a2d1150e1",
    "import-convs2s 1": "c74a52bb66b3",
    "import-convs2s 2": "4ae1d6002da2",
    "train 1": "d1cf0d6d1150",
    "train 2": "d1cf0d6d1150",
    "train 3": "a3fd86f0d3f8",
    "predict 1": "aee8b0ae08cb",
    "translate 1": "0e465fdc0091",
    "translate 2": "0e465fdc0091",
    "encode 1": "3dda218a1283",
    "encode 2": "3dda218a1283",
    "evaluate 1": "e624e722ef6f",
    "evaluate 2": "90e1120deab0",
    "evaluate 3": "f5c92f5fe58a",
    "evaluate 4": "af9d4730b66f",
    "command 1": "90aecf85988a",
    "import-merges 1": "762d7cbd9c08",
    "import-model 1": "57a3c6989a4c",
  ]
}
