import { Dialog } from '@base-ui/react/dialog'
import { Rail } from './Rail.tsx'

/** Navigation as a sheet, below 640 px. */
export function RailSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-scrim" />
        <Dialog.Popup aria-label="Menu" className="fixed inset-y-0 left-0 z-20 w-64 outline-none">
          <Rail onNavigate={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
