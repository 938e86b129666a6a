import type { Plugin } from 'vite'

type Attributes = Readonly<Record<string, string>>
type Shape = readonly [name: string, attributes: Attributes]

/** One icon's module of the library. */
interface IconModule {
  readonly __iconData: { readonly name: string; readonly size: number; readonly node: readonly Shape[] }
}

const ellipse = (cx: number, cy: number, rx: number, ry: number) =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`

function rectangle(x: number, y: number, width: number, height: number, r: number): string {
  if (r === 0) return `M${x} ${y}h${width}v${height}h${-width}z`
  const [w, h, arc] = [width - 2 * r, height - 2 * r, `a${r} ${r} 0 0 1 `]
  return `M${x + r} ${y}h${w}${arc}${r} ${r}v${h}${arc}${-r} ${r}h${-w}${arc}${-r} ${-r}v${-h}${arc}${r} ${-r}z`
}

/** A path begins where it says, also after another one: its first move is absolute, and the lines after it stay relative. */
const absolute = (d: string) =>
  d.replace(
    /^m\s*(-?(?:\d+\.?\d*|\.\d+))[\s,]*(-?(?:\d+\.?\d*|\.\d+))\s*(?=([-.\d])?)/,
    (_all, x, y, digit) => `M${x} ${y}${digit === undefined ? '' : 'l'}`,
  )

/** The shape as commands of a path; undefined where it has an attribute that a path of all shapes can't have. */
function pathOf([name, { key: _, ...attributes }]: Shape): string | undefined {
  const { d, cx, cy, r, rx, ry, x, y, width, height, x1, y1, x2, y2, points, ...others } = attributes
  if (Object.keys(others).length > 0) return undefined
  const number = (text: string | undefined) => Number(text ?? 0)
  if (name === 'path') return d && absolute(d)
  if (name === 'circle') return ellipse(number(cx), number(cy), number(r), number(r))
  if (name === 'ellipse') return ellipse(number(cx), number(cy), number(rx), number(ry))
  if (name === 'rect') return rectangle(number(x), number(y), number(width), number(height), number(rx ?? ry))
  if (name === 'line') return `M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}`
  if (name === 'polyline' || name === 'polygon') return `M${points}${name === 'polygon' ? 'z' : ''}`
  return undefined
}

/** What all icons are: the library's own look, without its settings. */
const component = `import { createElement } from 'react'
export default (drawing) => ({ size = 24, strokeWidth = 2, ...rest }) =>
  createElement(
    'svg',
    {
      width: size,
      height: size,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      strokeWidth,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
      'aria-hidden': true,
      ...rest,
    },
    typeof drawing === 'string'
      ? createElement('path', { d: drawing })
      : drawing.map(([name, attributes]) => createElement(name, attributes)),
  )`

/** Draws each icon of the library as one path: less code, and one element instead of one for each shape. */
export const icons = (): Plugin => ({
  name: 'icons',
  apply: 'build',
  enforce: 'pre',
  load: {
    filter: { id: /lucide-react[/]dist[/]esm[/](createLucideIcon|icons[/][a-z0-9-]+)\.mjs$/ },
    async handler(id) {
      if (id.endsWith('createLucideIcon.mjs')) return component
      const { __iconData: icon }: IconModule = await import(id)
      if (icon === undefined) return null
      const paths = icon.node.map(pathOf)
      const drawing = paths.every((path) => path?.startsWith('M')) ? paths.join('') : icon.node
      return `import icon from '../createLucideIcon.mjs'
export default icon(${JSON.stringify(drawing)})`
    },
  },
})
