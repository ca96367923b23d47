import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Shade 7 carries white text at 5.2:1; shade 4 reads at over 6:1 on the dark ground. */
const teal: MantineColorsTuple = [
  '#eefbf8',
  '#d3f4ec',
  '#a6e7da',
  '#6fd5c4',
  '#3bbfac',
  '#1aa594',
  '#0f8b7e',
  '#0b776d',
  '#0d5f58',
  '#104e49',
];
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f5',
  '#ebebed',
  '#dfdfe3',
  '#c8c8ce',
  '#9d9da6',
  '#696972',
  '#4f4f57',
  '#35353b',
  '#1d1d21',
];
const dark: MantineColorsTuple = [
  '#ececee',
  '#bfbfc5',
  '#97979f',
  '#73737c',
  '#3a3a41',
  '#2c2c32',
  '#222226',
  '#17171a',
  '#111113',
  '#0b0b0c',
];

const red: MantineColorsTuple = [
  '#fdeceb',
  '#fbd6d3',
  '#f6ada7',
  '#f4877e',
  '#ea6257',
  '#dc4438',
  '#c83025',
  '#b42318',
  '#93200f',
  '#74190c',
];

/** Looks of the dashboard: neutral greys, one accent, 14 px base. Sizes follow the house page, not Mantine's own. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  colors: { teal, gray, dark, red },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  fontWeights: { regular: '450', medium: '550', bold: '650' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  black: '#1d1d21',
  respectReducedMotion: true,
  cursorType: 'pointer',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm', fw: 550 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, fz: 12, withArrow: false } },
    Popover: { defaultProps: { shadow: 'md', withinPortal: true } },
    // Beside its button rather than at the end of the page: inside a landmark, and next in the reading order.
    Menu: {
      defaultProps: {
        shadow: 'md',
        position: 'bottom-end',
        withInitialFocusPlaceholder: false,
        withinPortal: false,
        floatingStrategy: 'fixed',
      },
    },
    // The frame never scrolls as a whole, so nothing has to be locked; the lock would write a style without the nonce.
    Drawer: { defaultProps: { lockScroll: false } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    // The head of a dialog is not the banner of the page, which a <header> outside a section claims to be.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.35 } } },
  },
});
