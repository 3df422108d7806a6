import { Tabs } from "antd";

import { PageTitle } from "@/shared/PageTitle";

import { AnnouncementsView } from "./AnnouncementsView";
import { BurdenView } from "./BurdenView";
import { ReviewsView } from "./ReviewsView";

/** What published regimes still owe, and what they cost. */
export function OversightPage() {
  return (
    <>
      <PageTitle title="Rà soát, công bố chế độ báo cáo" />
      <Tabs
        items={[
          { key: "reviews", label: "Rà soát hằng năm", children: <ReviewsView /> },
          { key: "announcements", label: "Công bố danh mục", children: <AnnouncementsView /> },
          { key: "burden", label: "Gánh nặng báo cáo", children: <BurdenView /> },
        ]}
      />
    </>
  );
}
