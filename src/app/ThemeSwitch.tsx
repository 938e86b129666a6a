import { Monitor, Moon, Sun } from 'lucide-react'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { useTheme } from './theme.ts'

const options = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const

export function ThemeSwitch({ vertical = false }: { vertical?: boolean }) {
  const { choice, choose } = useTheme()
  return (
    <SegmentedControl
      label="Theme"
      options={options}
      value={choice}
      onChange={choose}
      className={vertical ? 'flex-col' : ''}
    />
  )
}
