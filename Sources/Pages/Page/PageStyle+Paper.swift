extension PageStyle {
  /// The rules for paper: what scrolls on a screen is shown in full, and nothing is cut through.
  ///
  /// What is closed on the screen is not printed, and the footer says so.
  static let paper: StyleRules = """
    .printed { display: none; } @page { size: A4; margin: 12mm 13mm; }
    @media print { html { font-size: 73%; } body { max-width: none; padding: 0; font-size: 1rem;
      line-height: 1.4; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .printed { display: block; }
      a { color: inherit; text-decoration: none; } nav, .folded, details:not([open]) { display: none; }
      h2, h3, summary { break-after: avoid; } h3 { margin-top: .9rem; }
      p { margin: .2rem 0 .4rem; } section { margin-top: .8rem; padding-top: .6rem; }
      figure, tr, dl, .kept, table:not(.wrapping) { break-inside: avoid; } thead { display: table-header-group; }
      .scroll { overflow: visible; background: none; }
      .drawing, .drawing.wide { min-width: 0; max-width: 100%; max-height: 5.6cm; width: auto;
      height: auto; } figure { margin: .4rem 0; }
      table { font-size: .9rem; } td, th { padding: .1rem .5rem .1rem 0; }
      td.number, th.number { padding-left: .4rem; } td .whole, td.number { white-space: normal; }
      data { white-space: nowrap; } td.bar { white-space: nowrap; } td.bar svg { width: 2.4rem; }
      td.passage { min-width: 0; } td code { white-space: normal; }
      .verdict { flex-wrap: nowrap; }
      .verdict > dl { flex-basis: 0; } .verdict > figure { flex: 0 0 40%; }
      .beside { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; }
      .beside > * { flex: 1 1 16rem; min-width: min-content; max-width: 100%; }
      .beside > figure { flex: 0 1 auto; min-width: 9rem; }
      .flow > figure > .scroll > .drawing { max-height: 8cm; }
      .kept .flow > figure > .scroll > .drawing { max-height: 5.6cm; }
      table.wrapping { font-size: .84rem; line-height: 1.35; }
      .flow { gap: .4rem 1.4rem; } .flow > figure { max-width: 48%; }
      .flow .drawing.wide { width: 27rem; } .wrapping tr:nth-child(n + 6) { display: none; }
      .wrapping tr > :nth-child(7) { display: none; }
      .matrix { border-spacing: 1px; --side: 1.4rem; font-size: .75rem; }
      .matrix.many { --side: 1.15rem; font-size: .6rem; } .matrix th { font-size: .75rem;
      padding: 0 .2rem; } .matrix.many th { font-size: .62rem; } }

    """
}
