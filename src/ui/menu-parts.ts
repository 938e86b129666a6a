import type { Menu } from '@base-ui/react/menu'
import { createContext, useContext } from 'react'

/** The library of menus, which comes with the first menu that opens: what is written into a menu takes it from here. */
export const MenuParts = createContext<typeof Menu | undefined>(undefined)

export function useMenuParts(): typeof Menu {
  const parts = useContext(MenuParts)
  if (!parts) throw new Error('Items of a menu need a menu around them')
  return parts
}
