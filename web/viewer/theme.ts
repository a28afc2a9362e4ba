import { type ThemeConfig, theme } from 'antd';

/** A dark room: nothing on the screen may be brighter than the pictures. */
export const viewerTheme: ThemeConfig = {
  // The bright page around it has dark ink.
  inherit: false,
  algorithm: theme.darkAlgorithm,
  token: {
    colorPrimary: '#2f7fb5',
    colorBgBase: '#0b0d0f',
    colorTextBase: '#d4d8dc',
    borderRadius: 3,
    motion: false,
  },
  components: { Button: { onlyIconSize: 17, paddingInline: 8 } },
};
