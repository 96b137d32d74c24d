extension DefinitionDiagnostics {
  /// References that lead nowhere, to the wrong thing, or to a doubtful one.
  static let edges: [String: String] = [
    "unknown-stage": """
    unknown-stage.toml:7:8: error: there is no stage 'lod'; did you mean 'load'?
        7 | from = "lod"
          |        ^~~~~
      try: the stages are load, clean
    """,
    "misspelt-stage-before-training": """
    misspelt-stage-before-training.toml:12:8: error: there is no stage 'splt'; did you mean 'split'?
       12 | from = "splt.train"
          |        ^~~~~~~~~~~~
      try: the stages are load, split, vocabulary, binarize, train
    """,
    "unknown-output": """
    unknown-output.toml:10:8: error: 'split' has no output 'tran'; did you mean 'train'?
       10 | from = "split.tran"
          |        ^~~~~~~~~~~~
      try: its outputs are train, valid, test
    """,
    "wrong-edge": """
    wrong-edge.toml:7:8: error: train.from wants a dataset, but 'load' gives a table
        7 | from = "load"
          |        ^~~~~~
      try: put a stage of kind binarize between them
    """,
    "several-outputs": """
    several-outputs.toml:18:8: error: from wants one artifact, but 'binarize' has several
       18 | from = "binarize"
          |        ^~~~~~~~~~
      try: name one: "binarize.train", "binarize.valid", "binarize.test"
    """,
    "circle": """
    circle.toml:5:8: error: stages wait for each other in a circle: clean → tokenize → clean
        5 | from = "clean"
          |        ^~~~~~~
      try: let one of them read from an earlier stage
    """,
    "unused-stage": """
    unused-stage.toml:6:8: warning: nothing uses the output of 'clean'
        6 | [stage.clean]
          |        ^
      try: remove the stage, or refer to it
    """,
    "learns-from-held-out": """
    learns-from-held-out.toml:11:1: warning: 'vocabulary' learns from split.test, which is held out to measure on
       11 | from = "split.test"
          | ^
      try: let it learn from the training part only
    """,
    "learns-before-split": """
    learns-before-split.toml:8:1: warning: 'vocabulary' learns from 'load', before 'split' sets parts aside: held-out rows leak in
        8 | from = "load"
          | ^
      try: let it learn from "split.train"
    """,
    "scores-on-training": """
    scores-on-training.toml:22:1: warning: 'evaluate' scores on 'binarize.train', which the model was trained on
       22 | from = "binarize.train"
          | ^
      try: score on a part that was held out
    """,
  ]
}
