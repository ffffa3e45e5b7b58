import type { Plugin } from 'vite'

/** Whether that is the file with the bundler's helpers, which the build does not have in the end. */
export const isRuntime = (name: string): boolean => name.includes('rolldown-runtime')

/**
 * Puts the bundler's few helpers into the scripts that use them. It gives them a file of their own, which would cost a
 * request, and a round trip before the first script that needs them can run.
 */
export const inlineRuntime: Plugin = {
  name: 'inline-runtime',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const scripts = Object.values(bundle).filter((file) => file.type === 'chunk')
      const runtime = scripts.find(({ fileName }) => isRuntime(fileName))
      if (!runtime) return
      const [, body, exports] = /^(.*);export\s*\{(.*)\};\s*$/s.exec(runtime.code) ?? []
      if (body === undefined || exports === undefined) this.error(`${runtime.fileName} is not as expected.`)
      const returned = exports.replaceAll(/(\w+) as (\w+)/g, '$2:$1')

      const file = runtime.fileName.replace(/.*\//, '')
      const statement = new RegExp(String.raw`import\s*\{([^}]*)\}\s*from\s*["']\./${file}["'];`)
      for (const script of scripts.filter(({ imports }) => imports.includes(runtime.fileName))) {
        if (!statement.test(script.code))
          this.error(`${script.fileName} does not import ${file} as expected.`)
        script.code = script.code.replace(
          statement,
          (_, wanted: string) =>
            `const{${wanted.replaceAll(' as ', ':')}}=(()=>{${body};return{${returned}}})();`,
        )
        script.imports = script.imports.filter((name) => name !== runtime.fileName)
      }
      Reflect.deleteProperty(bundle, runtime.fileName)
    },
  },
}
