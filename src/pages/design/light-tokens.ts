import type { CSSProperties } from 'react'

const isRoot = (rule: CSSRule): rule is CSSStyleRule =>
  rule instanceof CSSStyleRule && /(^|,)\s*:root\b/.test(rule.selectorText)

function rootRules(rules: CSSRuleList): CSSStyleRule[] {
  return [...rules].flatMap((rule) => {
    if (isRoot(rule)) return [rule]
    return rule instanceof CSSLayerBlockRule ? rootRules(rule.cssRules) : []
  })
}

/** The light values stand on the root alone: a light part inside a dark page needs them once more. */
export function lightTokens(): CSSProperties {
  const declared = [...document.styleSheets]
    .flatMap((sheet) => rootRules(sheet.cssRules))
    .flatMap(({ style }) => [...style].map((name) => [name, style.getPropertyValue(name)] as const))
    .filter(([name]) => /^--(color|lift)-/.test(name))
  return { colorScheme: 'light', ...Object.fromEntries(declared) }
}
