import { describeFaults } from './matrix-testing.ts'
import { corsFaults } from './other-faults.ts'

describeFaults('cors', corsFaults)
