import { checkConfig, isSendable, needsMore } from '../lib/oauth/check/check-config.ts'
import type { checkMore } from '../lib/oauth/check/check-more.ts'
import type { checkTyped } from '../lib/oauth/check/check-typed.ts'
import type { Problem } from '../lib/oauth/check/problem.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import type { KeyRing } from './base/key-ring.svelte.ts'

/** What is wrong with a configuration, by the checks that are loaded by then. */
export class ConfigChecks {
  readonly #keys: KeyRing
  /** Loaded when a configuration first needs it. */
  #more: typeof checkMore | null = $state.raw(null)
  /** Loaded with the first request, which does not wait for it: nothing that it says prevents sending. */
  #typed: typeof checkTyped | null = $state.raw(null)

  constructor(keys: KeyRing) {
    this.#keys = keys
    import('../lib/oauth/check/check-typed.ts').then(
      (typed) => {
        this.#typed = typed.checkTyped
      },
      () => {
        // The file did not come: what prevents sending is said all the same.
      },
    )
  }

  of(config: TokenRequestConfig): Problem[] {
    const early = checkConfig(config)
    return [...(this.#typed?.(config, early) ?? early), ...(this.#more?.(config, this.#keys.find) ?? [])]
  }

  /** Whether nothing prevents sending, as far as all that has to be looked at is loaded. */
  isSendable(config: TokenRequestConfig, problems: readonly Problem[]): boolean {
    return isSendable(problems) && (this.#more !== null || !needsMore(config))
  }

  /** Loads what the configuration needs to be checked with. Rejects if a file does not come. */
  async load(config: TokenRequestConfig): Promise<void> {
    if (needsMore(config) && !this.#more)
      this.#more = (await import('../lib/oauth/check/check-more.ts')).checkMore
  }
}
