import { Compass } from 'lucide-react'
import { Page } from '../pages/shared/Page.tsx'
import { useLinks } from '../pages/use-project.ts'
import { Link, useLocation } from '../router/react.tsx'
import { buttonClass } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

export function UnknownPage() {
  const { pathname } = useLocation()
  const links = useLinks()
  return (
    <Page title="Page not found">
      <EmptyState
        icon={Compass}
        title={
          <>
            No page at <bdi className="mono">{pathname}</bdi>
          </>
        }
        actions={
          <Link to={links.keys()} className={buttonClass({ variant: 'primary' })}>
            Open keys
          </Link>
        }
      >
        Check the address, or open the list of keys.
      </EmptyState>
    </Page>
  )
}
