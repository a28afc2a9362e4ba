import { defineTexts } from '../api/texts.ts';

export const useUiText = defineTexts(
  'ui',
  {
    retry: '重试',
    request: '请求编号 {{id}}',
    cancel: '取消',
    reason: '原因',
    reasonNeeded: '请填写原因',
    total: '共 {{n}} 条',
    acts: '操作',
    more: '详情',
    notAllowed: '您的角色不能查看此页',
  },
  {
    retry: 'Try again',
    request: 'Request {{id}}',
    cancel: 'Cancel',
    reason: 'Reason',
    reasonNeeded: 'A reason is required',
    total: '{{n}} in all',
    acts: 'Actions',
    more: 'Details',
    notAllowed: 'Your role cannot see this page',
  },
);
