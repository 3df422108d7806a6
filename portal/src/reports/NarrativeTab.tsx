import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Empty, Input } from "antd";
import { useEffect, useState } from "react";

import { call } from "@/api/http";
import { dropTexts, keepText, keptTexts, type FilingPlace } from "@/filing/keep";
import { isSettled, useLastReturn } from "@/returns/history";
import { PinDialog } from "@/returns/PinDialog";
import { sectionPlace, type PinPlace } from "@/returns/pins";
import { mayReturn, usePins } from "@/returns/usePins";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";
import { LegacyOffer } from "@/text/LegacyOffer";
import { useLegacyText } from "@/text/useLegacyText";

import { reportKey, type Report } from "./api";
import { noteSeen } from "./seen";

interface Section {
  id: string;
  heading: string;
  level: number;
  guidance: string;
  required: boolean;
  text: string;
  version: number;
}

interface Narrative {
  last_edit: number;
  sections: Section[];
  conflicts: { row: string; theirs: { text: string } }[];
}

interface Props {
  report: Report;
  accountId: string;
  readOnly: boolean;
  /** A section to go to. */
  target: { section: string; at: number } | null;
}

export function NarrativeTab({ report, accountId, readOnly, target }: Props) {
  const narrative = useQuery({
    queryKey: [...reportKey(report.id), "narrative"],
    queryFn: () => call<Narrative>("submission", `/reports/${report.id}/narrative`),
  });
  return (
    <Loaded query={narrative}>
      {(data) =>
        data.sections.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="Chế độ báo cáo này không có đề cương thuyết minh." />
        ) : (
          <Editor report={report} accountId={accountId} readOnly={readOnly} narrative={data} target={target} />
        )
      }
    </Loaded>
  );
}

function Editor({ report, accountId, readOnly, narrative, target }: Props & { narrative: Narrative }) {
  const queries = useQueryClient();
  const place: FilingPlace = { accountId, reportId: report.id, formVersionId: "narrative" };
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [restored, setRestored] = useState(false);
  const [theirs, setTheirs] = useState<Record<string, string>>({});
  const changed = Object.entries(typed).filter(([id, text]) => narrative.sections.find((section) => section.id === id)?.text !== text);
  const save = useMutation({
    mutationFn: () =>
      call<Narrative>("submission", `/reports/${report.id}/narrative`, {
        method: "PUT",
        body: {
          sections: narrative.sections
            .filter((section) => typed[section.id] !== undefined && typed[section.id] !== section.text)
            .map((section) => ({ id: section.id, text: typed[section.id], expected_version: section.version })),
        },
      }),
    onSuccess: async (saved) => {
      // Sections that someone else changed meanwhile stay as typed, for the person to look at both.
      const open = new Map(saved.conflicts.map((conflict) => [conflict.row, typed[conflict.row] ?? ""]));
      setTheirs(Object.fromEntries(saved.conflicts.map((conflict) => [conflict.row, conflict.theirs.text])));
      setTyped((now) => Object.fromEntries(Object.entries(now).filter(([id, text]) => open.has(id) || saved.sections.find((section) => section.id === id)?.text !== text)));
      if (open.size === 0) await dropTexts(place);
      setRestored(false);
      noteSeen(report.id, saved.last_edit);
      queries.setQueryData([...reportKey(report.id), "narrative"], saved);
      await queries.invalidateQueries({ queryKey: reportKey(report.id), exact: true });
    },
  });
  const { board, pins } = usePins(report);
  const returned = useLastReturn(report);
  const [pinned, setPinned] = useState<(PinPlace & { words: string }) | null>(null);
  useEffect(() => {
    if (target) document.getElementById(`section-${target.section}`)?.scrollIntoView({ block: "center" });
  }, [target]);
  const { reportId } = place;
  useEffect(() => {
    void keptTexts({ accountId, reportId, formVersionId: "narrative" }).then((kept) => {
      if (kept.size === 0) return;
      setTyped((now) => ({ ...Object.fromEntries(kept), ...now }));
      setRestored(true);
    });
  }, [accountId, reportId]);

  return (
    <div className="narrative">
      {!readOnly && (
        <div className="save-line" role="status">
          <Button type="primary" disabled={changed.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
            Lưu thuyết minh
          </Button>
          <span className={changed.length > 0 ? "save-busy" : "save-done"}>
            {changed.length > 0
              ? `${changed.length} mục chưa lưu${restored ? " (có phần lấy lại từ lần trước)" : ""}; đang giữ trên máy này.`
              : "Thuyết minh đã lưu trên máy chủ."}
          </span>
        </div>
      )}
      {save.isError && <ProblemView error={save.error} onRetry={() => save.mutate()} />}
      {narrative.sections.map((section) => (
        <SectionField
          key={section.id}
          section={section}
          readOnly={readOnly}
          text={typed[section.id] ?? section.text}
          theirs={theirs[section.id]}
          remarks={[
            ...(returned?.places ?? []).filter((item) => item.section_id === section.id).map((item) => `${isSettled(item) ? "Đã xử lý" : "Bị trả lại"}: ${item.note}`),
            ...pins.filter((item) => item.section_id === section.id).map((item) => `Bạn đánh dấu: ${item.note}`),
          ]}
          {...(mayReturn(report) && { onMark: () => setPinned({ ...sectionPlace(section.id), words: `Thuyết minh, mục “${section.heading}”` }) })}
          onTheirs={() => {
            setTyped((now) => without(now, section.id));
            setTheirs((now) => without(now, section.id));
          }}
          onText={(text) => {
            setTyped((now) => ({ ...now, [section.id]: text }));
            void keepText(place, section.id, text, section.version).catch(() => undefined);
          }}
          onLeave={() => changed.length > 0 && !save.isPending && save.mutate()}
        />
      ))}
      {pinned && (
        <PinDialog place={pinned} pin={board.at(pinned)} onSave={(pin) => board.put(pin)} onRemove={() => board.remove(pinned)} onClose={() => setPinned(null)} />
      )}
    </div>
  );
}

function without(texts: Record<string, string>, id: string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => name !== id));
}

interface SectionProps {
  section: Section;
  readOnly: boolean;
  text: string;
  /** What someone else wrote here meanwhile. */
  theirs: string | undefined;
  /** What a return says about it. */
  remarks: string[];
  onMark?: () => void;
  onTheirs: () => void;
  onText: (text: string) => void;
  onLeave: () => void;
}

function SectionField({ section, readOnly, text, theirs, remarks, onMark, onTheirs, onText, onLeave }: SectionProps) {
  const field = `section-${section.id}`;
  const legacy = useLegacyText(text, onText);
  return (
    <section className={`narrative-section level-${section.level}`}>
      <label htmlFor={field}>
        {section.heading}
        {section.required && <span className="required"> (bắt buộc)</span>}
      </label>
      {onMark && (
        <Button size="small" type="link" className="no-print" onClick={onMark} aria-label={`Đánh dấu mục cần sửa: ${section.heading}`}>
          Đánh dấu mục cần sửa
        </Button>
      )}
      {remarks.map((remark) => (
        <p key={remark} className="section-remark">
          {remark}
        </p>
      ))}
      {section.guidance && <p className="muted no-print">{section.guidance}</p>}
      {theirs !== undefined && (
        <Alert
          type="warning"
          showIcon
          title="Người khác vừa sửa mục này. Bản của bạn ở dưới chưa được lưu."
          description={<div className="narrative-text">{theirs}</div>}
          action={<Button onClick={onTheirs}>Lấy bản này, bỏ bản của tôi</Button>}
        />
      )}
      {readOnly ? (
        <div id={field} className="narrative-text">
          {text === "" ? <span className="muted">(Chưa có nội dung)</span> : text}
        </div>
      ) : (
        <>
          <Input.TextArea
            id={field}
            value={text}
            autoSize={{ minRows: 2, maxRows: 18 }}
            onChange={(event) => onText(event.target.value)}
            onPaste={legacy.onPaste}
            onBlur={() => !legacy.found && onLeave()}
          />
          <LegacyOffer legacy={legacy} />
        </>
      )}
    </section>
  );
}
