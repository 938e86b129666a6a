import { createContext, useContext } from 'react'

/** The place in the top bar where a page puts its title; null until the shell has mounted it. */
export const BreadcrumbSlot = createContext<HTMLElement | null>(null)

export const useBreadcrumbSlot = () => useContext(BreadcrumbSlot)
