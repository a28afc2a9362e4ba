/** D50 white, the one of DICOM's CIELab values and of ICC's connection space. */
const white = { x: 0.9642, y: 1, z: 0.8249 };

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const cubic = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);

/**
 * A colour of the page (#rrggbb, sRGB) as Recommended Display CIELab Value (PS3.3 C.10.7.1.1): L from 0 to 100, a and b
 * from -128 to 127, each over the whole of sixteen bits. The matrix is sRGB's adapted to D50 (Bradford).
 */
export function cielab(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16);
  const [r, g, b] = [number >> 16, (number >> 8) & 255, number & 255].map((part) => linear(part / 255)) as [
    number,
    number,
    number,
  ];
  const fx = cubic((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white.x);
  const fy = cubic((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / white.y);
  const fz = cubic((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white.z);
  const bits = (share: number) => Math.min(65_535, Math.max(0, Math.round(share * 65_535)));
  return [bits((116 * fy - 16) / 100), bits((500 * (fx - fy) + 128) / 255), bits((200 * (fy - fz) + 128) / 255)];
}
