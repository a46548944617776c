import { defineConfig } from 'vite';
import plugin from '@dcloudio/vite-plugin-uni';

// The plugin is CommonJS: imported, it may come with its default export inside.
const uni = plugin.default ?? plugin;

export default defineConfig({ plugins: [uni()] });
