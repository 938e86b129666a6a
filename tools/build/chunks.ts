import type { Rolldown } from 'vite'

/** Roots of a module: entries and dynamically imported modules that reach it by static imports alone. */
function rootsOf(id: string, context: Rolldown.ChunkingContext, found = new Set<string>(), asked = new Set<string>()) {
  if (asked.has(id)) return found
  asked.add(id)
  const info = context.getModuleInfo(id)
  if (info === null) return found
  if (info.isEntry || info.dynamicImporters.length > 0) found.add(id)
  for (const importer of info.importers) rootsOf(importer, context, found, asked)
  return found
}

/** The app itself, which the entry starts. */
const isApp = (id: string) => id.endsWith('/src/main.tsx')

/** Screen with size limits. */
const isFirstScreen = (id: string) => id.endsWith('/KeysPage.tsx')

const isFirst = (id: string, context: Rolldown.ChunkingContext) =>
  [...rootsOf(id, context)].some((root) => isFirstScreen(root) || isApp(root))

const icon = /lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/]([a-z0-9-]+\.m?js)/

/** Names in braces before `from "source"`, in imports or exports. */
const namesFrom = (code: string, keyword: 'import' | 'export', source: string): readonly string[] =>
  [...code.matchAll(/(import|export)\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)].flatMap(
    ([, word, names = '', from]) =>
      word === keyword && from === source ? names.split(',').map((name) => name.trim()) : [],
  )

/**
 * Whether the shell or the first screen uses an icon. One file exports all icons, so the importers alone don't show it;
 * the names that they import do.
 */
function isFirstIcon(id: string, context: Rolldown.ChunkingContext): boolean {
  const file = icon.exec(id)?.[1] ?? ''
  return (context.getModuleInfo(id)?.importers ?? []).some((barrel) => {
    const info = context.getModuleInfo(barrel)
    const names = namesFrom(info?.code ?? '', 'export', `./icons/${file}`).map((name) =>
      name.replace('default as ', ''),
    )
    return (info?.importers ?? []).some((user) => {
      const used = namesFrom(context.getModuleInfo(user)?.code ?? '', 'import', 'lucide-react')
      return used.some((name) => names.includes(name.split(' as ')[0] ?? '')) && isFirst(user, context)
    })
  })
}

/**
 * One chunk for the libraries that the shell needs, one for what the shell and the first screen share with others, one
 * for the shell, one for each screen: many small files cost round trips and compress badly. Libraries that only a screen
 * or a dialog needs travel with it.
 */
export const codeSplitting = {
  groups: [
    {
      // The entry needs it before the app's code, which must not run before the first paint.
      debugName: 'helper of dynamic imports',
      test: /vite[\\/]preload-helper/,
      name: 'load',
      priority: 3,
    },
    {
      debugName: 'libraries',
      test: /[\\/]node_modules[\\/]/,
      name: (id: string, context: Rolldown.ChunkingContext) =>
        (icon.test(id) ? isFirstIcon(id, context) : [...rootsOf(id, context)].some(isApp)) ? 'libraries' : null,
      priority: 2,
    },
    {
      // The icons of every other page, a few kilobytes together, as one file.
      debugName: 'icons',
      test: icon,
      name: 'icons',
      priority: 1,
    },
    {
      debugName: 'shared',
      test: /[\\/]src[\\/]/,
      name: (id: string, context: Rolldown.ChunkingContext) =>
        isFirst(id, context) && rootsOf(id, context).size > 1 ? 'shared' : null,
    },
  ],
}
