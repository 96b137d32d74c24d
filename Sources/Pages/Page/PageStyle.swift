/// The style rules of a page, for screens, phones and paper; colours are `DrawingStyle`'s.
enum PageStyle {
  /// All rules, in the order in which later ones win.
  static let all = [
    DrawingStyle.colors, DrawingStyle.rules, rules, tables, matrix, edges, phone, paper,
  ]

  static let rules: StyleRules = """
    * { box-sizing: border-box; } html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 0 0 .6rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
    p { margin: .4rem 0 .7rem; max-width: 46rem; } .note, figcaption { color: var(--soft);
      font-size: .875rem; } figcaption { margin-top: .3rem; max-width: 36rem; }
    section { border-top: 1px solid var(--rule); padding-top: 1.4rem; margin-top: 2rem; }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 1.2rem; font-size: .9rem; }
    a { color: var(--blue); text-underline-offset: 2px; } figure { margin: .8rem 0; min-width: 0; }
    figure .drawing { display: block; }
    .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
      gap: 1rem 2rem; align-items: start; } .beside > * { min-width: 0; }
    .drawing.wide { width: 100%; min-width: 20rem; max-width: 28rem; height: auto; }
    .facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: .8rem 0;
      align-items: baseline; } .facts div { display: flex; flex-direction: column; }
    .facts .name { color: var(--soft); font-size: .8rem; } .facts strong { font-size: 1.1rem;
      font-variant-numeric: tabular-nums; }
    .headline .facts > div:first-child strong { font-size: 2.1rem; line-height: 1.2; }
    .verdict { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; align-items: start; }
    .verdict > dl { flex: 1 1 26rem; min-width: 0; } .verdict > figure { flex: 0 1 auto; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0;
      max-width: 46rem; } dt { color: var(--soft); font-size: .875rem; line-height: 1.7; }
    dd { margin: 0; min-width: 0; overflow-wrap: break-word; }
    .flow { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: start; }
    .flow > * { min-width: 0; max-width: 100%; } .flow > div { min-width: min(100%, 18rem); }
    .flow .drawing.wide { width: min(24rem, 100vw - 1.6rem); }
    figure > figcaption, .flow .note { width: 0; min-width: 100%; }
    code, pre { font: .85em ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono",
      monospace; } code { overflow-wrap: anywhere; }
    pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px;
      padding: .7rem .9rem; line-height: 1.45; margin: .5rem 0; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    details { margin: .2rem 0; } summary { cursor: pointer; padding: .15rem 0; }
    details > :not(summary) { margin-left: 1.1rem; }
    .warning { border-left: 3px solid var(--orange); padding-left: .7rem; }
    .example:target { outline: 2px solid var(--orange); outline-offset: 4px; }
    .sentence { margin: .2rem 0; padding-left: 6rem; text-indent: -6rem; }
    .sentence .name { color: var(--soft); font-size: .8rem; display: inline-block; width: 6rem;
      text-indent: 0; } mark { background: color-mix(in srgb, var(--orange) 22%, transparent);
      color: inherit; border-bottom: 2px solid var(--orange); }
    :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
    footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }

    """
}
