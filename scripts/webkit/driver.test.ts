import { expect, it } from 'vitest'
import { whatIsMissing } from './driver.ts'

it('a machine without the driver is told what to install', () => {
  expect(whatIsMissing((path) => path !== '/usr/bin/WebKitWebDriver')).toMatch(
    /not found: \/usr\/bin\/WebKitWebDriver\).*apt-get install --no-install-recommends webkit2gtk-driver xvfb dbus$/,
  )
  expect(whatIsMissing((path) => !path.endsWith('MiniBrowser'))).toContain('not found: MiniBrowser)')
  expect(whatIsMissing(() => true)).toBeNull()
})
