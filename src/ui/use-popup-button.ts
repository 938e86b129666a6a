import { type KeyboardEvent, type MouseEvent, useState } from 'react'

interface Opened {
  readonly anchor: HTMLElement
  readonly byKeyboard: boolean
}

interface PopupButton {
  readonly opened: Opened | undefined
  readonly close: () => void
  /** For the button. */
  readonly props: {
    readonly 'aria-haspopup': 'menu' | 'dialog'
    readonly 'aria-expanded': boolean
    readonly onPointerEnter: () => void
    readonly onFocus: () => void
    readonly onClick: (event: MouseEvent<HTMLElement>) => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

/**
 * A button whose popup is made when it opens: a press or an arrow key opens it, another press closes it.
 * @param preload starts to load the popup's code, when the pointer or the focus comes to the button
 */
export function usePopupButton(kind: 'menu' | 'dialog', preload: () => void): PopupButton {
  const [opened, setOpened] = useState<Opened>()
  return {
    opened,
    close: () => setOpened(undefined),
    props: {
      'aria-haspopup': kind,
      'aria-expanded': opened !== undefined,
      onPointerEnter: preload,
      onFocus: preload,
      // A click that a key made has no count.
      onClick: ({ currentTarget: anchor, detail }) =>
        setOpened(opened ? undefined : { anchor, byKeyboard: detail === 0 }),
      onKeyDown(event) {
        if (opened || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
        event.preventDefault()
        setOpened({ anchor: event.currentTarget, byKeyboard: true })
      },
    },
  }
}
