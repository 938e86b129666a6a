import { Plus } from 'lucide-react'
import { expect, test } from 'vitest'
import type { Command, CommandGroup } from '../../pages/commands.ts'
import { linksIn } from '../../pages/paths.ts'
import { commands } from './options.tsx'

const action = (label: string, members: Partial<Command> = {}): Command => ({
  label,
  icon: Plus,
  run: () => undefined,
  ...members,
})

function offered(query: string, actions: readonly Command[]) {
  const page: CommandGroup[] = [{ id: 'page0', title: 'On this page', commands: actions }]
  const groups = commands({
    query,
    page,
    screens: [],
    links: linksIn(),
    theme: 'system',
    chooseTheme: () => undefined,
    zone: 'local',
    chooseZone: () => undefined,
  })
  const group = groups.find(({ id }) => id === 'page0')
  return { labels: group?.options.map(({ label }) => label), more: group?.more }
}

test('of many of a kind none is listed before something is typed, and then as many as one reads', () => {
  const many = Array.from({ length: 30 }, (_, at) =>
    action(`Delete key ${at}…`, { collapsed: true, detail: `EXO${at}` }),
  )
  const actions = [action('Create key'), ...many, action('Clear key filters')]
  expect(offered('', actions)).toEqual({ labels: ['Create key', 'Clear key filters'], more: 0 })
  const { labels, more } = offered('key', actions)
  expect(labels).toHaveLength(22)
  expect(labels?.at(-1)).toBe('Clear key filters')
  expect(more).toBe(10)
  expect(offered('delete exo29', actions)).toEqual({ labels: ['Delete key 29…'], more: 0 })
})
