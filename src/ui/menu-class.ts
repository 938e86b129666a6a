/** What floats: menus, select lists, the picker's list. */
export const menuPopupClass =
  'overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none ' +
  'max-h-(--available-height) origin-(--transform-origin) transition-[opacity,translate] duration-(--duration-base) ease-out ' +
  'data-ending-style:opacity-0 data-starting-style:opacity-0 data-starting-style:-translate-y-1'

export const menuItemClass =
  'flex min-h-(--row-compact) w-full select-none items-center gap-[9px] rounded-sm px-2 text-sm outline-none cursor-default ' +
  'data-highlighted:bg-menu-hover data-disabled:cursor-not-allowed max-sm:min-h-(--control-touch)'
