import type { identityContract } from '@lianzhen/contracts/identity.ts';
import type { UseCases } from '../http/bind.ts';
import { logIn } from './log-in.ts';
import { createAccount, listAccounts, setAccount } from './manage-accounts.ts';
import { createMachineToken, listMachineTokens, revokeMachineToken } from './manage-tokens.ts';
import { changePassword, confirmTotp, logOut, readSession, removeTotp, setLanguage, startTotp } from './own-session.ts';

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
  machineTokens: listMachineTokens,
  createMachineToken,
  revokeMachineToken,
} satisfies UseCases<typeof identityContract>;
