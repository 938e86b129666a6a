import { ArrowLeft } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Link } from '../../router/react.tsx'
import { useBreadcrumbSlot } from './breadcrumb-slot.ts'

export interface Crumb {
  readonly label: string
  readonly to?: string
  /** Set in the monospaced face: locations and ids. */
  readonly mono?: boolean
}

export interface PageProps {
  readonly title: string
  /** The way here, without the page itself. */
  readonly crumbs?: readonly Crumb[]
  /** Screens that draw their own page title keep the top bar's as a plain crumb. */
  readonly ownHeading?: boolean
  readonly children: ReactNode
}

function CrumbLabel({ label, to, mono = false }: Crumb) {
  const look = mono ? 'font-mono text-mono' : ''
  return to === undefined ? (
    <span className={look}>{label}</span>
  ) : (
    <Link to={to} className={`${look} hover:text-fg`}>
      {label}
    </Link>
  )
}

function Head({ title, crumbs = [], ownHeading = false }: Omit<PageProps, 'children'>) {
  const Title = ownHeading ? 'span' : 'h1'
  const back = crumbs.find(({ to }) => to !== undefined)
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 whitespace-nowrap text-fg-muted text-sm">
      {back?.to === undefined ? null : (
        <Link
          to={back.to}
          aria-label={`Back to ${back.label}`}
          className="-ml-2 hidden size-11 flex-none place-items-center rounded-md text-fg-muted max-[640px]:grid"
        >
          <ArrowLeft size={20} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      )}
      {crumbs.map((crumb) => (
        <Fragment key={`${crumb.label} ${crumb.to ?? ''}`}>
          <span className="max-[640px]:hidden">
            <CrumbLabel {...crumb} />
          </span>
          <span aria-hidden="true" className="text-fg-subtle/70 max-[640px]:hidden">
            /
          </span>
        </Fragment>
      ))}
      <Title
        aria-current="page"
        className={`truncate text-fg ${crumbs.length === 0 ? 'font-semibold text-md' : 'font-medium'}`}
      >
        {title}
      </Title>
    </nav>
  )
}

/** A screen: its title in the browser's tab and in the top bar, and the page itself. */
export function Page({ children, ...head }: PageProps) {
  const slot = useBreadcrumbSlot()
  return (
    <>
      <title>{`${head.title} · KMS Console`}</title>
      {slot ? createPortal(<Head {...head} />, slot) : null}
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-(--page) px-(--gutter) pb-10 outline-none max-[640px]:px-4"
      >
        {children}
      </main>
    </>
  )
}
