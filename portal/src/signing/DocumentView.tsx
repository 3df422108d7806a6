import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { DownloadOutlined } from "@ant-design/icons";
import { useEffect, useRef } from "react";

import { download, fetchFile, serviceUrl } from "@/api/http";
import { Loaded } from "@/shared/Loaded";

/** The signed file itself: seen here, opened in a page of its own, or saved. */
export function DocumentView({ requestId, version }: { requestId: string; version: number }) {
  const path = `/requests/${requestId}/document.pdf`;
  const file = useQuery({
    queryKey: ["signing", "document", requestId, version],
    queryFn: () => fetchFile("signing", path),
    staleTime: Infinity,
    retry: false,
  });
  return (
    <div className="document no-print">
      <div className="filing-tools">
        <Button href={serviceUrl("signing", path)} target="_blank" rel="noopener">
          Mở văn bản ở thẻ mới
        </Button>
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => void download("signing", path)}>
          Tải văn bản (.pdf)
        </Button>
      </div>
      <Loaded query={file}>{({ blob }) => <Embedded blob={blob} />}</Loaded>
    </div>
  );
}

function Embedded({ blob }: { blob: Blob }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([blob], { type: "application/pdf" }));
    if (frame.current) frame.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <iframe ref={frame} className="pdf" title="Văn bản báo cáo (PDF)" />;
}
