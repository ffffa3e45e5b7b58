import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Forbids imports from one part of `src` to another: `ui -> state -> lib`, and nothing the other way. */
const zone = (files, patterns, paths = []) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: patterns.map(([regex, message]) => ({ regex, message })), paths },
    ],
  },
})

const noState = ['/state/', 'lib knows nothing of state.']
const noUi = ['/ui/', 'Only ui imports ui.']
const noSvelte = ['^svelte', 'lib is plain TypeScript.']
const noOauth4webapi = ['^oauth4webapi', 'oauth4webapi is used in lib/oauth only.']
const noJose = ['^jose', 'jose is used in lib/jwt and lib/practice only.']
const noOauth = [
  '/oauth/',
  'A practice server built from the client’s code would agree with the client’s mistakes.',
]

/** Effects are passed in as arguments; `main.ts` names the real ones. */
const effects = [
  'fetch',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'window',
  'document',
  'navigator',
  'location',
].map((name) => ({ name, message: 'Effects come in as arguments; main.ts names the real ones.' }))

const clockReads = [
  {
    object: 'Date',
    property: 'now',
    message: 'The clock comes in as an argument; main.ts names the real one.',
  },
  { object: 'performance', property: 'now', message: 'The clock comes in as an argument.' },
]

export default ts.config(
  { ignores: ['dist/', 'pack/', 'node_modules/', 'test-results/', '.tmp/'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        project: './tsconfig.json',
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'svelte/no-at-html-tags': 'error',
      'no-console': 'error',
      // There are no enums here, and no two classes alike: a tenth of the linter's time for nothing.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    // The linter cannot see the types of generic components; svelte-check does.
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  { files: ['scripts/**', 'tests/**', 'vite.config.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['src/**'],
    ignores: ['src/main.ts', 'src/browser/**', '**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...effects],
      'no-restricted-properties': ['error', ...clockReads],
    },
  },
  zone(['src/lib/**'], [noState, noUi, noSvelte, noOauth4webapi, noJose]),
  zone(['src/lib/oauth/**'], [noState, noUi, noSvelte, noJose]),
  // Thumbprints are compared with jose's.
  zone(['src/lib/keys/**/*.test.ts'], [noState, noUi, noSvelte, noOauth4webapi]),
  zone(['src/lib/jwt/**'], [noState, noUi, noSvelte, noOauth4webapi]),
  zone(['src/lib/practice/**'], [noState, noUi, noSvelte, noOauth4webapi, noOauth]),
  zone(['src/state/**'], [noUi, noOauth4webapi, noJose]),
  zone(['src/ui/**'], [noOauth4webapi, noJose]),
)
