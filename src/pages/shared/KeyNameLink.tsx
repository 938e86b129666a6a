import { useQueryClient } from '@tanstack/react-query'
import type { FocusEvent, PointerEvent } from 'react'
import { isUsable } from '../../clouds/key-status.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cx } from '../../ui/classes.ts'
import { preload } from '../../ui/lazy-component.ts'
import { pageModules } from '../page-modules.ts'
import { KeyLink } from './KeyLink.tsx'

/** The name, a link to the key's page, which is fetched ahead when the pointer or the focus comes near. */
export function KeyNameLink({ kmsKey, className }: { kmsKey: KmsKey; className?: string }) {
  const client = useQueryClient()
  const address = addressOf(kmsKey)
  const prefetch = (_event: PointerEvent | FocusEvent) => {
    preload(pageModules.key)
    void client.prefetchQuery(queries.key(address))
  }
  return (
    <KeyLink
      to={address}
      title={kmsKey.name}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      className={cx(
        'truncate font-medium decoration-control underline-offset-3 hover:underline',
        !isUsable(kmsKey) && 'text-fg-muted',
        className,
      )}
    >
      {kmsKey.name}
    </KeyLink>
  )
}
