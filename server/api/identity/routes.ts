import type { identityContract } from '@lianzhen/contracts/identity.ts';
import type { UseCases } from '../http/bind.ts';
import { logIn } from './log-in.ts';
import { createAccount, listAccounts, setAccount } from './manage-accounts.ts';
import { createMachineToken, listMachineTokens, revokeMachineToken } from './manage-tokens.ts';
import { changePassword, logOut, readSession, setLanguage } from './own-session.ts';
import { confirmTotp, removeTotp, startTotp } from './own-totp.ts';
import { resetPassword } from './reset-password.ts';

export const identityUseCases = {
  logIn,
  session: readSession,
  logOut,
  setLanguage,
  changePassword,
  startTotp,
  confirmTotp,
  removeTotp,
  accounts: listAccounts,
  createAccount,
  setAccount,
  resetPassword,
  machineTokens: listMachineTokens,
  createMachineToken,
  revokeMachineToken,
} satisfies UseCases<typeof identityContract>;
