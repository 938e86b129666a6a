import { Page } from '../shared/Page.tsx'
import { Buttons } from './actions.tsx'
import { Data } from './data.tsx'
import { Feedback } from './feedback.tsx'
import { Fields } from './fields.tsx'
import { Lists } from './lists.tsx'

const sections = [
  { title: 'Buttons and menus', Specimens: Buttons },
  { title: 'Fields and choices', Specimens: Fields },
  { title: 'Lists', Specimens: Lists },
  { title: 'Data', Specimens: Data },
  { title: 'Feedback', Specimens: Feedback },
]

/** Every component, in the theme of the window. In development only. */
export default function DesignPage() {
  return (
    <Page title="Design">
      {sections.map(({ title, Specimens }) => (
        <section
          key={title}
          aria-label={title}
          className="grid grid-cols-[minmax(0,1fr)] gap-6 border-line border-t pt-4 pb-8"
        >
          <h2 className="title">{title}</h2>
          <Specimens />
        </section>
      ))}
    </Page>
  )
}
