/** What Swan gives every page. */
interface PageThis<Data> {
  data: Data;
  setData(changes: Partial<Data>): void;
  selectComponent(selector: string): unknown;
}

/** An event of a component or of a tap. */
export interface SwanEvent<Detail = unknown> {
  type: string;
  detail: Detail;
  currentTarget: { dataset: Record<string, string> };
}

/**
 * `Page()` whose `this.data` has a type; the published typings say `any`.
 * @param _own fields kept on the page beside `data`; names and types only, they start undefined
 */
export function definePage<Data extends object, Methods extends object, Own extends object>(
  page: { data: Data } & Methods & ThisType<PageThis<Data> & Methods & Own>,
  _own?: Own,
): void {
  Page(page);
}
