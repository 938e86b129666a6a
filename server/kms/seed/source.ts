/** Text of a seed, YAML or JSON (which is also YAML), with the line and column of each field. */
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml'
import { createSeedErrors, type Path, type Source } from './seed-errors.ts'

/** Messages by the parser's error code. The parser's own messages quote the text, which may be a secret. */
const rules: Partial<Record<YAMLParseError['code'], string>> = {
  BAD_INDENT: 'the indentation is wrong here, or a bracket above is not closed',
  DUPLICATE_KEY: 'the same member is here twice',
  MISSING_CHAR: 'a colon, comma, quote or bracket is missing here',
  MULTIPLE_DOCS: 'a second document begins here; a seed is one',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing here, or the indentation is wrong',
  TAB_AS_INDENT: 'a tab can’t indent; use blanks',
}

function nodeAt(document: Document, path: Path): Node | undefined {
  let node: unknown = document.contents
  for (const [index, step] of path.entries()) {
    if (isSeq(node) && typeof step === 'number') node = node.items[step]
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(step))
      // The position of a member is that of its name.
      node = index === path.length - 1 ? pair?.key : pair?.value
    } else return undefined
  }
  return isNode(node) ? node : undefined
}

interface Parsed {
  readonly document: Document
  readonly value: unknown
  /** YAML that a seed does not allow, with its position. */
  readonly unfit: { readonly offset: number; readonly rule: string } | undefined
}

/** Undefined for thousands of nested levels, because the parser is recursive. */
function parse(text: string, lineCounter: LineCounter): Parsed | undefined {
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core', logLevel: 'error' })
    let unfit: Parsed['unfit']
    visit(document, {
      // A few aliases could expand a short text to a very long one.
      Alias(_, { range }) {
        unfit = { offset: range?.[0] ?? 0, rule: 'a seed can’t contain an alias; write the value itself' }
        return visit.BREAK
      },
      // JavaScript would drop this name with everything below it.
      Pair(_, { key }) {
        if (!isScalar(key) || key.value !== '__proto__') return undefined
        unfit = { offset: key.range?.[0] ?? 0, rule: 'a member can’t have the name __proto__' }
        return visit.BREAK
      },
    })
    const isSound = document.errors.length === 0 && unfit === undefined
    return { document, unfit, value: isSound ? document.toJS() : undefined }
  } catch {
    return undefined
  }
}

/** @throws KmsStartError for invalid YAML */
export function readSource(text: string, name: string): Source {
  const lineCounter = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`
  }
  const parsed = parse(text, lineCounter)
  const [error] = parsed?.document.errors ?? []
  const errors = createSeedErrors({ name, placeOf: () => place(error?.pos[0] ?? parsed?.unfit?.offset ?? 0) })
  if (!parsed) errors.add([], 'is nested too deeply')
  else if (error) errors.add([], rules[error.code] ?? `is no YAML (${error.code.toLowerCase().replaceAll('_', ' ')})`)
  else if (parsed.unfit) errors.add([], parsed.unfit.rule)
  errors.check()
  return {
    name,
    value: parsed?.value,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const start = parsed && nodeAt(parsed.document, path.slice(0, length))?.range?.[0]
        if (start !== undefined) return place(start)
      }
      return place(parsed?.document.contents?.range?.[0] ?? 0)
    },
  }
}

/** Source of a seed that is an object, without lines. */
export const sourceOf = (value: unknown, name: string): Source => ({ name, value, placeOf: () => name })
