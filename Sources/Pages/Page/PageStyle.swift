/// The style rules of a page, for screens, phones and paper; colours are `DrawingStyle`'s.
enum PageStyle {
  static let rules: StaticString = """
    * { box-sizing: border-box; } html { -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 70rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 0 0 .6rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
    p { margin: .4rem 0 .7rem; max-width: 46rem; } .note, figcaption { color: var(--soft);
      font-size: .875rem; } figcaption { margin-top: .3rem; max-width: 36rem; }
    section { border-top: 1px solid var(--rule); padding-top: 1.4rem; margin-top: 2rem; }
    nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 1rem; font-size: .9rem; }
    a { color: var(--blue); text-underline-offset: 2px; } figure { margin: .8rem 0; min-width: 0; }
    figure .drawing { display: block; }
    .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
      gap: 1rem 2rem; align-items: start; } .beside > * { min-width: 0; }
    .drawing.wide { width: 100%; max-width: 28rem; }
    .facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: .8rem 0; }
    .facts div { display: flex; flex-direction: column; } .facts .name { color: var(--soft);
      font-size: .8rem; } .facts strong { font-size: 1.1rem; font-variant-numeric: tabular-nums; }
    .headline strong { font-size: 1.9rem; line-height: 1.2; }
    table { border-collapse: collapse; font-size: .9rem; margin: .4rem 0; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem;
      border-bottom: 1px solid var(--soft); vertical-align: bottom; }
    td, th { padding: .22rem .8rem .22rem 0; } td { border-bottom: 1px solid var(--rule);
      vertical-align: top; } td.number, th.number { text-align: right; padding-left: .8rem;
      font-variant-numeric: tabular-nums; } td.number { white-space: nowrap; }
    td.bar { background: linear-gradient(to right,
      color-mix(in srgb, var(--blue) 30%, transparent) var(--share), transparent var(--share))
      no-repeat .45rem 50% / calc(100% - .8rem) 76%; min-width: 6.5rem; }
    tr.marked td { font-weight: 650; background-color: color-mix(in srgb, var(--orange) 14%,
      transparent); } code, pre { font: .85em ui-monospace, "SFMono-Regular", Menlo, Consolas,
      "DejaVu Sans Mono", monospace; } code { overflow-wrap: anywhere; }
    pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 6px;
      padding: .7rem .9rem; line-height: 1.45; margin: .5rem 0; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    details { margin: .2rem 0; } summary { cursor: pointer; padding: .15rem 0; }
    details > :not(summary) { margin-left: 1.1rem; } .whole, table code { white-space: nowrap; }
    td.passage code { white-space: normal; }
    .warning { border-left: 3px solid var(--orange); padding-left: .7rem; }
    .matrix { border-collapse: separate; border-spacing: 2px; } .matrix td, .matrix th { border: 0;
      padding: 0; } .matrix td { min-width: 1.9rem; height: 1.9rem; text-align: center;
      vertical-align: middle; font-variant-numeric: tabular-nums; border-radius: 3px;
      background: color-mix(in srgb, var(--shade) var(--share), transparent); }
    .matrix td a { display: block; color: inherit; text-decoration: none; line-height: 1.9rem; }
    .matrix td a:hover { outline: 2px solid var(--ink); border-radius: 3px; }
    .matrix td.hit { --shade: var(--blue); } .matrix td.miss { --shade: var(--orange); }
    .matrix td.none { --shade: var(--soft); --share: 7%; color: var(--soft); }
    .matrix th { font-weight: 500; vertical-align: middle; padding: 0 .5rem; color: var(--ink); }
    .matrix thead th { writing-mode: vertical-rl; transform: rotate(180deg); padding: .4rem 0;
      text-align: left; } .matrix tbody th { text-align: right; white-space: nowrap; }
    .flow { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: start; }
    .flow > * { min-width: 0; max-width: 100%; } td.passage { min-width: 18rem; }
    .example:target { outline: 2px solid var(--orange); outline-offset: 4px; }
    .sentence { margin: .2rem 0; } .sentence .name { color: var(--soft); font-size: .8rem;
      display: inline-block; min-width: 5.5rem; }
    footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }

    """
}
