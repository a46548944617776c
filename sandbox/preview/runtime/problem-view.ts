import { defineView, type ViewClass } from './san-view';

/** The view of a page or a component that cannot be shown: it says why. */
export function problemView(
  tag: string,
  heading: string,
  problem: string,
  error: (error: Error) => void,
): ViewClass {
  return defineView({
    template: `<${tag}><preview-problem><h2>{{heading}}</h2><pre>{{problem}}</pre></preview-problem></${tag}>`,
    components: {},
    initData: () => ({ heading, problem }),
    error,
  });
}
