import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { DownloadOutlined } from "@ant-design/icons";
import { useEffect, useState } from "react";

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
        <Button icon={<DownloadOutlined />} onClick={() => void download("signing", path)}>
          Tải văn bản (.pdf)
        </Button>
      </div>
      <Loaded query={file}>{({ blob }) => <Embedded blob={blob} />}</Loaded>
    </div>
  );
}

function Embedded({ blob }: { blob: Blob }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type: "application/pdf" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url ? <iframe className="pdf" src={url} title="Văn bản báo cáo (PDF)" /> : null;
}
