/** Shapes of the REST contract that several pages share. Moments are ISO UTC, figures are strings with ".". */
export interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface Named {
  id: string;
  name: string;
  code?: string | null;
}

export interface GrantedRight {
  right: string;
  unit_id: string | null;
  with_lower?: boolean;
  regime_id?: string | null;
}

export interface Me {
  account: { id: string; username: string; full_name: string; position_title?: string | null; email?: string | null };
  /** Absent for the operator, who belongs to no province. */
  unit: (Named & { kind?: string; level?: string }) | null;
  province: (Named & { profile?: string }) | null;
  rights: GrantedRight[];
}

export interface TaskItem {
  id: string;
  kind: string;
  title: string;
  detail?: string | null;
  unit?: string | null;
  period?: string | null;
  due_at?: string | null;
  overdue?: boolean;
  action?: string | null;
  link?: string | null;
}

export interface SearchItem {
  id: string;
  kind: string;
  title: string;
  detail?: string | null;
  link?: string | null;
}

export interface Deadline {
  level?: string | null;
  due_at: string;
  rule?: string | null;
  article?: string | null;
  steps?: string[];
  calendar_version?: string | null;
}
