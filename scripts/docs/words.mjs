// What the frame of the documentation says, by language.
export const words = {
  en: {
    rules: 'Rules',
    cards: 'Trade-offs',
    elements: 'Elements',
    filter: 'Filter',
    source: 'Source',
    since: 'Since libvirt',
    error: 'error',
    warning: 'warning',
    information: 'information',
    hint: 'hint',
    otherLanguage: '中文',
  },
  'zh-cn': {
    rules: '规则',
    cards: '取舍',
    elements: '元素',
    filter: '筛选',
    source: '来源',
    since: '自 libvirt 版本',
    error: '错误',
    warning: '警告',
    information: '信息',
    hint: '提示',
    otherLanguage: 'English',
  },
};
