import { Alert, Button, Modal, Table } from "antd";
import { useState } from "react";

import { shownValue } from "@/filing/entries";
import { keyOf, type CellKey } from "@/forms/model";

import type { FilingDesk } from "./filingDesk";
import { sorted, sourceWords, type Known } from "./known";

interface Props {
  known: readonly Known[];
  desk: FilingDesk;
  /** Row and column in words. */
  nameOf: (one: Known) => string;
  onTake: (keys: CellKey[]) => Promise<void>;
  onClose: () => void;
}

/** Shows each figure with its source before any is taken; those that would replace another are chosen one by one. */
export function KnownDialog({ known, desk, nameOf, onTake, onClose }: Props) {
  const { blank, differing } = sorted(known, desk);
  const [chosen, setChosen] = useState<CellKey[]>(() => blank.map(keyOfKnown));
  const [taking, setTaking] = useState(false);
  const take = () => {
    setTaking(true);
    void onTake(chosen).finally(() => setTaking(false));
  };
  return (
    <Modal
      open
      width={900}
      title="Lấy số liệu hệ thống đã có"
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          Đóng, không lấy
        </Button>,
        <Button key="take" type="primary" disabled={chosen.length === 0} loading={taking} onClick={take}>
          Lấy {chosen.length} ô
        </Button>,
      ]}
    >
      <Alert
        type="info"
        showIcon
        title={`${blank.length} ô còn trống đã có số liệu; ${differing.length} ô đang ghi số khác.`}
        description="Ô đang có số chỉ bị thay khi bạn tự đánh dấu chọn. Nguồn của từng số được lưu cùng ô."
      />
      <Table<Known>
        size="small"
        pagination={false}
        scroll={{ y: 380 }}
        rowKey={keyOfKnown}
        dataSource={[...blank, ...differing]}
        locale={{ emptyText: "Mọi ô đã ghi đúng số liệu đã có." }}
        rowSelection={{
          selectedRowKeys: chosen,
          onChange: (keys) => setChosen(keys.map(String)),
          columnTitle: <span className="visually-hidden">Chọn ô</span>,
          getCheckboxProps: (one) => ({ "aria-label": `Lấy ${nameOf(one)}` }) as object,
        }}
        columns={[
          { title: "Ô", key: "cell", render: (_, one) => `${one.a1 ? `${one.a1} · ` : ""}${nameOf(one)}` },
          { title: "Đang ghi", key: "standing", width: 110, align: "right", render: (_, one) => shownValue(desk.store.value(keyOfKnown(one)), undefined) || "trống" },
          { title: "Số đã có", key: "value", width: 110, align: "right", render: (_, one) => shownValue(one.value, undefined) },
          { title: "Nguồn", key: "source", render: (_, one) => sourceWords(one.place) },
        ]}
      />
    </Modal>
  );
}

function keyOfKnown(one: Known): CellKey {
  return keyOf(one.row, one.column);
}
