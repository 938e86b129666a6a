/** Comparisons of a policy rule with members of the body that a call may leave out; the server says the same when saving. */

const tokens = /\/\/[^\n]*|('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*|\d[\w.]*|[<>=!]=|&&|\|\||\S)/g

const isName = (token = '') => /^[A-Za-z_]/.test(token)
const isText = (token = '') => /^['"]/.test(token)
const isNumber = (token = '') => /^[\d-]/.test(token)
const isOrder = (token = '') => /^[<>]=?$/.test(token)
const isEquality = (token = '') => token === '==' || token === '!='

const hyphenated = (name: string) => name.replaceAll('_', '-')
const content = (text = '') => text.slice(1, -1)

interface Access {
  /** Member in the API's spelling; empty for the parameters as a whole. */
  readonly member: string
  /** Indexes of its first token and of the one after it. */
  readonly start: number
  readonly end: number
}

function accessAt(all: readonly string[], start: number): Access {
  const path: string[] = []
  let end = start + 1
  for (;;) {
    const [open, name, next] = all.slice(end, end + 3)
    if (open === '.' && isName(name) && next !== '(') {
      path.push(name ?? '')
      end += 2
    } else if (open === '[' && isText(name) && next === ']') {
      path.push(content(name))
      end += 3
    } else return { member: hyphenated(path.join('.')), start, end }
  }
}

/** Whether a member is compared with a number, or for order with anything. */
function isBound(all: readonly string[], { start, end }: Access): boolean {
  let before = start - 1
  let after = end
  // A conversion, such as `int(parameters.x)`, or parentheses.
  while (all[before] === '(' && all[after] === ')') {
    before -= isName(all[before - 1]) ? 2 : 1
    after += 1
  }
  if (isOrder(all[before]) || isOrder(all[after])) return true
  return (isEquality(all[after]) && isNumber(all[after + 1])) || (isEquality(all[before]) && isNumber(all[before - 1]))
}

/** Members whose absence an expression asks for: `has(parameters.x)`, `parameters.has('x')`, `'x' in parameters`. */
function askedFor(all: readonly string[], { member, start, end }: Access): string[] {
  if (all[start - 1] === '(' && all[start - 2] === 'has' && all[start - 3] !== '.') return [member]
  if (member !== '') return []
  if (all[start - 1] === 'in' && isText(all[start - 2])) return [hyphenated(content(all[start - 2]))]
  return all[end] === '.' && all[end + 1] === 'has' && isText(all[end + 3]) ? [hyphenated(content(all[end + 3]))] : []
}

/** How an expression reads the members of a fact, such as `parameters`. */
function readingOf(expression: string, fact: string) {
  const all = [...expression.matchAll(tokens)].flatMap(([, token]) => token ?? [])
  const accesses = all.flatMap((token, index) =>
    token === fact && all[index - 1] !== '.' ? [accessAt(all, index)] : [],
  )
  return { all, accesses, asked: new Set(accesses.flatMap((access) => askedFor(all, access))) }
}

/** Members of a fact that an expression reads without asking whether they are there, in the API's spelling. */
export function membersRead(expression: string, fact: string): readonly string[] {
  const { accesses, asked } = readingOf(expression, fact)
  return [...new Set(accesses.map(({ member }) => member))].filter((member) => member !== '' && !asked.has(member))
}

/**
 * Warning about a rule that refuses by a number and does not say what happens when a call leaves the number out: the
 * comparison fails then, the rule is skipped, and the call passes with the default.
 */
export function boundWarning(rule: {
  readonly action?: string | undefined
  readonly expression?: string | undefined
}): string | undefined {
  if (rule.action !== 'deny') return undefined
  const { all, accesses, asked } = readingOf(rule.expression ?? '', 'parameters')
  const bounds = accesses.filter((access) => access.member !== '' && isBound(all, access))
  const open = [...new Set(bounds.map(({ member }) => member))].filter((member) => !asked.has(member))
  if (open.length === 0) return undefined
  const tests = open.map((member) => `has(parameters.${member.replaceAll('-', '_')})`).join(', ')
  return `A call without ${open.join(', ')} is not refused: the comparison fails, this rule is skipped and the default applies. Check it with ${tests}.`
}
