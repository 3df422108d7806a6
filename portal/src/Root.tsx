import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import viVN from "antd/locale/vi_VN";
import dayjs from "dayjs";
import { useState } from "react";
import { BrowserRouter } from "react-router";

import { asProblem } from "@/api/problem";

import { Pages } from "./Pages";

dayjs.locale("vi");

const THEME = {
  token: {
    colorPrimary: "#12467f",
    colorError: "#b3261e",
    colorLink: "#12467f",
    colorTextPlaceholder: "#5d6772",
    colorTextDescription: "#5d6772",
    borderRadius: 3,
    fontSize: 14,
    controlHeight: 30,
    fontFamily: '"Be Vietnam Pro", "Segoe UI", system-ui, sans-serif',
    motion: false,
  },
  cssVar: { key: "portal" },
};

function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        // What a rule refused isn't asked again; what a passing fault hid is, twice.
        retry: (count, error) => count < 2 && asProblem(error).passing,
      },
    },
  });
}

export function Root() {
  const [queries] = useState(newQueries);
  return (
    <ConfigProvider locale={viVN} theme={THEME} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
