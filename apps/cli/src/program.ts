/** How a person starts this program, for the commands proposed to be run next. */
export const program = 'npx -y pnpm@12 chorus';
