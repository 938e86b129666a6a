import { Plus } from 'lucide-react'
import { Link } from '../../router/react.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { preload } from '../../ui/lazy-component.ts'
import { pageModules } from '../page-modules.ts'
import { useLinks } from '../use-project.ts'

const prefetch = () => preload(pageModules.createKey)

/** To the wizard, which is fetched ahead. Among the tools of a list it is an icon where there is little room. */
export function CreateKeyLink({ amongTools = false, words = 'Create key' }: { amongTools?: boolean; words?: string }) {
  const room = amongTools ? 'ml-1 max-sm:ml-0 max-sm:w-11 max-sm:px-0' : 'max-sm:flex-1'
  return (
    <Link
      to={useLinks().createKey()}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      className={buttonClass({ variant: 'primary', className: room })}
    >
      <Icon of={Plus} />
      <span className={amongTools ? 'max-sm:sr-only' : undefined}>{words}</span>
    </Link>
  )
}
