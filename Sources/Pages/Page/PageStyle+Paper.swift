extension PageStyle {
  /// The rules for paper: everything that scrolls or opens on a screen is shown in full.
  ///
  /// In browsers that cannot print closed details, a note says where there are some.
  static let paper: StaticString = """
    @media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      a { color: inherit; text-decoration: none; } h2, h3, summary { break-after: avoid; }
      figure, tr, .kept { break-inside: avoid; } .scroll { overflow: visible; background: none; }
      .drawing { min-width: min(var(--least), 44rem); max-height: 24cm; }
      table { font-size: 8.5pt; } th { font-size: 7.5pt; } td, th { padding-right: .35rem; }
      td.number, th.number { padding-left: .35rem; } td.number, .whole { white-space: normal; }
      data { white-space: nowrap; }
      td.bar { min-width: 3.4rem; background-size: calc(100% - .4rem) 76%;
      background-position: .2rem 50%; } td.passage { min-width: 0; }
      code, pre { font-size: 7.5pt; } td code { white-space: normal; }
      .beside { display: flex; flex-wrap: wrap; gap: .6rem 1.6rem; }
      .beside > * { flex: 1 1 20rem; min-width: min-content; max-width: 100%; }
      .matrix { border-spacing: 1px; } .matrix th { font-size: 7pt; padding: 0 .2rem; }
      .matrix td { --side: min(1.5rem, 36rem / var(--classes)); padding: 0; min-width: var(--side);
      height: var(--side); font-size: min(7.5pt, 16rem / var(--classes)); }
      .matrix td a { line-height: var(--side); } summary { list-style: none; font-weight: 600; }
      summary::-webkit-details-marker { display: none; } details > :not(summary) { margin-left: 0; }
      details::details-content { content-visibility: visible; display: block; block-size: auto; } }
    @supports not selector(details::details-content) { @media print {
      details:not([open]) > summary::after { font-weight: 400;
      content: " (to print what is here, open it on the screen first)"; } } }

    """
}
