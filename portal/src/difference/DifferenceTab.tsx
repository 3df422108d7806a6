import { PrinterOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";

import type { Report } from "@/reports/api";
import type { PinPlace } from "@/returns/pins";
import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";

import { useDifference, type Compared, type ComparedRevision } from "./api";
import { DifferenceView } from "./DifferenceView";
import { summary } from "./words";

/** Any two revisions that this person may see, side by side. */
export function DifferenceTab({ report, onGo }: { report: Report; onGo: (place: PinPlace) => void }) {
  const [between, setBetween] = useState<{ before: number; after: number }>();
  const difference = useDifference(report, between);
  return (
    <Loaded query={difference}>
      {(compared) => (
        <>
          <div className="filing-tools">
            <RevisionChoice label="So lần trình" compared={compared} value={compared.before} onChange={(before) => setBetween({ before, after: compared.after })} />
            <RevisionChoice label="với lần trình" compared={compared} value={compared.after} onChange={(after) => setBetween({ before: compared.before, after })} />
            <Button className="no-print" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              In
            </Button>
          </div>
          <p role="status">
            Khác biệt: <b>{summary(compared)}</b>.
          </p>
          <DifferenceView compared={compared} onGo={onGo} />
        </>
      )}
    </Loaded>
  );
}

interface ChoiceProps {
  label: string;
  compared: Compared;
  value: number;
  onChange: (number: number) => void;
}

function RevisionChoice({ label, compared, value, onChange }: ChoiceProps) {
  return (
    <label className="choice">
      {label}
      <Select value={value} onChange={onChange} aria-label={label} popupMatchSelectWidth={false} options={compared.choices.map((item) => ({ value: item.number, label: revisionWords(item) }))} />
    </label>
  );
}

function revisionWords({ number, sealed_at, accepted }: ComparedRevision): string {
  const when = sealed_at ? `trình ${moment(sealed_at)}` : "đang sửa";
  return `${number} – ${when}${accepted ? ", đang có hiệu lực" : ""}`;
}
