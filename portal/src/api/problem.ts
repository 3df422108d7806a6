/** What a service answers when it refuses (RFC 9457), or what stands for it when no answer came. */
export interface Place {
  sheet?: string | null;
  cell?: string | null;
  field?: string | null;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  status: number;
  code: string;
  detail: string;
  places?: Place[];
  rule?: string | null;
  remedy?: string | null;
  details?: Record<string, unknown> | null;
  trace_id?: string | null;
}

export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = "Problem";
    this.body = body;
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }

  /** True when the same request may succeed later without anything being changed by the person. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function networkProblem(): Problem {
  return new Problem({
    status: 0,
    code: "portal.network.unreachable",
    title: "Không kết nối được máy chủ",
    detail: "Trình duyệt không nhận được trả lời từ máy chủ.",
    remedy: "Kiểm tra đường truyền mạng rồi thử lại. Số liệu đã gõ vẫn được giữ trên máy này.",
  });
}

const WORDS: Record<number, [title: string, detail: string, remedy: string]> = {
  401: ["Phiên làm việc đã hết", "Bạn cần đăng nhập lại để tiếp tục.", "Đăng nhập lại; nội dung đã gõ vẫn được giữ trên máy này."],
  403: ["Không có quyền", "Tài khoản của bạn không được làm việc này.", "Liên hệ quản trị của đơn vị nếu cần được cấp quyền."],
  404: ["Không tìm thấy", "Nội dung này không có hoặc bạn không được xem.", "Kiểm tra lại đường dẫn hoặc quay về trang công việc."],
  413: ["Tệp quá lớn", "Tệp gửi lên vượt quá dung lượng cho phép.", "Giảm dung lượng tệp rồi gửi lại."],
  429: ["Quá nhiều yêu cầu", "Máy chủ nhận quá nhiều yêu cầu từ tài khoản này trong thời gian ngắn.", "Đợi ít giây rồi thử lại."],
  503: ["Dịch vụ tạm ngừng", "Dịch vụ đang tạm ngừng hoặc quá tải.", "Thử lại sau ít phút. Số liệu đã gõ vẫn được giữ trên máy này."],
};

/** Reads an answer that isn't a success; a gateway's own page or an empty body is put into words. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => "");
  try {
    const body = JSON.parse(text) as Partial<ProblemBody>;
    if (typeof body.code === "string" && typeof body.detail === "string") {
      return new Problem({ ...body, status: response.status, code: body.code, detail: body.detail });
    }
  } catch {
    // Not JSON: the words below say what the status alone tells.
  }
  const [title, detail, remedy] = WORDS[response.status >= 500 ? 503 : response.status] ?? [
    "Yêu cầu không được thực hiện",
    `Máy chủ trả lời mã ${response.status}.`,
    "Thử lại; nếu vẫn vậy, báo bộ phận hỗ trợ kèm mã này.",
  ];
  return new Problem({
    status: response.status,
    code: `portal.http.${response.status}`,
    title,
    detail,
    remedy,
    trace_id: response.headers.get("x-request-id"),
  });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({
    status: 0,
    code: "portal.page.failed",
    title: "Trang gặp lỗi",
    detail: error instanceof Error ? error.message : String(error),
    remedy: "Tải lại trang; nếu vẫn vậy, báo bộ phận hỗ trợ.",
  });
}
