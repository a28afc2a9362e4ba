// As much of cornerstone-core 2.6.1 as the stage uses; the package has no types.
declare module 'cornerstone-core/dist/cornerstone.min.js' {
  export interface CornerstoneImage {
    imageId: string;
    minPixelValue: number;
    maxPixelValue: number;
    slope: number;
    intercept: number;
    windowCenter: number;
    windowWidth: number;
    getPixelData(): ArrayLike<number>;
    rows: number;
    columns: number;
    height: number;
    width: number;
    color: boolean;
    rgba: boolean;
    invert: boolean;
    rowPixelSpacing: number;
    columnPixelSpacing: number;
    sizeInBytes: number;
  }

  export interface CornerstoneLut {
    id: string;
    firstValueMapped: number;
    numBitsPerEntry: number;
    lut: readonly number[];
  }

  export interface CornerstoneViewport {
    scale: number;
    translation: { x: number; y: number };
    voi: { windowWidth: number; windowCenter: number };
    invert: boolean;
    pixelReplication: boolean;
    rotation: number;
    hflip: boolean;
    vflip: boolean;
    modalityLUT: undefined;
    voiLUT: CornerstoneLut | undefined;
    colormap: undefined;
    labelmap: boolean;
    displayedArea: undefined;
  }

  export interface EnabledElement {
    canvas: HTMLCanvasElement;
    image?: CornerstoneImage;
    viewport: CornerstoneViewport;
  }

  interface ImageLoadObject {
    promise: Promise<CornerstoneImage>;
  }

  interface Cornerstone {
    enable(element: HTMLElement): void;
    disable(element: HTMLElement): void;
    displayImage(element: HTMLElement, image: CornerstoneImage, viewport: CornerstoneViewport): void;
    resize(element: HTMLElement, forceFitToWindow: boolean): void;
    renderToCanvas(canvas: HTMLCanvasElement, image: CornerstoneImage, viewport: CornerstoneViewport): void;
    getEnabledElement(element: HTMLElement): EnabledElement;
    setToPixelCoordinateSystem(element: EnabledElement, context: CanvasRenderingContext2D): void;
    readonly events: {
      addEventListener(type: string, listener: (event: CustomEvent) => void): void;
      removeEventListener(type: string, listener: (event: CustomEvent) => void): void;
    };
    readonly EVENTS: { readonly IMAGE_RENDERED: string; readonly IMAGE_CACHE_CHANGED: string };
    readonly imageCache: {
      readonly imageCache: Record<string, { readonly image?: CornerstoneImage } | undefined>;
      setMaximumSizeBytes(bytes: number): void;
      putImageLoadObject(imageId: string, object: ImageLoadObject): void;
      getImageLoadObject(imageId: string): ImageLoadObject | undefined;
      removeImageLoadObject(imageId: string): void;
      getCacheInfo(): { readonly maximumSizeInBytes: number; readonly cacheSizeInBytes: number };
    };
  }

  const cornerstone: Cornerstone;
  export default cornerstone;
}
