/// What a person is told about each file of `fixtures/malformed/data`, and about good data asked for
/// in ways it cannot answer.
enum DataDiagnostics {
  static let all = [
    Example(
      """
      path = "unclosed-quote.csv"
      text = "text"
      label = "label"
      """,
      """
      unclosed-quote.csv:3:5: error: quoted field is never closed
          3 | bad,"never closed
            |     ^
        try: add the missing ", or set quoting = false if quotes are text in this file
      """),
    Example(
      """
      path = "stray-quote.csv"
      text = "text"
      label = "label"
      """,
      """
      stray-quote.csv:2:7: error: quote inside an unquoted field
          2 | good,5" wide
            |       ^
        try: put the field in quotes and double the quotes inside, or set quoting = false
      """),
    Example(
      """
      path = "text-after-quote.csv"
      text = "text"
      label = "label"
      """,
      """
      text-after-quote.csv:2:10: error: text after the closing quote of a field
          2 | good,"so" they said
            |          ^
        try: double the quotes inside the field, or check the delimiter and quoting
      """),
    Example(
      """
      path = "too-few-fields.csv"
      text = "text"
      label = "label"
      """,
      """
      too-few-fields.csv:3: error: expected 2 fields, found 1
          3 | bad
            | ^~~
        try: check the delimiter and the quotes of this line, or set on-error = "skip"
      """),
    Example(
      """
      path = "too-many-fields.csv"
      text = "text"
      label = "label"
      """,
      """
      too-many-fields.csv:3: error: expected 2 fields, found 3
          3 | bad,dull, and long
            | ^~~~~~~~~~~~~~~~~~
        try: check the delimiter and the quotes of this line, or set on-error = "skip"
      """),
    Example(
      """
      path = "invalid-utf-8.csv"
      text = "text"
      label = "label"
      """,
      """
      invalid-utf-8.csv:3: error: byte 0xE9 is not valid utf-8, at byte offset 28
        try: set encoding = "windows-1252" if that is what it is, or invalid = "replace"
      """),
    Example(
      """
      path = "undefined-windows-1252.csv"
      encoding = "windows-1252"
      text = "text"
      label = "label"
      """,
      """
      undefined-windows-1252.csv:2: error: byte 0x81 is not valid windows-1252, at byte offset 17
        try: check the encoding, or set invalid = "replace"
      """),
    Example(
      """
      path = "nul-byte.csv"
      text = "text"
      label = "label"
      """,
      """
      nul-byte.csv:2: error: NUL byte in text, at byte offset 18
        try: set encoding = "utf-16le" if that is what it is, or invalid = "replace"
      """),
    Example(
      """
      path = "empty.csv"
      text = "text"
      label = "label"
      """,
      """
      empty.csv: error: the file is empty
        try: check the path; a header line at least is expected
      """),
    Example(
      """
      path = "missing-column.csv"
      text = "text"
      label = "label"
      """,
      """
      missing-column.csv:1: error: no column 'text' in the header; did you mean 'texts'?
        try: the columns are: label, texts
      """),
    Example(
      """
      path = "duplicate-column.csv"
      text = "text"
      """,
      """
      duplicate-column.csv:1: error: the header names two columns 'text'
        try: choose columns by number, counted from 1
      """),
    Example(
      """
      path = "good.csv"
      text = 3
      """,
      """
      good.csv:1: error: no column 3: records have 2 fields
        try: columns are counted from 1; check the delimiter too
      """),
    Example(
      """
      path = "good.csv"
      header = false
      text = "text"
      """,
      """
      good.csv: error: column 'text' is asked for by name, but the file is read without a header
        try: give the column's number, counted from 1, or set header = true
      """),
    Example(
      """
      path = "truncated.csv.gz"
      text = "text"
      label = "label"
      """,
      """
      pipeline.toml:1:8: error: 'truncated.csv.gz' ends in the middle of its gzip data, after byte 110
        try: copy or download the file again
      """),
    Example(
      """
      path = "corrupt.csv.gz"
      text = "text"
      label = "label"
      """,
      """
      pipeline.toml:1:8: error: 'corrupt.csv.gz' has corrupt gzip data near byte 166: incorrect data check
        try: copy or download the file again; 'gzip -t' checks it
      """),
    Example(
      """
      path = "not-there.csv"
      text = "text"
      label = "label"
      """,
      """
      pipeline.toml:2:8: error: cannot open 'not-there.csv': No such file or directory
          2 | path = "not-there.csv"
            |        ^~~~~~~~~~~~~~~
        try: check the path; every folder on the way must exist
      """),
    Example(
      """
      path = "class-outside-list.csv"
      class-names = "classes.txt"
      first-class = 1
      text = "text"
      label = "label"
      """,
      """
      class-outside-list.csv:3: error: label '3' is not a class number from 1 to 2
        try: check the list of class names, and whether first-class is 0 or 1
      """),
    Example(
      """
      path = "good.csv"
      class-names = "repeated-class.txt"
      text = "text"
      label = "label"
      """,
      """
      repeated-class.txt:3: error: class name 'good' stands on line 1 already
        try: name each class once
      """),
    Example(
      """
      path = "good.csv"
      class-names = "no-classes.txt"
      text = "text"
      label = "label"
      """,
      """
      no-classes.txt: error: the list of class names is empty
        try: write one name on each line
      """),
    Example(
      """
      files = { source = "three-lines.txt", target = "two-lines.txt" }
      """,
      """
      two-lines.txt: error: 2 lines, but three-lines.txt has 3
        try: line n of each file must belong together; check that both are complete
      """),
    Example(
      """
      [stage.load]
      path = "good.csv"
      text = "text"
      [stage.clean]
      from = "load"
      columns = "txt"
      """,
      """
      pipeline.toml:4:8: error: 'load' has no column 'txt'; did you mean 'text'?
        try: its columns are text
      """),
    Example(
      """
      [stage.load]
      path = "good.csv"
      keep = "text"
      [stage.split]
      from = "load"
      parts = { train = 5, test = "rest" }
      """,
      """
      pipeline.toml:4:8: error: the parts want 5 rows, but there are 2
        try: ask for fewer rows, or give one part the rest
      """),
    Example(
      """
      [stage.load]
      path = "good.csv"
      label = "label"
      [stage.tokenize]
      from = "load"
      """,
      """
      pipeline.toml:4:8: error: 'load' has no column text, source or target
        try: say which columns hold text, as in columns = ["label"]
      """),
  ]
}
