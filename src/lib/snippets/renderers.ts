import { csharp } from './csharp.ts'
import { curlCmd } from './curl-cmd.ts'
import { curlPowerShell } from './curl-powershell.ts'
import { curl } from './curl.ts'
import { go } from './go.ts'
import { httpFile } from './http-file.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { oauth4webapi } from './oauth4webapi.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import type { Renderer } from './renderer.ts'

/** Every form in which a request can be copied. */
export const renderers = {
  curl,
  curlPowerShell,
  curlCmd,
  httpFile,
  javascript,
  csharp,
  python,
  go,
  java,
  php,
  oauth4webapi,
} as const satisfies Readonly<Record<string, Renderer>>
