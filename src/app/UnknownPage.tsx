import { Compass } from 'lucide-react'
import { Link, useLocation } from 'react-router'
import { Page } from '../pages/shared/Page.tsx'
import { useLinks } from '../pages/use-project.ts'
import { buttonClass } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

export function UnknownPage() {
  const { pathname } = useLocation()
  const links = useLinks()
  return (
    <Page title="Page not found">
      <EmptyState
        icon={Compass}
        title="There is no such page"
        actions={
          <Link to={links.keys()} className={buttonClass({ variant: 'primary' })}>
            Open keys
          </Link>
        }
      >
        Nothing of this console is at <span className="mono">{pathname}</span>.
      </EmptyState>
    </Page>
  )
}
