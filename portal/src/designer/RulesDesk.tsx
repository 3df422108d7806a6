import { useMutation } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useRef, useState } from "react";

import type { Sheet } from "@/forms/model";
import { SEVERITIES } from "@/forms/rules";
import { ProblemView } from "@/shared/ProblemView";
import { Unsaved } from "@/shared/Unsaved";
import { useDraft } from "@/shared/useDraft";

import { cumulativeRules, useSetRules, useTrial, type DesignedVersion, type Verdict } from "./api";
import { RuleEditor } from "./RuleEditor";
import { draftOf, faultsOf, newDraft, pickedText, ruleOf, trialRequest, type RuleDraft } from "./ruleDrafts";
import { SheetPicture, type Picked } from "./SheetPicture";
import { TrialForm } from "./TrialForm";

const VERDICTS: Record<Verdict, { label: string; colour: string }> = {
  holds: { label: "Đạt", colour: "green" },
  broken: { label: "Không đạt", colour: "red" },
  silent: { label: "Chưa đủ số để xét", colour: "default" },
  faulty: { label: "Không tính được", colour: "volcano" },
};

interface Props {
  version: DesignedVersion;
  sheet: Sheet;
  editable: boolean;
}

/** The rules of a form: written beside the sheet, tried with typed figures before they are saved. */
export function RulesDesk({ version, sheet, editable }: Props) {
  const { model } = version;
  const open = useDraft({ key: `form-version/${version.id}/rules`, saved: version, read: draftsOf, mark: rulesOf });
  const { value: drafts, put: setDrafts } = open;
  const [chosen, setChosen] = useState(0);
  const condition = useRef<HTMLTextAreaElement | null>(null);
  const save = useSetRules(version);
  const trial = useTrial(version);
  /** Adds what isn't there yet; answers how many that were. */
  const suggest = useMutation({
    mutationFn: async () => {
      const { rules: found } = await cumulativeRules(version);
      const added = found.filter((rule) => drafts.every((one) => one.id !== rule.id)).map((rule) => draftOf(rule, model));
      setDrafts([...drafts, ...added]);
      return added.length;
    },
  });
  const draft = drafts[chosen];
  const rules = drafts.map((one) => ruleOf(one, model, sheet));
  const faulty = drafts.some((one) => faultsOf(one, drafts, model, sheet).length > 0);

  const change = (part: Partial<RuleDraft>) => setDrafts(drafts.map((one, index) => (index === chosen ? { ...one, ...part } : one)));
  const add = () => {
    setChosen(drafts.length);
    setDrafts([...drafts, newDraft(drafts)]);
  };
  const remove = () => {
    setDrafts(drafts.filter((_, index) => index !== chosen));
    setChosen(Math.max(0, chosen - 1));
  };
  const pick = ({ cell, inList }: Picked) => {
    if (!draft || !editable) return;
    const field = condition.current;
    const at = field?.selectionStart ?? draft.typed.length;
    const text = pickedText(cell, inList, draft);
    change({ typed: draft.typed.slice(0, at) + text + draft.typed.slice(field?.selectionEnd ?? at) });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at + text.length, at + text.length);
    });
  };

  return (
    <div className="aggregate rules-desk">
      <div>
        <SheetPicture sheet={sheet} picked={null} onPick={pick} />
        <TrialForm
          key={rules.map((rule) => rule.condition).join("\n")}
          model={model}
          conditions={rules.map((rule) => rule.condition)}
          trial={trial}
          disabled={faulty || rules.length === 0}
          onTry={(fields, typed) => trial.mutate(trialRequest(model, rules, fields, typed))}
        />
      </div>
      <aside className="sources" aria-label="Quy tắc kiểm tra">
        {drafts.length === 0 && <p className="muted">Chưa có quy tắc nào.{editable && " Thêm quy tắc, rồi bấm vào ô trong hình để đưa ô vào điều kiện."}</p>}
        <ol className="rule-list">
          {drafts.map((one, index) => (
            <li key={index}>
              <button type="button" className="rule-line" aria-current={index === chosen} onClick={() => setChosen(index)}>
                <b>{one.id}</b> <Tag color={SEVERITIES[one.severity].colour}>{SEVERITIES[one.severity].label}</Tag>
                <VerdictTag verdicts={trial.data?.rules.filter((judged) => judged.rule === one.id) ?? []} />
                <span>{one.message || "(chưa có lời thông báo)"}</span>
              </button>
            </li>
          ))}
        </ol>
        {editable && (
          <p className="rule-buttons">
            <Button onClick={add}>Thêm quy tắc</Button>
            <Button loading={suggest.isPending} onClick={() => suggest.mutate()}>
              Thêm quy tắc lũy kế
            </Button>
            {draft && <Button onClick={remove}>Bỏ quy tắc {draft.id}</Button>}
          </p>
        )}
        {editable && (
          <Unsaved draft={open} saving={save.isPending} what="các quy tắc">
            <Button
              type="primary"
              disabled={!open.changed || open.overtaken || faulty}
              loading={save.isPending}
              onClick={() => save.mutate(rules, { onSuccess: open.drop })}
            >
              Lưu các quy tắc
            </Button>
          </Unsaved>
        )}
        {suggest.data === 0 && <p className="muted">Không có quy tắc lũy kế nào để thêm: biểu cần một cột lũy kế và đúng một cột số kỳ này cùng loại số liệu.</p>}
        {suggest.isError && <ProblemView error={suggest.error} compact />}
        {save.isError && <ProblemView error={save.error} compact />}
        {draft && (
          <RuleEditor
            key={chosen}
            draft={draft}
            faults={faultsOf(draft, drafts, model, sheet)}
            lists={model.sheets.flatMap((one) => one.lists.map((list) => list.id))}
            editable={editable}
            condition={condition}
            onChange={change}
          />
        )}
      </aside>
    </div>
  );
}

const rulesOf = (version: DesignedVersion) => version.model.rules ?? [];

const draftsOf = (version: DesignedVersion): RuleDraft[] => rulesOf(version).map((rule) => draftOf(rule, version.model));

function VerdictTag({ verdicts }: { verdicts: readonly { verdict: Verdict; why: string }[] }) {
  const first = verdicts.find((one) => one.verdict === "broken" || one.verdict === "faulty") ?? verdicts[0];
  if (!first) return null;
  return (
    <Tag color={VERDICTS[first.verdict].colour}>
      {VERDICTS[first.verdict].label}
      {first.why && `: ${first.why}`}
    </Tag>
  );
}
