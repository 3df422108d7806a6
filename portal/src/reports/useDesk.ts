import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { isLeaving } from "@/api/session";
import type { FormModel } from "@/forms/model";

import { filingKey, reportKey, useFiling } from "./api";
import { FilingDesk } from "./filingDesk";

/** A desk lives as long as its tab; what the server sends later is laid under the person's own entries. */
export function useDesk(model: FormModel, accountId: string, reportId: string, formVersionId: string) {
  const queries = useQueryClient();
  const filing = useFiling(reportId, formVersionId);
  const [restored, setRestored] = useState(0);
  const [desk] = useState(
    () =>
      new FilingDesk(
        model,
        { accountId, reportId, formVersionId },
        () => void queries.invalidateQueries({ queryKey: filingKey(reportId, formVersionId) }),
      ),
  );
  const loaded = filing.data !== undefined;

  useEffect(() => {
    if (filing.data) desk.load(filing.data);
  }, [desk, filing.data]);
  useEffect(() => {
    if (loaded) void desk.restore().then(setRestored);
  }, [desk, loaded]);
  useEffect(() => {
    desk.autosave.start();
    const warn = (event: BeforeUnloadEvent) => {
      if (!isLeaving() && desk.store.unsaved("queued", "saving", "failed").length > 0) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    const back = () => void desk.autosave.flush();
    window.addEventListener("online", back);
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("online", back);
      void desk.autosave.flush().finally(() => {
        desk.autosave.stop();
        // The next visit begins with what the server has by then.
        void queries.invalidateQueries({ queryKey: filingKey(reportId, formVersionId) });
        void queries.invalidateQueries({ queryKey: reportKey(reportId), exact: true });
      });
    };
  }, [desk, queries, reportId, formVersionId]);

  const saving = useSyncExternalStore(desk.autosave.subscribe, () => desk.autosave.state);
  const saves = useSyncExternalStore(desk.subscribe, desk.countSaves);
  useEffect(() => {
    if (saves === 0) return;
    // What may be done and what is filled depend on the figures; asked again when the typing rests.
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: reportKey(reportId), exact: true }), saves === 1 ? 0 : 1_500);
    return () => clearTimeout(timer);
  }, [saves, queries, reportId]);
  const checks = useSyncExternalStore(desk.subscribe, desk.currentChecks);
  const known = useSyncExternalStore(desk.subscribe, desk.currentKnown);
  const listRows = useSyncExternalStore(desk.subscribe, desk.currentRows);
  return { desk, filing, saving, checks, known, listRows, restored };
}
