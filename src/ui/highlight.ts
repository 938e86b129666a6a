export type CodeLanguage = 'shell' | 'json' | 'hcl' | 'go' | 'python' | 'text'
export interface CodeToken {
  text: string
  /** Offset in the line. */
  at: number
  ink: 'plain' | 'key' | 'string' | 'dim'
}

type Rule = readonly [pattern: RegExp, ink: CodeToken['ink']]

const key: Rule = [/"(?:[^"\\]|\\.)*"(?=\s*:)/y, 'key']
const string: Rule = [/"(?:[^"\\]|\\.)*"/y, 'string']
const number: Rule = [/\b(?:\d[\d_.]*|true|false|null|nil)\b/y, 'string']
const punctuation: Rule = [/[{}[\](),:;=\\]+/y, 'dim']
const word: Rule = [/[\w$.-]+|\s+/y, 'plain']

const rules: Record<CodeLanguage, readonly Rule[]> = {
  shell: [
    [/(?<=^|\s)#.*/y, 'dim'],
    key,
    string,
    [/'[^']*'/y, 'string'],
    [/https?:\/\/[^\s'"]+/y, 'string'],
    [/(?<=^|\s)--?[A-Za-z][\w-]*/y, 'key'],
    [/\\$/y, 'dim'],
    word,
  ],
  json: [key, string, number, punctuation, word],
  hcl: [
    [/(?:#|\/\/).*/y, 'dim'],
    string,
    [/^\s*(?:resource|data|provider|terraform|variable|output|module|locals)\b/y, 'key'],
    [/[\w-]+(?=\s*=)/y, 'key'],
    number,
    punctuation,
    word,
  ],
  go: [
    [/\/\/.*/y, 'dim'],
    string,
    [/`[^`]*`/y, 'string'],
    [/\b(?:package|import|func|return|if|else|for|range|var|const|type|struct|defer|map|err)\b/y, 'key'],
    number,
    punctuation,
    word,
  ],
  python: [
    [/#.*/y, 'dim'],
    string,
    [/'(?:[^'\\]|\\.)*'/y, 'string'],
    [/\b(?:import|from|as|def|return|if|else|for|in|with|print|lambda|True|False|None)\b/y, 'key'],
    number,
    punctuation,
    word,
  ],
  text: [],
}

/** Splits one line of code into coloured tokens. Works per line, without a grammar: a multi-line string is read line by line. */
export function highlight(line: string, language: CodeLanguage): CodeToken[] {
  const tokens: CodeToken[] = []
  let at = 0
  while (at < line.length) {
    const token = next(line, at, rules[language])
    const last = tokens.at(-1)
    if (last?.ink === token.ink) last.text += token.text
    else tokens.push(token)
    at += token.text.length
  }
  return tokens
}

function next(line: string, at: number, among: readonly Rule[]): CodeToken {
  for (const [pattern, ink] of among) {
    pattern.lastIndex = at
    const text = pattern.exec(line)?.[0]
    if (text) return { text, at, ink }
  }
  return { text: among.length === 0 ? line.slice(at) : line.charAt(at), at, ink: 'plain' }
}
