import type { ReactNode } from 'react'
import { addressOf, type KeyAddress, type KmsKey } from '../../clouds/model.ts'
import { Link, type LinkProps, useLocation } from '../../router/react.tsx'
import { useLinks } from '../use-project.ts'

interface KeyLinkProps extends Omit<LinkProps, 'to'> {
  to: KeyAddress
  tab?: string | undefined
  children: ReactNode
}

/** Leads to a key and stays in the page's project, also in what outlives the page that it was made on: a toast, a report. */
export function KeyLink({ to, tab, className = 'link', ...rest }: KeyLinkProps) {
  return <Link className={className} to={useLinks().key(to, { tab })} {...rest} />
}

interface OpenKeyProps {
  kmsKey: KmsKey
  tab?: string | undefined
}

/** Link in a toast; absent on the page of the key itself. */
function OpenKey({ kmsKey, tab }: OpenKeyProps) {
  const path = useLinks().key(addressOf(kmsKey))
  if (useLocation().pathname === path.split('?')[0]) return null
  return (
    <KeyLink to={addressOf(kmsKey)} tab={tab}>
      Open key
    </KeyLink>
  )
}

export const viewKey = (key: KmsKey, tab?: string) => <OpenKey kmsKey={key} tab={tab} />
