extension DefinitionDiagnostics {
  /// Columns that cannot be read and parts that cannot be dealt out.
  static let rows: [String: String] = [
    "path-and-files": """
    path-and-files.toml:3:8: error: these files have no columns to choose from
        3 | text = "text"
          |        ^~~~~~
      try: leave this out: the table has text
    path-and-files.toml:5:9: error: load needs one of path, files, parts and classes, not path and files
        5 | files = { text = "a.txt" }
          |         ^~~~~~~~~~~~~~~~~~
      try: path for CSV, TSV and JSON, parts for such files of train and test, files for one text file a column, classes for one file or folder a class
    """,
    "no-columns": """
    no-columns.toml:1:8: error: load is told no column to read
        1 | [stage.load]
          |        ^~~~
      try: name text and label, or source and target, by header or number
    """,
    "text-is-true": """
    text-is-true.toml:3:8: error: text wants text in quotes, but this is a boolean
        3 | text = true
          |        ^~~~
      try: give text in quotes
    """,
    "delimiter-ends-lines": """
    delimiter-ends-lines.toml:4:13: error: delimiter must not be a line end, nor the quote around fields
        4 | delimiter = "\\n"
          |             ^~~~
      try: give the character between fields, such as ",", ";" or "\\t"
    """,
    "columns-of-line-aligned-files": """
    columns-of-line-aligned-files.toml:3:8: error: these files have no columns to choose from
        3 | text = 1
          |        ^
      try: leave this out: the table has source and target
    """,
    "several-label-columns": """
    several-label-columns.toml:4:9: error: label wants one column
        4 | label = ["a", "b"]
          |         ^~~~~~~~~~
      try: only text joins several
    """,
    "column-kept-twice": """
    column-kept-twice.toml:5:8: error: a column of that name is already there
        5 | keep = ["id", "label"]
          |        ^~~~~~~~~~~~~~~
      try: leave it out of keep
    """,
    "reserved-column": """
    reserved-column.toml:5:8: error: every table has a column 'line' of its own, where each row came from
        5 | keep = "line"
          |        ^~~~~~
      try: give the column another name
    """,
    "impossible-part": """
    impossible-part.toml:8:9: error: the part 'train' cannot be drawn like this
        8 | parts = { train = 1.5, test = "rest" }
          |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: give a share above 0 and up to 1, a number of rows, "rest" or { every = n }, n from 2
    """,
    "fold-without-folds": """
    fold-without-folds.toml:8:1: error: fold means nothing to a stage without folds
        8 | fold = 2
          | ^~~~
      try: leave it out, or add folds = 10
    """,
    "no-part-is-the-fold": """
    no-part-is-the-fold.toml:9:9: error: no part is the one that each of the 5 folds is held out in
        9 | parts = { train = 0.8, test = 0.2 }
          |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: write parts = { train = "rest", test = "fold" }, with valid = 0.1 where wanted
    """,
    "fold-beyond-the-last": """
    fold-beyond-the-last.toml:9:8: error: fold is out of range
        9 | fold = 6
          |        ^
      try: give a whole number from 1 to 5
    """,
    "shares-above-one": """
    shares-above-one.toml:8:9: error: the shares of the parts add up to 1.1
        8 | parts = { train = 0.8, test = 0.3 }
          |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: let them add up to at most 1
    """,
    "two-rests": """
    two-rests.toml:8:9: error: two parts take the rest of the rows
        8 | parts = { train = "rest", test = "rest" }
          |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: give one of them a share or a count
    """,
    "every-n-th-of-three": """
    every-n-th-of-three.toml:8:9: error: every n-th row can be split off only from one other part that takes the rest
        8 | parts = { train = "rest", valid = { every = 10 }, test = 0.1 }
          |         ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      try: use two parts, such as valid = { every = 23 } and train = "rest"
    """,
  ]
}
