/**
 * Makes one thing for each page, when it is first asked for. It is made outside of what asks: what is derived while a part of the
 * page is drawn keeps its last value once that part is gone.
 */
export function onePerPage<Page extends object, Made extends object>(
  make: (page: Page) => Made,
): (page: Page) => Made {
  const made = new WeakMap<Page, Made>()
  return (page) => {
    if (!made.has(page)) $effect.root(() => void made.set(page, make(page)))
    // Where a page is drawn once, as HTML, a root runs nothing.
    const one = made.get(page) ?? make(page)
    made.set(page, one)
    return one
  }
}
