import { useMutation } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";

import { ProblemView } from "@/shared/ProblemView";

import { checkFile, convertFile, isLegacyRefusal, placeOf, type FileCheck } from "./conversion";
import { ENCODING_NAMES, type Encoding } from "./legacy";
import { LegacyTable } from "./LegacyTable";

interface Props {
  error: unknown;
  file: File | null;
  /** The converted file, by the person's word; it goes the way that the refused one went. */
  onConverted: (file: File) => void;
}

/** A refused file. One in fonts from before Unicode is offered converted, after a look at every place. */
export function FileProblem({ error, file, onConverted }: Props) {
  const [looking, setLooking] = useState(false);
  const offered = file !== null && isLegacyRefusal(error);
  return (
    <>
      <ProblemView error={error} />
      {offered && (
        <Button className="legacy-offer" onClick={() => setLooking(true)}>
          Xem bản chuyển mã
        </Button>
      )}
      {offered && looking && (
        <ConversionDialog
          file={file}
          onClose={() => setLooking(false)}
          onConverted={(converted) => {
            setLooking(false);
            onConverted(converted);
          }}
        />
      )}
    </>
  );
}

function ConversionDialog({ file, onClose, onConverted }: { file: File; onClose: () => void; onConverted: (file: File) => void }) {
  const check = useMutation({ mutationFn: () => checkFile(file) });
  const convert = useMutation({ mutationFn: () => convertFile(file), onSuccess: onConverted });
  const found = check.data;
  return (
    <Modal
      open
      width={860}
      title={`Chuyển mã sang Unicode: ${file.name}`}
      afterOpenChange={(open) => open && check.mutate()}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          Không chuyển
        </Button>,
        <Button key="use" type="primary" disabled={!found} loading={convert.isPending} onClick={() => convert.mutate()}>
          Chuyển và dùng
        </Button>,
      ]}
    >
      {check.isPending && <p role="status">Đang đọc tệp, không lưu lại gì…</p>}
      {check.isError && <ProblemView error={check.error} />}
      {convert.isError && <ProblemView error={convert.error} />}
      {found && <Found found={found} />}
    </Modal>
  );
}

function Found({ found }: { found: FileCheck }) {
  const encodings = Object.entries(found.encodings).map(([name, count]) => `${ENCODING_NAMES[name as Encoding]}: ${count} chỗ`);
  return (
    <>
      <p>
        Tìm thấy <strong>{found.count} chỗ</strong> viết theo bảng mã cũ ({encodings.join("; ")}). Xem cột “Sau khi chuyển” có đọc đúng không. Phông
        chữ cũ được thay bằng Times New Roman; số liệu, công thức, khung bảng giữ nguyên.
      </p>
      <LegacyTable standing="Trong tệp" lines={found.places.map((place) => ({ where: placeOf(place), before: place.before, after: place.after }))} />
      {found.count > found.places.length && <p>và {found.count - found.places.length} chỗ khác</p>}
    </>
  );
}
