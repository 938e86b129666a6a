import { type ComponentType, useState } from 'react'
import { Page } from '../shared/Page.tsx'
import { Buttons } from './actions.tsx'
import { Choices } from './choices.tsx'
import { Data } from './data.tsx'
import { Feedback } from './feedback.tsx'
import { Fields } from './fields.tsx'
import { lightTokens } from './light-tokens.ts'
import { Lists } from './lists.tsx'
import type { ThemedProps } from './parts.tsx'
import { Colours, Type } from './tokens.tsx'

const sections: readonly {
  readonly id: string
  readonly title: string
  readonly Specimens: ComponentType<ThemedProps>
}[] = [
  { id: 'colours', title: 'Colours', Specimens: Colours },
  { id: 'type', title: 'Type', Specimens: Type },
  { id: 'buttons', title: 'Buttons and menus', Specimens: Buttons },
  { id: 'fields', title: 'Fields', Specimens: Fields },
  { id: 'choices', title: 'Choices', Specimens: Choices },
  { id: 'lists', title: 'Lists', Specimens: Lists },
  { id: 'data', title: 'Data', Specimens: Data },
  { id: 'feedback', title: 'Feedback', Specimens: Feedback },
]

/** Every component in every state, in both themes side by side. In development only. */
export default function DesignPage() {
  // Under forced colours both sides show the user's own.
  const [light] = useState(() => (matchMedia('(forced-colors: active)').matches ? undefined : lightTokens()))
  return (
    <Page title="Design">
      <nav aria-label="Sections" className="flex flex-wrap gap-x-5 gap-y-1 py-3">
        {sections.map(({ id, title }) => (
          <a key={id} href={`#${id}`} className="link">
            {title}
          </a>
        ))}
      </nav>
      {sections.map(({ id, title, Specimens }) => (
        <section
          key={id}
          id={id}
          aria-labelledby={`${id}-title`}
          className="scroll-mt-16 border-line border-t pt-4 pb-8"
        >
          <h2 id={`${id}-title`} className="title pb-3">
            {title}
          </h2>
          <div className="grid grid-cols-2 items-start gap-4 max-[1100px]:grid-cols-1">
            {(['light', 'dark'] as const).map((theme) => (
              <div
                key={theme}
                data-theme={theme}
                style={theme === 'light' ? light : undefined}
                className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6 rounded-lg border border-line-strong bg-bg p-5 text-fg"
              >
                <Specimens theme={theme} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </Page>
  )
}
