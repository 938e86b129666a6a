import type { ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'
import { addressOf, type KeyAddress, type KmsKey } from '../../clouds/model.ts'
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

/** What a toast about a key leads to. */
export const viewKey = (key: KmsKey, tab?: string) => (
  <KeyLink to={addressOf(key)} tab={tab}>
    View key
  </KeyLink>
)
