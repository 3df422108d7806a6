import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` alone has no session of its own: it hands API calls to a running gateway.
const gateway = process.env.PORTAL_GATEWAY ?? "http://localhost:18000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    host: "127.0.0.1",
    // The contracts beside the portal are read by its tests.
    fs: { allow: [fileURLToPath(new URL(".", import.meta.url)), fileURLToPath(new URL("../contracts", import.meta.url))] },
    proxy: { "/api": { target: gateway }, "/signout": { target: gateway } },
  },
  build: {
    outDir: "dist",
    sourcemap: false,
    // Everything is a file of this origin: the page's security policy allows no inline script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  test: { include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["./src/testing/setup.ts"] },
});
