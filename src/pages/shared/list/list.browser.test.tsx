import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { expectAccessible } from '../../../testing/accessibility.ts'
import { render } from '../../../testing/render.tsx'
import { ListBody } from './ListBody.tsx'
import { formatResults, ListControls } from './ListControls.tsx'
import { type FilteredView, filterCodec, sortProps } from './list-view.ts'
import { useListView } from './use-list-view.ts'

const codec = filterCodec({ colour: { label: 'Colour', values: ['red', 'blue'] }, size: { label: 'Size' } })

const format = {
  read: codec.read,
  write(view: FilteredView<'colour' | 'size'>, others: URLSearchParams) {
    const params = new URLSearchParams(others)
    codec.write(view, params)
    return params
  },
  clear: () => ({ search: '', filters: codec.none }),
}

const rows = [
  { name: 'apple', colour: 'red', size: 'small' },
  { name: 'cherry', colour: 'red', size: 'tiny' },
  { name: 'plum', colour: 'blue', size: 'small' },
]

function FruitList({ narrow = false, pending = false }: { narrow?: boolean; pending?: boolean }) {
  const { view, search, filter, clear } = useListView(format)
  const { filters } = view
  const shown = rows.filter(
    ({ name, colour, size }) =>
      name.includes(view.search) &&
      (filters.colour.length === 0 || filters.colour.includes(colour)) &&
      (filters.size.length === 0 || filters.size.includes(size)),
  )
  const list = {
    noun: 'fruit',
    search: view.search,
    active: codec.active(filters),
    shown: shown.length,
    total: rows.length,
    onClear: clear,
  }
  return (
    <main>
      <h1>Fruits</h1>
      <ListControls
        {...list}
        searchField={{ label: 'Search fruits', placeholder: 'Name' }}
        onSearch={search}
        narrow={narrow}
        groups={codec.ids.map((id) => ({
          label: codec.labels[id],
          options: [...new Set(rows.map((row) => row[id]))].map((value) => ({ value, label: value })),
          chosen: filters[id],
          onChange: (values: readonly string[]) => filter(id, values),
        }))}
        sort={sortProps({
          columns: [{ id: 'name', name: 'Name' }],
          sort: { column: 'name', descending: false },
          onSort: () => undefined,
        })}
        refreshing={false}
        onRefresh={() => undefined}
      />
      <p>{formatResults(list)}</p>
      <ListBody
        list={list}
        label="Fruits"
        narrow={narrow}
        pending={pending}
        skeleton={{ card: { className: 'h-32', lines: [100] }, table: <p>Reading fruits</p> }}
        empty={<p>No fruits yet</p>}
      >
        <ul aria-label="Fruits">
          {shown.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </ListBody>
    </main>
  )
}

const items = () => page.getByRole('list', { name: 'Fruits' }).getByRole('listitem')

test('search and filters narrow the list and stand in the URL', async () => {
  const router = render(<FruitList />, { path: '/?project=p1' })
  await expect.element(page.getByText('3 fruits')).toBeVisible()
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Colour' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'red' }).click()
  await expect.element(page.getByText('2 of 3 fruits')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search fruits' }).fill('app')
  await expect.element(items()).toHaveTextContent('apple')
  expect(router.state.location.search).toBe('?project=p1&q=app&colour=red')
})

test('what hides every row is named, and cleared', async () => {
  const router = render(<FruitList />, { path: '/?q=fig&colour=red&colour=green&size=small' })
  await expect
    .element(page.getByText('3 fruits are hidden by the search “fig” and the filters Colour and Size.'))
    .toBeVisible()
  await expectAccessible()
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect.element(items()).toHaveLength(3)
  expect(router.state.location.search).toBe('')
})

test('on narrow screens all filters and the order stand on a sheet', async () => {
  render(<FruitList narrow />, { path: '/?colour=red' })
  await page.getByRole('button', { name: 'Filters, 1 set' }).click()
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  await expect.element(sheet.getByRole('combobox', { name: 'Order' })).toBeVisible()
  await sheet.getByRole('checkbox', { name: 'tiny' }).click()
  await sheet.getByRole('button', { name: 'Show 1 fruit' }).click()
  await expect.element(items()).toHaveTextContent('cherry')
})

test('rows are announced as loading until the first ones are read', async () => {
  render(<FruitList narrow pending />)
  await expect.element(page.getByRole('list', { name: 'Fruits' })).toHaveAttribute('aria-busy', 'true')
})
