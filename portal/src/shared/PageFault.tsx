import { Component, type ReactNode } from "react";

import { ProblemView } from "./ProblemView";

/** A fault of the page itself is said in words too; what was typed is on this machine's shelf. */
export class PageFault extends Component<{ children: ReactNode }, { error: unknown }> {
  state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ProblemView error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
