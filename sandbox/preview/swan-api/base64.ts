/** swan.arrayBufferToBase64 and swan.base64ToArrayBuffer. */
export const base64Functions = {
  arrayBufferToBase64: (buffer: ArrayBuffer): string =>
    btoa(Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join('')),
  base64ToArrayBuffer: (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer,
};
