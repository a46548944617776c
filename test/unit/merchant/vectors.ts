import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A documented or derived signature; its keys are sample keys. */
interface Vector {
  name: string;
  kind: 'order' | 'notify' | 'refund-notify' | 'refund-audit' | 'api-v1';
  params: Record<string, string>;
  signFieldsRange?: string | null;
  orderInfo?: Record<string, unknown>;
  stringToSign?: string | null;
  canonical?: string | null;
  publicKeyPem?: string | null;
  privateKeyPem?: string | null;
  privateKeyPkcs8Pem?: string | null;
  signature: string;
  verifies: boolean;
  diagnosis?: string | null;
  mustReject?: boolean | null;
}

const file = readFileSync(join(__dirname, 'vectors.json'), 'utf8');
export const { vectors } = JSON.parse(file) as { vectors: Vector[] };

export function vector(name: string): Vector {
  const found = vectors.find(each => each.name === name);
  if (!found) throw new Error(`no vector ${name}`);
  return found;
}

/** The orderInfo a mini-program would receive. */
export function orderOf(vector: Vector): Record<string, unknown> {
  return (
    vector.orderInfo ?? {
      ...vector.params,
      dealTitle: '爱鲜蜂',
      signFieldsRange: vector.signFieldsRange ?? undefined,
      rsaSign: vector.signature,
    }
  );
}

/** The POST body a backend would receive. */
export function bodyOf(vector: Vector): string {
  return new URLSearchParams({ ...vector.params, rsaSign: vector.signature }).toString();
}

/** The sample pair of the documents. */
export const sample = vector('doc-2020-09-order-4-fields');
/** A pair that is used as the platform's. */
export const platform = vector('notify-ok');

export function required(value: string | null | undefined): string {
  if (!value) throw new Error('the vector lacks it');
  return value;
}
