import { createContext, useContext } from 'react'

/** The place in the top bar where a page puts its title; null without a shell. */
export const BreadcrumbSlot = createContext<HTMLElement | null>(null)

export const useBreadcrumbSlot = () => useContext(BreadcrumbSlot)
