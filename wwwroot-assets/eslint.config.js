import tseslint from 'typescript-eslint';

const sip = { group: ['sip.js', 'sip.js/*'], message: 'SIP.js lives in phone/ only.' };
const signalr = { group: ['@microsoft/signalr'], message: 'SignalR lives in hub/ only.' };
const wavesurfer = { group: ['wavesurfer.js', 'wavesurfer.js/*'], message: 'wavesurfer.js lives in recording/ only.' };
const refuse = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['node_modules/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 220 }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      ...refuse(sip, signalr, wavesurfer),
    },
  },
  { files: ['phone/**/*.ts'], rules: refuse(signalr, wavesurfer) },
  { files: ['hub/**/*.ts'], rules: refuse(sip, wavesurfer) },
  { files: ['recording/**/*.ts'], rules: refuse(sip, signalr) },
);
