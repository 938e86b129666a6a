/** What a policy's expression names that is unknown, and which limits it exceeds. */
import { knownFacts } from './facts.ts'

const typeNames = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type']

/** Operators that the CEL library evaluates without a function of that name. */
const ownOperators: ReadonlySet<string> = new Set(['_&&_', '_||_', '_?_:_', '_[_]', '@not_strictly_false'])

/** Limit of additions, each of which may double a text or list. No limit is published; this one is generous. */
const MAX_ADDITIONS = 20

/** Node of a parsed expression, as the CEL library returns it. */
interface Part {
  readonly case: string
  readonly value: Readonly<Record<string, unknown>>
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const isPart = (value: object): value is Part => 'case' in value && 'value' in value && isObject(value.value)

interface Around {
  /** Defined variables. */
  readonly names: ReadonlySet<string>
  readonly isFunction: (name: string) => boolean
}

function unknownName(part: Part, { names, isFunction }: Around): string | undefined {
  if (part.case === 'identExpr' && !names.has(String(part.value.name)))
    return `names “${part.value.name}”; known are ${knownFacts.join(', ')}`
  if (part.case === 'callExpr' && !isFunction(String(part.value.function)))
    return `calls ${part.value.function}, which is no function`
  if (part.case === 'structExpr' && part.value.messageName !== '')
    return `makes a ${part.value.messageName}, which is no type`
  return undefined
}

/** Variables of a macro, defined in all of its arguments except the list. */
function* within(part: Part, around: Around): Generator<readonly [unknown, Around]> {
  const { iterVar, iterVar2, accuVar } = part.value
  const inside = { ...around, names: new Set([...around.names, ...[iterVar, iterVar2, accuVar].map(String)]) }
  const isMacro = part.case === 'comprehensionExpr'
  for (const [name, child] of Object.entries(part.value))
    yield [child, isMacro && name !== 'iterRange' ? inside : around]
}

interface Found {
  readonly unknown: string | undefined
  readonly additions: number
  /** Limit of nested macros; each level multiplies the time of a request. */
  readonly macros: number
}

function look(node: unknown, around: Around): Found {
  if (!isObject(node)) return { unknown: undefined, additions: 0, macros: 0 }
  const children = isPart(node)
    ? [...within(node, around)]
    : Object.values(node).map((child): readonly [unknown, Around] => [child, around])
  const found = children.map(([child, where]) => look(child, where))
  const own = isPart(node) ? unknownName(node, around) : undefined
  const adds = isPart(node) && node.case === 'callExpr' && node.value.function === '_+_'
  const walks = isPart(node) && node.case === 'comprehensionExpr'
  return {
    unknown: own ?? found.find(({ unknown }) => unknown !== undefined)?.unknown,
    additions: found.reduce((sum, { additions }) => sum + additions, adds ? 1 : 0),
    macros: Math.max(0, ...found.map(({ macros }) => macros)) + (walks ? 1 : 0),
  }
}

/** Both are ends of a sentence that begins with the expression. */
export interface ExpressionFaults {
  /** The first unknown variable, function or type. */
  readonly unknown: string | undefined
  readonly excess: string | undefined
}

/**
 * Faults of a parsed expression.
 * @param isFunction whether the language has a function or operator of this name
 */
export function faultsOf(expression: unknown, isFunction: (name: string) => boolean): ExpressionFaults {
  const { unknown, additions, macros } = look(expression, {
    names: new Set<string>([...knownFacts, ...typeNames]),
    isFunction: (name) => ownOperators.has(name) || isFunction(name),
  })
  const excess =
    macros > 1
      ? 'must not have a macro within a macro, or on what one has made'
      : additions > MAX_ADDITIONS
        ? `must have at most ${MAX_ADDITIONS} additions`
        : undefined
  return { unknown, excess }
}
